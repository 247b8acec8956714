"""Constructors of `collections.Counter`, `defaultdict` and `OrderedDict`: what their rows
cannot say is how a factory is shown, and entries given as keywords."""

from __future__ import annotations

import ast
from collections.abc import Callable

from portalis.translate.frontend.lattice import STR
from portalis.translate.frontend.program import Class
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    attribute,
    operators,
    row_arguments,
    row_calls,
)
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of

_TYPES = frozenset(
    ("int", "float", "str", "bool", "bytes", "complex", "list", "dict", "set", "tuple", "frozenset")
)


def defaultdict(frame: Frame, node: ast.Call) -> ir.Expr:
    """`defaultdict(factory, …)`."""
    made = _with_keywords(frame, node, "collections.defaultdict")
    shown = _class_shown(frame, node.args[0]) if node.args else None
    if shown is None or ty_of(made).kind != "dict":
        return made
    return ir.Op(
        made.ty, f'{{d}}.factory_shown("{shown}")', {"d": ir.Operand(made)}, False, name="shown"
    )


def _class_shown(frame: Frame, node: ast.expr) -> str | None:
    """The repr of the class that `node` names; None: it names no class."""

    if isinstance(node, ast.Name):
        target = frame.engine.program.names.get(node)
        if isinstance(target, str) and target in _TYPES:
            return f"<class '{target}'>"
    entity = attribute.named_entity(frame, node)
    if isinstance(entity, Class):
        return f"<class '{entity.module.name}.{entity.qualname}'>"
    return None


def _constructor(path: str) -> Callable[[Frame, ast.Call], ir.Expr]:
    return lambda frame, node: _with_keywords(frame, node, path)


counter: Callable[[Frame, ast.Call], ir.Expr] = _constructor("collections.Counter")
ordered_dict: Callable[[Frame, ast.Call], ir.Expr] = _constructor("collections.OrderedDict")


def _with_keywords(frame: Frame, node: ast.Call, path: str) -> ir.Expr:
    """`Counter(a=3)`: the entries given as keywords are set on what the rest makes."""

    args = [row_arguments.argument(frame, arg, path) for arg in node.args]
    args = row_arguments.walked(frame, node, path, args)
    made = row_calls.builtin(frame, node, path, args)
    if not node.keywords or ty_of(made).kind != "dict":
        return made
    local = frame.temp(ty_of(made), "made")
    body: list[ir.Stmt] = [ir.Declare(frame.line, local, made)]
    for keyword in node.keywords:
        if keyword.arg is None:
            raise Refusal("PT202", keyword.value, f"** in a call of {path} is not translated")
        me = ir.Var(local.ty, local)
        frame.flow(STR, ty_of(made).args[0])
        key = ir.Lit(as_type(STR), keyword.arg)
        stored = operators.operation(
            frame, keyword.value, "setitem", [me, key, frame.expr(keyword.value)]
        )
        body.append(ir.Eval(frame.line, stored))
    return ir.Block(made.ty, body, ir.Var(local.ty, local))
