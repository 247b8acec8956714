"""Rows of tuples: fixed shapes (`tuple[A, B]`) and any length (`vartuple[T]`).

A literal index of a fixed tuple is a field, which the compiler reads itself. What
walks a fixed tuple, or indexes it by a variable, needs elements of one type.
"""

from __future__ import annotations

from portalis.translate.rows.row import Row

# What the elements' own comparison may raise.
ELEMENT = ("Exception",)

_LETTERS = "ABCDEFGHIJKL"
_COMPARISONS = (
    ("==", "py_eq"), ("!=", "py_ne"), ("<", "py_lt"),
    ("<=", "py_le"), (">", "py_gt"), (">=", "py_ge"),
)

_VARIABLE: tuple[Row, ...] = (
    Row("tuple", "(items: vartuple[T]) -> vartuple[T]", "{items}"),
    Row("tuple", "(items: iterable[T]) -> vartuple[T]", "Tuple::collect({items})", ELEMENT,
        pure=False),
    Row("len", "(x: &vartuple[T]) -> i64", "{x}.len()"),
    Row("getitem", "(self: &vartuple[T], index: index) -> T", "{self}.get({index})",
        ("IndexError",)),
    Row("getslice", "(self: &vartuple[T], start: &int?, stop: &int?, step: &int?) -> vartuple[T]",
        "{self}.getslice({start}, {stop}, {step})", ("ValueError",)),
    Row("+", "(a: &vartuple[T], b: &vartuple[T]) -> vartuple[T]", "{a}.add({b})"),
    Row("*", "(a: &vartuple[T], n: i64) -> vartuple[T]", "{a}.mul({n})", ("MemoryError",)),
    Row("*", "(n: i64, a: &vartuple[T]) -> vartuple[T]", "{a}.mul({n})", ("MemoryError",)),
    Row("in", "(x: &T, items: &vartuple[T]) -> bool", "{items}.contains({x})", ELEMENT),
    Row("vartuple.index",
        "(self: &vartuple[T], x: &T, start: i64 = 0, stop: i64 = 9223372036854775807) -> i64",
        "{self}.index({x}, {start}, {stop})", ("ValueError", *ELEMENT)),
    Row("vartuple.count", "(self: &vartuple[T], x: &T) -> i64", "{self}.count({x})", ELEMENT),
    *(
        Row(operator, "(a: &vartuple[T], b: &vartuple[T]) -> bool", f"{{a}}.{method}({{b}})",
            ELEMENT)
        for operator, method in _COMPARISONS
    ),
)


def _fixed(arity: int) -> tuple[Row, ...]:
    """Rows of the tuples of one length."""
    shape = f"tuple[{', '.join(_LETTERS[:arity])}]"
    uniform = f"tuple[{', '.join('T' * arity)}]"
    return (
        Row("len", f"(x: &{shape}) -> i64", "{x}.len()"),
        *(
            Row(operator, f"(a: &{shape}, b: &{shape}) -> bool", f"{{a}}.{method}({{b}})",
                ELEMENT)
            for operator, method in _COMPARISONS
        ),
        Row("getitem", f"(self: &{uniform}, index: index) -> T", "Uniform::get({self}, {index})",
            ("IndexError",)),
        Row("getslice",
            f"(self: &{uniform}, start: &int?, stop: &int?, step: &int?) -> vartuple[T]",
            "{self}.to_tuple().getslice({start}, {stop}, {step})", ("ValueError",)),
        Row("in", f"(x: &T, items: &{uniform}) -> bool", "Uniform::contains({items}, {x})",
            ELEMENT),
        Row("tuple.index", f"(self: &{uniform}, x: &T) -> i64",
            "{self}.to_tuple().index({x}, 0, i64::MAX)", ("ValueError", *ELEMENT)),
        Row("tuple.count", f"(self: &{uniform}, x: &T) -> i64", "{self}.to_tuple().count({x})",
            ELEMENT),
        Row("*", f"(a: &{uniform}, n: i64) -> vartuple[T]", "{a}.to_tuple().mul({n})",
            ("MemoryError",)),
        Row("+", f"(a: &vartuple[T], b: &{uniform}) -> vartuple[T]", "{a}.add(&{b}.to_tuple())"),
        Row("+", f"(a: &{uniform}, b: &vartuple[T]) -> vartuple[T]", "{a}.to_tuple().add({b})"),
    )


ROWS: tuple[Row, ...] = (
    *_VARIABLE,
    *(row for arity in range(1, len(_LETTERS) + 1) for row in _fixed(arity)),
)
