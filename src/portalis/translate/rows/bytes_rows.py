"""Rows of bytes and bytearray: constructors, operators, methods."""

from __future__ import annotations

from portalis.translate.rows.row import Row

_SIZE_ERRORS = ("OverflowError", "MemoryError")
_ENCODE_ERRORS = ("LookupError", "UnicodeEncodeError")

# The Python name of each type and its Rust name; both methods and arguments take either.
_TYPES = (("bytes", "Bytes"), ("bytearray", "ByteArray"))
_LIKE = ("bytes", "bytearray")

_ORDER = {"<": "is_lt", "<=": "is_le", ">": "is_gt", ">=": "is_ge"}

_TESTS = (
    "isalnum",
    "isalpha",
    "isascii",
    "isdigit",
    "islower",
    "isspace",
    "istitle",
    "isupper",
)
_PLAIN = ("upper", "lower", "title", "capitalize", "swapcase")


def _constructors(kind: str, rust: str) -> tuple[Row, ...]:
    return (
        Row(kind, f"() -> {kind}", f"{rust}::from(Vec::new())", pure=False),
        Row(
            kind,
            f"(count: &int) -> {kind}",
            f"{rust}::zeros({{count}})",
            ("ValueError", *_SIZE_ERRORS),
            pure=False,
        ),
        *(
            Row(kind, f"(x: &{like}) -> {kind}", f"{rust}::copy_of({{x}})", pure=False)
            for like in _LIKE
        ),
        Row(
            kind,
            f"(x: &str, encoding: &str, errors: &str = 'strict') -> {kind}",
            f"{rust}::encoded({{x}}, {{encoding}}, {{errors}})",
            _ENCODE_ERRORS,
            pure=False,
        ),
        Row(
            kind,
            f"(items: iterable[int]) -> {kind}",
            f"{rust}::collect({{items}})",
            ("Exception",),
            pure=False,
        ),
        Row(
            f"{kind}.fromhex",
            f"(text: &str) -> {kind}",
            f"{rust}::fromhex({{text}})",
            ("ValueError",),
            pure=False,
        ),
        *(
            Row(
                f"{kind}.maketrans",
                f"(x: &{a}, y: &{b}) -> bytes",
                "Bytes::maketrans({x}, {y})",
                ("ValueError",),
            )
            for a in _LIKE
            for b in _LIKE
        ),
    )


def _operators(kind: str) -> tuple[Row, ...]:
    return (
        *(Row("+", f"(a: &{kind}, b: &{like}) -> {kind}", "{a}.add({b})") for like in _LIKE),
        Row("*", f"(a: &{kind}, n: &int) -> {kind}", "{a}.mul({n})", _SIZE_ERRORS),
        Row("*", f"(n: &int, a: &{kind}) -> {kind}", "{a}.mul({n})", _SIZE_ERRORS),
        *(Row("==", f"(a: &{kind}, b: &{like}) -> bool", "{a}.same({b})") for like in _LIKE),
        *(Row("!=", f"(a: &{kind}, b: &{like}) -> bool", "!{a}.same({b})") for like in _LIKE),
        *(
            Row(op, f"(a: &{kind}, b: &{like}) -> bool", f"{{a}}.order({{b}}).{test}()")
            for op, test in _ORDER.items()
            for like in _LIKE
        ),
        *(Row("in", f"(sub: &{like}, a: &{kind}) -> bool", "{a}.contains({sub})") for like in _LIKE),
        Row("in", f"(sub: &int, a: &{kind}) -> bool", "{a}.contains_int({sub})", ("ValueError",)),
        Row("getitem", f"(a: &{kind}, i: index) -> i64", "{a}.get({i})", ("IndexError",)),
        Row(
            "getslice",
            f"(a: &{kind}, start: &int?, stop: &int?, step: &int?) -> {kind}",
            "{a}.getslice({start}, {stop}, {step})",
            ("ValueError",),
            pure=False,
        ),
    )


