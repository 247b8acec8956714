"""Rows of `set` and `frozenset`.

Their operators take any mixture of the two and give the left one's type. A method
takes any iterable; sets have overloads of their own because CPython treats them
otherwise, which shows in the order of the result.
"""

from __future__ import annotations

from portalis.translate.rows.row import Row

# What the elements' hash and equality may raise.
ELEMENT = ("Exception",)

_KINDS = (("set", "Set"), ("frozenset", "FrozenSet"))
_PAIRS = tuple((a, b) for a, _ in _KINDS for b, _ in _KINDS)


def _operators(left: str, right: str) -> tuple[Row, ...]:
    pair = f"(a: &{left}[T], b: &{right}[T])"
    return (
        Row("|", f"{pair} -> {left}[T]", "{a}.union_set({b})", ELEMENT, pure=False),
        Row("&", f"{pair} -> {left}[T]", "{a}.intersection_set({b})", ELEMENT, pure=False),
        Row("-", f"{pair} -> {left}[T]", "{a}.difference_set({b})", ELEMENT, pure=False),
        Row("^", f"{pair} -> {left}[T]", "{a}.symmetric_difference_set({b})", ELEMENT, pure=False),
        Row("==", f"{pair} -> bool", "{a}.eq_set({b})", ELEMENT),
        Row("!=", f"{pair} -> bool", "{a}.ne_set({b})", ELEMENT),
        Row("<=", f"{pair} -> bool", "{a}.issubset_set({b})", ELEMENT),
        Row("<", f"{pair} -> bool", "{a}.lt_set({b})", ELEMENT),
        Row(">=", f"{pair} -> bool", "{a}.issuperset_set({b})", ELEMENT),
        Row(">", f"{pair} -> bool", "{b}.lt_set({a})", ELEMENT),
    )


def _updates(right: str) -> tuple[Row, ...]:
    pair = f"(self: &set[T], other: &{right}[T])"
    return (
        Row("|=", f"{pair} -> none", "{self}.update_set({other})", ELEMENT, pure=False),
        Row("&=", f"{pair} -> none", "{self}.intersection_update_set({other})", ELEMENT,
            pure=False),
        Row("-=", f"{pair} -> none", "{self}.difference_update_set({other})", ELEMENT, pure=False),
        Row("^=", f"{pair} -> none", "{self}.symmetric_difference_update_set({other})", ELEMENT,
            pure=False),
    )


def _constructors(kind: str, rust: str) -> tuple[Row, ...]:
    return (
        Row(kind, f"() -> {kind}[T]", f"{rust}::new()", pure=False),
        Row(kind, f"(items: &set[T]) -> {kind}[T]", f"{rust}::from_set({{items}})", ELEMENT,
            pure=False),
        Row(kind, f"(items: &frozenset[T]) -> {kind}[T]",
            "{items}.copy()" if kind == "frozenset" else f"{rust}::from_set({{items}})",
            ELEMENT, pure=False),
        Row(kind, f"(items: &dict[T, V]) -> {kind}[T]", f"{rust}::from_dict({{items}})", ELEMENT,
            pure=False),
        Row(kind, f"(items: iterable[T]) -> {kind}[T]", f"{rust}::collect({{items}})", ELEMENT,
            pure=False),
    )


# Methods that take other collections, and what they give.
_COMBINATIONS = ("union", "intersection", "difference", "symmetric_difference")
_TESTS = ("isdisjoint", "issubset", "issuperset")


def _methods(kind: str) -> tuple[Row, ...]:
    rows: list[Row] = [
        Row("len", f"(x: &{kind}[T]) -> i64", "{x}.len()"),
        Row("in", f"(x: &T, items: &{kind}[T]) -> bool", "{items}.contains({x})", ELEMENT),
        Row(f"{kind}.copy", f"(self: &{kind}[T]) -> {kind}[T]", "{self}.copy()", ELEMENT,
            pure=False),
    ]
    for name in (*_COMBINATIONS, *_TESTS):
        result = f"{kind}[T]" if name in _COMBINATIONS else "bool"
        rows += [
            *(
                Row(f"{kind}.{name}", f"(self: &{kind}[T], other: &{other}[T]) -> {result}",
                    f"{{self}}.{name}_set({{other}})", ELEMENT, pure=False)
                for other, _ in _KINDS
            ),
            *(
                [Row(f"{kind}.{name}", f"(self: &{kind}[T], other: &dict[T, V]) -> {result}",
                     f"{{self}}.{name}_dict({{other}})", ELEMENT, pure=False)]
                if name in ("union", "difference", "symmetric_difference")
                else []
            ),
            Row(f"{kind}.{name}", f"(self: &{kind}[T], items: iterable[T]) -> {result}",
                f"{{self}}.{name}({{items}})", ELEMENT, pure=False),
        ]
    for name in ("union", "intersection", "difference"):
        rows += [
            Row(f"{kind}.{name}", f"(self: &{kind}[T]) -> {kind}[T]", "{self}.copy()", ELEMENT,
                pure=False),
            Row(f"{kind}.{name}",
                f"(self: &{kind}[T], a: &set[T], b: &set[T]) -> {kind}[T]",
                f"{{self}}.{name}_set({{a}}).and_then(|both| both.{name}_set({{b}}))",
                ELEMENT, pure=False),
            Row(f"{kind}.{name}",
                f"(self: &{kind}[T], a: iterable[T], b: iterable[T]) -> {kind}[T]",
                f"{{self}}.{name}({{a}}).and_then(|both| both.{name}({{b}}))",
                ELEMENT, pure=False),
        ]
    return tuple(rows)


_UPDATES = ("update", "intersection_update", "difference_update", "symmetric_difference_update")

_SET_METHODS: tuple[Row, ...] = (
    Row("set.add", "(self: &set[T], x: T) -> none", "{self}.add({x})", ELEMENT, pure=False),
    Row("set.discard", "(self: &set[T], x: &T) -> none", "{self}.discard({x})", ELEMENT,
        pure=False),
    Row("set.remove", "(self: &set[T], x: &T) -> none", "{self}.remove({x})",
        ("KeyError", *ELEMENT), pure=False),
    Row("set.pop", "(self: &set[T]) -> T", "{self}.pop()", ("KeyError",), pure=False),
    Row("set.clear", "(self: &set[T]) -> none", "{self}.clear()", pure=False),
    *(
        Row(f"set.{name}", f"(self: &set[T], other: &{other}[T]) -> none",
            f"{{self}}.{name}_set({{other}})", ELEMENT, pure=False)
        for name in _UPDATES
        for other, _ in _KINDS
    ),
    Row("set.update", "(self: &set[T], other: &dict[T, V]) -> none",
        "{self}.update_dict({other})", ELEMENT, pure=False),
    *(
        Row(f"set.{name}", "(self: &set[T], items: iterable[T]) -> none",
            f"{{self}}.{name}({{items}})", ELEMENT, pure=False)
        for name in _UPDATES
    ),
    Row("set.update", "(self: &set[T], a: iterable[T], b: iterable[T]) -> none",
        "{self}.update({a}).and_then(|()| {self}.update({b}))", ELEMENT, pure=False),
)

ROWS: tuple[Row, ...] = (
    *(row for pair in _PAIRS for row in _operators(*pair)),
    *(row for kind, _ in _KINDS for row in _updates(kind)),
    *(row for kind in _KINDS for row in _constructors(*kind)),
    *(row for kind, _ in _KINDS for row in _methods(kind)),
    *_SET_METHODS,
)
