"""`open(...)` makes an object of the library's classes of files, by what its mode says."""

from __future__ import annotations

import ast

from portalis.translate.frontend import opened
from portalis.translate.frontend.expand.supplements import bring
from portalis.translate.frontend.expand.unit import Unit, place

_HOME = "_open"


def expand(unit: Unit) -> bool:
    if _HOME not in unit.units or unit.name == _HOME:
        return False
    aliases: dict[str, str] = {}
    for node in unit.every(ast.Call):
        if not (unit.is_builtin(node.func, "open") or unit.path(node.func) == "io.open"):
            continue
        found = opened.opening(node)
        if found is None:
            continue
        alias = aliases.get(found.made) or unit.fresh(found.made)
        aliases[found.made] = alias
        for argument in found.arguments:
            if not hasattr(argument, "lineno"):
                place(argument, node)
        node.func = ast.copy_location(ast.Name(alias, ast.Load()), node.func)
        node.args, node.keywords = list(found.arguments), []
    for made, alias in aliases.items():
        bring(unit, _HOME, made, alias)
    return bool(aliases)
