"""Generic traversal of the IR."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from portalis.translate.ir import nodes as ir


@dataclass(eq=False, slots=True)
class Scope:
    """A nested block: its statements, and an expression evaluated at its end."""

    body: list[ir.Stmt]
    value: ir.Expr | None = None


Child = ir.Expr | Scope | ir.Local


def children(node: ir.Expr | ir.Stmt) -> Iterator[Child]:
    """Direct parts: expressions and locals of the node itself, and nested blocks."""
    getter = _CHILDREN.get(type(node))
    if getter is not None:
        yield from getter(node)


def _op(n: ir.Op) -> Iterator[Child]:
    for operand in n.operands.values():
        yield operand.value


def _call(n: ir.Call) -> Iterator[Child]:
    yield from n.captures
    yield from n.args


def _function_value(n: ir.FunctionValue) -> Iterator[Child]:
    yield from n.captures
    for fixed in n.fixed:
        if fixed is not None:
            yield fixed


def _dynamic_function(n: ir.DynamicFunction) -> Iterator[Child]:
    yield from n.captures
    for param in n.params:
        if param.default is not None:
            yield param.default


def _dict(n: ir.DictLit) -> Iterator[Child]:
    for key, value in n.items:
        yield key
        yield value


def _field(n: ir.FieldGet) -> Iterator[Child]:
    yield n.obj
    if n.fallback is not None:
        yield n.fallback


def _virtual(n: ir.VirtualCall) -> Iterator[Child]:
    yield n.receiver
    for _, arm in n.arms:
        yield arm


def _union(n: ir.UnionMatch) -> Iterator[Child]:
    yield n.value
    for local, arm in n.arms:
        yield local
        yield arm


def _generator(n: ir.GeneratorExpr) -> Iterator[Child]:
    yield from n.captures
    yield Scope(n.body)


def _declare(n: ir.Declare) -> Iterator[Child]:
    if n.value is not None:
        yield n.value
    yield n.local


def _assign(n: ir.Assign) -> Iterator[Child]:
    yield n.value
    yield n.local


def _while(n: ir.While) -> Iterator[Child]:
    if n.test is not None:
        yield n.test
    yield Scope(n.body)
    yield Scope(n.orelse)


def _for(n: ir.For) -> Iterator[Child]:
    yield n.iterable
    yield n.target
    yield Scope(n.body)
    yield Scope(n.orelse)


def _raise(n: ir.Raise) -> Iterator[Child]:
    for part in (n.value, n.cause, n.handled):
        if part is not None:
            yield part


def _try(n: ir.Try) -> Iterator[Child]:
    yield Scope(n.body)
    for handler in n.handlers:
        yield Scope(handler.body)
    yield Scope(n.orelse)
    yield Scope(n.final)


# `Any`: each getter takes the node type that is its key.
_CHILDREN: dict[type, Callable[[Any], Iterator[Child]]] = {
    ir.Var: lambda n: iter((n.local,)),
    ir.Op: _op,
    ir.Call: _call,
    ir.Delegate: lambda n: iter((n.value,)),
    ir.CallValue: lambda n: iter((n.callee, *n.args)),
    ir.FunctionValue: _function_value,
    ir.DynamicFunction: _dynamic_function,
    ir.RustClosure: lambda n: iter((*n.params, Scope([], n.body))),
    ir.Coerce: lambda n: iter((n.value,)),
    ir.FieldGet: _field,
    ir.ListLit: lambda n: iter(n.items),
    ir.TupleLit: lambda n: iter(n.items),
    ir.SetLit: lambda n: iter(n.items),
    ir.DictLit: _dict,
    ir.TupleItem: lambda n: iter((n.value,)),
    ir.IfExp: lambda n: iter((n.test, n.then, n.other)),
    ir.BoolOp: lambda n: iter(n.items),
    ir.Not: lambda n: iter((n.value,)),
    ir.Block: lambda n: iter((Scope(n.body, n.value),)),
    ir.Diverge: lambda n: iter(n.parts),
    ir.GeneratorExpr: _generator,
    ir.VirtualCall: _virtual,
    ir.UnionMatch: _union,
    ir.Declare: _declare,
    ir.Assign: _assign,
    ir.SetGlobal: lambda n: iter((n.value,)),
    ir.SetField: lambda n: iter((n.obj, n.value)),
    ir.Delete: lambda n: iter((n.local,)),
    ir.Eval: lambda n: iter((n.value,)),
    ir.If: lambda n: iter((n.test, Scope(n.then), Scope(n.other))),
    ir.While: _while,
    ir.For: _for,
    ir.Return: lambda n: iter((n.value,) if n.value is not None else ()),
    ir.Raise: _raise,
    ir.Try: _try,
    ir.Yield: lambda n: iter((n.value,)),
}


def every(node: ir.Expr | ir.Stmt | Scope) -> Iterator[ir.Expr | ir.Stmt]:
    """All expressions and statements below and including `node`."""
    stack: list[ir.Expr | ir.Stmt | Scope] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, Scope):
            if item.value is not None:
                stack.append(item.value)
            stack.extend(reversed(item.body))
            continue
        yield item
        getter = _CHILDREN.get(type(item))
        if getter is not None:
            stack += [c for c in getter(item) if not isinstance(c, ir.Local)]


def locals_in(node: ir.Expr | ir.Stmt | Scope) -> dict[ir.Local, None]:
    """Locals mentioned in `node`, in order of appearance."""
    out: dict[ir.Local, None] = {}
    for item in every(node):
        for child in children(item):
            if isinstance(child, ir.Local):
                out[child] = None
        if isinstance(item, ir.Try):
            for handler in item.handlers:
                out[handler.caught] = None
    return out


def bound_in(node: ir.Expr | ir.Stmt | Scope) -> set[ir.Local]:
    """Locals that something inside `node` declares."""
    out: set[ir.Local] = set()
    for item in every(node):
        if isinstance(item, ir.Declare):
            out.add(item.local)
        elif isinstance(item, ir.For):
            out.add(item.target)
        elif isinstance(item, ir.RustClosure):
            out.update(item.params)
        elif isinstance(item, ir.UnionMatch):
            out.update(local for local, _ in item.arms)
        elif isinstance(item, ir.Try):
            out.update(h.caught for h in item.handlers)
    return out


# Where a node's direct expressions are: attributes that hold one, none, or a list.
_PARTS: dict[type, tuple[str, ...]] = {
    ir.Call: ("args",),
    ir.Delegate: ("value",),
    ir.CallValue: ("callee", "args"),
    ir.FunctionValue: ("fixed",),
    ir.RustClosure: ("body",),
    ir.Coerce: ("value",),
    ir.FieldGet: ("obj", "fallback"),
    ir.ListLit: ("items",),
    ir.TupleLit: ("items",),
    ir.SetLit: ("items",),
    ir.TupleItem: ("value",),
    ir.IfExp: ("test", "then", "other"),
    ir.BoolOp: ("items",),
    ir.Not: ("value",),
    ir.Block: ("value",),
    ir.Diverge: ("parts",),
    ir.Declare: ("value",),
    ir.Assign: ("value",),
    ir.SetGlobal: ("value",),
    ir.SetField: ("obj", "value"),
    ir.Eval: ("value",),
    ir.If: ("test",),
    ir.While: ("test",),
    ir.For: ("iterable",),
    ir.Return: ("value",),
    ir.Raise: ("value", "cause"),
    ir.Yield: ("value",),
}


def map_parts(node: ir.Expr | ir.Stmt, change: Callable[[ir.Expr], ir.Expr]) -> None:
    """Replaces the direct expressions of `node`, in order of evaluation; not what
    stands in its nested statements."""
    if isinstance(node, ir.Op):
        for operand in node.operands.values():
            operand.value = change(operand.value)
    elif isinstance(node, ir.DictLit):
        node.items = [(change(k), change(v)) for k, v in node.items]
    elif isinstance(node, ir.VirtualCall):
        node.arms = [(classes, change(arm)) for classes, arm in node.arms]
    elif isinstance(node, ir.UnionMatch):
        node.value = change(node.value)
        node.arms = [(local, change(arm)) for local, arm in node.arms]
    for name in _PARTS.get(type(node), ()):
        part = getattr(node, name)
        if isinstance(part, list):
            setattr(node, name, [None if p is None else change(p) for p in part])
        elif part is not None:
            setattr(node, name, change(part))


def bodies(node: ir.Expr | ir.Stmt) -> list[list[ir.Stmt]]:
    """The nested statements of `node`: the lists themselves."""
    match node:
        case ir.Block() | ir.GeneratorExpr():
            return [node.body]
        case ir.If():
            return [node.then, node.other]
        case ir.While() | ir.For():
            return [node.body, node.orelse]
        case ir.Try():
            return [node.body, *(h.body for h in node.handlers), node.orelse, node.final]
    return []
