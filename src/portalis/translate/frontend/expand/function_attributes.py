"""`f.calls = 0`: attributes of functions as variables beside them."""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.expand.unit import Unit, own_nodes, parse_at


def expand(unit: Unit) -> bool:
    functions = {s.name for s in unit.tree.body if isinstance(s, ast.FunctionDef)}
    stored: dict[tuple[str, str], str] = {}
    for node in unit.every(ast.Attribute) if functions else ():
        if (
            isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name)
            and node.value.id in functions
            and not _is_bound(unit, node.value.id)
            and not node.attr.startswith("__")
        ):
            key = (node.value.id, node.attr)
            if key not in stored:
                stored[key] = unit.fresh(f"{key[0]}_{key[1]}")
    if not stored:
        return False
    for function in trees.statements(unit.tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assigned = sorted(
                {
                    stored[key]
                    for n in own_nodes(function.body)
                    if isinstance(n, ast.Attribute)
                    and isinstance(n.ctx, ast.Store)
                    and isinstance(n.value, ast.Name)
                    and (key := (n.value.id, n.attr)) in stored
                }
            )
            if assigned:
                function.body[:0] = parse_at(f"global {', '.join(assigned)}", function)
    _Renamed(stored).visit(unit.tree)
    return True


def _is_bound(unit: Unit, name: str) -> bool:
    """Whether an assignment or a parameter binds it somewhere."""
    stores = (n.id == name and isinstance(n.ctx, ast.Store) for n in unit.every(ast.Name))
    return any(stores) or any(n.arg == name for n in unit.every(ast.arg))


class _Renamed(trees.Transformer):
    def __init__(self, stored: dict[tuple[str, str], str]) -> None:
        self.stored = stored

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name):
            name = self.stored.get((node.value.id, node.attr))
            if name is not None:
                return ast.copy_location(ast.Name(name, node.ctx), node)
        return node
