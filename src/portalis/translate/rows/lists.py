"""Rows of `list`, and of the modules that work on lists: `heapq` and `bisect`."""

from __future__ import annotations

from portalis.translate.rows.row import Row

# What the elements' own comparison, hash or repr may raise.
ELEMENT = ("Exception",)

_OPERATORS: tuple[Row, ...] = (
    Row("len", "(x: &list[T]) -> i64", "{x}.len()"),
    Row(
        "getitem", "(self: &list[T], index: index) -> T", "{self}.get({index})",
        raises=("IndexError",),
    ),
    Row(
        "setitem", "(self: &list[T], index: index, value: T) -> none",
        "{self}.set({index}, {value})", raises=("IndexError",), pure=False,
    ),
    Row(
        "delitem", "(self: &list[T], index: index) -> none", "{self}.delete({index})",
        raises=("IndexError",), pure=False,
    ),
    Row(
        "getslice", "(self: &list[T], start: &int?, stop: &int?, step: &int?) -> list[T]",
        "{self}.getslice({start}, {stop}, {step})", raises=("ValueError",), pure=False,
    ),
    Row(
        "setslice",
        "(self: &list[T], start: &int?, stop: &int?, step: &int?, items: list[T]) -> none",
        "{self}.setslice_list({start}, {stop}, {step}, {items})", raises=("ValueError",),
        pure=False,
    ),
    Row(
        "setslice",
        "(self: &list[T], start: &int?, stop: &int?, step: &int?, items: iterable[T]) -> none",
        "{self}.setslice({start}, {stop}, {step}, {items})", raises=ELEMENT, pure=False,
    ),
    Row(
        "delslice", "(self: &list[T], start: &int?, stop: &int?, step: &int?) -> none",
        "{self}.delslice({start}, {stop}, {step})", raises=("ValueError",), pure=False,
    ),
    Row("+", "(a: &list[T], b: &list[T]) -> list[T]", "{a}.add({b})", pure=False),
    Row("*", "(a: &list[T], n: i64) -> list[T]", "{a}.mul({n})", ("MemoryError",), pure=False),
    Row("*", "(n: i64, a: &list[T]) -> list[T]", "{a}.mul({n})", ("MemoryError",), pure=False),
    Row("+=", "(self: &list[T], other: &list[T]) -> none", "{self}.extend_list({other})",
        pure=False),
    Row("+=", "(self: &list[T], items: iterable[T]) -> none", "{self}.extend({items})",
        raises=ELEMENT, pure=False),
    Row("*=", "(self: &list[T], n: i64) -> none", "{self}.mul_assign({n})",
        raises=("MemoryError",), pure=False),
    Row("in", "(x: &T, items: &list[T]) -> bool", "{items}.contains({x})", raises=ELEMENT),
    Row("==", "(a: &list[T], b: &list[T]) -> bool", "{a}.eq_list({b})", raises=ELEMENT),
    Row("!=", "(a: &list[T], b: &list[T]) -> bool", "{a}.ne_list({b})", raises=ELEMENT),
    Row("<", "(a: &list[T], b: &list[T]) -> bool", "{a}.lt_list({b})", raises=ELEMENT),
    Row("<=", "(a: &list[T], b: &list[T]) -> bool", "{a}.le_list({b})", raises=ELEMENT),
    Row(">", "(a: &list[T], b: &list[T]) -> bool", "{a}.gt_list({b})", raises=ELEMENT),
    Row(">=", "(a: &list[T], b: &list[T]) -> bool", "{a}.ge_list({b})", raises=ELEMENT),
)

_METHODS: tuple[Row, ...] = (
    Row("list", "() -> list[T]", "List::new()", pure=False),
    Row("list", "(items: &list[T]) -> list[T]", "{items}.copy()", pure=False),
    Row("list", "(items: iterable[T]) -> list[T]", "List::collect({items})",
        raises=ELEMENT, pure=False),
    Row("list.append", "(self: &list[T], x: T) -> none", "{self}.append({x})", pure=False),
    Row("list.extend", "(self: &list[T], other: &list[T]) -> none",
        "{self}.extend_list({other})", pure=False),
    Row("list.extend", "(self: &list[T], items: iterable[T]) -> none",
        "{self}.extend({items})", raises=ELEMENT, pure=False),
    Row("list.insert", "(self: &list[T], index: i64, x: T) -> none",
        "{self}.insert({index}, {x})", pure=False),
    Row("list.pop", "(self: &list[T]) -> T", "{self}.pop()", ("IndexError",), pure=False),
    Row("list.pop", "(self: &list[T], index: index) -> T", "{self}.pop_at({index})",
        ("IndexError",), pure=False),
    Row("list.remove", "(self: &list[T], x: &T) -> none", "{self}.remove({x})",
        ("ValueError", *ELEMENT), pure=False),
    Row(
        "list.index",
        "(self: &list[T], x: &T, start: i64 = 0, stop: i64 = 9223372036854775807) -> i64",
        "{self}.index({x}, {start}, {stop})", ("ValueError", *ELEMENT),
    ),
    Row("list.count", "(self: &list[T], x: &T) -> i64", "{self}.count({x})", ELEMENT),
    Row("list.reverse", "(self: &list[T]) -> none", "{self}.reverse()", pure=False),
    Row("list.clear", "(self: &list[T]) -> none", "{self}.clear()", pure=False),
    Row("list.copy", "(self: &list[T]) -> list[T]", "{self}.copy()", pure=False),
    Row(
        "list.sort", "(self: &list[T], key: none = None, reverse: bool = False) -> none",
        "{self}.sort({reverse})", ELEMENT, pure=False,
    ),
    Row(
        "list.sort", "(self: &list[T], key: fn(T) -> K, reverse: bool = False) -> none",
        "{self}.sort_by_key({key}, {reverse})", ELEMENT, pure=False,
    ),
)

