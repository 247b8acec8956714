"""Rows of the builtins that make or consume iterators, and of `itertools`,
`functools.reduce`, `range` and `collections.deque`.
"""

from __future__ import annotations

from portalis.translate.rows.row import Row

# What walking an iterable, or the items' own methods, may raise.
ITEM = ("Exception",)

_RANGE: tuple[Row, ...] = (
    Row("range", "(stop: &int) -> range", "Range::to({stop})", ("OverflowError",)),
    Row("range", "(start: &int, stop: &int, step: &int = 1) -> range",
        "Range::new({start}, {stop}, {step})", ("ValueError", "OverflowError")),
    Row("len", "(x: &range) -> i64", "{x}.len()", ("OverflowError",)),
    Row("getitem", "(self: &range, index: index) -> int", "{self}.get({index})", ("IndexError",)),
    Row("getslice", "(self: &range, start: &int?, stop: &int?, step: &int?) -> range",
        "{self}.getslice({start}, {stop}, {step})", ("ValueError", "OverflowError")),
    Row("in", "(x: &int, items: &range) -> bool", "{items}.contains({x})"),
    Row("==", "(a: &range, b: &range) -> bool", "{a}.py_eq({b})", ITEM),
    Row("!=", "(a: &range, b: &range) -> bool", "{a}.py_ne({b})", ITEM),
    Row("range.index", "(self: &range, x: &int) -> int", "{self}.index({x})", ("ValueError",)),
    Row("range.count", "(self: &range, x: &int) -> i64", "{self}.count({x})"),
)

# Kind, its signature type, the name of its iterator and of its reverse iterator.
_WALKED = (
    ("list[T]", "T", "list_iterator", "list_reverseiterator"),
    ("vartuple[T]", "T", "tuple_iterator", "reversed"),
    ("range", "int", "range_iterator", "range_iterator"),
)
_WALKED_FALLIBLY = (
    ("dict[K, V]", "K", "dict_keyiterator", "dict_reversekeyiterator"),
    ("dict_keys[K, V]", "K", "dict_keyiterator", "dict_reversekeyiterator"),
    ("dict_values[K, V]", "V", "dict_valueiterator", "dict_reversevalueiterator"),
    ("dict_items[K, V]", "tuple[K, V]", "dict_itemiterator", "dict_reverseitemiterator"),
    ("deque[T]", "T", "_collections._deque_iterator", "_collections._deque_reverse_iterator"),
)

