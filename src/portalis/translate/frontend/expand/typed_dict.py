"""`class Movie(TypedDict)`: a name for type checkers; the objects are plain dictionaries."""

from __future__ import annotations

import ast
from typing import TypeVar

from portalis.core import trees
from portalis.translate.frontend.expand.unit import Unit, bodies, load, parse_at

_PATHS = frozenset(("typing.TypedDict", "typing_extensions.TypedDict"))
Named = TypeVar("Named", ast.Name, ast.Attribute)


def expand(unit: Unit) -> bool:
    """The whole program, when it is asked of the first module: what one module needs of a
    class, another has to keep."""
    units = list(unit.units.values())
    if unit is units[0]:
        _whole(units)
    return getattr(unit.tree, "had_typed_dicts", False)


def _whole(units: list[Unit]) -> None:
    typed = {c for u in units for c in u.classes.values() if _is_typed(u, c)}
    if not typed:
        return
    kept: set[ast.ClassDef] = set()
    imported: set[str] = set()
    for unit in units:
        uses = _Uses(unit, typed)
        uses.visit(unit.tree)
        kept |= uses.left
        imported.update(alias.name for node in unit.every(ast.ImportFrom) for alias in node.names)
        unit.tree.had_typed_dicts = True  # type: ignore[attr-defined]
    for unit in units:
        for body, _ in bodies(unit.tree):
            for i, statement in enumerate(body):
                if isinstance(statement, ast.ClassDef) and statement in typed - kept:
                    body[i] = _instead(statement, statement.name in imported)


def _instead(statement: ast.ClassDef, is_imported: bool) -> ast.stmt:
    """Nothing, or the name that import statements still ask for."""
    if not is_imported:
        return ast.copy_location(ast.Pass(), statement)
    return parse_at(f"{statement.name} = dict", statement)[0]


def _is_typed(unit: Unit, node: ast.ClassDef) -> bool:
    """It derives from TypedDict, and it and its bases say nothing but keys."""
    return all(_says_keys(u, cls) for u, cls in ((unit, node), *unit.classes_above(node)))


def _says_keys(unit: Unit, node: ast.ClassDef) -> bool:
    if not node.bases or node.decorator_list:
        return False
    for base in node.bases:
        above = unit.find_class(base)
        if unit.path(base) not in _PATHS and (above is None or above is node):
            return False
    return all(
        (isinstance(s, ast.AnnAssign) and s.value is None)
        or isinstance(s, ast.Pass)
        or (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))
        for s in node.body
    )


class _Uses(trees.Transformer):
    """`Movie(title=…)` makes a dict; annotations mean one. Any other use is left."""

    def __init__(self, unit: Unit, typed: set[ast.ClassDef]) -> None:
        self.unit = unit
        self.typed = typed
        self.left: set[ast.ClassDef] = set()

    def meant(self, node: ast.expr) -> ast.ClassDef | None:
        if not isinstance(node, (ast.Name, ast.Attribute)):
            return None
        found = self.unit.find_class(node)
        return found if found in self.typed else None

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        if node not in self.typed:
            self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        if self.meant(node.func) is not None:
            node.func = load("dict", node.func)
        self.generic_visit(node)
        return node

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return self._left(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.Attribute:
        self.generic_visit(node)
        return self._left(node)

    def _left(self, node: Named) -> Named:
        found = self.meant(node)
        if found is not None:
            self.left.add(found)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = self._annotation(node.annotation)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AnnAssign:
        node.annotation = self._dicts(node.annotation)
        self.generic_visit(node)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.returns = self._annotation(node.returns)
        self.generic_visit(node)
        return node

    def _annotation(self, node: ast.expr | None) -> ast.expr | None:
        return self._dicts(node) if node is not None else None

    def _dicts(self, node: ast.expr) -> ast.expr:
        made: ast.expr = _Annotation(self).visit(node)
        return made


class _Annotation(trees.Transformer):
    def __init__(self, uses: _Uses) -> None:
        self.uses = uses

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return load("dict", node) if self.uses.meant(node) is not None else node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        return load("dict", node) if self.uses.meant(node) is not None else node