def _merges() -> tuple[Row, ...]:
    """`heapq.merge` of two, three, or as many as a list holds; with a key, and downwards."""
    erase = "iter::itertools::erase"
    shapes = [
        ("heapq.merge", ", ".join(f"{n}: iterable[T]" for n in names) + ", ",
         "vec![" + ", ".join(f"{erase}({{{n}}})" for n in names) + "]")
        for names in ("a", "ab", "abc")
    ]  # fmt: skip
    shapes += [
        ("heapq.merge*", f"rows: iterable[{kind}], ", "iter::itertools::walks({rows})?")
        for kind in ("list[T]", "vartuple[T]", "iter[T]", "range")
    ]
    rows: list[Row] = []
    for name, params, inputs in shapes:
        item = "int" if "range" in params else "T"
        ends = (
            ("", f"merge({inputs})"),
            ("reverse: bool", f"merge_by({inputs}, Ok, {{reverse}})"),
            ("key: none, reverse: bool = False", f"merge_by({inputs}, Ok, {{reverse}})"),
            (f"key: fn({item}) -> K, reverse: bool = False",
             f"merge_by({inputs}, {{key}}, {{reverse}})"),
        )  # fmt: skip
        for more, rust in ends:
            signature = f"({params}{more}) -> iter[{item}]".replace(", )", ")")
            made = f"iter::heapq::{rust}"
            if name.endswith("*"):
                rows.append(Row(name, signature, f"Result::Ok({made})", ELEMENT, pure=False))
            else:
                rows.append(Row(name, signature, made, pure=False))
    return tuple(rows)


_HEAPQ: tuple[Row, ...] = (
    Row("heapq.heappush", "(heap: &list[T], item: T) -> none",
        "iter::heapq::heappush({heap}, {item})", ELEMENT, pure=False),
    Row("heapq.heappop", "(heap: &list[T]) -> T",
        "iter::heapq::heappop({heap})", ("IndexError", *ELEMENT), pure=False),
    Row("heapq.heapify", "(heap: &list[T]) -> none",
        "iter::heapq::heapify({heap})", ELEMENT, pure=False),
    Row("heapq.heapreplace", "(heap: &list[T], item: T) -> T",
        "iter::heapq::heapreplace({heap}, {item})", ("IndexError", *ELEMENT), pure=False),
    Row("heapq.heappushpop", "(heap: &list[T], item: T) -> T",
        "iter::heapq::heappushpop({heap}, {item})", ELEMENT, pure=False),
    Row("heapq.nlargest", "(n: i64, items: iterable[T]) -> list[T]",
        "iter::heapq::nlargest({n}, {items})", ELEMENT, pure=False),
    Row("heapq.nlargest", "(n: i64, items: iterable[T], key: fn(T) -> K) -> list[T]",
        "iter::heapq::nlargest_by({n}, {items}, {key})", ELEMENT, pure=False),
    Row("heapq.nsmallest", "(n: i64, items: iterable[T]) -> list[T]",
        "iter::heapq::nsmallest({n}, {items})", ELEMENT, pure=False),
    Row("heapq.nsmallest", "(n: i64, items: iterable[T], key: fn(T) -> K) -> list[T]",
        "iter::heapq::nsmallest_by({n}, {items}, {key})", ELEMENT, pure=False),
)

_SEARCH = "lo: i64 = 0, hi: &int? = None"


def _bisect(name: str, function: str) -> tuple[Row, ...]:
    """A search under one of its names, without and with a key."""
    return (
        Row(f"bisect.{name}", f"(a: &list[T], x: &T, {_SEARCH}) -> i64",
            f"iter::bisect::{function}({{a}}, {{x}}, {{lo}}, {{hi}})", ELEMENT),
        Row(f"bisect.{name}", f"(a: &list[T], x: &K, {_SEARCH}, key: fn(T) -> K) -> i64",
            f"iter::bisect::{function}_by({{a}}, {{x}}, {{lo}}, {{hi}}, {{key}})",
            ELEMENT, pure=False),
    )


def _insort(name: str, function: str) -> Row:
    return Row(
        f"bisect.{name}", f"(a: &list[T], x: T, {_SEARCH}) -> none",
        f"iter::bisect::{function}({{a}}, {{x}}, {{lo}}, {{hi}})", ELEMENT, pure=False,
    )


_BISECT: tuple[Row, ...] = (
    *_bisect("bisect_left", "bisect_left"),
    *_bisect("bisect_right", "bisect_right"),
    *_bisect("bisect", "bisect_right"),
    _insort("insort_left", "insort_left"),
    _insort("insort_right", "insort_right"),
    _insort("insort", "insort_right"),
)

ROWS: tuple[Row, ...] = (*_OPERATORS, *_METHODS, *_HEAPQ, *_merges(), *_BISECT)
