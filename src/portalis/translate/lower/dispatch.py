"""Which function builds which expression."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    comparing,
    comprehension,
    expression,
    generators,
    lone_star,
)
from portalis.translate.lower.context import Frame, Held

# `Any`: each builder takes the node type that is its key.
BUILDERS: dict[type[ast.expr], Callable[[Frame, Any], ir.Expr]] = {
    ast.Constant: expression.constant,
    ast.Name: expression.name,
    ast.List: expression.list_display,
    ast.Tuple: expression.tuple_display,
    ast.Set: expression.set_display,
    ast.Dict: expression.dict_display,
    ast.JoinedStr: expression.joined_string,
    ast.IfExp: expression.if_expression,
    ast.BoolOp: expression.bool_operation,
    ast.UnaryOp: expression.unary,
    ast.BinOp: expression.binary,
    ast.Compare: comparing.compare,
    ast.Subscript: expression.subscript,
    ast.Slice: expression.slice_object,
    ast.NamedExpr: expression.walrus,
    ast.Lambda: expression.lambda_,
    ast.Attribute: expression.attribute_,
    ast.Call: lone_star.call_,
    ast.ListComp: comprehension.listed,
    ast.SetComp: comprehension.listed,
    ast.DictComp: comprehension.listed,
    ast.GeneratorExp: comprehension.lazy,
    ast.Yield: generators.yield_,
    ast.YieldFrom: generators.yield_from,
    ast.Await: generators.await_,
    Held: lone_star.held,
}
