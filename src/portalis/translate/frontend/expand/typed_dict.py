"""`class Movie(TypedDict)`: a name for type checkers; the objects are plain dictionaries."""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.expand.unit import Unit, bodies

_PATHS = frozenset(("typing.TypedDict", "typing_extensions.TypedDict"))


def expand(unit: Unit) -> bool:
    found = {n.name: n for n in unit.classes.values() if _is_typed(unit, n)}
    names = set(found) | {n for n, path in unit.imports.items() if _imported(unit, path)}
    if not names:
        return False
    replaced = _Uses(names)
    replaced.visit(unit.tree)
    kept = replaced.left & names
    for body, _ in bodies(unit.tree):
        for i, statement in enumerate(body):
            if isinstance(statement, ast.ClassDef) and found.get(statement.name) is statement:
                if statement.name not in kept:
                    body[i] = ast.copy_location(ast.Pass(), statement)
    return True


def _is_typed(unit: Unit, node: ast.ClassDef) -> bool:
    """It derives from TypedDict, and says nothing but keys."""
    if not node.bases or node.decorator_list:
        return False
    for base in node.bases:
        above = unit.find_class(base)
        if unit.path(base) not in _PATHS and (above is None or not _is_typed(unit, above)):
            return False
    return all(
        (isinstance(s, ast.AnnAssign) and s.value is None)
        or isinstance(s, ast.Pass)
        or (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))
        for s in node.body
    )


def _imported(unit: Unit, path: str) -> bool:
    home, _, name = path.rpartition(".")
    other = unit.neighbour(home) if home else None
    found = other.classes.get(name) if other is not None else None
    return other is not None and found is not None and _is_typed(other, found)


class _Uses(ast.NodeTransformer):
    """`Movie(title=…)` makes a dict; annotations mean one. Any other use is left."""

    def __init__(self, names: set[str]) -> None:
        self.names = names
        self.left: set[str] = set()

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        if node.name not in self.names:
            self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        if isinstance(node.func, ast.Name) and node.func.id in self.names:
            node.func.id = "dict"
        self.generic_visit(node)
        return node

    def visit_Name(self, node: ast.Name) -> ast.Name:
        if node.id in self.names:
            self.left.add(node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        self._annotation(node.annotation)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AnnAssign:
        self._annotation(node.annotation)
        self.generic_visit(node)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        self._annotation(node.returns)
        self.generic_visit(node)
        return node

    def _annotation(self, node: ast.expr | None) -> None:
        for part in trees.walk(node) if node is not None else ():
            if isinstance(part, ast.Name) and part.id in self.names:
                part.id = "dict"