_WALKS: tuple[Row, ...] = (
    Row("iter", "(it: iter[T]) -> iter[T]", "{it}", pure=False),
    *(
        Row("iter", f"(x: &{kind}) -> iter[{item}]", f'iter::iter("{name}", {{x}}.py_iter())',
            pure=False)
        for kind, item, name, _ in (*_WALKED, *_WALKED_FALLIBLY)
    ),
    Row("iter", "(x: &set[T]) -> iter[T]", 'iter::iter("set_iterator", {x}.py_iter())',
        pure=False),
    Row("iter", "(x: &str) -> iter[str]", 'iter::iter("str_iterator", {x}.py_iter())',
        pure=False),
    Row("iter", "(x: iterable[T]) -> iter[T]", 'iter::iter("iterator", {x})', pure=False),
    Row("iter", "(call: fn() -> T, sentinel: T) -> iter[T]",
        "iter::iter_until({call}, {sentinel})", pure=False),
    *(
        Row("reversed", f"(x: &{kind}) -> iter[{item}]",
            f'iter::reversed("{name}", {{x}}.reversed())', pure=False)
        for kind, item, _, name in _WALKED
    ),
    *(
        Row("reversed", f"(x: &{kind}) -> iter[{item}]",
            f'iter::iter("{name}", {{x}}.reversed())', pure=False)
        for kind, item, _, name in _WALKED_FALLIBLY
    ),
    Row("reversed", "(x: &str) -> iter[str]", "iter::reversed_items({x}.py_iter())", ITEM,
        pure=False),
    Row("reversed", "(x: &bytes) -> iter[int]", "iter::reversed_items({x}.py_iter())", ITEM,
        pure=False),
    *(
        Row("reversed", f"(x: &tuple[{', '.join('T' * arity)}]) -> iter[T]",
            'iter::reversed("reversed", {x}.to_tuple().reversed())', pure=False)
        for arity in range(1, 13)
    ),
    Row("next", "(it: &iter[T]) -> T", "{it}.next()", ("StopIteration", *ITEM), pure=False),
    Row("next", "(it: &iter[T], default: T) -> T", "{it}.next_or({default})", ITEM, pure=False),
    Row("next", "(it: &iter[T], default: none) -> T?", "iter::next_opt({it})", ITEM, pure=False),
    Row("iter.send", "(self: &iter[T], value: value) -> T", "{self}.send({value})",
        ("StopIteration", *ITEM), pure=False),
    Row("iter.throw", "(self: &iter[T], exc: &value) -> T", "{self}.throw(Exc::raise({exc}))",
        ("StopIteration", *ITEM), pure=False),
    Row("iter.close", "(self: &iter[T]) -> none", "{self}.close()", ITEM, pure=False),
    Row("in", "(x: &T, items: iter[T]) -> bool", "iter::contains({items}.py_iter(), {x})", ITEM,
        pure=False),
    Row("enumerate", "(items: iterable[T], start: int = 0) -> iter[tuple[int, T]]",
        "iter::enumerate({items}, {start})", pure=False),
    Row("zip", "(a: iterable[A]) -> iter[tuple[A]]", "iter::zip1({a})", pure=False),
    Row("zip", "(a: iterable[A], b: iterable[B], strict: bool = False) -> iter[tuple[A, B]]",
        "iter::zip2({a}, {b}, {strict})", pure=False),
    Row("zip",
        "(a: iterable[A], b: iterable[B], c: iterable[C], strict: bool = False)"
        " -> iter[tuple[A, B, C]]",
        "iter::zip3({a}, {b}, {c}, {strict})", pure=False),
    Row("zip",
        "(a: iterable[A], b: iterable[B], c: iterable[C], d: iterable[D], strict: bool = False)"
        " -> iter[tuple[A, B, C, D]]",
        "iter::zip4({a}, {b}, {c}, {d}, {strict})", pure=False),
    Row("map", "(f: fn(A) -> R, a: iterable[A]) -> iter[R]", "iter::map({f}, {a})", pure=False),
    Row("map", "(f: fn(A, B) -> R, a: iterable[A], b: iterable[B]) -> iter[R]",
        "iter::map2({f}, {a}, {b})", pure=False),
    Row("map",
        "(f: fn(A, B, C) -> R, a: iterable[A], b: iterable[B], c: iterable[C]) -> iter[R]",
        "iter::map3({f}, {a}, {b}, {c})", pure=False),
    Row("filter", "(f: none, items: iterable[T?]) -> iter[T]", "iter::filter_some({items})",
        pure=False),
    Row("filter", "(f: none, items: iterable[T]) -> iter[T]", "iter::filter_true({items})",
        pure=False),
    Row("filter", "(f: fn(T) -> R, items: iterable[T]) -> iter[T]", "iter::filter({f}, {items})",
        pure=False),
)

_LENGTHS: tuple[Row, ...] = (
    Row("len", "(x: &str) -> i64", "{x}.len()"),
    Row("len", "(x: &bytes) -> i64", "{x}.len()"),
    Row("len", "(x: &bytearray) -> i64", "{x}.len()"),
)


