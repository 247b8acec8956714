"""What modules of Python's own library say to CPython only, taken out of those that are
translated along: generic aliases, documentation that is set from outside, and caches of what
comes out the same each time."""

from __future__ import annotations

import ast

from portalis.translate.frontend.expand.unit import Unit, bodies
from portalis.translate.frontend.library import PYTHONS


def expand(unit: Unit) -> bool:
    if not unit.is_library or unit.name not in PYTHONS:
        return False
    changed = False
    for node in unit.every(ast.FunctionDef):
        left = [d for d in node.decorator_list if not _is_cache(unit, d)]
        changed |= len(left) < len(node.decorator_list)
        node.decorator_list = left
    for test in unit.every(ast.If):
        if ast.unparse(test.test) == "os.path is posixpath":
            test.test = ast.copy_location(ast.Constant(True), test.test)
            changed = True
    for body, scope in bodies(unit.tree):
        kept = [s for s in body if not _is_for_cpython(s, scope)]
        changed |= len(kept) < len(body)
        body[:] = kept or [ast.copy_location(ast.Pass(), s) for s in body[:1]]
    return changed


def _is_cache(unit: Unit, decorator: ast.expr) -> bool:
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    return unit.path(target) in ("functools.lru_cache", "functools.cache")


def _is_for_cpython(statement: ast.stmt, scope: ast.AST) -> bool:
    if not isinstance(statement, ast.Assign):
        return False
    target = statement.targets[0]
    if isinstance(scope, ast.ClassDef):
        return isinstance(target, ast.Name) and target.id == "__class_getitem__"
    return isinstance(target, ast.Attribute) and target.attr == "__doc__"
