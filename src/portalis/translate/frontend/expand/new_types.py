"""`UserId = NewType("UserId", int)`: at run time a function that returns its argument."""

from __future__ import annotations

import ast

from portalis.translate.frontend.expand.unit import Unit, bodies, parse_at


def expand(unit: Unit) -> bool:
    if not any(path.rpartition(".")[2] in _HOMES for path in unit.origins()):
        return False
    changed = False
    for body, _ in bodies(unit.tree):
        made = [_made(unit, statement) for statement in body]
        changed |= any(new is not old for new, old in zip(made, body, strict=True))
        body[:] = made
    return changed


_HOMES = ("typing", "typing_extensions", "NewType")


def _made(unit: Unit, node: ast.stmt) -> ast.stmt:
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
        return node
    target = node.targets[0]
    path = unit.path(node.value.func) or ""
    if path not in ("typing.NewType", "typing_extensions.NewType"):
        return node
    if len(node.targets) > 1 or not isinstance(target, ast.Name):
        return node
    return parse_at(f"def {target.id}(arg):\n    return arg", node)[0]