def _extremes(name: str) -> tuple[Row, ...]:
    """`min` or `max`. Two positional arguments are compared; a default is a keyword."""
    call = f"iter::{name}"
    empty = ("ValueError", *ITEM)
    end = "least" if name == "min" else "greatest"
    return (
        *(
            Row(name, f"(items: &{kind}[T]) -> T", f"{{items}}.{end}()", empty, pure=False)
            for kind in ("set", "frozenset")
        ),
        Row(name, "(a: T, b: T) -> T", f"{call}_pair({{a}}, {{b}})", ITEM),
        Row(name, "(a: T, b: T, *rest: T) -> T", f"{call}_args({{a}}, {{b}}, {{rest}})", ITEM),
        Row(name, "(a: T, b: T, *rest: T, key: fn(T) -> K) -> T",
            f"{call}_by_args({{a}}, {{b}}, {{rest}}, {{key}})", ITEM, pure=False),
        Row(name, "(items: iterable[T]) -> T", f"{call}_of({{items}})", empty, pure=False),
        Row(name, "(items: iterable[T], key: fn(T) -> K) -> T",
            f"{call}_by({{items}}, {{key}})", empty, pure=False),
        Row(name, "(items: iterable[T], default: T) -> T",
            f"{call}_or({{items}}, {{default}})", ITEM, pure=False),
        Row(name, "(items: iterable[T], default: none) -> T?", f"{call}_opt({{items}})", ITEM,
            pure=False),
        Row(name, "(items: iterable[T], key: fn(T) -> K, default: T) -> T",
            f"{call}_by_or({{items}}, {{key}}, {{default}})", ITEM, pure=False),
        Row(name, "(items: iterable[T], key: fn(T) -> K, default: none) -> T?",
            f"{call}_by_opt({{items}}, {{key}})", ITEM, pure=False),
    )


_FOLDS: tuple[Row, ...] = (
    Row("sorted", "(items: iterable[T], key: none = None, reverse: bool = False) -> list[T]",
        "iter::sorted({items}, {reverse})", ITEM, pure=False),
    Row("sorted", "(items: iterable[T], key: fn(T) -> K, reverse: bool = False) -> list[T]",
        "iter::sorted_by_key({items}, {key}, {reverse})", ITEM, pure=False),
    Row("sum", "(items: iterable[bool], start: int = 0) -> int",
        "iter::sum_bool({items}, {start})", ITEM, pure=False),
    Row("sum", "(items: iterable[int], start: int = 0) -> int",
        "iter::sum_int({items}, {start})", ITEM, pure=False),
    Row("sum", "(items: iterable[int], start: float) -> float",
        "iter::sum_ints_from({items}, {start})", ITEM, pure=False),
    Row("sum", "(items: iterable[float], start: float) -> float",
        "iter::sum_float({items}, {start})", ITEM, pure=False),
    # Of no float at all the sum is the int 0.
    Row("sum", "(items: iterable[float], start: int = 0) -> num",
        "iter::sum_floats({items}, {start})", ITEM, pure=False),
    Row("sum", "(items: iterable[num], start: num = 0) -> num",
        "iter::sum_num({items}, {start})", ITEM, pure=False),
    Row("sum", "(items: iterable[list[T]], start: &list[T]) -> list[T]",
        "iter::sum_lists({items}, {start})", ITEM, pure=False),
    Row("sum", "(items: iterable[vartuple[T]], start: &vartuple[T]) -> vartuple[T]",
        "iter::sum_tuples({items}, {start})", ITEM, pure=False),
    *_extremes("min"),
    *_extremes("max"),
    Row("any", "(items: iterable[T]) -> bool", "iter::any({items})", ITEM, pure=False),
    Row("all", "(items: iterable[T]) -> bool", "iter::all({items})", ITEM, pure=False),
    Row("functools.reduce", "(f: fn(T, T) -> T, items: iterable[T]) -> T",
        "iter::reduce({f}, {items})", ("TypeError", *ITEM), pure=False),
    Row("functools.reduce", "(f: fn(A, T) -> A, items: iterable[T], initial: A) -> A",
        "iter::reduce_from({f}, {items}, {initial})", ITEM, pure=False),
)

_TOOLS = "iter::itertools"


