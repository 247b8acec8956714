"""`sys.stdout` that is kept or passed on is an object of a library module."""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend import streams
from portalis.translate.frontend.expand.supplements import bring
from portalis.translate.frontend.expand.unit import Unit

_HOME = "_sys"


def expand(unit: Unit) -> bool:
    if _HOME not in unit.units or unit.name == _HOME or unit.imports.get("sys") != "sys":
        return False
    if any(_redirects(other) for other in unit.units.values()):
        return False
    places = streams.taken(unit.nodes)
    if not places:
        return False
    aliases = {name: unit.fresh(name) for name in sorted({node.attr for node in places})}
    for node in places:
        node.value = ast.copy_location(ast.Name(aliases[node.attr], ast.Load()), node.value)
        node.attr = _ITSELF
    _Replaced().visit(unit.tree)
    for name, alias in aliases.items():
        bring(unit, _HOME, name, alias)
    return True


def _redirects(unit: Unit) -> bool:
    """Whether it may put other streams in the place of the standard ones."""
    return any(path.startswith("_contextlib.redirect_") for path in unit.imports.values())


_ITSELF = "_portalis_itself"


class _Replaced(trees.Transformer):
    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        return node.value if node.attr == _ITSELF else node
