"""`functools.total_ordering`: the comparisons that it derives.

Source: CPython's Lib/functools.py (3.11), `_convert`.
"""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.expand.unit import Unit, parse_at

# Given root → (derived method, its answer from the root's `found`).
_DERIVED: dict[str, tuple[tuple[str, str], ...]] = {
    "__lt__": (
        ("__gt__", "not found and self != other"),
        ("__le__", "found or self == other"),
        ("__ge__", "not found"),
    ),
    "__le__": (
        ("__ge__", "not found or self == other"),
        ("__lt__", "found and self != other"),
        ("__gt__", "not found"),
    ),
    "__gt__": (
        ("__lt__", "not found and self != other"),
        ("__ge__", "found or self == other"),
        ("__le__", "not found"),
    ),
    "__ge__": (
        ("__le__", "not found or self == other"),
        ("__gt__", "found and self != other"),
        ("__lt__", "not found"),
    ),
}


def expand(unit: Unit) -> bool:
    changed = False
    for node in unit.every(ast.ClassDef):
        marks = [d for d in node.decorator_list if unit.path(d) == "functools.total_ordering"]
        own = {s.name: s for s in node.body if isinstance(s, ast.FunctionDef)}
        # CPython prefers __lt__, then __le__, __gt__, __ge__.
        root = next((r for r in _DERIVED if r in own), None)
        if not marks or root is None:
            continue
        changed = True
        node.decorator_list = [d for d in node.decorator_list if d not in marks]
        declines = any(
            isinstance(n, ast.Name) and n.id == "NotImplemented" for n in trees.walk(own[root])
        )
        for name, answer in _DERIVED[root]:
            if name in own:
                continue
            check = "    if found is NotImplemented:\n        return found\n" if declines else ""
            node.body += parse_at(
                f"def {name}(self, other):\n    found = self.{root}(other)\n{check}"
                f"    return {answer}",
                node,
            )
    return changed
