"""Assignments to attributes: of modules, classes, instances, exceptions, dynamic values."""

from __future__ import annotations

import ast

from portalis.translate.frontend.lattice import EXC, NONE, STR, VALUE, Ty
from portalis.translate.frontend.program import Class, Function, Module
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    attribute,
    class_attributes,
    comparing,
    exceptions,
    klass,
    names,
    opening,
    precedence,
    properties,
    row_calls,
    unions,
)
from portalis.translate.lower.coerce import always_raises, coerce, diverge, flow_into
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of

_ON_FUNCTIONS = "an attribute of a function that is a value, or is not of the module"


def set_(frame: Frame, target: ast.Attribute, value: ir.Expr) -> list[ir.Stmt]:
    """`target = value` for an attribute."""
    base = attribute.named_entity(frame, target.value)
    if isinstance(base, Module):
        variable = base.variables.get(target.attr)
        if variable is None:
            raise Refusal(
                "PT204", target, f"{base.name} has no attribute {target.attr!r} to assign"
            )
        frame.engine.varies(variable)
        stored = flow_into(frame, value, variable.cell)
        return [ir.SetGlobal(frame.line, names.global_path(variable), stored)]
    if isinstance(base, Function):
        raise Refusal("PT206", target, _ON_FUNCTIONS)
    known = class_attributes.known_class(frame, target.value)
    if known is not None:
        return class_attributes.assign(frame, target, *known, value)
    out: list[ir.Stmt] = []
    value = precedence.before(frame, value, target.value, out)
    obj = frame.expr(target.value)
    return [*out, *set_on(frame, target, obj, target.attr, value)]


def set_on(frame: Frame, node: ast.AST, obj: ir.Expr, attr: str, value: ir.Expr) -> list[ir.Stmt]:
    """`obj.attr = value`, both made already; `node` is where it stands."""
    ty = ty_of(obj)
    if properties.are_below(obj, attr):
        return [ir.Eval(frame.line, properties.set(frame, node, obj, attr, value))]
    if attr in ("__class__", "__dict__"):
        raise Refusal("PT206", node, f"assigning {attr} changes what an object is")
    if exceptions.has(ty, attr):
        return [ir.Eval(frame.line, exceptions.set_(frame, obj, attr, value))]
    if ty.kind == "never":
        return [ir.Eval(frame.line, diverge(obj, value))]
    error = row_calls.exception("attribute_error", f"'NoneType' object has no attribute '{attr}'")
    if ty.kind == "none":
        return [ir.Eval(frame.line, always_raises(frame, error, value, obj))]
    if ty.optional:
        return set_on(frame, node, coerce(frame, obj, ty.required(), error), attr, value)
    if ty.kind == "union":
        return unions.set_attribute(frame, node, obj, attr, value)
    if ty.kind == "inst":
        assert ty.cls is not None
        prop = ty.cls.find_property(attr)
        if prop is not None:
            return [ir.Eval(frame.line, properties.set(frame, node, obj, attr, value))]
        if any(c.find_method(attr) for c in (ty.cls, *ty.cls.descendants())):
            raise Refusal("PT206", node, f"{attr} of one instance would hide the class's method")
        refused = _frozen(frame, ty.cls, node, attr)
        if refused is not None:
            body = [ir.Eval(frame.line, obj), ir.Eval(frame.line, value)]
            return [*body, ir.Raise(frame.line, refused)]
        outside = klass.outside_slots(frame.engine, ty.cls, node, attr)
        if outside:
            body = [ir.Eval(frame.line, value), ir.Eval(frame.line, obj)]
            text = f"'{ty.cls.name}' object has no attribute '{attr}'"
            error = row_calls.exception("attribute_error", text)
            return [*body, ir.Raise(frame.line, ir.Op(as_type(EXC), error, {}, False))]
        field = ty.cls.root.fields.get(attr)
        if field is None:
            field = frame.engine.new_field(ty.cls, attr)
        stored = flow_into(frame, value, field.cell)
        return [ir.SetField(frame.line, obj, attr, stored, frame.engine.uses.reads_dict)]
    return _set_dynamic(frame, node, obj, attr, value)


def _set_dynamic(
    frame: Frame, node: ast.AST, obj: ir.Expr, attr: str, value: ir.Expr
) -> list[ir.Stmt]:
    if ty_of(obj).kind == "func":
        raise Refusal("PT206", node, _ON_FUNCTIONS)
    boxed = coerce(frame, obj, VALUE)
    opening.give_field(frame, attr)
    attribute.open_setter(frame, attr)
    for cls in opening.holders(frame.engine, frame.function, attr):
        field = cls.root.fields.get(attr)
        if field is not None:
            frame.flow(ty_of(value), field.cell)
            if ty_of(value).kind == "value":
                frame.flow(VALUE, field.cell)
    return [
        ir.Eval(
            frame.line,
            ir.Op(
                as_type(Ty("none")),
                f'dynamic::set_attr({{x}}, "{attr}", {{v}})',
                {"x": ir.Operand(boxed, "ref"), "v": ir.Operand(coerce(frame, value, VALUE))},
                True,
            ),
        )
    ]


def _frozen(frame: Frame, cls: Class, node: ast.AST, attr: str) -> ir.Expr | None:
    """What assigning to an instance raises, where its class does not allow it."""
    if getattr(node, "initial", False):
        return None
    kind = next((k for c in cls.mro() if (k := getattr(c.node, "frozen", None))), None)
    text = "can't set attribute"
    if attr in ("name", "value") and any(getattr(c.node, "enum_shape", None) for c in cls.mro()):
        kind, text = "tuple", f"<enum 'Enum'> cannot set attribute '{attr}'"
    if kind is None:
        return None
    if kind == "tuple":
        return ir.Op(as_type(EXC), row_calls.exception("attribute_error", text), {}, False)
    found = cls.module.variables.get("FrozenInstanceError")
    entity = found.known_entity if found is not None else None
    static = comparing.class_static(entity if isinstance(entity, Class) else "AttributeError")
    text = f"cannot assign to field '{attr}'"
    return ir.Op(
        as_type(EXC),
        f"Exc::new(&{static}, {{args}})",
        {
            "args": ir.Operand(
                ir.TupleLit(as_type(NONE), [coerce(frame, ir.Lit(as_type(STR), text), VALUE)]),
                "values",
            )
        },
        False,
    )
