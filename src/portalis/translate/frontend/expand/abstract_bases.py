"""`class Stack(MutableSequence)`: the abstract classes of collections.abc as bases.

They are classes of a library module. Who asks whether something is an instance of one:
`abstract_checks.py`.
"""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.expand.supplements import bring
from portalis.translate.frontend.expand.unit import Unit
from portalis.translate.frontend.library import ABSTRACT, members

_HOMES = ("collections.abc", "typing")


def expand(unit: Unit) -> bool:
    if unit.is_library or ABSTRACT not in unit.units:
        return False
    uses = _Uses(unit)
    if not any(uses.home(base) for node in unit.every(ast.ClassDef) for base in node.bases):
        return False
    uses.visit(unit.tree)
    for name, alias in uses.aliases.items():
        bring(unit, ABSTRACT, name, alias)
    return bool(uses.aliases)


class _Uses(trees.Transformer):
    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.aliases: dict[str, str] = {}

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        node.bases = [self._ours(base) for base in node.bases]
        self.generic_visit(node)
        return node

    def home(self, node: ast.expr) -> str:
        """The member of our module that stands for a base; "" for none."""
        named = node.value if isinstance(node, ast.Subscript) else node
        home, _, name = (self.unit.path(named) or "").rpartition(".")
        return name if home in _HOMES and name in members(ABSTRACT) else ""

    def _ours(self, node: ast.expr) -> ast.expr:
        name = self.home(node)
        if not name:
            return node
        alias = self.aliases.setdefault(name, "") or self.unit.fresh(name)
        self.aliases[name] = alias
        return ast.copy_location(ast.Name(alias, ast.Load()), node)
