"""Where a class may be kept or passed on: there it is a value like any other."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from portalis.translate.frontend.expand.unit import Unit


def kept(unit: Unit) -> Iterator[ast.expr]:
    """Expressions of the module whose value something else may hold, tests of classes aside."""
    for call in unit.every(ast.Call):
        if not unit.is_builtin(call.func, "isinstance", "issubclass"):
            yield from call.args
    for node in _assigning(unit):
        if node.value is not None:
            yield node.value
    displays: list[ast.Tuple | ast.List | ast.Set] = [*unit.every(ast.Tuple)]
    displays += unit.every(ast.List)
    for shown in displays + unit.every(ast.Set):
        yield from shown.elts
    for mapping in unit.every(ast.Dict):
        yield from (part for part in (*mapping.keys, *mapping.values) if part is not None)
    for chosen in unit.every(ast.IfExp):
        yield from (chosen.body, chosen.orelse)
    for either in unit.every(ast.BoolOp):
        yield from either.values
    for args in unit.every(ast.arguments):
        yield from (d for d in (*args.defaults, *args.kw_defaults) if d is not None)
    for function in unit.every(ast.Lambda):
        yield function.body


def _assigning(
    unit: Unit,
) -> Iterator[ast.Assign | ast.AnnAssign | ast.Return | ast.Yield | ast.NamedExpr | ast.keyword]:
    yield from unit.every(ast.Assign)
    yield from unit.every(ast.AnnAssign)
    yield from unit.every(ast.Return)
    yield from unit.every(ast.Yield)
    yield from unit.every(ast.NamedExpr)
    yield from unit.every(ast.keyword)
