"""`a + b` of lists takes the list on its left where that is about to go: `joined`.

A list that an expression made, and the old value of `xs = xs + …`, are given away; what
turns out to have no other handle then is extended in its place, all else is copied.
"""

from __future__ import annotations

from typing import TypeGuard

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.walk import Scope, every
from portalis.translate.passes.callers import all_functions

SUM = "{a}.add({b})"
JOINED = "{a}.joined({b})"
MADE = (ir.Op, ir.Call, ir.ListLit, ir.Block)


def run(crate: ir.CrateIR) -> None:
    for function in all_functions(crate):
        for node in every(Scope(function.body)):
            if isinstance(node, ir.Assign) and is_sum(node.value):
                left = node.value.operands["a"].value
                if isinstance(left, ir.Var) and left.local is node.local:
                    take_left(node.value)
            elif isinstance(node, ir.Expr) and is_sum(node):
                if isinstance(node.operands["a"].value, MADE):
                    take_left(node)


def is_sum(node: ir.Expr) -> TypeGuard[ir.Op]:
    return isinstance(node, ir.Op) and node.template == SUM and node.ty.kind == "list"


def take_left(node: ir.Op) -> None:
    node.template = JOINED
    node.operands["a"] = ir.Operand(node.operands["a"].value, "own")
