"""Instances and exceptions: `Class(…)`."""

from __future__ import annotations

import ast
import builtins
import functools

from portalis.translate.frontend.lattice import EXC, NONE, VALUE, Ty
from portalis.translate.frontend.program import EXCEPTIONS, Class
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    binding,
    call,
    comparing,
    klass,
    names,
    row_calls,
)
from portalis.translate.lower.coerce import coerce, diverge
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.lower.given import Given


def construct(frame: Frame, node: ast.AST, cls: Class, args: Given) -> ir.Expr:

    refused = klass.not_instantiable(cls)
    if refused is not None:
        return binding.raised(frame, refused, [], args)
    if cls.find_method("__new__") is not None:
        return call.function_call(frame, node, klass.maker(cls, node), args)
    klass.instantiate(frame, node, cls)
    if cls.is_plain_exception:
        return exception_value(frame, node, comparing.class_static(cls), args)
    init = cls.find_method("__init__")
    ty = Ty("inst", (), cls)
    if init is None:
        if cls.is_exception:
            packed = [coerce(frame, a, VALUE) for a in args.positional]
            return ir.Op(
                as_type(ty),
                f"crate::{names.class_path(cls)}::new({{args}})",
                {"args": ir.Operand(ir.TupleLit(as_type(NONE), packed), "values")},
                True,
            )
        if args.star is not None or args.double_star is not None:
            raise Refusal("PT202", node, f"{cls.name}() takes no arguments, but is given * or **")
        if args.positional or args.keywords:
            return binding.raised(frame, f"{cls.name}() takes no arguments", [], args)
        return ir.Call(as_type(ty), f"{names.class_path(cls)}::new", [])
    frame.engine.reach(init)
    unfit = binding.misfit(node, init, args, True)
    if unfit is not None:
        return binding.raised(frame, unfit, [], args)
    body: list[ir.Stmt] = []
    me = ir.Diverge(as_type(ty), [])
    bound = binding.bind(frame, node, init, args, me, body)[1:]
    made = ir.Call(as_type(ty), f"{names.class_path(cls)}::new", bound)
    return ir.Block(made.ty, body, made) if body else made


def construct_of_parameter(frame: Frame, node: ast.Call, func: ast.Name, cls: Class) -> ir.Expr:
    """`cls(…)` in a class method: the class itself or whichever subclass it was called on."""
    if not cls.descendants():
        return construct(frame, node, cls, call.given(frame, node))
    body: list[ir.Stmt] = []
    args = call.given(frame, node)
    held = Given(
        [binding.temporary(frame, a, body) for a in args.positional],
        {k: binding.temporary(frame, a, body) for k, a in args.keywords.items()},
        args.star,
        args.double_star,
        args.keywords_before,
    )
    which = frame.expr(func)
    cell = frame.site(node, "made")
    made = [(c, construct(frame, node, c, held)) for c in (*cls.descendants(), cls)]
    for _, value in made:
        frame.flow(ty_of(value), cell)
    ty = frame.read(cell)
    result = coerce(frame, made[-1][1], ty)
    for candidate, value in reversed(made[:-1]):
        test = ir.Op(
            as_type(Ty("bool")),
            f"is_class({{c}}, &{comparing.class_static(candidate)})",
            {"c": ir.Operand(which, "ref")},
            False,
            pure=True,
        )
        result = ir.IfExp(as_type(ty), test, coerce(frame, value, ty), result)
    return ir.Block(as_type(ty), body, result) if body else result


@functools.cache
def _os_errors() -> frozenset[str]:
    found = (n for n in EXCEPTIONS if issubclass(getattr(builtins, n), OSError))
    return frozenset(map(comparing.class_static, found))


def _by_keywords(
    frame: Frame, static: str, packed: list[ir.Expr], keywords: dict[str, ir.Expr]
) -> ir.Expr:
    """`ImportError(message, name=module)`: the class says at run time what it takes."""
    named = {k: coerce(frame, v, VALUE) for k, v in keywords.items()}
    template = f"dynamic::call(&Value::Class(&{static}), {{args}})"
    made = row_calls.dynamic_call(frame, template, {}, packed, named)
    return ir.Op(as_type(EXC), "raisable({x})", {"x": ir.Operand(made, "ref")}, False)


def exception_value(frame: Frame, node: ast.AST, static: str, args: Given) -> ir.Expr:
    if args.star is not None or args.double_star is not None:
        raise Refusal("PT202", node, "an exception with * arguments")
    every = [*args.positional, *args.keywords.values()]
    if any(ty_of(a).kind == "never" for a in every):
        return diverge(*every)
    packed = [coerce(frame, a, VALUE) for a in args.positional]
    if args.keywords:
        return _by_keywords(frame, static, packed, args.keywords)
    # The number tells the class.
    new = "of_os" if len(packed) > 1 and static in _os_errors() else "new"
    return ir.Op(
        as_type(EXC),
        f"Exc::{new}(&{static}, {{args}})",
        {"args": ir.Operand(ir.TupleLit(as_type(NONE), packed), "values")},
        False,
    )
