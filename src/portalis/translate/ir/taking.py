"""How operations take their operands: owned, or borrowed for as long as they run.

What emission does, as the passes about ownership need to know it.
"""

from __future__ import annotations

from collections.abc import Iterator

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


def parts(node: ir.Expr) -> Iterator[tuple[ir.Expr, str]]:
    """The operands of a node that has no rule of its own, and how it takes them."""
    match node:
        case ir.Call():
            for i, arg in enumerate(node.args):
                yield arg, "ref" if node.refs and node.refs[i] else "own"
        case ir.CallValue():
            yield node.callee, "ref"
            for arg in node.args:
                yield arg, "own"
        case ir.Coerce():
            dynamic = node.source.kind == "value" or node.ty.kind == "value"
            yield node.value, "ref" if dynamic and node.source.kind not in BOXED_WHOLE else "own"
        case ir.Op():
            for operand in node.operands.values():
                yield operand.value, operand.mode
        case ir.FieldGet():
            yield node.obj, "ref"
            if node.fallback is not None:
                yield node.fallback, "own"
        case ir.TupleItem():
            yield node.value, "ref"
        case ir.UnionMatch():
            yield node.value, "ref"
            for _, arm in node.arms:
                yield arm, "own"
        case ir.Block():
            yield node.value, "own"
        case _:
            for child in children(node):
                if isinstance(child, ir.Expr):
                    yield child, "own"


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
