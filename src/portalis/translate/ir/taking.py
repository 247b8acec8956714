"""How operations take their operands: owned, or borrowed for as long as they run.

What emission does, as the passes about ownership need to know it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.walk import children

# Modes of operands that are not owned: a variable there is neither cloned nor moved.
BORROWS = frozenset(("ref", "recv", "own_ref", "optref", "iter", "i64", "index"))
# Sources that boxing takes by value.
BOXED_WHOLE = frozenset(("int", "float", "bool", "str", "none", "never"))


def direct(node: ir.Expr) -> ir.Local | None:
    """The plain local that `&node` borrows from."""
    while isinstance(node, ir.Coerce) and node.is_unwrapping:
        node = node.value
    if isinstance(node, ir.TupleItem):
        node = node.value
    if isinstance(node, ir.Var) and node.local.storage == "plain":
        return node.local
    return None


def lent_by(node: ir.Expr, mode: str) -> frozenset[ir.Local]:
    """The locals that the operand `node` keeps borrowed until its operation is done."""
    local = direct(node) if mode in BORROWS else None
    if local is not None:
        return frozenset((local,))
    if mode == "shows" and isinstance(node, ir.TupleLit):
        return frozenset().union(*(lent_by(item, "ref") for item in node.items))
    if isinstance(node, ir.Op) and node.name == "piece":
        # A piece of an f-string is itself a reference.
        return frozenset().union(*(lent_by(o.value, o.mode) for o in node.operands.values()))
    return frozenset()


def looked_through(node: ir.Expr, mode: str) -> list[tuple[ir.Expr, str]] | None:
    """Operands that emission writes in the place of `node`; None: `node` itself."""
    if mode == "optref" and isinstance(node, ir.Coerce):
        return [(node.value, "ref")]
    if mode == "shows" and isinstance(node, ir.TupleLit):
        return [(item, "ref") for item in node.items]
    return None


def parts(node: ir.Expr) -> Iterable[tuple[ir.Expr, str]]:
    """The operands of a node that has no rule of its own, and how it takes them."""
    getter = _PARTS.get(node.__class__)
    if getter is not None:
        return getter(node)
    return [(child, "own") for child in children(node) if isinstance(child, ir.Expr)]


def _of_call(node: ir.Call) -> Iterable[tuple[ir.Expr, str]]:
    if not node.refs:
        return [(arg, "own") for arg in node.args]
    taken = ("ref" if by_ref else "own" for by_ref in node.refs)
    return list(zip(node.args, taken, strict=False))


def _of_coerce(node: ir.Coerce) -> Iterable[tuple[ir.Expr, str]]:
    dynamic = node.source.kind == "value" or node.ty.kind == "value"
    return ((node.value, "ref" if dynamic and node.source.kind not in BOXED_WHOLE else "own"),)


# `Any`: each getter takes the node type that is its key.
_PARTS: dict[type, Callable[[Any], Iterable[tuple[ir.Expr, str]]]] = {
    ir.Call: _of_call,
    ir.CallValue: lambda n: [(n.callee, "ref"), *((arg, "own") for arg in n.args)],
    ir.Coerce: _of_coerce,
    ir.Op: lambda n: [(o.value, o.mode) for o in n.operands.values()],
    ir.FieldGet: lambda n: (
        ((n.obj, "ref"),) if n.fallback is None else ((n.obj, "ref"), (n.fallback, "own"))
    ),
    ir.TupleItem: lambda n: ((n.value, "ref"),),
    ir.UnionMatch: lambda n: [(n.value, "ref"), *((arm, "own") for _, arm in n.arms)],
    ir.Block: lambda n: ((n.value, "own"),),
}


# Kinds that a `for` loop walks where they lie, without an error.
WALKED = frozenset(("list", "vartuple", "str", "bytes", "range"))


def walked(value: ir.Expr) -> list[ir.Expr] | None:
    """What a `for` loop over `value` walks where it lies, several side by side; None: it
    walks an iterator, which may raise."""
    names = _walked_through(value) if isinstance(value, ir.Op) else None
    if names is None:
        return [value] if value.ty.kind in WALKED else None
    assert isinstance(value, ir.Op)
    found: list[ir.Expr] = []
    for name in names:
        inner = walked(value.operands[name].value)
        if inner is None:
            return None
        found += inner
    return found


def _walked_through(value: ir.Op) -> list[str] | None:
    """The operands whose items `value` gives one by one, changed or put together."""
    operands = value.operands
    if value.template.startswith("iter::reversed("):
        return ["x"] if operands["x"].value.ty.kind in WALKED - {"str", "bytes"} else None
    if value.name == "enumerate":
        return ["items"] if _is_literal(operands["start"].value) else None
    if value.name == "zip":
        names = [n for n in operands if n != "strict"]
        strict = operands["strict"].value if "strict" in operands else None
        plain = isinstance(strict, ir.Lit) and not strict.value
        return names if plain and len(names) in (2, 3) else None
    return None


def _is_literal(value: ir.Expr) -> bool:
    """A literal that is no negative int."""
    if isinstance(value, ir.Coerce) and value.source.kind == "i64":
        value = value.value
    return isinstance(value, ir.Lit) and isinstance(value.value, int) and 0 <= value.value < 2**31
