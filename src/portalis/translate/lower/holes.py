"""Refused code: what ended a unit of work, and what stands in its place."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TypeVar

from portalis.core import faults
from portalis.translate.frontend.lattice import NEVER
from portalis.translate.frontend.program import Function
from portalis.translate.ir import nodes as ir
from portalis.translate.lower.context import Refusal, as_type

T = TypeVar("T")


def attempt(node: ast.AST, build: Callable[[], T]) -> T | Refusal:
    """What `build` makes of `node`, or why there is nothing: a failure of ours counts."""

    made = faults.attempt(build, Refusal)
    if isinstance(made, faults.Fault):
        return Refusal(made.code, node, str(made))
    return made


def hole(function: Function, refusal: Refusal) -> ir.Expr:
    """Ends the program, loudly, where control reaches what was refused."""
    line = getattr(refusal.node, "lineno", function.line)
    where = f"{function.module.path}:{line}"
    text = [function.qualname, refusal.code, where, refusal.message]
    quoted = ", ".join('"' + t.replace("\\", "\\\\").replace('"', '\\"') + '"' for t in text)
    quoted = quoted.replace("{", "{{").replace("}", "}}").replace("\n", " ")
    return ir.Op(as_type(NEVER), f"refused({quoted})", {}, False, name="refused")


def hole_statement(function: Function, refusal: Refusal, node: ast.AST) -> ir.Stmt:
    return ir.Eval(getattr(node, "lineno", function.line), hole(function, refusal))
