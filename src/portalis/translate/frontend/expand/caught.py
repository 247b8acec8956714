"""`except … as name`: the name is unbound when the handler ends.

The end is written down only where code outside of such handlers may read the name.
"""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.expand.unit import FunctionDef, Scope, Unit, own_nodes, parse_at

_Nested = FunctionDef | ast.Lambda


def expand(unit: Unit) -> bool:
    if not any(handler.name for handler in unit.every(ast.ExceptHandler)):
        return False
    changed = False
    scopes: list[Scope] = [unit.tree]
    scopes += unit.every(ast.FunctionDef) + unit.every(ast.AsyncFunctionDef)
    for scope in scopes:
        handlers = [h for h in _own_handlers(scope) if h.name]
        read = {h.name for h in handlers if h.name and _reads(scope, h.name, True)}
        for handler in handlers:
            if handler.name in read:
                text = "try:\n    pass\nfinally:\n    NAME = None\n    del NAME"
                ended = parse_at(text.replace("NAME", handler.name), handler)
                assert isinstance(ended[0], ast.Try)
                ended[0].body = handler.body
                handler.body = ended
                changed = True
    return changed


def _own_handlers(scope: Scope) -> list[ast.ExceptHandler]:
    """Handlers in the scope's own code."""
    found: list[ast.ExceptHandler] = []
    waiting = trees.parts(scope)
    for node in waiting:
        if isinstance(node, ast.ExceptHandler):
            found.append(node)
        if not isinstance(node, (*FunctionDef.__args__, ast.ClassDef)):
            waiting += trees.parts(node)
    return found


def _inside(scope: ast.AST) -> list[ast.AST]:
    """Nodes of the scope's own code."""
    return own_nodes(trees.children(scope))


def _reads(node: ast.AST, name: str, own: bool) -> bool:
    """Whether code below `node` reads the scope's name, but for handlers that bind it.

    own: `node` is code of the scope, not of a function in it, which may outlive a handler.
    """
    if isinstance(node, ast.Name):
        return node.id == name and isinstance(node.ctx, ast.Load)
    for child in trees.children(node):
        if isinstance(child, _Nested):
            if not _binds(child, name) and _reads(child, name, False):
                return True
        elif own and isinstance(child, ast.ExceptHandler) and child.name == name:
            if any(_reads(n, name, False) for n in _inside(child) if isinstance(n, _Nested)):
                return True
        elif _reads(child, name, own):
            return True
    return False


def _binds(function: _Nested, name: str) -> bool:
    """Whether the name in the function is another one than outside."""
    nodes = list(_inside(function))
    if any(isinstance(n, ast.Global | ast.Nonlocal) and name in n.names for n in nodes):
        return False
    return any(
        (isinstance(n, ast.Name) and n.id == name and not isinstance(n.ctx, ast.Load))
        or (isinstance(n, ast.arg) and n.arg == name)
        or (isinstance(n, ast.ExceptHandler) and n.name == name)
        for n in nodes
    )