def _chain(arity: int) -> Row:
    names = "abcdef"[:arity]
    params = ", ".join(f"{name}: iterable[T]" for name in names)
    parts = ", ".join(f"{_TOOLS}::erase({{{name}}})" for name in names)
    return Row("itertools.chain", f"({params}) -> iter[T]", f"{_TOOLS}::chain(vec![{parts}])",
               pure=False)


# What the rows of `product(*rows)` may be, and their items.
_ROW_KINDS = (("list[T]", "T"), ("vartuple[T]", "T"), ("str", "str"), ("range", "int"), ("iter[T]", "T"),
              ("dict_values[K, T]", "T"), ("set[T]", "T"))


def _zip_longest(arity: int) -> Row:
    names, kinds = "abcde"[:arity], "ABCDE"[:arity]
    params = ", ".join(f"{n}: iterable[{k}]" for n, k in zip(names, kinds, strict=True))
    result = ", ".join(f"{k}?" for k in kinds)
    args = ", ".join(f"{{{n}}}" for n in names)
    return Row("itertools.zip_longest", f"({params}) -> iter[tuple[{result}]]",
               f"{_TOOLS}::zip_longest{arity}({args})", pure=False)


def _zip_longest_of(arity: int, item: str, more: str, fill: str) -> Row:
    names = "abcde"[:arity]
    params = ", ".join(f"{name}: iterable[{item}]" for name in names)
    parts = ", ".join(f"{_TOOLS}::erase({{{name}}})" for name in names)
    return Row("itertools.zip_longest", f"({params}{more}) -> iter[vartuple[{item}]]",
               f"{_TOOLS}::zip_longest_filled_rows(vec![{parts}], {fill})", ITEM, pure=False)


