"""The value of an assignment comes before its target: into a temporary, if it can tell."""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.lattice import may_run_code
from portalis.translate.frontend.program import Variable
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.walk import every
from portalis.translate.lower.context import Frame, ty_of

_CALLS = (ir.Call, ir.CallValue, ir.VirtualCall, ir.Delegate)


def before(frame: Frame, value: ir.Expr, target: ast.expr, out: list[ir.Stmt]) -> ir.Expr:
    """`value`, held where it may change what `target` is found by: an attribute, or a
    variable that other code assigns, too."""
    if isinstance(value, (ir.Lit, ir.Var)) or not (_runs(value) and _moves(frame, target)):
        return value
    local = frame.temp(ty_of(value), "value")
    out.append(ir.Declare(frame.line, local, value))
    return ir.Var(local.ty, local)


def _runs(value: ir.Expr) -> bool:
    """Evaluating it may run code of the program."""
    below = list(every(value))
    if any(isinstance(n, _CALLS) for n in below):
        return True
    works = any(isinstance(n, ir.Op) and n.raises for n in below)
    return works and any(may_run_code(ty_of(n)) for n in below if isinstance(n, ir.Expr))


def _moves(frame: Frame, target: ast.expr) -> bool:
    names = frame.engine.program.names
    return any(
        isinstance(n, ast.Attribute)
        or (
            isinstance(n, ast.Name)
            and isinstance(variable := names.get(n), Variable)
            and variable.changes_elsewhere
        )
        for n in trees.walk(target)
    )
