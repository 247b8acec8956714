"""Generators that have something to do when they are closed, and who may hold one.

CPython closes a suspended generator where its last reference goes: where its variable is
bound anew, or at the end of the function, in the order of the variables. Rust drops a value
at the end of a block, in the other order, or after its last use. A program can tell only by
what a `finally`, a `with` or a handler of the generator does; where it has such generators,
variables that may hold one live as long as Python's.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from portalis.core import trees
from portalis.translate.frontend.program import Function, Program, Variable

_CATCH_EXIT = frozenset(("BaseException", "GeneratorExit"))
# Their generators are run to the end by `with`, which alone holds them.
_MANAGERS = frozenset(("contextmanager", "contextlib.contextmanager"))
_PLAIN_CALLS = frozenset("abs bool chr float int len ord range repr round str".split())
_PLAIN_ANNOTATIONS = frozenset("int float bool str bytes complex None".split())


def in_program(program: Program) -> bool:
    """Whether some generator of the program has something to do when it is closed."""
    return any(_has_something_to_do(f) for m in program.modules.values() for f in m.functions)


def _has_something_to_do(function: Function) -> bool:
    if not function.is_generator or function.is_coroutine:
        return False
    if any(ast.unparse(d) in _MANAGERS for d in function.decorators):
        return False
    return any(_yields(part) for node in trees.walk(function.node) for part in _guarded(node))


def _guarded(node: ast.AST) -> list[ast.stmt]:
    """The statements of `node` that it follows by something when the generator is closed."""
    if isinstance(node, (ast.With, ast.AsyncWith)):
        return node.body
    if not isinstance(node, (ast.Try, ast.TryStar)):
        return []
    if node.finalbody:
        return [*node.body, *node.orelse, *(s for h in node.handlers for s in h.body)]
    return node.body if any(map(_may_catch_exit, node.handlers)) else []


def _may_catch_exit(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    listed = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(not isinstance(e, ast.Name) or e.id in _CATCH_EXIT for e in listed)


def _yields(node: ast.AST) -> bool:
    return any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in trees.walk(node))


def holders(program: Program, function: Function) -> set[Variable]:
    """The variables of the function that may hold a generator, by how they are assigned."""
    plain = set(_plain_stores(function.node))
    stores = (
        n
        for n in trees.walk(function.node)
        if isinstance(n, (ast.MatchAs, ast.MatchStar, ast.MatchMapping))
        or (isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load) and n not in plain)
    )
    out = {v for n in stores if isinstance(v := program.names.get(n), Variable)}
    given = (p for p in function.params if not _is_plain_annotation(p.annotation))
    return out | {p.variable for p in given}


def _is_plain_annotation(node: ast.expr | None) -> bool:
    return node is not None and ast.unparse(node) in _PLAIN_ANNOTATIONS


def _plain_stores(body: ast.AST) -> Iterator[ast.AST]:
    for node in trees.walk(body):
        match node:
            case ast.Assign(targets=targets, value=value) if _is_plain(value):
                yield from targets
            case (
                ast.AnnAssign(target=target, value=value)
                | ast.NamedExpr(target=target, value=value)
            ) if value is None or _is_plain(value):
                yield target
            # What it held before decides.
            case ast.AugAssign(target=target):
                yield target
            case ast.For(target=target, iter=ast.Call(func=ast.Name(id="range"))):
                yield target


def _is_plain(value: ast.expr) -> bool:
    """Surely no generator, and nothing that holds one."""
    match value:
        case ast.Constant() | ast.JoinedStr() | ast.Compare():
            return True
        case ast.UnaryOp(operand=operand):
            return _is_plain(operand)
        case ast.BinOp(left=left, right=right):
            return _is_plain(left) or _is_plain(right)
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            return all(map(_is_plain, items))
        case ast.Call(func=ast.Name(id=name)):
            return name in _PLAIN_CALLS
    return False
