"""`a + b` of lists takes the list on its left where that is about to go: `joined`.

A list that an expression made, and the old value of `xs = xs + …`, are given away; what
turns out to have no other handle then is extended in its place, all else is copied.
"""

from __future__ import annotations

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import of
from portalis.translate.passes.callers import all_functions

SUM = "{a}.add({b})"
JOINED = "{a}.joined({b})"
MADE = (ir.Op, ir.Call, ir.ListLit, ir.Block)


def run(crate: ir.CrateIR) -> None:
    for function in all_functions(crate):
        sums = set(filter(is_sum, of(function, ir.Op)))
        for node in of(function, ir.Assign) if sums else ():
            if isinstance(node.value, ir.Op) and node.value in sums:
                left = node.value.operands["a"].value
                if isinstance(left, ir.Var) and left.local is node.local:
                    take_left(node.value)
        for total in sums:
            if isinstance(total.operands["a"].value, MADE):
                take_left(total)


def is_sum(node: ir.Op) -> bool:
    return node.template == SUM and node.ty.kind == "list"


def take_left(node: ir.Op) -> None:
    node.template = JOINED
    node.operands["a"] = ir.Operand(node.operands["a"].value, "own")
