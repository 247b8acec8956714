"""The arguments of a call, evaluated."""

from __future__ import annotations

from dataclasses import dataclass, field

from portalis.translate.ir import nodes as ir


@dataclass(slots=True)
class Given:
    """Arguments as elaborated, in source order."""

    positional: list[ir.Expr] = field(default_factory=list)
    keywords: dict[str, ir.Expr] = field(default_factory=dict)
    # `*xs` after the positional ones, `**kw` after the keywords.
    star: ir.Expr | None = None
    double_star: ir.Expr | None = None
    # How many of the keywords stand before `**`.
    keywords_before: int = 0
