"""`@overload`: signatures for type checkers, which the function of that name below replaces."""

from __future__ import annotations

import ast

from portalis.translate.frontend.expand.unit import Unit, bodies, is_constant

_PATHS = frozenset(("typing.overload", "typing_extensions.overload"))


def expand(unit: Unit) -> bool:
    if not _PATHS & unit.origins() and not unit.attributes() & {"overload"}:
        return False
    changed = False
    for body, _ in bodies(unit.tree):
        defined: set[str] = set()
        for position in range(len(body) - 1, -1, -1):
            statement = body[position]
            if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            if statement.name in defined and _is_signature(unit, statement):
                del body[position]
                changed = True
            defined.add(statement.name)
    return changed


def _is_signature(unit: Unit, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Its `def` does nothing else that can be seen."""
    decorated = any(unit.path(d) in _PATHS for d in node.decorator_list)
    defaults = [*node.args.defaults, *(d for d in node.args.kw_defaults if d is not None)]
    return decorated and all(is_constant(d) or isinstance(d, ast.Name) for d in defaults)
