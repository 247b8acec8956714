"""A `@contextmanager` as a decorator: `@m(x) def f` runs `f` within `with m(x)`, anew each time.

Source: CPython's Lib/contextlib.py (3.11), `ContextDecorator`.
"""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.expand.unit import Unit, own_nodes

_MAKER = "contextlib.contextmanager"


def expand(unit: Unit) -> bool:
    if not any(path == _MAKER for u in unit.units.values() for path in u.origins()):
        return False
    changed = False
    for node in unit.every(ast.FunctionDef):
        while node.decorator_list and _manager(unit, node.decorator_list[-1]):
            if not _is_plain(node):
                break
            _within(node, node.decorator_list.pop())
            changed = True
    return changed


def _manager(unit: Unit, decorator: ast.expr) -> bool:
    """Whether it calls a manager's function with what is the same whenever it is evaluated."""
    if not isinstance(decorator, ast.Call):
        return False
    given = [*decorator.args, *(k.value for k in decorator.keywords)]
    return all(isinstance(g, ast.Constant) for g in given) and _is_maker(unit, decorator.func)


def _is_maker(unit: Unit, named: ast.expr) -> bool:
    home, name = unit, named.id if isinstance(named, ast.Name) else ""
    path = unit.path(named)
    if path is not None:
        module, _, name = path.rpartition(".")
        if module not in unit.units:
            return False
        home = unit.units[module]
    found = [s for s in home.tree.body if isinstance(s, ast.FunctionDef) and s.name == name]
    return len(found) == 1 and [home.path(d) for d in found[0].decorator_list] == [_MAKER]


def _is_plain(node: ast.FunctionDef) -> bool:
    """Whether its body runs when it is called."""
    return not any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in own_nodes(node.body))


def _within(node: ast.FunctionDef, manager: ast.expr) -> None:
    doc = node.body[:1] if ast.get_docstring(node, clean=False) is not None else []
    body = node.body[len(doc) :] or [ast.copy_location(ast.Pass(), node)]
    made = ast.With([ast.withitem(manager)], body)
    ast.copy_location(made, manager)
    for part in trees.walk(made.items[0]):
        if "lineno" in part._attributes:
            ast.copy_location(part, manager)
    node.body = [*doc, made]
