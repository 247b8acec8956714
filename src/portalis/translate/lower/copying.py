"""`copy.copy` and `copy.deepcopy`."""

from __future__ import annotations

import ast
from collections.abc import Callable

from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    row_calls,
)
from portalis.translate.lower.context import Frame, Refusal


def copier(name: str, dunder: str) -> Callable[[Frame, ast.Call], ir.Expr]:
    """The special form of `copy.copy` or `copy.deepcopy`: instances need a way to be copied."""

    def handler(frame: Frame, node: ast.Call) -> ir.Expr:
        if len(node.args) != 1 or node.keywords or isinstance(node.args[0], ast.Starred):
            raise Refusal("PT202", node, f"{name} takes one argument here")
        for cls in frame.engine.program.every_class():
            # `__getattr__` is asked for the other one.
            found = next((d for d in (dunder, "__getattr__", "__new__") if d in cls.methods), None)
            if found is not None:
                raise Refusal("PT203", node, f"{found} of class {cls.name} is not called by {name}")
        frame.engine.copies = True
        return row_calls.builtin(frame, node, name, [frame.expr(node.args[0])])

    return handler
