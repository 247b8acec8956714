"""What can be walked, and how."""

from __future__ import annotations

import ast

from portalis.translate.frontend.lattice import INT, VALUE, Ty
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    call,
    expression,
    length_asked,
    operators,
    row_calls,
)
from portalis.translate.lower.coerce import always_raises, coerce, diverge
from portalis.translate.lower.context import Frame, as_type, ty_of
from portalis.translate.lower.match_rows import item_of


def walked(frame: Frame, node: ast.expr) -> ir.Expr:
    """What a `for` over the expression walks."""
    if isinstance(node, ast.Set) and node.elts:
        return iterable(frame, node, expression.set_display(frame, node, True))
    return iterable(frame, node, frame.expr(node))


def iterable(frame: Frame, node: ast.AST, value: ir.Expr) -> ir.Expr:
    """`value`, or its iterator where a user class says how to walk it.

    Raises:
        Refusal: the static type cannot be iterated.
    """
    ty = ty_of(value)
    if ty.kind == "never":
        return diverge(value)
    error = row_calls.exception("type_error", "'NoneType' object is not iterable")
    if ty.kind == "none":
        return always_raises(frame, error, value)
    if ty.optional:
        return iterable(frame, node, coerce(frame, value, ty.required(), error))
    if ty.kind == "inst":
        return instance_iterator(frame, node, value)
    if ty.kind == "tuple":
        return operators.as_vartuple(frame, node, value)
    if item_of(frame, ty) is None:
        return coerce(frame, value, VALUE)
    return value


def instance_iterator(frame: Frame, node: ast.AST, value: ir.Expr) -> ir.Expr:

    cls = ty_of(value).cls
    assert cls is not None
    if length_asked.seen(node, cls):
        return coerce(frame, value, VALUE)
    if call.always_has(cls, "__iter__"):
        made = call.method_exprs(frame, node, value, "__iter__", [])
        inner = ty_of(made)
        if inner.kind == "inst" and not inner.optional:
            return stepper(frame, node, made)
        return iterable(frame, node, made)
    if call.implementations(cls, "__iter__"):
        return coerce(frame, value, VALUE)
    if call.always_has(cls, "__getitem__"):
        me = frame.temp(ty_of(value), "sequence")
        index = frame.temp(INT, "index")
        item = call.method_exprs(
            frame, node, ir.Var(me.ty, me), "__getitem__", [ir.Var(index.ty, index)]
        )
        cell = frame.site(node, "sequence items")
        frame.flow(ty_of(item), cell)
        wanted = frame.read(cell)
        closure = ir.RustClosure(as_type(wanted), [index], coerce(frame, item, wanted))
        walked = ir.Op(
            as_type(Ty("iter", (cell,))),
            "iter_sequence({f})",
            {"f": ir.Operand(closure, "move_closure")},
            False,
        )
        return ir.Block(walked.ty, [ir.Declare(frame.line, me, value)], walked)
    return coerce(frame, value, VALUE)


def stepper(frame: Frame, node: ast.AST, value: ir.Expr) -> ir.Expr:
    """An iterator over what `__next__` gives until StopIteration."""

    cls = ty_of(value).cls
    assert cls is not None
    if not call.always_has(cls, "__next__"):
        return coerce(frame, value, VALUE)
    me = frame.temp(ty_of(value), "iterator")
    item = call.method_exprs(frame, node, ir.Var(me.ty, me), "__next__", [])
    cell = frame.site(node, "stepped items")
    frame.flow(ty_of(item), cell)
    wanted = frame.read(cell)
    closure = ir.RustClosure(as_type(wanted), [], coerce(frame, item, wanted))
    walked = ir.Op(
        as_type(Ty("iter", (cell,))),
        "iter_next({f})",
        {"f": ir.Operand(closure, "move_closure")},
        False,
    )
    return ir.Block(walked.ty, [ir.Declare(frame.line, me, value)], walked)
