"""Locals that hold a method and are only called: what they hold is what it was taken from."""

from __future__ import annotations

import ast

from portalis.translate.frontend.lattice import OBJECTS, doubt
from portalis.translate.frontend.program import Variable
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import assign
from portalis.translate.lower.context import Frame, ty_of
from portalis.translate.rows.table import ROWS_BY_NAME


def store(frame: Frame, node: ast.Assign) -> list[ir.Stmt] | None:
    """`push = stack.append`; None: it is an assignment like another."""
    target = node.targets[0]
    if len(node.targets) != 1 or not isinstance(target, ast.Name):
        return None
    variable = frame.engine.program.names.get(target)
    if not isinstance(variable, Variable) or not isinstance(node.value, ast.Attribute):
        return None
    if variable.library:
        return [] if is_function(variable.library) else None
    if not variable.method:
        return None
    receiver = frame.expr(node.value.value)
    ty = ty_of(receiver)
    if ty.kind == "never":
        return None
    known = f"{ty.kind}.{variable.method}" in ROWS_BY_NAME and ty.kind not in OBJECTS
    if not known or ty.optional:
        if frame.engine.receivers.get(variable):
            doubt()
        frame.engine.receivers[variable] = False
    if not frame.engine.receivers.setdefault(variable, True):
        return None
    return assign.assign(frame, target, receiver)


def is_function(path: str) -> bool:
    """Whether the library's name is a function's."""
    rows = ROWS_BY_NAME.get(path)
    return rows is not None and rows[0].sig.startswith("(")


def call(frame: Frame, node: ast.Call, variable: Variable) -> ast.Call | None:
    """The call of the method that a call of the local stands for."""
    engine = frame.engine
    if not variable.method or not engine.receivers.get(variable, False):
        return None
    known = engine.method_calls.get(node)
    if known is None:
        name = ast.copy_location(ast.Name(variable.name, ast.Load()), node.func)
        engine.program.names[name] = variable
        method = ast.copy_location(ast.Attribute(name, variable.method, ast.Load()), node.func)
        known = ast.copy_location(ast.Call(method, node.args, node.keywords), node)
        engine.method_calls[node] = known
    return known
