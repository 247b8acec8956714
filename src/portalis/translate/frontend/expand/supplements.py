"""Members of library modules that are written in Python, by the name of their real home.

`functools.cmp_to_key` is looked for in the library module `_functools`: what the rows of
`functools` lack. Modules that are wholly in Python need none of this.
"""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.expand.unit import Members, Unit, place
from portalis.translate.frontend.library import members


def expand(unit: Unit) -> bool:
    roots = {path.partition(".")[0] for path in unit.origins()}
    brought = {name for name, other in unit.units.items() if other.is_library}
    homes = {root: f"_{root}" for root in sorted(roots) if f"_{root}" in brought}
    homes = {root: home for root, home in homes.items() if root not in unit.units}
    if not homes or unit.name in homes.values():
        return False
    expansion = _Expansion(unit, homes)
    return unit.names(Members(expansion.members)) and expansion.rewrite()


class _Expansion(trees.Transformer):
    def __init__(self, unit: Unit, homes: dict[str, str]) -> None:
        self.unit = unit
        self.members = {
            f"{root}.{name}": (home, name)
            for root, home in homes.items()
            for name in sorted(members(home))
        }
        # Fresh names of the members that the module uses.
        self.aliases: dict[tuple[str, str], str] = {}

    def rewrite(self) -> bool:
        self.visit(self.unit.tree)
        for (home, name), alias in self.aliases.items():
            bring(self.unit, home, name, alias)
        return bool(self.aliases)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self._member(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        made = self._member(node)
        return made if made is not node else self.generic_visit(node)

    def _member(self, node: ast.Name | ast.Attribute) -> ast.AST:
        found = self.members.get(self.unit.path(node) or "")
        if found is None or not isinstance(node.ctx, ast.Load):
            return node
        if found not in self.aliases:
            self.aliases[found] = self.unit.fresh(found[1])
        return ast.copy_location(ast.Name(self.aliases[found], ast.Load()), node)


def bring(unit: Unit, home: str, name: str, alias: str) -> None:
    """Imports a member of a library module under a fresh name."""
    body = unit.tree.body
    at = next((i for i, s in enumerate(body) if not _comes_first(s)), len(body))
    made = ast.ImportFrom(home, [ast.alias(name, alias)], 0)
    place(made, body[min(at, len(body) - 1)])
    body.insert(at, made)


def _comes_first(statement: ast.stmt) -> bool:
    """Docstrings and imports from `__future__`."""
    if isinstance(statement, ast.ImportFrom):
        return statement.module == "__future__"
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
