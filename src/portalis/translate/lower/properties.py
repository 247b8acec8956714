"""Properties of instances: read, assigned, deleted, by the class where several can be meant."""

from __future__ import annotations

import ast

from portalis.translate.frontend.lattice import Ty
from portalis.translate.frontend.program import Class, Function
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import call, names, row_calls
from portalis.translate.lower.coerce import coerce
from portalis.translate.lower.context import Frame, as_type, ty_of
from portalis.translate.lower.given import Given


def get(frame: Frame, node: ast.AST, value: ir.Expr, name: str) -> ir.Expr:
    return _property(frame, node, value, name, "get", Given())


def set(frame: Frame, node: ast.AST, value: ir.Expr, name: str, stored: ir.Expr) -> ir.Expr:
    return _property(frame, node, value, name, "set", Given([stored]))


def delete(frame: Frame, node: ast.AST, value: ir.Expr, name: str) -> ir.Expr:
    return _property(frame, node, value, name, "del", Given())


def _property(
    frame: Frame, node: ast.AST, value: ir.Expr, name: str, which: str, args: Given
) -> ir.Expr:
    cls = ty_of(value).cls
    assert cls is not None
    found: dict[Function, list[Class]] = {}
    lacking: list[Class] = []
    for candidate in (cls, *cls.descendants()):
        functions = candidate.find_property(name) or {}
        if which in functions:
            found.setdefault(functions[which], []).append(candidate)
        else:
            lacking.append(candidate)
    if not found:
        return _no_setter(frame, cls, name, which)
    if not lacking:
        return call.dispatch(frame, node, value, found, args, name)
    me = frame.temp(ty_of(value), "this")
    made = call.dispatch(frame, node, ir.Var(me.ty, me), found, args, name)
    ty = ty_of(made)
    arms = [
        ([f"crate::{names.static_path(c)}"], coerce(frame, _no_setter(frame, c, name, which), ty))
        for c in lacking
    ]
    others = [f"crate::{names.static_path(c)}" for classes in found.values() for c in classes]
    chosen = ir.VirtualCall(as_type(ty), me, [*arms, (others, made)])
    return ir.Block(as_type(ty), [ir.Declare(frame.line, me, value)], chosen)


def _no_setter(frame: Frame, cls: Class, name: str, which: str) -> ir.Expr:
    lacks = {"get": "getter", "set": "setter", "del": "deleter"}[which]
    error = row_calls.exception(
        "attribute_error", f"property '{name}' of '{cls.name}' object has no {lacks}"
    )
    return ir.Op(as_type(Ty("never")), f"Err::<Never, Exc>({error})", {}, True)
