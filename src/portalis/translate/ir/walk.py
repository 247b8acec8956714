"""Generic traversal of the IR."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from portalis.translate.ir import nodes as ir


@dataclass(eq=False, slots=True)
class Scope:
    """A nested block: its statements, and an expression evaluated at its end."""

    body: list[ir.Stmt]
    value: ir.Expr | None = None


Child = ir.Expr | Scope | ir.Local


def children(node: ir.Expr | ir.Stmt) -> Sequence[Child]:
    """Direct parts: expressions and locals of the node itself, and nested blocks."""
    getter = _CHILDREN.get(type(node))
    return getter(node) if getter is not None else ()


def _raise(n: ir.Raise) -> Sequence[Child]:
    return [part for part in (n.value, n.cause, n.handled) if part is not None]


# `Any`: each getter takes the node type that is its key.
_CHILDREN: dict[type, Callable[[Any], Sequence[Child]]] = {
    ir.Var: lambda n: (n.local,),
    ir.Op: lambda n: [operand.value for operand in n.operands.values()],
    ir.Call: lambda n: (*n.captures, *n.args),
    ir.Delegate: lambda n: (n.value,),
    ir.CallValue: lambda n: (n.callee, *n.args),
    ir.FunctionValue: lambda n: (*n.captures, *(f for f in n.fixed if f is not None)),
    ir.DynamicFunction: lambda n: (
        *n.captures,
        *(p.default for p in n.params if p.default is not None),
    ),
    ir.RustClosure: lambda n: (*n.params, Scope([], n.body)),
    ir.Coerce: lambda n: (n.value,),
    ir.FieldGet: lambda n: (n.obj,) if n.fallback is None else (n.obj, n.fallback),
    ir.ListLit: lambda n: tuple(n.items),
    ir.TupleLit: lambda n: tuple(n.items),
    ir.SetLit: lambda n: tuple(n.items),
    ir.DictLit: lambda n: [part for item in n.items for part in item],
    ir.TupleItem: lambda n: (n.value,),
    ir.IfExp: lambda n: (n.test, n.then, n.other),
    ir.BoolOp: lambda n: tuple(n.items),
    ir.Not: lambda n: (n.value,),
    ir.Block: lambda n: (Scope(n.body, n.value),),
    ir.Diverge: lambda n: tuple(n.parts),
    ir.GeneratorExpr: lambda n: (*n.captures, Scope(n.body)),
    ir.VirtualCall: lambda n: (n.receiver, *(arm for _, arm in n.arms)),
    ir.UnionMatch: lambda n: (n.value, *(part for arm in n.arms for part in arm)),
    ir.Declare: lambda n: (n.local,) if n.value is None else (n.value, n.local),
    ir.Assign: lambda n: (n.value, n.local),
    ir.SetGlobal: lambda n: (n.value,),
    ir.SetField: lambda n: (n.obj, n.value),
    ir.Delete: lambda n: (n.local,),
    ir.Eval: lambda n: (n.value,),
    ir.If: lambda n: (n.test, Scope(n.then), Scope(n.other)),
    ir.While: lambda n: (
        *(() if n.test is None else (n.test,)),
        Scope(n.body),
        Scope(n.orelse),
    ),
    ir.For: lambda n: (n.iterable, n.target, Scope(n.body), Scope(n.orelse)),
    ir.Return: lambda n: () if n.value is None else (n.value,),
    ir.Raise: _raise,
    ir.Try: lambda n: (
        Scope(n.body),
        *(Scope(h.body) for h in n.handlers),
        Scope(n.orelse),
        Scope(n.final),
    ),
    ir.Yield: lambda n: (n.value,),
}


_INSIDE = {kind: getter for kind, getter in _CHILDREN.items() if kind not in (ir.Var, ir.Op)}


def every(node: ir.Expr | ir.Stmt | Scope) -> list[ir.Expr | ir.Stmt]:
    """All expressions and statements below and including `node`."""
    # Not by `children`: most nodes are variables and literals, which have none of interest, and
    # operations.
    found: list[ir.Expr | ir.Stmt] = []
    stack: list[Any] = [node]
    inside = _INSIDE.get
    take, add, put = stack.pop, stack.append, found.append
    while stack:
        item = take()
        kind = item.__class__
        if kind is ir.Op:
            put(item)
            for operand in item.operands.values():
                add(operand.value)
        elif kind is Scope:
            if item.value is not None:
                add(item.value)
            stack += item.body[::-1]
        elif kind is not ir.Local:
            put(item)
            getter = inside(kind)
            if getter is not None:
                stack += getter(item)
    return found


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
        getter = BOUND.get(item.__class__)
        if getter is not None:
            out.update(getter(item))
    return out


# What a node of these kinds declares. `Any`: each getter takes the kind that is its key.
BOUND: dict[type, Callable[[Any], Iterable[ir.Local]]] = {
    ir.Declare: lambda n: (n.local,),
    ir.For: lambda n: (n.target,),
    ir.RustClosure: lambda n: n.params,
    ir.UnionMatch: lambda n: [local for local, _ in n.arms],
    ir.Try: lambda n: [h.caught for h in n.handlers],
}


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
    names = _PARTS.get(node.__class__)
    if names is None:
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
        return
    for name in names:
        part = getattr(node, name)
        if isinstance(part, list):
            setattr(node, name, [None if p is None else change(p) for p in part])
        elif part is not None:
            setattr(node, name, change(part))


def bodies(node: ir.Expr | ir.Stmt) -> list[list[ir.Stmt]]:
    """The nested statements of `node`: the lists themselves."""
    getter = _BODIES.get(node.__class__)
    return getter(node) if getter is not None else []


# `Any`: each getter takes the node type that is its key.
_BODIES: dict[type, Callable[[Any], list[list[ir.Stmt]]]] = {
    ir.Block: lambda n: [n.body],
    ir.GeneratorExpr: lambda n: [n.body],
    ir.If: lambda n: [n.then, n.other],
    ir.While: lambda n: [n.body, n.orelse],
    ir.For: lambda n: [n.body, n.orelse],
    ir.Try: lambda n: [n.body, *(h.body for h in n.handlers), n.orelse, n.final],
}


def rewrite(body: list[ir.Stmt], change: Callable[[ir.Expr], ir.Expr]) -> None:
    """Replaces every expression below `body` by what `change` makes of it, outer ones first."""

    def expr(node: ir.Expr) -> ir.Expr:
        node = change(node)
        inside(node)
        return node

    def inside(node: ir.Expr | ir.Stmt) -> None:
        map_parts(node, expr)
        for part in bodies(node):
            for statement in part:
                inside(statement)

    for statement in body:
        inside(statement)
