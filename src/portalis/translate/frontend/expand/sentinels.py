"""`object()`, a value that is only itself, is an instance of a library class."""

from __future__ import annotations

import ast

from portalis.translate.frontend.expand.supplements import bring
from portalis.translate.frontend.expand.unit import Unit

_HOME = "_builtins"


def expand(unit: Unit) -> bool:
    if _HOME not in unit.units or unit.name == _HOME:
        return False
    made = [n for n in unit.every(ast.Call) if unit.is_builtin(n.func, "object")]
    made = [node for node in made if not node.args and not node.keywords]
    if not made:
        return False
    alias = unit.fresh("object")
    for node in made:
        node.func = ast.copy_location(ast.Name(alias, ast.Load()), node.func)
    bring(unit, _HOME, "object", alias)
    return True
