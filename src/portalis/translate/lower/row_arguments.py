"""Arguments of builtins: functions among them wait for the parameter's type."""

from __future__ import annotations

import ast
import functools
from typing import cast

from portalis.translate.frontend.lattice import VALUE, Ty
from portalis.translate.frontend.program import Class, Function, Variable
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.types import Type
from portalis.translate.lower import (
    attribute,
    call,
    closure,
    comprehension,
    construct,
    iteration,
    mappings,
    operators,
    row_calls,
    special,
)
from portalis.translate.lower.coerce import coerce
from portalis.translate.lower.context import Frame, Refusal, ty_of
from portalis.translate.lower.given import Given
from portalis.translate.lower.match_rows import (
    Arg,
    Binding,
    LazyArg,
    closure_for,
    finish_closure,
)
from portalis.translate.rows.row import parse_signature
from portalis.translate.rows.table import MODULES, ROWS_BY_NAME, takes_no_receiver

# Builtins that use up an iterable before anything else can happen: a generator
# expression given to them may as well be a list.
EAGER = frozenset(
    ("list", "set", "frozenset", "tuple", "sorted", "sum", "min", "max", "dict", "str.join",
     "math.prod", "math.fsum", "list.extend", "set.update", "dict.update", "collections.Counter")
)  # fmt: skip


def argument(frame: Frame, node: ast.expr, callee: str) -> Arg:
    """An argument of a builtin: functions wait for the parameter's type."""
    if isinstance(node, ast.Starred):
        raise Refusal("PT202", node, f"* in a call of {callee} is not translated")
    if isinstance(node, ast.Lambda):
        return LazyArg(node, lambda pattern, binding: _lambda(frame, node, pattern, binding))
    if isinstance(node, ast.GeneratorExp) and callee in EAGER:
        return comprehension.listed(frame, node)
    function = attribute.named_entity(frame, node)
    if isinstance(function, Function) and not function.is_generator:
        closure.check_decorators(function, node)
        return LazyArg(
            node, lambda pattern, binding: _named(frame, node, function, pattern, binding)
        )
    if isinstance(function, Class):
        return LazyArg(
            node, lambda pattern, binding: _made(frame, node, function, pattern, binding)
        )
    builtin = _builtin_function(frame, node)
    if builtin is not None:
        return LazyArg(
            node, lambda pattern, binding: _by_row(frame, node, builtin, pattern, binding)
        )
    bound = _bound_builtin(frame, node)
    if bound is not None:
        return bound
    value = frame.expr(node)
    cls = operators.user_class(ty_of(value))
    if cls is not None and call.always_has(cls, "__call__") and _takes_function(callee):
        return LazyArg(node, lambda pattern, binding: _called(frame, node, pattern, binding))
    return value


def walked(frame: Frame, node: ast.AST, callee: str, args: list[Arg]) -> list[Arg]:
    """The arguments, the receiver first, with the iterator of an instance that is walked."""
    out: list[Arg] = []
    for position, arg in enumerate(args):
        cls = None if isinstance(arg, LazyArg) else operators.user_class(ty_of(arg))
        if cls is None or isinstance(arg, LazyArg):
            pass
        elif callee == "dict.update" and position and mappings.is_mapping(arg):
            arg = mappings.entries(frame, arg)
        elif call.implementations(cls, "__iter__") and _is_walked(callee, position, len(args)):
            arg = iteration.instance_iterator(frame, node, arg)
        out.append(arg)
    return out


@functools.cache
def _is_walked(callee: str, position: int, count: int) -> bool:
    """Whatever row it is, the argument at `position` of `count` is an iterable."""
    if callee == "collections.Counter":
        # Its form without items has a parameter that no program gives.
        return position == 0
    kinds: set[str] = set()
    for row in ROWS_BY_NAME.get(callee, ()):
        params = parse_signature(row.sig).params
        required = sum(p.default is None and p.form != "rest" for p in params)
        endless = any(p.form == "rest" for p in params)
        if required <= count and (endless or count <= len(params)):
            kinds.add(params[min(position, len(params) - 1)].type.kind)
    return kinds == {"iterable"}


