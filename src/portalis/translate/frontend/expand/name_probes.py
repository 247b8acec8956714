"""`try: name` with a handler of NameError, where nothing has such a name.

That is how programs for more than one Python ask for the older one: `input = raw_input`.
"""

from __future__ import annotations

import ast
import builtins

from portalis.core import trees
from portalis.translate.frontend.expand.unit import Unit, bodies

_BUILTINS = frozenset(dir(builtins))
_CATCHING = ("NameError", "Exception", "BaseException")


def expand(unit: Unit) -> bool:
    if not unit.every(ast.Try) or any(
        a.name == "*" for n in unit.every(ast.ImportFrom) for a in n.names
    ):
        return False
    if all(_settled(unit, node) == [node] for node in unit.every(ast.Try)):
        return False
    changed = False
    for body, _ in bodies(unit.tree):
        made = [part for statement in body for part in _settled(unit, statement)]
        if made != body:
            body[:] = made
            changed = True
    return changed


def _settled(unit: Unit, node: ast.stmt) -> list[ast.stmt]:
    """What the statement comes to: its handler alone, if its first step cannot succeed."""
    if not isinstance(node, ast.Try) or node.finalbody or not _fails(unit, node):
        return [node]
    handler = node.handlers[0] if node.handlers else None
    if handler is None or not _catches(handler.type) or handler.name is not None:
        return [node]
    if any(isinstance(n, ast.Raise) for s in handler.body for n in trees.walk(s)):
        return [node]
    return handler.body


def _fails(unit: Unit, node: ast.Try) -> bool:
    """The statement first reads a name that nobody binds, or only its own handlers do."""
    first = node.body[0]
    value = first.value if isinstance(first, (ast.Assign, ast.Expr)) else None
    if not isinstance(value, ast.Name) or value.id in _BUILTINS or value.id in unit.imports:
        return False
    if value.id not in unit.bound:
        return True
    if node not in unit.tree.body or any(value.id in g.names for g in unit.every(ast.Global)):
        return False
    handled = {n for h in node.handlers for n in trees.walk(h) if isinstance(n, ast.Name)}
    stores = [n for n in unit.every(ast.Name) if n.id == value.id and type(n.ctx) is not ast.Load]
    # Another binding would be a parameter or a `def`: `bound` does not say of which scope.
    return bool(stores) and all(n in handled for n in stores)


def _catches(node: ast.expr | None) -> bool:
    named = node.elts if isinstance(node, ast.Tuple) else [node]
    return any(n is None or (isinstance(n, ast.Name) and n.id in _CATCHING) for n in named)
