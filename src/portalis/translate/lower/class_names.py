"""`type(x).__name__` and `x.__class__.__qualname__`: names of a value's class."""

from __future__ import annotations

import ast

from portalis.translate.frontend.lattice import STR, Ty
from portalis.translate.ir import nodes as ir
from portalis.translate.lower.coerce import diverge
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of


def of_value(frame: Frame, node: ast.Attribute) -> ir.Expr | None:
    """`type(x).__name__` and `x.__class__.__name__`."""
    if node.attr not in ("__name__", "__qualname__"):
        return None
    inner = node.value
    subject: ast.expr | None = None
    if (
        isinstance(inner, ast.Call)
        and isinstance(inner.func, ast.Name)
        and frame.engine.program.names.get(inner.func) == "type"
        and len(inner.args) == 1
    ):
        subject = inner.args[0]
    elif isinstance(inner, ast.Attribute) and inner.attr == "__class__":
        subject = inner.value
    if subject is None:
        return None
    value = frame.expr(subject)
    if ty_of(value).kind == "never":
        return diverge(value)
    if node.attr == "__qualname__" and any(
        cls.qualname != cls.name for cls in frame.engine.program.every_class()
    ):
        cls = ty_of(value).cls
        if cls is None or cls.descendants() or ty_of(value).optional:
            raise Refusal("PT204", node, "__qualname__ of a value, and classes that are nested")
        return ir.Block(
            as_type(STR), [ir.Eval(frame.line, value)], ir.Lit(as_type(STR), cls.qualname)
        )
    return ir.Op(
        as_type(Ty("str")),
        "Str::lit(classes::short_name({x}.py_type_name()))",
        {"x": ir.Operand(value, "recv")},
        False,
        pure=True,
    )
