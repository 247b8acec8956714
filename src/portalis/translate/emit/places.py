"""Containers in fields: an element is taken where the container lies, without a handle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.names import rust_identifier as identifier
from portalis.translate.ir.walk import children

if TYPE_CHECKING:
    from portalis.translate.emit.expression import ExpressionEmitter

# Template → the operand that is the container, and what the runtime calls it on a field.
_ON_FIELDS = {
    "{self}.get({index})": ("self", "item({index})"),
    "{self}.get2({row}, {index})": ("self", "item2({row}, {index})"),
    "{self}.set({index}, {value})": ("self", "set_item({index}, {value})"),
    "{a}.get({i})": ("a", "item({i})"),
    "{x}.len()": ("x", "len()"),
}
_CONTAINERS = frozenset(("list", "array_float", "array_int", "array_word", "array_str"))
_PLAIN_KINDS = frozenset(("i64", "int", "float", "num", "bool"))


def in_field(emitter: ExpressionEmitter, node: ir.Op) -> str | None:
    """The operation on a field that is there, if the rest of it changes nothing: its
    operands are evaluated before the field is looked at."""
    found = _ON_FIELDS.get(node.template)
    if found is None:
        return None
    name, template = found
    held = node.operands[name].value
    if held.ty.kind not in _CONTAINERS or not is_sure(held):
        return None
    assert isinstance(held, ir.FieldGet)
    others = {k: o for k, o in node.operands.items() if k != name}
    if not all(is_calm(o.value) for o in others.values()):
        return None
    texts = {k: emitter.operand(o) for k, o in others.items()}
    return f"{emitter.place(held)}.{template.format_map(texts)}"


# Kinds whose operations are the runtime's own, and change nothing.
_LENT = frozenset(("decimal_number",))
# The same where an operation has nothing but numbers: a container may ask a program's code.
_LENT_NUMBERS = _LENT | {"num", "int"}


def lent_fields(emitter: ExpressionEmitter, node: ir.Op) -> dict[str, str]:
    """Operands that the operation may look at where they lie."""
    if not any(is_sure(operand.value) for operand in node.operands.values()):
        return {}
    values = [node, *(o.value for o in node.operands.values())]
    numbers = all(v.ty.kind in _PLAIN_KINDS for v in values)
    kinds = _LENT_NUMBERS if numbers else _LENT
    found: dict[str, str] = {}
    for name, operand in node.operands.items():
        value = operand.value
        if operand.mode in ("ref", "recv") and value.ty.kind in kinds and is_sure(value):
            assert isinstance(value, ir.FieldGet)
            found[name] = lent(emitter, value)
    return found if found and all(is_calm(o.value) for o in node.operands.values()) else {}


def lent(emitter: ExpressionEmitter, node: ir.FieldGet) -> str:
    """A reference to what lies in the field, in a field of an instance in one too."""
    if is_sure(node.obj):
        assert isinstance(node.obj, ir.FieldGet)
        return f"{emitter.place(node.obj)}.lend_from(|x| x.{identifier(node.field)}.lend())"
    return f"{emitter.place(node)}.lend()"


def is_sure(node: ir.Expr) -> bool:
    """A field that is there."""
    return isinstance(node, ir.FieldGet) and node.definite and node.fallback is None


def is_optional_field(node: ir.Expr) -> bool:
    """A field that is there and holds an Option."""
    return is_sure(node) and node.ty.kind == "opt"


def is_calm(node: ir.Expr) -> bool:
    """Evaluating it runs no code of the program and changes nothing."""
    match node:
        case ir.Lit():
            return True
        case ir.Var():
            return node.local.storage == "plain"
        case ir.Coerce():
            if node.source.kind not in _PLAIN_KINDS or node.ty.kind not in _PLAIN_KINDS:
                return False
        case ir.FieldGet():
            if not is_sure(node):
                return False
        case ir.Op():
            parts = [node, *(o.value for o in node.operands.values())]
            if not all(p.ty.kind in _PLAIN_KINDS for p in parts):
                return False
        case ir.TupleItem():
            pass
        case _:
            return False
    return all(is_calm(c) for c in children(node) if isinstance(c, ir.Expr))
