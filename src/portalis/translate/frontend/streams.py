"""Where code takes `sys.stdout` or `sys.stderr` as a value: not to write at once, not as the
file of a `print`."""

from __future__ import annotations

import ast

from portalis.core import trees

_NAMES = ("sys.stdout", "sys.stderr")


def taken(nodes: trees.Index) -> list[ast.Attribute]:
    """The places; none where some code puts another stream in their stead."""
    found: list[ast.Attribute] = []
    known: set[ast.expr] = set()
    for node in nodes.every(ast.Attribute):
        known.add(node.value)
        if node.attr in ("stdout", "stderr") and ast.unparse(node) in _NAMES:
            if not isinstance(node.ctx, ast.Load):
                return []
            found.append(node)
    for call in nodes.every(ast.Call) if found else ():
        if isinstance(call.func, ast.Name) and call.func.id == "print":
            known.update(k.value for k in call.keywords if k.arg == "file")
    return [node for node in found if node not in known]
