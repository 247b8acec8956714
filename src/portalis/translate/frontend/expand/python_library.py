"""What modules of Python's own library say to CPython only, taken out of those that are
translated along: generic aliases, and documentation that is set from outside."""

from __future__ import annotations

import ast

from portalis.translate.frontend.expand.unit import Unit, bodies


def expand(unit: Unit) -> bool:
    if not unit.is_library:
        return False
    changed = False
    for body, scope in bodies(unit.tree):
        kept = [s for s in body if not _is_for_cpython(s, scope)]
        changed |= len(kept) < len(body)
        body[:] = kept or [ast.copy_location(ast.Pass(), s) for s in body[:1]]
    return changed


def _is_for_cpython(statement: ast.stmt, scope: ast.AST) -> bool:
    if not isinstance(statement, ast.Assign):
        return False
    target = statement.targets[0]
    if isinstance(scope, ast.ClassDef):
        return isinstance(target, ast.Name) and target.id == "__class_getitem__"
    return isinstance(target, ast.Attribute) and target.attr == "__doc__"
