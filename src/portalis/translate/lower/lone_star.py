"""`f(*xs, k=v)`: with `*` alone, CPython evaluates `xs`, then `v`, and only then walks `xs`."""

from __future__ import annotations

import ast

from portalis.translate.frontend.lattice import Ty
from portalis.translate.frontend.program import Variable
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import attribute, call
from portalis.translate.lower.coerce import diverge
from portalis.translate.lower.context import Frame, Held, ty_of

# Walking them does nothing, and nothing changes what they hold.
_FIXED = frozenset(["never", "none", "tuple", "vartuple", "str", "bytes", "range", "frozenset"])
# Walking them does nothing either, but what they hold may change.
_PLAIN = frozenset(["list", "dict", "set", "deque", "bytearray"])


def held(frame: Frame, node: Held) -> ir.Expr:
    del frame
    return node.value


def call_(frame: Frame, node: ast.Call) -> ir.Expr:
    """A call; where the order can be told, its parts are evaluated beforehand."""
    if not _order_matters(frame, node):
        return call.call(frame, node)
    made, holders = _held_call(frame, node)
    body: list[ir.Stmt] = []
    for part, holder in holders:
        value = frame.expr(part)
        if ty_of(value).kind == "never":
            return ir.Block(value.ty, body, diverge(value))
        local = frame.temp(ty_of(value), "held")
        body.append(ir.Declare(frame.line, local, value))
        holder.value = ir.Var(local.ty, local)
    called = call.call(frame, made)
    return ir.Block(called.ty, body, called)


def walked_before(frame: Frame, node: ast.Call, ty: Ty) -> bool:
    """With others before it, `*xs` is walked before the keywords are evaluated; whether the
    order can be told."""
    return _walks(ty) and not all(_is_settled(frame, k.value) for k in node.keywords)


def _walks(ty: Ty) -> bool:
    """Walking a value of the type may run code of the program."""
    return ty.kind not in _FIXED | _PLAIN


def _is_settled(frame: Frame, node: ast.expr) -> bool:
    """Nothing that happens meanwhile changes the value, nor does evaluating it do anything."""
    if isinstance(node, (ast.Constant, ast.Lambda)):
        return True
    if isinstance(node, ast.Name):
        target = frame.engine.program.names.get(node)
        if not isinstance(target, Variable):
            return True
    known = attribute.library_path(frame, node) or attribute.named_entity(frame, node)
    return known is not None


def _order_matters(frame: Frame, node: ast.Call) -> bool:
    if len(node.args) != 1 or not isinstance(node.args[0], ast.Starred):
        return False
    given = [k.value for k in node.keywords if not _is_named_mapping(k)]
    if all(_is_settled(frame, value) for value in given):
        return False
    ty = ty_of(frame.expr(node.args[0].value))
    if ty.kind in _PLAIN:
        return any(not isinstance(v, ast.Name) and not _is_settled(frame, v) for v in given)
    return _walks(ty)


def _is_named_mapping(keyword: ast.keyword) -> bool:
    """`**options`: evaluating it does nothing."""
    return keyword.arg is None and isinstance(keyword.value, ast.Name)


def _held_call(frame: Frame, node: ast.Call) -> tuple[ast.Call, list[tuple[ast.expr, Held]]]:
    """The same call of held values, and what each of them is: the same nodes in every round,
    because cells belong to nodes."""
    known = frame.engine.held_calls.get(node)
    if known is not None:
        return known
    holders: list[tuple[ast.expr, Held]] = []

    def hold(part: ast.expr) -> Held:
        holder = ast.copy_location(Held(), part)
        holders.append((part, holder))
        return holder

    func = node.func
    if isinstance(func, ast.Attribute):
        if not _is_dotted(func.value) and not call.is_super(frame, func.value):
            func = ast.copy_location(ast.Attribute(hold(func.value), func.attr, func.ctx), func)
    elif not isinstance(func, ast.Name):
        func = hold(func)
    star = node.args[0]
    assert isinstance(star, ast.Starred)
    starred = ast.copy_location(ast.Starred(hold(star.value), star.ctx), star)
    keywords = [
        k
        if _is_settled(frame, k.value) or _is_named_mapping(k)
        else ast.copy_location(ast.keyword(k.arg, hold(k.value)), k)
        for k in node.keywords
    ]
    made = ast.copy_location(ast.Call(func, [starred], keywords), node)
    frame.engine.held_calls[node] = made, holders
    return made, holders


def _is_dotted(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) or (
        isinstance(node, ast.Attribute) and _is_dotted(node.value)
    )
