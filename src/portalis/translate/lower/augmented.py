"""Augmented assignment: targets are evaluated once, and what can change in place does."""

from __future__ import annotations

import ast

from portalis.translate.frontend.lattice import VALUE
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    assign,
    attribute,
    attribute_stores,
    call,
    class_attributes,
    iteration,
    opening,
    operators,
    properties,
    row_calls,
    unions,
)
from portalis.translate.lower.coerce import coerce
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.rows.array_rows import ARRAYS
from portalis.translate.rows.dyn_rows import DYNAMIC_INPLACE


def augmented(frame: Frame, node: ast.AugAssign) -> list[ir.Stmt]:
    target = node.target
    out: list[ir.Stmt] = []
    if isinstance(target, ast.Name):
        load = ast.copy_location(ast.Name(target.id, ast.Load()), target)
        frame.engine.program.names[load] = frame.engine.program.names[target]
        current = frame.expr(load)
        updated = _update(frame, node, current, frame.expr(node.value), out)
        if updated is not None:
            out += assign.assign(frame, target, updated)
        return out
    if isinstance(target, ast.Attribute):
        return _augmented_attribute(frame, node, target, out)
    assert isinstance(target, ast.Subscript)
    return _augmented_item(frame, node, target, out)


def _augmented_attribute(
    frame: Frame, node: ast.AugAssign, target: ast.Attribute, out: list[ir.Stmt]
) -> list[ir.Stmt]:
    base = attribute.named_entity(frame, target.value)
    if base is not None or class_attributes.known_class(frame, target.value) is not None:
        load = ast.copy_location(ast.Attribute(target.value, target.attr, ast.Load()), target)
        updated = _update(frame, node, frame.expr(load), frame.expr(node.value), out)
        return out if updated is None else [*out, *attribute_stores.set_(frame, target, updated)]
    obj = assign.held(frame, frame.expr(target.value), out, "object")
    load = ast.copy_location(ast.Attribute(target.value, target.attr, ast.Load()), target)
    current = attribute.of_value(frame, load, obj)
    seen = not properties.is_own_field(obj, target.attr)
    updated = _update(frame, node, current, frame.expr(node.value), out, seen)
    if updated is not None:
        out += attribute_stores.set_on(frame, target, obj, target.attr, updated)
    return out


def _augmented_item(
    frame: Frame, node: ast.AugAssign, target: ast.Subscript, out: list[ir.Stmt]
) -> list[ir.Stmt]:
    container = assign.held(frame, frame.expr(target.value), out, "container")
    if isinstance(target.slice, ast.Slice):
        raise Refusal("PT201", node, "augmented assignment to a slice is not translated")
    index = assign.held(frame, frame.expr(target.slice), out, "index")
    current = operators.operation(frame, target, "getitem", [container, index])
    seen = ty_of(container).kind not in _RESTORED
    updated = _update(frame, node, current, frame.expr(node.value), out, seen)
    if updated is not None:
        store = operators.operation(frame, node, "setitem", [container, index, updated])
        out.append(ir.Eval(frame.line, store))
    return out


# Left types whose augmented operator changes the object itself.
_IN_PLACE = {
    ("list", "+"): "list.extend",
    ("set", "|"): "set.update",
    ("set", "&"): "set.intersection_update",
    ("set", "-"): "set.difference_update",
    ("set", "^"): "set.symmetric_difference_update",
    ("deque", "+"): "deque.extend",
}
_IN_PLACE_OPERATORS = frozenset(
    (
        ("list", "*"), ("dict", "|"), ("dict", "+"), ("dict", "-"), ("dict", "&"),
        *((kind, op) for kind in ("bytearray", *ARRAYS) for op in "+*"),
    )
)  # fmt: skip


# Containers to which it is all the same whether an item is stored again where it was.
_RESTORED = frozenset(("list", "dict", "deque"))


def _update(
    frame: Frame,
    node: ast.AugAssign,
    current: ir.Expr,
    value: ir.Expr,
    out: list[ir.Stmt],
    seen: bool = False,
) -> ir.Expr | None:
    """The new value, or None when the object was changed in place.

    seen: whoever holds it sees the assignment, so that even the same object is a new value.
    """
    if seen:
        current = assign.held(frame, current, out, "current")
    op = operators.BINARY[type(node.op)]
    ty = ty_of(current)
    in_place = _IN_PLACE.get((ty.kind, op))
    if in_place is not None and not ty.optional:
        value = iteration.iterable(frame, node, value)
        out.append(ir.Eval(frame.line, row_calls.method(frame, node, in_place, current, [value])))
        return current if seen else None
    if (ty.kind, op) in _IN_PLACE_OPERATORS and not ty.optional:
        made = operators.operation(frame, node, f"{op}=", [current, value])
        out.append(ir.Eval(frame.line, made))
        return current if seen else None
    if unions.is_union(current) and unions.any_has(ty, f"__i{operators.DUNDERS[op]}__"):
        current, value = unions.held(frame, out, current, value)
        return unions.each(
            frame, node, current, f"{op}=", lambda it: _updated(frame, node, it, value)
        )
    return _updated(frame, node, current, value)


def _updated(frame: Frame, node: ast.AugAssign, current: ir.Expr, value: ir.Expr) -> ir.Expr:
    """The new value of what is not changed in place, or by a method of its own."""
    op = operators.BINARY[type(node.op)]
    ty = ty_of(current)
    if ty.kind == "inst" and not ty.optional and ty.cls is not None:
        dunder = f"__i{operators.DUNDERS[op]}__"
        if ty.cls.find_method(dunder) is not None:
            return call.method_exprs(frame, node, current, dunder, [value])
    if ty.kind == "value":
        opening.operator(frame, operators.DUNDERS[op], [ty, ty_of(value)])
        opening.methods(frame, f"__i{operators.DUNDERS[op]}__", [ty_of(value)])
        return ir.Op(
            as_type(VALUE),
            f"{DYNAMIC_INPLACE[op + '=']}({{a}}, {{b}})",
            {"a": ir.Operand(current, "ref"), "b": ir.Operand(coerce(frame, value, VALUE), "ref")},
            True,
            name=f"{op}=",
        )
    return operators.binary(frame, node, type(node.op), current, value)
