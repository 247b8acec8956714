"""Names that library modules have for builtins, and names of constants."""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.expand.unit import Members, Unit, expr_at

_SAME = {"asyncio.TimeoutError": "TimeoutError", "types.NoneType": "type(None)"}
_CONSTANTS = {"Ellipsis": "...", "__debug__": "True"}
_MEMBERS = Members(_SAME)


def expand(unit: Unit) -> bool:
    if unit.nodes.named().isdisjoint(_CONSTANTS) and not unit.may_name(_MEMBERS):
        return False
    _Uses(unit).visit(unit.tree)
    for node in unit.every(ast.ImportFrom):
        kept = [a for a in node.names if f"{node.module}.{a.name}" not in _SAME]
        # The import itself still runs the module.
        node.names = kept or node.names
    return True


class _Uses(trees.Transformer):
    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    def visit_Name(self, node: ast.Name) -> ast.expr:
        text = _SAME.get(self.unit.path(node) or "")
        if self.unit.is_builtin(node, *_CONSTANTS):
            text = _CONSTANTS[node.id]
        return node if text is None else expr_at(text, node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        text = _SAME.get(self.unit.path(node) or "")
        if text is None:
            self.generic_visit(node)
            return node
        return expr_at(text, node)