_ITERTOOLS: tuple[Row, ...] = (
    Row("itertools.count", "(start: int = 0, step: int = 1) -> iter[int]",
        f"{_TOOLS}::count({{start}}, {{step}})", pure=False),
    Row("itertools.count", "(start: &num, step: &num) -> iter[num]",
        f"{_TOOLS}::count_num({{start}}, {{step}})", pure=False),
    Row("itertools.count", "(start: float, step: float = 1.0) -> iter[float]",
        f"{_TOOLS}::count_float({{start}}, {{step}})", pure=False),
    Row("itertools.cycle", "(items: iterable[T]) -> iter[T]", f"{_TOOLS}::cycle({{items}})",
        pure=False),
    Row("itertools.repeat", "(x: T) -> iter[T]", f"{_TOOLS}::repeat({{x}})", pure=False),
    Row("itertools.repeat", "(x: T, times: i64) -> iter[T]",
        f"{_TOOLS}::repeat_n({{x}}, {{times}})", pure=False),
    *(_chain(arity) for arity in range(1, 7)),
    Row("itertools.chain.from_iterable", "(inputs: iterable[list[T]]) -> iter[T]",
        f"{_TOOLS}::chain_all({{inputs}})", pure=False),
    Row("itertools.chain.from_iterable", "(inputs: iterable[vartuple[T]]) -> iter[T]",
        f"{_TOOLS}::chain_all({{inputs}})", pure=False),
    Row("itertools.chain.from_iterable", "(inputs: iterable[set[T]]) -> iter[T]",
        f"{_TOOLS}::chain_all({{inputs}})", pure=False),
    Row("itertools.chain.from_iterable", "(inputs: iterable[str]) -> iter[str]",
        f"{_TOOLS}::chain_all({{inputs}})", pure=False),
    Row("itertools.chain.from_iterable", "(inputs: iterable[range]) -> iter[int]",
        f"{_TOOLS}::chain_all({{inputs}})", pure=False),
    Row("itertools.chain.from_iterable", "(inputs: iterable[value]) -> iter[value]",
        f"{_TOOLS}::chain_values({{inputs}})", pure=False),
    *(
        Row("itertools.chain.from_iterable", f"(inputs: iterable[{kind}]) -> iter[{item}]",
            f"{_TOOLS}::chain_all({{inputs}})", pure=False)
        for kind, item in (("frozenset[T]", "T"), ("deque[T]", "T"), ("dict[K, V]", "K"),
                           ("dict_keys[K, V]", "K"), ("dict_values[K, V]", "V"),
                           ("bytes", "int"))
    ),
    Row("itertools.chain.from_iterable", "(inputs: iterable[iter[T]]) -> iter[T]",
        f"{_TOOLS}::chain_from({{inputs}})", pure=False),
    Row("itertools.islice", "(items: iterable[T], stop: &int?) -> iter[T]",
        f"{_TOOLS}::islice_to({{items}}, {{stop}})", ("ValueError",), pure=False),
    Row("itertools.islice",
        "(items: iterable[T], start: &int?, stop: &int?, step: &int? = None) -> iter[T]",
        f"{_TOOLS}::islice({{items}}, {{start}}, {{stop}}, {{step}})", ("ValueError",),
        pure=False),
    Row("itertools.takewhile", "(test: fn(T) -> R, items: iterable[T]) -> iter[T]",
        f"{_TOOLS}::takewhile({{test}}, {{items}})", pure=False),
    Row("itertools.dropwhile", "(test: fn(T) -> R, items: iterable[T]) -> iter[T]",
        f"{_TOOLS}::dropwhile({{test}}, {{items}})", pure=False),
    Row("itertools.filterfalse", "(test: none, items: iterable[T]) -> iter[T]",
        f"{_TOOLS}::filterfalse(Ok, {{items}})", pure=False),
    Row("itertools.filterfalse", "(test: fn(T) -> R, items: iterable[T]) -> iter[T]",
        f"{_TOOLS}::filterfalse({{test}}, {{items}})", pure=False),
    Row("itertools.compress", "(items: iterable[T], selectors: iterable[S]) -> iter[T]",
        f"{_TOOLS}::compress({{items}}, {{selectors}})", pure=False),
    *(
        Row("itertools.starmap",
            f"(f: fn({letters}) -> R, items: iterable[tuple[{letters}]]) -> iter[R]",
            f"{_TOOLS}::starmap{arity}({{f}}, {{items}})", pure=False)
        for arity, letters in ((1, "A"), (2, "A, B"), (3, "A, B, C"), (4, "A, B, C, D"))
    ),
    Row("itertools.starmap", "(f: value, items: iterable[vartuple[T]]) -> iter[value]",
        f"{_TOOLS}::starmap_dynamic({{f}}, {{items}})", pure=False),
    Row("itertools.pairwise", "(items: iterable[T]) -> iter[tuple[T, T]]",
        f"{_TOOLS}::pairwise({{items}})", pure=False),
    Row("itertools.accumulate", "(items: iterable[int], initial: int? = None) -> iter[int]",
        f"{_TOOLS}::accumulate_int({{items}}, {{initial}})", pure=False),
    Row("itertools.accumulate", "(items: iterable[float], initial: float? = None) -> iter[float]",
        f"{_TOOLS}::accumulate_float({{items}}, {{initial}})", pure=False),
    *(
        Row("itertools.accumulate", f"(items: iterable[{kind}], initial: {kind}? = None) -> iter[{kind}]",
            f"{_TOOLS}::accumulate({{items}}, {plus}, {{initial}})", pure=False)
        for kind, plus in (("str", "|a, b| Ok(&a + &b)"), ("num", "|a, b| num::add(&a, &b)"),
                           ("list[T]", "|a, b| Ok(a.add(&b))"))
    ),
    Row("itertools.accumulate", "(items: iterable[value], initial: value) -> iter[value]",
        f"{_TOOLS}::accumulate({{items}}, |a, b| dynamic::add(&a, &b), Some({{initial}}))", pure=False),
    Row("itertools.accumulate", "(items: iterable[value], initial: none = None) -> iter[value]",
        f"{_TOOLS}::accumulate({{items}}, |a, b| dynamic::add(&a, &b), None)", pure=False),
    Row("itertools.accumulate",
        "(items: iterable[T], func: fn(T, T) -> T, initial: none = None) -> iter[T]",
        f"{_TOOLS}::accumulate({{items}}, {{func}}, None)", pure=False),
    Row("itertools.accumulate",
        "(items: iterable[T], func: fn(T, T) -> T, initial: T) -> iter[T]",
        f"{_TOOLS}::accumulate({{items}}, {{func}}, Some({{initial}}))", pure=False),
    Row("itertools.zip_longest", "(a: iterable[A], b: iterable[B]) -> iter[tuple[A?, B?]]",
        f"{_TOOLS}::zip_longest({{a}}, {{b}})", pure=False),
    Row("itertools.zip_longest",
        "(a: iterable[T], b: iterable[T], fillvalue: T) -> iter[tuple[T, T]]",
        f"{_TOOLS}::zip_longest_filled({{a}}, {{b}}, {{fillvalue}})", pure=False),
    Row("itertools.zip_longest", "(a: iterable[A], b: iterable[B], fillvalue: none) -> iter[tuple[A?, B?]]",
        f"{_TOOLS}::zip_longest({{a}}, {{b}})", pure=False),
    *(_zip_longest(arity) for arity in (3, 4, 5)),
    *(_zip_longest_of(arity, "T", ", fillvalue: T", "{fillvalue}") for arity in (3, 4, 5)),
    *(_zip_longest_of(arity, "value", "", "Value::None") for arity in (2, 3, 4, 5)),
    *(
        Row("itertools.zip_longest*", f"(rows: iterable[{kind}], fillvalue: {item}) -> iter[vartuple[{item}]]",
            f"{_TOOLS}::zip_longest_filled_rows({_TOOLS}::walks({{rows}})?, {{fillvalue}})", ITEM, pure=False)
        for kind, item in _ROW_KINDS
    ),
    *(
        Row("itertools.zip_longest*", f"(rows: iterable[{kind}]) -> iter[vartuple[{item}?]]",
            f"{_TOOLS}::zip_longest_rows({_TOOLS}::walks({{rows}})?)", ITEM, pure=False)
        for kind, item in _ROW_KINDS
    ),
    *(
        Row("itertools.zip_longest*", f"(rows: iterable[{kind}[value]]) -> iter[vartuple[value]]",
            f"{_TOOLS}::zip_longest_filled_rows({_TOOLS}::walks({{rows}})?, Value::None)", ITEM, pure=False)
        for kind in ("list", "vartuple", "iter", "set")
    ),
    *(
        Row("itertools.zip_longest*", f"(rows: iterable[value]{given}) -> iter[vartuple[value]]",
            f"{_TOOLS}::zip_longest_filled_rows({_TOOLS}::walks({{rows}})?, {fill})", ITEM, pure=False)
        for given, fill in ((", fillvalue: value", "{fillvalue}"), ("", "Value::None"))
    ),
    Row("itertools.tee", "(items: iterable[T], n: i64) -> vartuple[iter[T]]",
        f"{_TOOLS}::tee_n({{items}}, {{n}})", ("ValueError",), pure=False),
    Row("itertools.tee", "(items: iterable[T]) -> tuple[iter[T], iter[T]]",
        f"{_TOOLS}::tee({{items}})", pure=False),
    Row("itertools.groupby", "(items: iterable[T], key: none = None) -> iter[tuple[T, iter[T]]]",
        f"{_TOOLS}::groupby({{items}}, Ok)", pure=False),
    Row("itertools.groupby", "(items: iterable[T], key: fn(T) -> K) -> iter[tuple[K, iter[T]]]",
        f"{_TOOLS}::groupby({{items}}, {{key}})", pure=False),
    Row("itertools.product", "(a: iterable[A]) -> iter[tuple[A]]", f"{_TOOLS}::product1({{a}})",
        ITEM, pure=False),
    Row("itertools.product", "(a: iterable[A], b: iterable[B]) -> iter[tuple[A, B]]",
        f"{_TOOLS}::product2({{a}}, {{b}})", ITEM, pure=False),
    Row("itertools.product",
        "(a: iterable[A], b: iterable[B], c: iterable[C]) -> iter[tuple[A, B, C]]",
        f"{_TOOLS}::product3({{a}}, {{b}}, {{c}})", ITEM, pure=False),
    Row("itertools.product",
        "(a: iterable[A], b: iterable[B], c: iterable[C], d: iterable[D])"
        " -> iter[tuple[A, B, C, D]]",
        f"{_TOOLS}::product4({{a}}, {{b}}, {{c}}, {{d}})", ITEM, pure=False),
    *(
        Row("itertools.product*", f"(rows: iterable[{kind}], repeat: i64 = 1) -> iter[vartuple[{item}]]",
            f"{_TOOLS}::product_rows({_TOOLS}::walks({{rows}})?, {{repeat}})", ITEM, pure=False)
        for kind, item in _ROW_KINDS
    ),
    Row("itertools.product",
        "(a: iterable[A], b: iterable[B], c: iterable[C], d: iterable[D], e: iterable[E])"
        " -> iter[tuple[A, B, C, D, E]]",
        f"{_TOOLS}::product5({{a}}, {{b}}, {{c}}, {{d}}, {{e}})", ITEM, pure=False),
    Row("itertools.product",
        "(a: iterable[A], b: iterable[B], c: iterable[C], d: iterable[D], e: iterable[E],"
        " f: iterable[F]) -> iter[tuple[A, B, C, D, E, F]]",
        f"{_TOOLS}::product6({{a}}, {{b}}, {{c}}, {{d}}, {{e}}, {{f}})", ITEM, pure=False),
    *(
        Row("itertools.product",
            f"({', '.join(f'{name}: iterable[T]' for name in names)}, repeat: i64) -> iter[vartuple[T]]",
            f"{_TOOLS}::product_rows(vec![{', '.join(f'{_TOOLS}::erase({{{name}}})' for name in names)}],"
            " {repeat})", ITEM, pure=False)
        for names in ("ab", "abc")
    ),
    Row("itertools.product", "(items: iterable[T], repeat: i64) -> iter[vartuple[T]]",
        f"{_TOOLS}::product_repeat({{items}}, {{repeat}})", ITEM, pure=False),
    Row("itertools.permutations", "(items: iterable[T], r: &int? = None) -> iter[vartuple[T]]",
        f"{_TOOLS}::permutations({{items}}, {{r}})", ITEM, pure=False),
    Row("itertools.combinations", "(items: iterable[T], r: i64) -> iter[vartuple[T]]",
        f"{_TOOLS}::combinations({{items}}, {{r}})", ITEM, pure=False),
    Row("itertools.combinations_with_replacement",
        "(items: iterable[T], r: i64) -> iter[vartuple[T]]",
        f"{_TOOLS}::combinations_with_replacement({{items}}, {{r}})", ITEM, pure=False),
)

