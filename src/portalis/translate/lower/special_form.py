"""Builtins and library functions of a special form: what each needs to be given."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from portalis.translate.ir import nodes as ir
from portalis.translate.lower.context import Frame, Refusal

Handler = Callable[[Frame, ast.Call], ir.Expr]

# Arguments without which these forms make no sense; the others count for themselves.
_LEAST = {"id": 1, "next": 1, "re.compile": 1, "re.findall": 2, "re.split": 2, "typing.cast": 2}
_BY_POSITION_ONLY = frozenset(("id", "next", "typing.cast"))


def handler_of(handlers: Mapping[str, Handler], name: str, node: ast.Call) -> Handler | None:
    """The handler of the name. Raises Refusal where arguments that it needs are not there to
    be seen."""
    if name not in _LEAST:
        return handlers.get(name)
    given = sum(not isinstance(a, ast.Starred) for a in node.args)
    if name not in _BY_POSITION_ONLY:
        given += sum(k.arg is not None for k in node.keywords)
    if given < _LEAST[name]:
        raise Refusal("PT203", node, f"{name}() with fewer arguments than it takes")
    return handlers.get(name)
