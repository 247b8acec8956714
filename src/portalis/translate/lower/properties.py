"""Properties of instances: read, assigned, deleted, by the class where several can be meant."""

from __future__ import annotations

import ast

from portalis.translate.frontend.lattice import Ty
from portalis.translate.frontend.program import Class, Function
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    attribute,
    call,
    class_attributes,
    expression,
    names,
    operators,
    row_calls,
)
from portalis.translate.lower.coerce import coerce
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.lower.given import Given


def get(frame: Frame, node: ast.AST, value: ir.Expr, name: str) -> ir.Expr:
    return _property(frame, node, value, name, "get", Given())


def set(frame: Frame, node: ast.AST, value: ir.Expr, name: str, stored: ir.Expr) -> ir.Expr:
    return _property(frame, node, value, name, "set", Given([stored]))


def delete(frame: Frame, node: ast.AST, value: ir.Expr, name: str) -> ir.Expr:
    return _property(frame, node, value, name, "del", Given())


def of_super(frame: Frame, node: ast.Attribute) -> ir.Expr:
    """`super().name` that is not called: a property, or an attribute of a class.

    Raises:
        Refusal: it is neither, or which one it is depends on the instance's class.
    """
    function = frame.function
    while function.cls is None and function.parent is not None:
        function = function.parent
    cls = function.cls
    if cls is None or not function.params:
        raise Refusal("PT202", node, "super() outside a method")
    homes = {_home(d, cls, node.attr) for d in (cls, *cls.descendants())}
    home = homes.pop()
    if homes:
        raise Refusal("PT204", node, f"super().{node.attr} depends on the class of the instance")
    getter = None if home is None else home.properties.get(node.attr, {}).get("get")
    if getter is not None and function.kind in ("method", "property"):
        me = expression.variable(frame, function.params[0].variable, node)
        return call.function_call(frame, node, getter, Given(), me)
    if home is not None and home.defines(node.attr):
        return class_attributes.member(frame, home, node)
    raise Refusal("PT204", node, f"super().{node.attr} is no property or class attribute here")


def _home(runtime: Class, cls: Class, name: str) -> Class | None:
    """The class where `super().name` in `cls` is found for an instance of `runtime`."""
    mro = runtime.mro()
    after = mro[mro.index(cls) + 1 :]
    return next(
        (c for c in after if c.sets(name) or name in c.properties or name in c.methods), None
    )


def are_below(obj: ir.Expr, name: str) -> bool:
    """Some instances of the class have such a property, though it has none itself."""
    cls = operators.user_class(ty_of(obj))
    return (
        cls is not None
        and cls.find_property(name) is None
        and any(c.find_property(name) for c in cls.descendants())
    )


def is_own_field(obj: ir.Expr, attr: str) -> bool:
    """Whether it is nothing but a field, so that storing what it holds changes nothing."""
    cls = operators.user_class(ty_of(obj))
    return cls is not None and not any(
        c.find_property(attr) or c.find_class_attribute(attr) or hasattr(c.node, "frozen")
        for c in (cls, *cls.descendants())
    )


def _property(
    frame: Frame, node: ast.AST, value: ir.Expr, name: str, which: str, args: Given
) -> ir.Expr:
    cls = ty_of(value).cls
    assert cls is not None
    found: dict[Function, list[Class]] = {}
    lacking: list[Class] = []
    every = [cls, *cls.descendants()]
    for candidate in [c for c in every if c.can_exist()] or every:
        functions = candidate.find_property(name) or {}
        if which in functions:
            found.setdefault(functions[which], []).append(candidate)
        else:
            lacking.append(candidate)
    if not found:
        without = next((c for c in lacking if c.find_property(name) is None), cls)
        return _otherwise(frame, node, without, name, which)
    if not lacking:
        return call.dispatch(frame, node, value, found, args, name)
    me = frame.temp(ty_of(value), "this")
    made = call.dispatch(frame, node, ir.Var(me.ty, me), found, args, name)
    cell = frame.site(node, "property", name)
    others_made = [(c, _otherwise(frame, node, c, name, which)) for c in lacking]
    for each in (made, *(m for _, m in others_made)):
        frame.flow(ty_of(each), cell)
    ty = frame.read(cell)
    made = coerce(frame, made, ty)
    arms = [([f"crate::{names.static_path(c)}"], coerce(frame, m, ty)) for c, m in others_made]
    others = [f"crate::{names.static_path(c)}" for classes in found.values() for c in classes]
    chosen = ir.VirtualCall(as_type(ty), me, [*arms, (others, made)])
    return ir.Block(as_type(ty), [ir.Declare(frame.line, me, value)], chosen)


def _otherwise(frame: Frame, node: ast.AST, cls: Class, name: str, which: str) -> ir.Expr:
    """What is done for instances of a class that has no such property.

    Raises:
        Refusal: there the name is a method, or one of the instance's own.
    """
    if cls.find_property(name) is not None:
        return _no_setter(frame, cls, name, which)
    field = attribute.field_of(frame, cls, name)
    plain = field is None and cls.find_class_attribute(name) is not None
    if which == "get" and plain:
        return class_attributes.read(frame, node, cls, name, f"'{cls.name}' object")
    raise Refusal("PT204", node, f"{name!r} is a property of some classes, but not of {cls.name}")


def _no_setter(frame: Frame, cls: Class, name: str, which: str) -> ir.Expr:
    lacks = {"get": "getter", "set": "setter", "del": "deleter"}[which]
    error = row_calls.exception(
        "attribute_error", f"property '{name}' of '{cls.name}' object has no {lacks}"
    )
    return ir.Op(as_type(Ty("never")), f"Err::<Never, Exc>({error})", {}, True)
