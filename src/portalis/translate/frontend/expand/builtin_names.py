"""Names that library modules have for builtins."""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.expand.unit import Unit

_SAME = {"asyncio.TimeoutError": "TimeoutError"}


def expand(unit: Unit) -> bool:
    if not any(path.partition(".")[0] == "asyncio" for path in unit.imports.values()):
        return False
    _Uses(unit).visit(unit.tree)
    for node in trees.walk(unit.tree):
        if isinstance(node, ast.ImportFrom):
            kept = [a for a in node.names if f"{node.module}.{a.name}" not in _SAME]
            # The import itself still runs the module.
            node.names = kept or node.names
    return True


class _Uses(ast.NodeTransformer):
    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    def visit_Name(self, node: ast.Name) -> ast.Name:
        name = _SAME.get(self.unit.path(node) or "")
        return node if name is None else ast.copy_location(ast.Name(name, node.ctx), node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        name = _SAME.get(self.unit.path(node) or "")
        if name is None:
            self.generic_visit(node)
            return node
        return ast.copy_location(ast.Name(name, node.ctx), node)
