"""`for` loops over what Rust can walk without a `Result` an item.

`plain_walk` gives the text of an infallible Rust iterator for an iterable expression,
or None where walking may raise: then the loop asks each item for its error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalis.translate.ir import nodes as ir

if TYPE_CHECKING:
    from portalis.translate.emit.expression import ExpressionEmitter

# Kinds whose `iter()` cannot fail.
PLAIN = frozenset(("list", "vartuple", "str", "bytes", "range"))


def plain_walk(emitter: ExpressionEmitter, value: ir.Expr) -> str | None:
    if isinstance(value, ir.Op):
        special = _SPECIAL.get(value.name)
        if special is not None:
            found = special(emitter, value)
            if found is not None:
                return found
    if value.ty.kind in PLAIN:
        return f"{emitter.recv(value)}.iter()"
    return None


def _range(emitter: ExpressionEmitter, value: ir.Op) -> str | None:
    if value.ty.kind != "range":
        return None
    walk = emitter.range_walk(value)
    return f"({walk}).map(Int::from)" if ".." in walk else f"{walk}.map(Int::from)"


def _reversed(emitter: ExpressionEmitter, value: ir.Op) -> str | None:
    if not value.template.startswith("iter::reversed("):
        return None
    items = value.operands["x"].value
    return (
        f"{emitter.recv(items)}.reversed()" if items.ty.kind in PLAIN - {"str", "bytes"} else None
    )


def _enumerate(emitter: ExpressionEmitter, value: ir.Op) -> str | None:
    start = value.operands["start"].value
    items = plain_walk(emitter, value.operands["items"].value)
    if items is None or not emitter.is_i64(start):
        return None
    first = emitter.as_i64(start)
    return (
        f"({first}i64..).zip({items}).map(|(i, x)| (Int::from(i), x))" if first.isdigit() else None
    )


def _zip(emitter: ExpressionEmitter, value: ir.Op) -> str | None:
    names = [n for n in value.operands if n != "strict"]
    strict = value.operands["strict"].value if "strict" in value.operands else None
    if len(names) not in (2, 3) or not isinstance(strict, ir.Lit) or strict.value:
        return None
    walks = [plain_walk(emitter, value.operands[n].value) for n in names]
    if any(w is None for w in walks):
        return None
    if len(walks) == 2:
        return f"{walks[0]}.zip({walks[1]})"
    return f"{walks[0]}.zip({walks[1]}).zip({walks[2]}).map(|((a, b), c)| (a, b, c))"


_SPECIAL = {"range": _range, "reversed": _reversed, "enumerate": _enumerate, "zip": _zip}