_DEQUE: tuple[Row, ...] = (
    Row("collections.deque", "() -> deque[T]", "Deque::new()", pure=False),
    Row("collections.deque", "(maxlen: &int?) -> deque[T]",
        "Deque::collect(std::iter::empty(), {maxlen})", ITEM, pure=False),
    Row("collections.deque", "(items: iterable[T], maxlen: &int? = None) -> deque[T]",
        "Deque::collect({items}, {maxlen})", ITEM, pure=False),
    Row("len", "(x: &deque[T]) -> i64", "{x}.len()"),
    Row("getitem", "(self: &deque[T], index: index) -> T", "{self}.get({index})",
        ("IndexError",)),
    Row("setitem", "(self: &deque[T], index: index, value: T) -> none",
        "{self}.set({index}, {value})", ("IndexError",), pure=False),
    Row("delitem", "(self: &deque[T], index: index) -> none", "{self}.delete({index})",
        ("IndexError",), pure=False),
    Row("in", "(x: &T, items: &deque[T]) -> bool", "{items}.contains({x})", ITEM),
    Row("+", "(a: &deque[T], b: &deque[T]) -> deque[T]", "{a}.add({b})", pure=False),
    Row("*", "(a: &deque[T], n: i64) -> deque[T]", "{a}.mul({n})", ITEM, pure=False),
    Row("*", "(n: i64, a: &deque[T]) -> deque[T]", "{a}.mul({n})", ITEM, pure=False),
    Row("+=", "(self: &deque[T], other: &deque[T]) -> none", "{self}.extend_deque({other})",
        pure=False),
    Row("+=", "(self: &deque[T], items: iterable[T]) -> none", "{self}.extend({items})", ITEM,
        pure=False),
    Row("==", "(a: &deque[T], b: &deque[T]) -> bool", "{a}.py_eq({b})", ITEM),
    Row("!=", "(a: &deque[T], b: &deque[T]) -> bool", "{a}.py_ne({b})", ITEM),
    Row("<", "(a: &deque[T], b: &deque[T]) -> bool", "{a}.py_lt({b})", ITEM),
    Row("<=", "(a: &deque[T], b: &deque[T]) -> bool", "{a}.py_le({b})", ITEM),
    Row(">", "(a: &deque[T], b: &deque[T]) -> bool", "{a}.py_gt({b})", ITEM),
    Row(">=", "(a: &deque[T], b: &deque[T]) -> bool", "{a}.py_ge({b})", ITEM),
    Row("deque.maxlen", "(self: &deque[T]) -> int?", "{self}.maxlen()"),
    Row("deque.append", "(self: &deque[T], x: T) -> none", "{self}.append({x})", pure=False),
    Row("deque.appendleft", "(self: &deque[T], x: T) -> none", "{self}.appendleft({x})",
        pure=False),
    Row("deque.pop", "(self: &deque[T]) -> T", "{self}.pop()", ("IndexError",), pure=False),
    Row("deque.popleft", "(self: &deque[T]) -> T", "{self}.popleft()", ("IndexError",),
        pure=False),
    Row("deque.extend", "(self: &deque[T], other: &deque[T]) -> none",
        "{self}.extend_deque({other})", pure=False),
    Row("deque.extend", "(self: &deque[T], items: iterable[T]) -> none",
        "{self}.extend({items})", ITEM, pure=False),
    Row("deque.extendleft", "(self: &deque[T], items: iterable[T]) -> none",
        "{self}.extendleft({items})", ITEM, pure=False),
    Row("deque.rotate", "(self: &deque[T], n: i64 = 1) -> none", "{self}.rotate({n})",
        pure=False),
    Row("deque.clear", "(self: &deque[T]) -> none", "{self}.clear()", pure=False),
    Row("deque.reverse", "(self: &deque[T]) -> none", "{self}.reverse()", pure=False),
    Row("deque.copy", "(self: &deque[T]) -> deque[T]", "{self}.copy()", pure=False),
    Row("deque.insert", "(self: &deque[T], index: i64, x: T) -> none",
        "{self}.insert({index}, {x})", ("IndexError",), pure=False),
    Row("deque.remove", "(self: &deque[T], x: &T) -> none", "{self}.remove({x})",
        ("ValueError", *ITEM), pure=False),
    Row("deque.count", "(self: &deque[T], x: &T) -> i64", "{self}.count({x})", ITEM),
    Row("deque.index",
        "(self: &deque[T], x: &T, start: i64 = 0, stop: i64 = 9223372036854775807) -> i64",
        "{self}.index({x}, {start}, {stop})", ("ValueError", *ITEM)),
)

ROWS: tuple[Row, ...] = (
    *_RANGE, *_WALKS, *_LENGTHS, *_FOLDS, *_ITERTOOLS, *_DEQUE,
)
