"""IR literals as Rust text."""

from __future__ import annotations

from portalis.translate.emit.text import (
    I64_MAX,
    bytes_literal,
    float_literal,
    i64_literal,
    int_literal,
    string_literal,
)
from portalis.translate.ir import nodes as ir


def literal(node: ir.Lit) -> str:
    """An owned value of the literal's type."""
    value = node.value
    if value is None:
        return "()"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return i64_literal(value) if node.ty.kind == "i64" else int_literal(value)
    if isinstance(value, float):
        return float_literal(value)
    if isinstance(value, str):
        return f"lit({string_literal(value)})"
    if isinstance(value, bytes):
        return f"Bytes::lit({bytes_literal(value)})"
    return f"Complex::new({float_literal(value.real)}, {float_literal(value.imag)})"


def literal_value(node: ir.Lit) -> str | None:
    """A dynamic value of a text or a small int, by the runtime's shorthand for it."""
    value = node.value
    if isinstance(value, str):
        return f"Value::lit({string_literal(value)})"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= I64_MAX:
        return f"Value::from({i64_literal(value).strip('()')})"
    return None


def typed_literal(node: ir.Op) -> dict[str, str]:
    """Where all operands are i64 literals rustc would take them for i32."""
    values = [operand.value for operand in node.operands.values()]
    if not values or any(not isinstance(v, ir.Lit) or v.ty.kind != "i64" for v in values):
        return {}
    first = values[0]
    if not isinstance(first, ir.Lit) or not isinstance(first.value, int):
        return {}
    text = f"{abs(first.value)}_i64"
    return {next(iter(node.operands)): f"(-{text})" if first.value < 0 else text}


def literal_list(node: ir.ListLit) -> str | None:
    """A list of nothing but literals of ints or of texts, by the runtime's macro for it."""
    items, item = node.items, node.ty.args[0].kind
    kind = "OwnList; " if node.ty.is_owned else ""
    values = [i.value for i in items if isinstance(i, ir.Lit)]
    if len(values) < len(items):
        return None
    if item == "int":
        ints = [v for v in values if isinstance(v, int) and abs(v) <= I64_MAX]
        texts = [f"{v}_i64" if abs(v) >= 2**31 else str(v) for v in ints]
        return f"ints![{kind}{', '.join(texts)}]" if len(texts) == len(items) else None
    if item == "str":
        texts = [string_literal(v) for v in values if isinstance(v, str)]
        return f"strs![{kind}{', '.join(texts)}]" if len(texts) == len(items) else None
    return None