def _searches(kind: str, name: str, result: str, raises: tuple[str, ...] = ()) -> tuple[Row, ...]:
    bounds = "start: i64 = 0, end: i64 = 9223372036854775807"
    optional = "start: &int?, end: &int? = None"
    rows: list[Row] = []
    for what in ("&bytes", "&bytearray"):
        rows.append(
            Row(
                f"{kind}.{name}",
                f"(self: &{kind}, x: {what}, {bounds}) -> {result}",
                f"{{self}}.{name}({{x}}, {{start}}, {{end}})",
                raises,
            )
        )
        rows.append(
            Row(
                f"{kind}.{name}",
                f"(self: &{kind}, x: {what}, {optional}) -> {result}",
                f"{{self}}.{name}({{x}}, Str::start({{start}}), Str::end({{end}}))",
                raises,
            )
        )
    if result == "i64":
        # An int stands for the one byte.
        rows.append(
            Row(
                f"{kind}.{name}",
                f"(self: &{kind}, x: &int, {bounds}) -> {result}",
                f"{{self}}.{name}_int({{x}}, {{start}}, {{end}})",
                ("ValueError",),
            )
        )
    return tuple(rows)


def _methods(kind: str) -> tuple[Row, ...]:
    return (
        *_searches(kind, "find", "i64"),
        *_searches(kind, "rfind", "i64"),
        *_searches(kind, "index", "i64", ("ValueError",)),
        *_searches(kind, "rindex", "i64", ("ValueError",)),
        *_searches(kind, "count", "i64"),
        *_searches(kind, "startswith", "bool"),
        *_searches(kind, "endswith", "bool"),
        *(
            Row(
                f"{kind}.{name}",
                f"(self: &{kind}, x: &tuple[{', '.join(['bytes'] * size)}]) -> bool",
                f"{{self}}.{name}({{x}}, 0, i64::MAX)",
            )
            for name in ("startswith", "endswith")
            for size in range(1, 7)
        ),
        *(Row(f"{kind}.{n}", f"(self: &{kind}) -> bool", f"{{self}}.{n}()") for n in _TESTS),
        *(
            Row(f"{kind}.{n}", f"(self: &{kind}) -> {kind}", f"{{self}}.{n}()", pure=False)
            for n in _PLAIN
        ),
        *(
            Row(
                f"{kind}.{name}",
                f"(self: &{kind}, chars: &bytes? = None) -> {kind}",
                f"{{self}}.{name}({{chars}})",
                pure=False,
            )
            for name in ("strip", "lstrip", "rstrip")
        ),
        *(
            Row(
                f"{kind}.{name}",
                f"(self: &{kind}, sep: &bytes? = None, maxsplit: i64 = -1) -> list[{kind}]",
                f"{{self}}.{name}({{sep}}, {{maxsplit}})",
                ("ValueError",),
                pure=False,
            )
            for name in ("split", "rsplit")
        ),
        Row(
            f"{kind}.splitlines",
            f"(self: &{kind}, keepends: bool = False) -> list[{kind}]",
            "{self}.splitlines({keepends})",
            pure=False,
        ),
        *(
            Row(
                f"{kind}.join",
                f"(self: &{kind}, items: iterable[{like}]) -> {kind}",
                "{self}.join({items})",
                ("Exception",),
                pure=False,
            )
            for like in _LIKE
        ),
        *(
            Row(
                f"{kind}.replace",
                f"(self: &{kind}, old: &{a}, new: &{b}, count: i64 = -1) -> {kind}",
                "{self}.replace({old}, {new}, {count})",
                pure=False,
            )
            for a in _LIKE
            for b in _LIKE
        ),
        *(
            Row(
                f"{kind}.{name}",
                f"(self: &{kind}, x: &{like}) -> {kind}",
                f"{{self}}.{name}({{x}})",
                pure=False,
            )
            for name in ("removeprefix", "removesuffix")
            for like in _LIKE
        ),
        *(
            row
            for name in ("center", "ljust", "rjust")
            for row in (
                Row(
                    f"{kind}.{name}",
                    f"(self: &{kind}, width: i64) -> {kind}",
                    f'{{self}}.{name}({{width}}, &Bytes::lit(b" "))',
                    ("MemoryError",),
                    pure=False,
                ),
                Row(
                    f"{kind}.{name}",
                    f"(self: &{kind}, width: i64, fill: &bytes) -> {kind}",
                    f"{{self}}.{name}({{width}}, {{fill}})",
                    ("MemoryError", "TypeError"),
                    pure=False,
                ),
            )
        ),
        Row(
            f"{kind}.zfill",
            f"(self: &{kind}, width: i64) -> {kind}",
            "{self}.zfill({width})",
            ("MemoryError",),
            pure=False,
        ),
        Row(
            f"{kind}.expandtabs",
            f"(self: &{kind}, tabsize: &int = 8) -> {kind}",
            "{self}.expandtabs({tabsize})",
            ("OverflowError",),
            pure=False,
        ),
        Row(
            f"{kind}.translate",
            f"(self: &{kind}, table: &bytes?, delete: &bytes = b'') -> {kind}",
            "{self}.translate({table}, {delete})",
            ("ValueError",),
            pure=False,
        ),
        Row(
            f"{kind}.decode",
            f"(self: &{kind}, encoding: &str = 'utf-8', errors: &str = 'strict') -> str",
            "{self}.decode({encoding}, {errors})",
            ("LookupError", "UnicodeDecodeError"),
        ),
        Row(f"{kind}.hex", f"(self: &{kind}) -> str", "{self}.hex(None, 1)", ("ValueError",)),
        Row(
            f"{kind}.hex",
            f"(self: &{kind}, sep: &str, bytes_per_sep: i64 = 1) -> str",
            "{self}.hex(Some({sep}), {bytes_per_sep})",
            ("ValueError",),
        ),
    )


