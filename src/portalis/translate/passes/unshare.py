"""Makes the IR a tree: an expression that stands in two places is copied.

Later passes write what they find into the nodes.
"""

from __future__ import annotations

import copy

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import changed, nodes
from portalis.translate.ir.walk import bodies, locals_in, map_parts


def run(crate: ir.CrateIR) -> None:
    for module in crate.modules:
        for function in (*module.functions, *([module.init] if module.init else [])):
            found = nodes(function)
            if len(set(found)) < len(found):
                _Tree().block(function.body)
                changed([function])


class _Tree:
    def __init__(self) -> None:
        # The nodes themselves, not their ids: a node that is gone gives its id away.
        self.seen: set[ir.Expr] = set()

    def block(self, body: list[ir.Stmt]) -> None:
        for node in body:
            self.inside(node)

    def inside(self, node: ir.Expr | ir.Stmt) -> None:
        map_parts(node, self.expr)
        for body in bodies(node):
            self.block(body)

    def expr(self, node: ir.Expr) -> ir.Expr:
        if node in self.seen:
            node = copy.copy(node)
            if isinstance(node, ir.Op):
                node.operands = {k: copy.copy(o) for k, o in node.operands.items()}
            elif isinstance(node, (ir.Block, ir.GeneratorExpr)):
                node.body = copy.deepcopy(node.body, _kept_locals(node))
        self.seen.add(node)
        self.inside(node)
        return node


def _kept_locals(node: ir.Expr) -> dict[int, ir.Local]:
    """A memo for `deepcopy` that keeps every local the same."""
    return {id(x): x for x in locals_in(node)}
