"""What generators and coroutines do beside giving items: `yield`, `yield from`, `await`."""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.lattice import NONE, VALUE, Ty
from portalis.translate.frontend.program import Function
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    attribute,
    call,
    iteration,
    names,
    operators,
    row_calls,
)
from portalis.translate.lower.coerce import coerce, diverge, flow_into, none
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.lower.match_rows import item_of


def check_coroutine(function: Function) -> None:
    """Raises Refusal for an async generator."""
    node = function.node
    assert isinstance(node, ast.AsyncFunctionDef)
    for inner in trees.walk(node):
        if isinstance(inner, (ast.Yield, ast.YieldFrom)) and _is_own(node, inner):
            raise Refusal("PT201", inner, "async generators are not translated")


def _is_own(node: ast.AsyncFunctionDef, wanted: ast.AST) -> bool:
    """It stands in the function itself, not in one inside it."""
    nested = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    inside = (n for n in trees.walk(node) if n is not node and isinstance(n, nested))
    return not any(wanted in list(trees.walk(n)) for n in inside)


def yield_(frame: Frame, node: ast.Yield) -> ir.Expr:
    value = frame.expr(node.value) if node.value is not None else none()
    stored = flow_into(frame, value, frame.function.yields)
    if frame.discarded is node:
        return ir.Block(as_type(NONE), [ir.Yield(frame.line, stored)], none())
    return ir.Op(
        as_type(VALUE), "yielder.exchange({x}).await", {"x": ir.Operand(stored)}, True, name="yield"
    )


def yield_from(frame: Frame, node: ast.YieldFrom) -> ir.Expr:
    source = iteration.iterable(frame, node, frame.expr(node.value))
    ty = ty_of(source)
    if ty.kind == "never":
        return diverge(source)
    item = item_of(frame, ty)
    if item is None:
        raise Refusal("PT202", node, "yield from something whose items are not known")
    if _is_direct(frame, node, source):
        made = delegate(frame, node, source)
        if frame.discarded is not node:
            return made
        return ir.Block(as_type(NONE), [ir.Eval(frame.line, made)], none())
    if frame.discarded is not node or frame.engine.uses.resumes:
        if ty.kind not in ("iter", "value"):
            source = row_calls.builtin(frame, node, "iter", [source])
        return delegate(frame, node, source)
    local = frame.temp(item, "item")
    stored = flow_into(frame, ir.Var(as_type(item), local), frame.function.yields)
    loop = ir.For(
        frame.line, frame.label("yields"), local, source, [ir.Yield(frame.line, stored)], []
    )
    return ir.Block(as_type(NONE), [loop], none())


def delegate(frame: Frame, node: ast.YieldFrom | ast.Await, source: ir.Expr) -> ir.Expr:
    """Everything that is sent and thrown goes to `source`; the value is what it returns."""
    if isinstance(source, ir.Block) and isinstance(source.value, ir.Call):
        made = delegate(frame, node, source.value)
        return ir.Block(made.ty, source.body, made)
    called = source
    yields = frame.function.yields
    item = item_of(frame, ty_of(source))
    assert item is not None
    frame.flow(item, yields)
    wanted = Ty("iter", (yields,))
    if not item.same(frame.read(yields)):
        frame.engine.lattice.box(ty_of(source))
        boxed = coerce(frame, source, VALUE)
        template = "dynamic::iterator({x})"
        if ty_of(source).kind == "iter":
            template = "cast::<Iter<{T}>>({x})"
        source = ir.Op(
            as_type(wanted),
            template,
            {"x": ir.Operand(boxed, "ref")},
            True,
            {"T": as_type(frame.read(yields))},
        )
    elif ty_of(source).kind == "value":
        source = ir.Op(
            as_type(wanted), "dynamic::iterator({x})", {"x": ir.Operand(source, "ref")}, True
        )
    value: ir.Expr = ir.Op(
        as_type(VALUE), "yielder.delegate({x}).await", {"x": ir.Operand(source)}, True, name="yield"
    )
    known = _returned(frame, node.value)
    if known is None:
        return value
    frame.engine.lattice.box(frame.read(known.result))
    value = coerce(frame, value, frame.read(known.result))
    if called is source and isinstance(called, ir.Call) and _is_call_of(called, node, known):
        return ir.Delegate(value.ty, value, called)
    return value


def _is_direct(frame: Frame, node: ast.YieldFrom, source: ir.Expr) -> bool:
    """A call of a generator function of ours whose items are of the same type."""
    known = _returned(frame, node.value)
    made = source.value if isinstance(source, ir.Block) else source
    if known is None or not isinstance(made, ir.Call) or not _is_call_of(made, node, known):
        return False
    frame.flow(frame.read(known.yields), frame.function.yields)
    return frame.read(known.yields).same(frame.read(frame.function.yields))


def _is_call_of(made: ir.Call, node: ast.YieldFrom | ast.Await, function: Function) -> bool:
    """The call makes what such a delegation may run: a coroutine or a generator."""
    fits = function.is_coroutine == isinstance(node, ast.Await)
    return fits and made.path == names.function_path(function)


def _returned(frame: Frame, node: ast.expr) -> Function | None:
    """The generator or coroutine of ours that `node` calls by its name."""
    if not isinstance(node, ast.Call):
        return None
    found: object = attribute.named_entity(frame, node.func)
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        cls = operators.user_class(ty_of(frame.expr(node.func.value))) if found is None else None
        if cls is not None and call.always_has(cls, node.func.attr):
            found, *others = call.implementations(cls, node.func.attr)
            found = found if not others else None
    if isinstance(found, Function) and found.is_generator and not found.decorators:
        return found
    return None


def _is_call_of_coroutine(frame: Frame, node: ast.Await) -> bool:
    known = _returned(frame, node.value)
    return known is not None and known.is_coroutine


def await_(frame: Frame, node: ast.Await) -> ir.Expr:
    value = frame.expr(node.value)
    ty = ty_of(value)
    if ty.kind == "never":
        return diverge(value)
    if ty.kind == "inst" and not ty.optional and ty.cls is not None:
        if call.always_has(ty.cls, "__await__"):
            made = call.method_exprs(frame, node, value, "__await__", [])
            value = iteration.iterable(frame, node, made)
    elif ty.kind == "iter" and not ty.optional:
        if not _is_call_of_coroutine(frame, node):
            value = ir.Op(value.ty, "{x}.to_await()", {"x": ir.Operand(value, "recv")}, True)
    else:
        attribute.dynamic_get(frame, coerce(frame, value, VALUE), "__await__")
        value = ir.Op(
            as_type(VALUE),
            "dynamic::awaited({x})",
            {"x": ir.Operand(coerce(frame, value, VALUE), "ref")},
            True,
        )
    return delegate(frame, node, value)