_PARTITIONS: tuple[Row, ...] = tuple(
    Row(
        f"{kind}.{name}",
        f"(self: &{kind}, sep: &bytes) -> tuple[{kind}, {kind}, {kind}]",
        f"{{self}}.{name}({{sep}})",
        ("ValueError",),
        pure=False,
    )
    for kind in _LIKE
    for name in ("partition", "rpartition")
)


def _array(name: str, params: str, rust: str, raises: tuple[str, ...] = ()) -> Row:
    return Row(name, f"(self: &bytearray{params}) -> none", rust, raises, pure=False)


_BYTE = ("ValueError",)
_PLACE = ("IndexError",)

CHANGES: tuple[Row, ...] = (
    _array("setitem", ", i: index, x: &int", "{self}.set({i}, {x})", ("IndexError", "ValueError")),
    _array("delitem", ", i: index", "{self}.delete({i})", _PLACE),
    *(
        _array(
            "setslice",
            f", start: &int?, stop: &int?, step: &int?, x: &{like}",
            "{self}.setslice({start}, {stop}, {step}, {x})",
            ("ValueError",),
        )
        for like in _LIKE
    ),
    _array(
        "setslice",
        ", start: &int?, stop: &int?, step: &int?, x: iterable[int]",
        "{self}.setslice_from({start}, {stop}, {step}, {x})",
        ("Exception",),
    ),
    _array(
        "delslice",
        ", start: &int?, stop: &int?, step: &int?",
        "{self}.delslice({start}, {stop}, {step})",
        ("ValueError",),
    ),
    *(_array("+=", f", x: &{like}", "{self}.extend_bytes({x})") for like in _LIKE),
    _array("*=", ", n: &int", "{self}.mul_assign({n})", _SIZE_ERRORS),
    _array("bytearray.append", ", x: &int", "{self}.append({x})", _BYTE),
    *(
        _array("bytearray.extend", f", x: &{like}", "{self}.extend_bytes({x})")
        for like in _LIKE
    ),
    Row("bytearray", "(x: &value) -> bytearray", "ByteArray::of_value({x})", ("Exception",),
        pure=False),
    _array("bytearray.extend", ", x: &value", "{self}.extend_value({x})", ("Exception",)),
    _array("bytearray.extend", ", x: iterable[int]", "{self}.extend({x})", ("Exception",)),
    _array("bytearray.insert", ", i: i64, x: &int", "{self}.insert({i}, {x})", _BYTE),
    _array("bytearray.remove", ", x: &int", "{self}.remove({x})", _BYTE),
    _array("bytearray.reverse", "", "{self}.reverse()"),
    _array("bytearray.clear", "", "{self}.clear()"),
    Row(
        "bytearray.pop",
        "(self: &bytearray, i: i64 = -1) -> i64",
        "{self}.pop({i})",
        _PLACE,
        pure=False,
    ),
    Row("bytearray.copy", "(self: &bytearray) -> bytearray", "{self}.copy()", pure=False),
)

# Numbers from ASCII digits.
_NUMBERS: tuple[Row, ...] = tuple(
    Row(
        "int",
        f"(x: &{like}, base: i64 = 10) -> int",
        "Int::parse_bytes({x}, {base})",
        ("ValueError",),
    )
    for like in _LIKE
)

ROWS: tuple[Row, ...] = (
    *(row for kind, rust in _TYPES for row in _constructors(kind, rust)),
    *(row for kind in _LIKE for row in _operators(kind)),
    *(row for kind in _LIKE for row in _methods(kind)),
    *_PARTITIONS,
    *CHANGES,
    *_NUMBERS,
)