def _bound_builtin(frame: Frame, node: ast.expr) -> LazyArg | None:
    """`counts.get` as a function argument: the method of a variable of a built-in type."""
    if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)):
        return None
    receiver = frame.engine.program.names.get(node.value)
    if not isinstance(receiver, Variable) or receiver.known_entity is not None:
        return None
    ty = ty_of(frame.expr(node.value))
    name = f"{ty.kind}.{node.attr}"
    if ty.optional or name not in ROWS_BY_NAME or name in attribute.DATA_ROWS:
        return None
    if takes_no_receiver(name):
        return None

    def make(pattern: Type, binding: Binding) -> ir.Expr | None:
        locals_, items = _closure_params(frame, pattern, binding)
        if any(ty_of(i).kind == "never" for i in items):
            return None
        made = row_calls.method(frame, node, name, frame.expr(node.value), items)
        return finish_closure(frame, made, locals_, pattern, binding)

    return LazyArg(node, make)


def _builtin_function(frame: Frame, node: ast.expr) -> str | None:
    """`len`, `str.lower`, `math.sqrt` as a function argument."""
    if isinstance(node, ast.Name):
        target = frame.engine.program.names.get(node)
        if isinstance(target, str) and target in ROWS_BY_NAME and target not in ("__name__",):
            return target
    path = attribute.library_path(frame, node)
    if path is not None and path in ROWS_BY_NAME and ROWS_BY_NAME[path][0].sig.startswith("("):
        return path
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        target = frame.engine.program.names.get(node.value)
        if isinstance(target, str) and f"{target}.{node.attr}" in ROWS_BY_NAME:
            return f"{target}.{node.attr}"
    return None


def _closure_params(
    frame: Frame, pattern: Type, binding: Binding
) -> tuple[list[ir.Local], list[ir.Expr]]:
    types = [binding.read(p) for p in pattern.args[:-1]]
    locals_ = [frame.temp(ty, "p") for ty in types]
    return locals_, [ir.Var(local.ty, local) for local in locals_]


def _lambda(frame: Frame, node: ast.Lambda, pattern: Type, binding: Binding) -> ir.Expr | None:
    """A lambda given to a builtin: a Rust closure over the frame's own locals."""
    function = frame.engine.program.functions[node]
    types = [binding.read(p) for p in pattern.args[:-1]]
    if len([p for p in function.params if p.default is None]) > len(types):
        raise Refusal("PT301", node, "the lambda takes more arguments than it is given")
    if len(types) > len(function.params) and all(p.kind == "positional" for p in function.params):
        raise Refusal("PT301", node, "the lambda takes fewer arguments than it is given")
    if any(
        p.kind != "positional" or not (p.default is None or _unchanging(frame, p.default))
        for p in function.params
    ):
        return _through_value(frame, node, pattern, binding)
    params: list[ir.Local] = []
    stores: list[ir.Stmt] = closure.evaluate_defaults(frame, function)
    for i, param in enumerate(function.params):
        if i < len(types):
            local = frame.local(param.variable)
            frame.flow(types[i], param.variable.cell)
            local = frame.local(param.variable)
            if ty_of_local(local).same(types[i]):
                params.append(local)
            else:
                outer = frame.temp(types[i], "p")
                params.append(outer)
                value = coerce(frame, ir.Var(outer.ty, outer), frame.read(param.variable.cell))
                stores.append(ir.Declare(frame.line, local, value))
        elif param.default is not None:
            # Evaluated at each call, and the same each time.
            value = closure.default_of(frame, function, i)
            frame.flow(ty_of(value), param.variable.cell)
            local = frame.local(param.variable)
            value = coerce(frame, value, frame.read(param.variable.cell))
            stores.append(ir.Declare(frame.line, local, value))
    saved_loops, frame.loops = frame.loops, []
    body = frame.expr(node.body)
    frame.loops = saved_loops
    if stores:
        body = ir.Block(body.ty, stores, body)
    return finish_closure(frame, body, params, pattern, binding)


