"""Literals, and the module variables that always hold one."""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.program import Module, Program, Variable


def mark_constants(program: Program, module: Module) -> None:
    """Module variables that are bound once, to a literal, before any code of the
    program can run: their value is known wherever the name is."""
    for statement in module.tree.body:
        targets: list[ast.expr] = []
        value: ast.expr | None = None
        if isinstance(statement, ast.Assign):
            targets, value = statement.targets, statement.value
        elif isinstance(statement, ast.AnnAssign):
            targets, value = [statement.target], statement.value
        if value is not None and _is_plain_literal(value):
            for target in targets:
                variable = program.names.get(target)
                if (
                    isinstance(variable, Variable)
                    and variable.stores == 1
                    and not variable.in_loop
                    and variable.entity is None
                ):
                    variable.constant = value
        elif not isinstance(statement, (ast.FunctionDef, ast.Import, ast.ImportFrom)) and any(
            isinstance(n, (ast.Call, ast.For, ast.While, ast.Try, ast.With, ast.ClassDef))
            for n in trees.walk(statement)
        ):
            return


def _is_plain_literal(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return isinstance(node.operand, ast.Constant) and type(node.operand.value) in (int, float)
    return isinstance(node, ast.Constant) and type(node.value) in (int, float, str, bool)


def is_literal(node: ast.expr) -> bool:
    """Evaluating it again gives an equal immutable value."""
    if getattr(node, "per_call", False):
        # What an expansion wants evaluated anew at each call.
        return True
    if isinstance(node, ast.UnaryOp):
        return is_literal(node.operand)
    if isinstance(node, ast.Tuple):
        return all(is_literal(e) for e in node.elts)
    return isinstance(node, ast.Constant)
