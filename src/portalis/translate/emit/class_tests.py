"""What an instance's class is asked for to know whose method is meant, as short as it can be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portalis.translate.ir import nodes as ir

Classes = frozenset[str]


def below(node: ir.ClassDef, name: str) -> Classes:
    """The class and those that derive from it."""
    return frozenset(c for c, mro in node.family.items() if name in mro)


def top(node: ir.ClassDef, classes: Classes, settled: Classes = frozenset()) -> str:
    """The one of the classes that all derive from, and nobody else does who is not among
    them or settled; "" without one."""
    for name in sorted(classes, key=lambda c: len(node.family.get(c, ()))):
        if classes <= (under := below(node, name)) and under <= classes | settled:
            return name
    return ""


def tests(node: ir.ClassDef, groups: Sequence[Classes], home: str) -> list[str]:
    """A call on `class` for each of the groups, which have no class in common, where those
    before it are asked first. home: the module."""
    out = []
    settled: Classes = frozenset()
    for classes in groups:
        under = top(node, classes, settled) if len(classes) > 1 else ""
        out.append(f"is_subclass({reference(under, home)})" if under else is_any(classes, home))
        settled |= classes
    return out


def is_any(classes: Iterable[str], home: str) -> str:
    texts = [reference(c, home) for c in sorted(classes)]
    return f"is({texts[0]})" if len(texts) == 1 else f"is_any(&[{', '.join(texts)}])"


def reference(static: str, home: str) -> str:
    """A descriptor as text of the module."""
    module, _, name = static.partition("::")
    return f"&{name}" if module == home else f"&crate::{static}"