def _unchanging(frame: Frame, node: ast.expr) -> bool:
    """Whether it gives the same at each evaluation."""
    if isinstance(node, ast.Name):
        target = frame.engine.program.names.get(node)
        return isinstance(target, Variable) and target.stores <= 1 and not target.in_loop
    return isinstance(node, ast.Constant)


def _through_value(frame: Frame, node: ast.expr, pattern: Type, binding: Binding) -> ir.Expr | None:
    """A function with defaults or `*`: made once, before the call that it is given to."""
    value = frame.expr(node)
    if ty_of(value).kind == "never":
        return None
    local = frame.temp(ty_of(value), "f")
    binding.before.append(ir.Declare(frame.line, local, value))
    made = ir.Var(local.ty, local)
    if ty_of(value).kind == "func":
        return closure_for(frame, made, pattern, binding)
    locals_, items = _closure_params(frame, pattern, binding)
    called = row_calls.dynamic_call(
        frame,
        "dynamic::call({f}, {args})",
        {"f": ir.Operand(coerce(frame, made, VALUE), "ref")},
        [coerce(frame, i, VALUE) for i in items],
        {},
    )
    return finish_closure(frame, called, locals_, pattern, binding)


def ty_of_local(local: ir.Local) -> Ty:
    return cast("Ty", local.ty)


def _named(
    frame: Frame, node: ast.AST, function: Function, pattern: Type, binding: Binding
) -> ir.Expr:
    locals_, items = _closure_params(frame, pattern, binding)
    binding.before += closure.check_defined(frame, frame.engine.program.names.get(node))
    made = call.function_call(frame, node, function, Given(list(items)))
    return finish_closure(frame, made, locals_, pattern, binding)


@functools.cache
def _takes_function(name: str) -> bool:
    signatures = (parse_signature(row.sig) for row in ROWS_BY_NAME.get(name, ()))
    return any(p.form == "fn" for signature in signatures for p in signature.params)


def _called(frame: Frame, node: ast.expr, pattern: Type, binding: Binding) -> ir.Expr:
    """An object with `__call__`: made once, before the call that it is given to."""
    value = frame.expr(node)
    local = frame.temp(ty_of(value), "f")
    binding.before.append(ir.Declare(frame.line, local, value))
    locals_, items = _closure_params(frame, pattern, binding)
    made = call.method_exprs(frame, node, ir.Var(local.ty, local), "__call__", items)
    return finish_closure(frame, made, locals_, pattern, binding)


def _made(frame: Frame, node: ast.AST, cls: Class, pattern: Type, binding: Binding) -> ir.Expr:
    locals_, items = _closure_params(frame, pattern, binding)
    made = construct.construct(frame, node, cls, Given(list(items)))
    return finish_closure(frame, made, locals_, pattern, binding)


def _by_row(
    frame: Frame, node: ast.AST, name: str, pattern: Type, binding: Binding
) -> ir.Expr | None:
    locals_, items = _closure_params(frame, pattern, binding)
    if any(ty_of(i).kind == "never" for i in items):
        return None
    if name in special.SPECIAL_FUNCTIONS:
        made = special.apply_named(frame, node, name, items)
    elif "." in name and name.partition(".")[0] not in MODULES:
        made = row_calls.method(frame, node, name, items[0], list(items[1:]))
    else:
        made = row_calls.builtin(frame, node, name, list(items))
    return finish_closure(frame, made, locals_, pattern, binding)


def as_path(frame: Frame, node: ast.Call, arg: Arg) -> Arg:
    """Where a path is taken: what `__fspath__` gives."""
    ty = None if isinstance(arg, LazyArg) else ty_of(arg)
    if ty is None or isinstance(arg, LazyArg) or ty.kind != "inst" or ty.optional:
        return arg
    if ty.cls is None or not call.always_has(ty.cls, "__fspath__"):
        return arg
    return call.method_exprs(frame, node, arg, "__fspath__", [])
