"""Rows of the dicts of `collections`: `Counter`, `defaultdict` and `OrderedDict`.

Their static type is `dict`: which one it is the object itself knows. Methods that only
one of them has are rows of `dict` that raise AttributeError for the others.
"""

from __future__ import annotations

from portalis.translate.rows.row import Row

# What the keys' hash and equality, walking, or the counts' operators may raise.
ANY = ("Exception",)
_COUNTER = "collections.Counter"
_DEFAULT = "collections.defaultdict"
_ORDERED = "collections.OrderedDict"

_COUNTERS: tuple[Row, ...] = (
    Row(_COUNTER, "(counts: &dict[K, V], zero: V = 0) -> dict[K, V]",
        "Dict::<{K}, {V}>::counter_from({counts}, {zero})", ANY, pure=False),
    Row(_COUNTER, "(items: &value, zero: V = 0) -> dict[value, V]",
        "Dict::<Value, {V}>::counter_of_value({items}, {zero})", ANY, pure=False),
    Row(_COUNTER, "(items: iterable[K], zero: V = 0) -> dict[K, V]",
        "Dict::<{K}, {V}>::counter_of({items}, {zero})", ANY, pure=False),
    Row(_COUNTER, "(zero: V = 0) -> dict[K, V]", "Dict::<{K}, {V}>::counter({zero})", pure=False),
    Row("dict.most_common", "(self: &dict[K, V]) -> list[tuple[K, V]]",
        "{self}.most_common(None)", ANY, pure=False),
    Row("dict.most_common", "(self: &dict[K, V], n: none) -> list[tuple[K, V]]",
        "{self}.most_common(None)", ANY, pure=False),
    Row("dict.most_common", "(self: &dict[K, V], n: i64) -> list[tuple[K, V]]",
        "{self}.most_common(Some({n}))", ANY, pure=False),
    Row("dict.elements", "(self: &dict[K, V]) -> iter[K]", "{self}.elements()", ANY,
        pure=False),
    Row("dict.total", "(self: &dict[K, V]) -> V", "{self}.total()", ANY),
    Row("dict.subtract", "(self: &dict[K, V], other: &dict[K, V]) -> none",
        "{self}.subtract({other})", ANY, pure=False),
    Row("dict.subtract", "(self: &dict[K, V], items: iterable[K]) -> none",
        "{self}.subtract_items({items})", ANY, pure=False),
    # After the rows of pairs: a Counter takes items, another dict fails on them.
    Row("dict.update", "(self: &dict[K, V], items: iterable[K]) -> none",
        "{self}.update_items({items})", ANY, pure=False),
    Row("+", "(a: &dict[K, V], b: &dict[K, V]) -> dict[K, V]", "{a}.plus({b})", ANY),
    Row("-", "(a: &dict[K, V], b: &dict[K, V]) -> dict[K, V]", "{a}.minus({b})", ANY),
    Row("&", "(a: &dict[K, V], b: &dict[K, V]) -> dict[K, V]", "{a}.least({b})", ANY),
    Row("+=", "(self: &dict[K, V], other: &dict[K, V]) -> none", "{self}.plus_assign({other})",
        ANY, pure=False),
    Row("-=", "(self: &dict[K, V], other: &dict[K, V]) -> none", "{self}.minus_assign({other})",
        ANY, pure=False),
    Row("&=", "(self: &dict[K, V], other: &dict[K, V]) -> none", "{self}.least_assign({other})",
        ANY, pure=False),
    Row("pos", "(x: &dict[K, V]) -> dict[K, V]", "{x}.positive()", ANY),
    Row("neg", "(x: &dict[K, V]) -> dict[K, V]", "{x}.negative()", ANY),
    *(
        Row(op, "(a: &dict[K, V], b: &dict[K, V]) -> bool", f"{{a}}.{method}({{b}})", ANY)
        for op, method in (("<", "py_lt"), ("<=", "py_le"), (">", "py_gt"), (">=", "py_ge"))
    ),
)

_DEFAULTS: tuple[Row, ...] = (
    Row(_DEFAULT, "() -> dict[K, V]", "Dict::<{K}, {V}>::defaulting_none()", pure=False),
    Row(_DEFAULT, "(factory: none) -> dict[K, V]", "Dict::<{K}, {V}>::defaulting_none()", pure=False),
    Row(_DEFAULT, "(factory: none, other: &dict[K, V]) -> dict[K, V]",
        "Dict::<{K}, {V}>::defaulting_none().updated({other})", ANY, pure=False),
    Row(_DEFAULT, "(factory: fn() -> V) -> dict[K, V]", "Dict::<{K}, {V}>::defaulting({factory})",
        pure=False),
    Row(_DEFAULT, "(factory: fn() -> V, other: &dict[K, V]) -> dict[K, V]",
        "Dict::<{K}, {V}>::defaulting({factory}).updated({other})", ANY, pure=False),
    Row(_DEFAULT, "(factory: fn() -> V, pairs: iterable[tuple[K, V]]) -> dict[K, V]",
        "Dict::<{K}, {V}>::defaulting({factory}).updated_pairs({pairs})", ANY, pure=False),
)

_ORDEREDS: tuple[Row, ...] = (
    Row(_ORDERED, "() -> dict[K, V]", "Dict::<{K}, {V}>::ordered()", pure=False),
    Row(_ORDERED, "(other: &dict[K, V]) -> dict[K, V]", "Dict::<{K}, {V}>::ordered().updated({other})", ANY,
        pure=False),
    Row(_ORDERED, "(pairs: iterable[tuple[K, V]]) -> dict[K, V]",
        "Dict::<{K}, {V}>::ordered().updated_pairs({pairs})", ANY, pure=False),
    Row("dict.move_to_end", "(self: &dict[K, V], key: &K, last: bool = True) -> none",
        "{self}.move_to_end({key}, {last})", ("KeyError", *ANY), pure=False),
    Row("dict.popitem", "(self: &dict[K, V], last: bool) -> tuple[K, V]",
        "{self}.popitem_at({last})", ("KeyError", *ANY), pure=False),
)

ROWS: tuple[Row, ...] = (*_COUNTERS, *_DEFAULTS, *_ORDEREDS)
