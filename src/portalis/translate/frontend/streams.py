"""Where code takes `sys.stdout` or `sys.stderr` as a value: not to write at once, not as the
file of a `print`."""

from __future__ import annotations

import ast

from portalis.core import trees

_NAMES = ("sys.stdout", "sys.stderr")


def taken(tree: ast.AST) -> list[ast.Attribute]:
    """The places; none where some code puts another stream in their stead."""
    found: list[ast.Attribute] = []
    known: set[ast.expr] = set()
    for node in trees.walk(tree):
        if isinstance(node, ast.Attribute):
            known.add(node.value)
            if node.attr in ("stdout", "stderr") and ast.unparse(node) in _NAMES:
                if not isinstance(node.ctx, ast.Load):
                    return []
                found.append(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "print":
                known.update(k.value for k in node.keywords if k.arg == "file")
    return [node for node in found if node not in known]
