"""Where control may leave an expression to, and what passes it on."""

from __future__ import annotations

from dataclasses import dataclass, field

from portalis.translate.ir import nodes as ir


@dataclass(slots=True)
class Exit:
    """Where control may leave to. kind: "fn", "try" or "final"."""

    kind: str
    label: str = ""
    breaks: list[str] = field(default_factory=list)
    continues: list[str] = field(default_factory=list)
    returns: bool = False
    loops: list[str] = field(default_factory=list)


def delegated(how: ir.Delegation, path: str, args: list[str]) -> str:
    """The Result of the steps of a generator that run where the call stands."""
    if not how.suspends:
        text = f"{path}({', '.join(args)})"
        return text if how.whole else f"{text}.map_err({how.leaving})"
    steps = f"{path}({', '.join([*args, '&yielder'])})"
    if how.whole:
        return f"{steps}.await"
    return f"yielder.nested({f'Box::pin({steps})' if how.boxed else steps}).await"
