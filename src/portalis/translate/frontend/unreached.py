"""Whether some statement of a function stands where nothing gets to, as far as blocks tell."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from portalis.core import trees

# What stands in them runs in no frame of the function that they stand in.
_OTHERS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def may_have(block: Sequence[ast.AST]) -> bool:
    """Whether the walk over reaching definitions may meet a statement in the block, or in one
    inside it, behind a statement that never ends. Never False where it meets one."""
    if any(map(_may_stop, block[:-1])):
        return True
    return any(
        may_have(getattr(part, name))
        for part in block
        if part.__class__ in trees.BLOCKS and not isinstance(part, _OTHERS)
        for name in trees.BLOCKS[part.__class__]
    )


def _may_stop(statement: ast.AST) -> bool:
    """Whether what follows the statement may never run."""
    decide = _STOPS.get(statement.__class__)
    return decide is not None and decide(statement)


def _any(block: Sequence[ast.AST]) -> bool:
    return any(map(_may_stop, block))


def _while(node: ast.While) -> bool:
    return isinstance(node.test, ast.Constant) or _any(node.orelse)


def _try(node: ast.Try) -> bool:
    handled = all(_any(handler.body) for handler in node.handlers)
    return _any(node.finalbody) or (handled and _any([*node.body, *node.orelse]))


# Who is not here ends. `Any`: each function takes the kind of node that is its key.
_STOPS: dict[type[ast.AST], Callable[[Any], bool]] = {
    **dict.fromkeys((ast.Return, ast.Raise, ast.Break, ast.Continue), lambda _node: True),
    ast.If: lambda node: _any(node.body) and _any(node.orelse),
    ast.While: _while,
    ast.For: lambda node: _any(node.orelse),
    ast.AsyncFor: lambda node: _any(node.orelse),
    ast.Try: _try,
    ast.TryStar: _try,
    ast.Match: lambda node: all(_any(case.body) for case in node.cases),
}
