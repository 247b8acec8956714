"""Lists, tuples, sets and dicts written out, and what a tuple holds, as Rust text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalis.translate.emit.literals import literal_list
from portalis.translate.emit.types import is_copy, rust
from portalis.translate.ir import nodes as ir

if TYPE_CHECKING:
    from portalis.translate.emit.expression import ExpressionEmitter


def list_lit(emitter: ExpressionEmitter, node: ir.ListLit) -> str:
    whole = rust(node.ty).replace("<", "::<", 1)
    if not node.items:
        return f"{whole}::new()"
    if (texts := literal_list(node)) is not None:
        return texts
    return f"{whole}::from(vec![{', '.join(map(emitter.typed, node.items))}])"


def tuple_lit(emitter: ExpressionEmitter, node: ir.TupleLit) -> str:
    if not node.items:
        return "EmptyTuple"
    return f"({''.join(f'{emitter.typed(i)}, ' for i in node.items)})"


def set_lit(emitter: ExpressionEmitter, node: ir.SetLit) -> str:
    if node.ty.kind == "distinct":
        return "Distinct::new()"
    item = rust(node.ty.args[0])
    if not node.items:
        return f"Set::<{item}>::new()"
    items = ", ".join(map(emitter.typed, node.items))
    if node.ty.kind == "frozenset":
        return emitter.fail(f"FrozenSet::<{item}>::from_constants(vec![{items}])")
    made = "from_constants" if node.constants else "from_items"
    return emitter.fail(f"Set::<{item}>::{made}(vec![{items}])")


def dict_lit(emitter: ExpressionEmitter, node: ir.DictLit) -> str:
    key, item = (rust(a) for a in node.ty.args)
    if not node.items:
        return f"Dict::<{key}, {item}>::new()"
    pairs = ", ".join(f"({emitter.typed(k)}, {emitter.typed(v)})" for k, v in node.items)
    return emitter.fail(f"Dict::<{key}, {item}>::from_items(vec![{pairs}])")


def tuple_item(emitter: ExpressionEmitter, node: ir.TupleItem) -> str:
    text = f"{emitter.recv(node.value)}.{node.position}"
    plain = isinstance(node.value, ir.Var) and node.value.local.storage == "plain"
    stays = plain or emitter.inside_option(node.value) is not None
    return f"{text}.clone()" if stays and not node.moved and not is_copy(node.ty) else text
