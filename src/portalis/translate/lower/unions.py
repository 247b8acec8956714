"""Values of one of several unrelated classes: what is done with them is done for each class.

A union is a Rust enum. An operation on one is a match whose arms know the class, so that
each arm is as if the value had only ever been of that class.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from portalis.translate.frontend.lattice import BOOL, NONE, OBJECTS, Ty, union_of
from portalis.translate.frontend.program import Class
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import attribute, attribute_stores, binding, call, comparing
from portalis.translate.lower.coerce import coerce, none
from portalis.translate.lower.context import Frame, as_type, ty_of
from portalis.translate.lower.given import Given

Build = Callable[[ir.Expr], ir.Expr]


def is_union(value: ir.Expr) -> bool:
    """It is surely of one of several classes."""
    return ty_of(value).kind == "union" and not ty_of(value).optional


def is_object(value: ir.Expr) -> bool:
    return ty_of(value).kind in OBJECTS and not ty_of(value).optional


def any_has(ty: Ty, *names: str) -> bool:
    """Instances of some of the classes have one of the methods."""
    return any(
        d.find_method(name) is not None
        for cls in ty.classes()
        for d in (cls, *cls.descendants())
        for name in names
    )


def each(frame: Frame, node: ast.AST, value: ir.Expr, key: str, build: Build) -> ir.Expr:
    """What `build` makes of `value` in the arm of its class."""
    cell = frame.site(node, "union", key)
    arms: list[tuple[ir.Local, ir.Expr]] = []
    for cls in ty_of(value).members:
        local = frame.temp(Ty("inst", (), cls), comparing.snake(cls.name).lower())
        local.by_ref = True
        made = build(ir.Var(local.ty, local))
        frame.flow(ty_of(made), cell)
        arms.append((local, made))
    ty = frame.read(cell)
    return ir.UnionMatch(as_type(ty), value, [(x, coerce(frame, made, ty)) for x, made in arms])


def survivors(made: ir.Expr) -> Ty | None:
    """What is left of a union after `made`, an operation that some of its classes never end."""
    while isinstance(made, ir.Block):
        made = made.value
    if not isinstance(made, ir.UnionMatch):
        return None
    left = [local for local, arm in made.arms if not _never_ends(arm)]
    return union_of(c for x in left for c in ty_of(ir.Var(x.ty, x)).classes()) if left else None


def _never_ends(arm: ir.Expr) -> bool:
    if isinstance(arm, ir.Coerce):
        arm = arm.value
    return ty_of(arm).kind == "never"


def is_at_hand(value: ir.Expr) -> bool:
    """Reading it again gives the same and costs nothing."""
    return isinstance(value, ir.Lit) or (
        isinstance(value, ir.Var) and value.local.storage == "plain"
    )


def held(frame: Frame, body: list[ir.Stmt], *values: ir.Expr) -> list[ir.Expr]:
    """Operands that several arms mention: evaluated once, in their order."""
    if all(map(is_at_hand, values)):
        return list(values)
    return [binding.temporary(frame, value, body) for value in values]


def block(body: list[ir.Stmt], value: ir.Expr) -> ir.Expr:
    return ir.Block(value.ty, body, value) if body else value


def method(frame: Frame, node: ast.Call, func: ast.Attribute, value: ir.Expr) -> ir.Expr:
    """`value.name(…)`: the arguments are evaluated once, after it is known to have `name`."""
    args = call.given(frame, node)
    every = [*args.positional, *args.keywords.values()]
    every += [a for a in (args.star, args.double_star) if a is not None]
    body: list[ir.Stmt] = []
    if not all(map(is_at_hand, every)):
        value = binding.temporary(frame, value, body)
        if any(attribute.lacks(frame, func, c, func.attr) for c in ty_of(value).members):
            body.append(ir.Eval(frame.line, _present(frame, node, func, value)))
        args = Given(
            [binding.temporary(frame, a, body) for a in args.positional],
            {k: binding.temporary(frame, a, body) for k, a in args.keywords.items()},
            None if args.star is None else binding.temporary(frame, args.star, body),
            None if args.double_star is None else binding.temporary(frame, args.double_star, body),
            args.keywords_before,
        )
    made = each(
        frame, node, value, func.attr, lambda it: call.instance_method(frame, node, func, it, args)
    )
    return block(body, made)


def _present(frame: Frame, node: ast.AST, func: ast.Attribute, value: ir.Expr) -> ir.Expr:
    """Raises AttributeError where the value's class has no such attribute."""

    def test(it: ir.Expr) -> ir.Expr:
        cls = ty_of(it).cls
        assert cls is not None
        if attribute.lacks(frame, func, cls, func.attr):
            return attribute.lacking(frame, it, func.attr)
        return none()

    return coerce(frame, each(frame, node, value, f"has {func.attr}", test), NONE)


def called(frame: Frame, node: ast.AST, callee: ir.Expr, args: Given, name: str) -> ir.Expr:
    """`callee.name(…)` for a dunder that all classes have."""
    body: list[ir.Stmt] = []
    callee, *positional = held(frame, body, callee, *args.positional)
    args = Given(positional, args.keywords, args.star, args.double_star, args.keywords_before)
    made = each(frame, node, callee, name, lambda it: call.method_call(frame, node, it, name, args))
    return block(body, made)


def set_attribute(
    frame: Frame, node: ast.AST, obj: ir.Expr, attr: str, value: ir.Expr
) -> list[ir.Stmt]:
    """`obj.attr = value`; the value comes first."""
    body: list[ir.Stmt] = []
    if not is_at_hand(value):
        value = binding.temporary(frame, value, body)

    def store(it: ir.Expr) -> ir.Expr:
        return ir.Block(
            as_type(NONE), attribute_stores.set_on(frame, node, it, attr, value), none()
        )

    return [*body, ir.Eval(frame.line, each(frame, node, obj, f"set {attr}", store))]


def test_classes(
    frame: Frame,
    value: ir.Expr,
    answer: Callable[[Class], bool | None],
    classes: list[Class],
    builtins: list[str],
) -> ir.Expr:
    """isinstance, by the answer that each class of the union gives already."""
    arms: list[tuple[ir.Local, ir.Expr]] = []
    for cls in ty_of(value).members:
        local = frame.temp(Ty("inst", (), cls), comparing.snake(cls.name).lower())
        local.by_ref = True
        known = answer(cls)
        if known is None:
            it = ir.Var(local.ty, local)
            arms.append((local, comparing.class_test(frame, it, classes, builtins)))
        else:
            arms.append((local, ir.Lit(as_type(BOOL), known)))
    return ir.UnionMatch(as_type(BOOL), value, arms)
