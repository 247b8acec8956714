"""Conversions between representations as Rust text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portalis.translate.emit import unions
from portalis.translate.emit.literals import literal_value
from portalis.translate.emit.text import float_literal
from portalis.translate.emit.types import rust
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.types import Type

if TYPE_CHECKING:
    from portalis.translate.emit.expression import ExpressionEmitter


# What a method may be called on as it stands.
_CALL = re.compile(r"[\w:.]+\([^{}]*\)\??")


def convert(emitter: ExpressionEmitter, node: ir.Coerce) -> str:
    source, target, value = node.source, node.ty, node.value
    if source == target:
        return emitter.own(value)
    if source.is_owned != target.is_owned:
        if source.kind == "inst":
            return f"{rust(target)}::from({emitter.own(value)})"
        way = "into_own" if target.is_owned else "shared"
        return f"{emitter.atom(emitter.own(value))}.{way}()"
    if source.kind == "never":
        return from_never(emitter, value)
    if target.kind == "never":
        return f"{{ let _ = {emitter.own(value)}; unreachable!() }}"
    if target.kind == "value":
        return boxed(emitter, value, source)
    if source.kind == "none":
        return from_none(emitter, node)
    if source.kind == "value":
        return emitter.fail(f"cast::<{rust(target)}>({emitter.ref(value)})")
    if target.kind == "opt":
        if source.kind == "opt":
            inner = between(emitter, "v", source.args[0], target.args[0])
            return f"match {emitter.own(value)} {{ Some(v) => Some({inner}), None => None }}"
        return f"Some({between(emitter, emitter.own(value), source, target.args[0])})"
    if source.kind == "opt":
        return unwrap(emitter, node)
    if (written := as_written(emitter, value, target)) is not None:
        return written
    if source.kind == "i64" and target.kind == "int":
        return f"Int::from({emitter.own(value)})"
    return between(emitter, emitter.own(value), source, target)


def as_written(emitter: ExpressionEmitter, value: ir.Expr, target: Type) -> str | None:
    """A number or a tuple that the program writes out, written out as what it becomes."""
    match value:
        case ir.Lit(value=int(number)) if target.kind == "float" and abs(number) < 2**53:
            return float_literal(float(number))
        case ir.TupleLit(items=items) if target.kind == "vartuple":
            item = target.args[0]
            parts = [emitter.own(ir.Coerce(item, i, i.ty)) for i in items]
            return f"Tuple::<{rust(item)}>::from(vec![{', '.join(parts)}])"
    return None


def never_comes(node: ir.Expr) -> bool:
    """Evaluating it raises, though its type may be that of what would have come."""
    if isinstance(node, ir.Block):
        return never_comes(node.value)
    if isinstance(node, ir.VirtualCall):
        return all(never_comes(arm) for _, arm in node.arms)
    if isinstance(node, ir.Coerce):
        return node.source.kind == "never"
    return node.ty.kind == "never" or isinstance(node, ir.Diverge)


def from_never(emitter: ExpressionEmitter, value: ir.Expr) -> str:
    text = emitter.own(value)
    if isinstance(value, ir.Diverge) or (isinstance(value, ir.Op) and not value.raises):
        return text
    return f"match {text} {{}}"


def boxed(emitter: ExpressionEmitter, value: ir.Expr, source: Type) -> str:
    if source.kind == "none":
        text = emitter.own(value)
        if text == "()":
            return "Value::None"
        return f"{text}.to_value()" if _CALL.fullmatch(text) else f"{{ {text}; Value::None }}"
    if isinstance(value, ir.Lit) and (plain := literal_value(value)) is not None:
        return plain
    if source.kind == "int":
        if isinstance(value, ir.Coerce) and value.source.kind == "i64":
            return f"Value::from({emitter.own(value.value)})"
        return f"Value::Int({emitter.own(value)})"
    if source.kind in ("float", "bool", "str"):
        variant = {"float": "Float", "bool": "Bool", "str": "Str"}[source.kind]
        return f"Value::{variant}({emitter.own(value)})"
    return f"{emitter.recv(value)}.to_value()"


def from_none(emitter: ExpressionEmitter, node: ir.Coerce) -> str:
    text = emitter.own(node.value)
    if node.ty.kind == "opt":
        return "None" if text == "()" else f"{{ {text}; None }}"
    error = node.on_none or 'Exc::type_error("unexpected None")'
    return f"{{ {text}; {emitter.leave_with(error)} }}"


def unwrap(emitter: ExpressionEmitter, node: ir.Coerce) -> str:
    """Out of an Option; None was excluded, or is an error here."""
    value, inner = node.value, node.source.args[0]
    if node.on_none:
        text = emitter.fail(f"{emitter.own(value)}.ok_or_else(|| {node.on_none})")
    else:
        text = f'{emitter.own(value)}.expect("excluded by a test")'
    return between(emitter, text, inner, node.ty)


def between(emitter: ExpressionEmitter, text: str, source: Type, target: Type) -> str:
    """Between two types of which neither is dynamic or optional."""
    pair = (source.kind, target.kind)
    if source == target or pair == ("inst", "inst"):
        return text
    if source.kind == "none" and target.kind in ("opt", "value"):
        return "None" if target.kind == "opt" else "Value::None"
    if target.kind == "value":
        return f"{emitter.atom(text)}.to_value()"
    simple = _SIMPLE.get(pair)
    if simple is not None:
        return simple.format(text, emitter.atom(text))
    if pair == ("num", "int"):
        return f"{emitter.atom(text)}.known_int()"
    if pair in (("int", "float"), ("num", "float")):
        return emitter.fail(f"{emitter.atom(text)}.to_f64()")
    if pair == ("tuple", "vartuple"):
        item = target.args[0]
        parts = ", ".join(
            between(emitter, f"items.{i}.clone()", part, item) for i, part in enumerate(source.args)
        )
        return f"{{ let items = {text}; Tuple::<{rust(item)}>::from(vec![{parts}]) }}"
    if target.kind == "union":
        return unions.into(text, source, target)
    if source.kind == "union":
        return unions.out_of(text, source, target)
    if pair == ("inst", "exc"):
        return f"{emitter.atom(text)}.to_exc()"
    if pair == ("exc", "inst"):
        return f'{emitter.atom(text)}.downcast::<{rust(target)}>().expect("the handler matched its class")'
    if target.kind == "opt":
        return f"Some({between(emitter, text, source, target.args[0])})"
    if source.kind == target.kind:
        return rebuilt(emitter, text, source, target)
    # Our bug: rustc refuses it, and the function is left out and reported.
    return text


def rebuilt(emitter: ExpressionEmitter, text: str, source: Type, target: Type) -> str:
    """A fresh container that a runtime function made, with its elements converted.

    Only the results of rows come here, which nothing else holds yet.
    """
    kind = source.kind
    atom = emitter.atom(text)
    if kind == "tuple" and len(source.args) == len(target.args):
        parts = "".join(
            f"{between(emitter, f'items.{i}', a, b)}, "
            for i, (a, b) in enumerate(zip(source.args, target.args, strict=True))
        )
        return f"{{ let items = {text}; ({parts}) }}"
    inner = _closure(emitter, source.args, target.args)
    whole = rust(target).replace("<", "::<", 1)
    if kind in ("list", "vartuple", "set", "frozenset"):
        return emitter.fail(f"{whole}::collect({atom}.py_iter().map({inner}))")
    if kind == "iter":
        return f'Iter::new("iterator", {atom}.py_iter().map({inner}))'
    if kind == "dict":
        return emitter.fail(f"{whole}::collect({atom}.items().py_iter().map({inner}))")
    return text


def _closure(emitter: ExpressionEmitter, source: tuple[Type, ...], target: tuple[Type, ...]) -> str:
    """Converts one `Result` of an element, or of a pair."""
    inside = emitter.inner()
    if len(source) == 1:
        body = between(inside, "item", source[0], target[0])
        return f"|item| -> Result<{rust(target[0])}> {{ let item = item?; Ok({body}) }}"
    parts = [
        between(inside, f"item.{i}", a, b)
        for i, (a, b) in enumerate(zip(source, target, strict=True))
    ]
    result = ", ".join(rust(t) for t in target)
    return f"|item| -> Result<({result})> {{ let item = item?; Ok(({', '.join(parts)})) }}"


_SIMPLE: dict[tuple[str, str], str] = {
    ("bool", "int"): "Int::from({1} as i64)",
    ("bool", "i64"): "({1} as i64)",
    ("bool", "float"): "({1} as i64 as f64)",
    ("bool", "num"): "Num::Int(Int::from({1} as i64))",
    ("i64", "int"): "Int::from({0})",
    ("wide", "int"): "Int::from({0})",
    ("i64", "float"): "({0} as f64)",
    ("i64", "num"): "Num::Int(Int::from({0}))",
    ("int", "num"): "Num::Int({0})",
    ("float", "num"): "Num::Float({0})",
}
