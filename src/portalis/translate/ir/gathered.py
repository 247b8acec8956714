"""A function's nodes by their kinds, gathered once for all passes until one changes its tree.

Who replaces, adds or removes nodes of a function says so (`changed`); what is written into a
node's other fields changes nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.walk import BOUND, Scope, every

Node = TypeVar("Node", bound=ir.Expr | ir.Stmt)


def nodes(function: ir.FunctionDef) -> list[ir.Expr | ir.Stmt]:
    """All expressions and statements of the function, as `walk.every` says them."""
    if function.gathered is None:
        by_kind: dict[type, list[ir.Expr | ir.Stmt]] = {}
        found = every(Scope(function.body))
        for node in found:
            same = by_kind.get(node.__class__)
            if same is None:
                by_kind[node.__class__] = [node]
            else:
                same.append(node)
        function.gathered = found, by_kind
    return function.gathered[0]


def of(function: ir.FunctionDef, kind: type[Node]) -> list[Node]:
    """Those of exactly this kind, in the same order."""
    if function.gathered is None:
        nodes(function)
    assert function.gathered is not None
    return function.gathered[1].get(kind, [])  # type: ignore[return-value]


def bound(function: ir.FunctionDef) -> set[ir.Local]:
    """Locals that something in the function declares."""
    out: set[ir.Local] = set()
    for kind, declared in BOUND.items():
        found: list[ir.Expr | ir.Stmt] = of(function, kind)
        for node in found:
            out.update(declared(node))
    return out


def changed(functions: Iterable[ir.FunctionDef]) -> None:
    """The trees of the functions are no longer what they were."""
    for function in functions:
        function.gathered = None
