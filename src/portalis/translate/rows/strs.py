"""Rows of str: operators, methods, `ord`, `chr`, `str`, `repr`, `format`, `string.*`."""

from __future__ import annotations

from portalis.translate.rows.row import Row

_SIZE_ERRORS = ("OverflowError", "MemoryError")
_ANY_ERROR = ("Exception",)

OPERATORS: tuple[Row, ...] = (
    Row("+", "(a: &str, b: &str) -> str", "{a} + {b}"),
    # By value: the left text grows in place when nobody else holds it.
    Row("+=", "(a: str, b: &str) -> str", "{a} + {b}"),
    Row("*", "(a: &str, n: &int) -> str", "{a}.mul({n})", _SIZE_ERRORS),
    Row("*", "(n: &int, a: &str) -> str", "{a}.mul({n})", _SIZE_ERRORS),
    Row("in", "(sub: &str, a: &str) -> bool", "{a}.contains({sub})"),
    *(
        Row(op, "(a: &str, b: &str) -> bool", f"{{a}} {op} {{b}}")
        for op in ("==", "!=", "<", "<=", ">", ">=")
    ),
    Row("getitem", "(a: &str, i: index) -> str", "{a}.get({i})", ("IndexError",)),
    Row(
        "getslice",
        "(a: &str, start: &int?, stop: &int?, step: &int?) -> str",
        "{a}.getslice({start}, {stop}, {step})",
        ("ValueError",),
    ),
)


def _searches(name: str, what: str, result: str, raises: tuple[str, ...] = ()) -> tuple[Row, ...]:
    """A method with optional `start` and `end`: as 64-bit ints, else as `int?`."""
    return (
        Row(
            f"str.{name}",
            f"(self: &str, x: {what}, start: i64 = 0, end: i64 = 9223372036854775807) -> {result}",
            f"{{self}}.{name}({{x}}, {{start}}, {{end}})",
            raises,
        ),
        Row(
            f"str.{name}",
            f"(self: &str, x: {what}, start: &int?, end: &int? = None) -> {result}",
            f"{{self}}.{name}({{x}}, Str::start({{start}}), Str::end({{end}}))",
            raises,
        ),
    )


_AFFIXES = (
    "&str",
    "&vartuple[str]",
    *(f"&tuple[{', '.join(['str'] * size)}]" for size in range(1, 9)),
)

SEARCHES: tuple[Row, ...] = (
    *_searches("find", "&str", "i64"),
    *_searches("rfind", "&str", "i64"),
    *_searches("index", "&str", "i64", ("ValueError",)),
    *_searches("rindex", "&str", "i64", ("ValueError",)),
    *_searches("count", "&str", "i64"),
    *(row for what in _AFFIXES for row in _searches("startswith", what, "bool")),
    *(row for what in _AFFIXES for row in _searches("endswith", what, "bool")),
)

_PLAIN = ("upper", "lower", "title", "capitalize", "swapcase", "casefold")
_TESTS = (
    "isalnum",
    "isalpha",
    "isascii",
    "isdecimal",
    "isdigit",
    "isidentifier",
    "islower",
    "isnumeric",
    "isprintable",
    "isspace",
    "istitle",
    "isupper",
)

METHODS: tuple[Row, ...] = (
    *(Row(f"str.{name}", "(self: &str) -> str", f"{{self}}.{name}()") for name in _PLAIN),
    *(Row(f"str.{name}", "(self: &str) -> bool", f"{{self}}.{name}()") for name in _TESTS),
    *(
        Row(
            f"str.{name}",
            "(self: &str, chars: &str? = None) -> str",
            f"{{self}}.{name}({{chars}})",
        )
        for name in ("strip", "lstrip", "rstrip")
    ),
    *(
        Row(
            f"str.{name}",
            "(self: &str, sep: &str? = None, maxsplit: i64 = -1) -> list[str]",
            f"{{self}}.{name}({{sep}}, {{maxsplit}})",
            ("ValueError",),
            pure=False,
        )
        for name in ("split", "rsplit")
    ),
    Row(
        "str.splitlines",
        "(self: &str, keepends: bool = False) -> list[str]",
        "{self}.splitlines({keepends})",
        pure=False,
    ),
    *(
        Row(
            f"str.{name}",
            "(self: &str, sep: &str) -> tuple[str, str, str]",
            f"{{self}}.{name}({{sep}})",
            ("ValueError",),
        )
        for name in ("partition", "rpartition")
    ),
    Row(
        "str.join",
        "(self: &str, items: iterable[str]) -> str",
        "{self}.join({items})",
        _ANY_ERROR,
        pure=False,
    ),
    Row(
        "str.replace",
        "(self: &str, old: &str, new: &str, count: i64 = -1) -> str",
        "{self}.replace({old}, {new}, {count})",
    ),
    Row("str.removeprefix", "(self: &str, x: &str) -> str", "{self}.removeprefix({x})"),
    Row("str.removesuffix", "(self: &str, x: &str) -> str", "{self}.removesuffix({x})"),
    *(
        row
        for name in ("center", "ljust", "rjust")
        for row in (
            Row(
                f"str.{name}",
                "(self: &str, width: i64) -> str",
                f'{{self}}.{name}({{width}}, &Str::lit(" "))',
                ("MemoryError",),
            ),
            Row(
                f"str.{name}",
                "(self: &str, width: i64, fill: &str) -> str",
                f"{{self}}.{name}({{width}}, {{fill}})",
                ("MemoryError", "TypeError"),
            ),
        )
    ),
    Row("str.zfill", "(self: &str, width: i64) -> str", "{self}.zfill({width})", ("MemoryError",)),
    Row(
        "str.expandtabs",
        "(self: &str, tabsize: &int = 8) -> str",
        "{self}.expandtabs({tabsize})",
        ("OverflowError",),
    ),
    Row(
        "str.encode",
        "(self: &str, encoding: &str = 'utf-8', errors: &str = 'strict') -> bytes",
        "{self}.encode({encoding}, {errors})",
        ("LookupError", "UnicodeEncodeError"),
    ),
    Row(
        "str.translate",
        "(self: &str, table: &dict[int, T]) -> str",
        "{self}.translate({table})",
        ("TypeError", "ValueError"),
        pure=False,
    ),
    Row(
        "str.maketrans",
        "(table: &dict[str, T]) -> dict[int, T]",
        "Str::maketrans_map({table})",
        ("ValueError",),
        pure=False,
    ),
    Row(
        "str.maketrans",
        "(table: &dict[int, T]) -> dict[int, T]",
        "{table}.copy()",
        pure=False,
    ),
    Row(
        "str.maketrans",
        "(x: &str, y: &str) -> dict[int, int]",
        "Str::maketrans({x}, {y})",
        ("ValueError",),
        pure=False,
    ),
    Row(
        "str.maketrans",
        "(x: &str, y: &str, z: &str) -> dict[int, int?]",
        "Str::maketrans_dropping({x}, {y}, {z})",
        ("ValueError",),
        pure=False,
    ),
    Row(
        "str.format_map",
        "(self: &str, mapping: &dict[str, T]) -> str",
        "{self}.format_dict({mapping})",
        _ANY_ERROR,
        pure=False,
    ),
)

BUILTINS: tuple[Row, ...] = (
    Row("ord", "(c: &str) -> i64", "{c}.ord()", ("TypeError",)),
    Row("ord", "(c: &bytes) -> i64", "{c}.ord()", ("TypeError",)),
    Row("ord", "(c: &bytearray) -> i64", "{c}.ord()", ("TypeError",)),
    Row("chr", "(i: &int) -> str", "Str::chr({i})", ("ValueError", "OverflowError")),
    Row("str", "() -> str", "Str::EMPTY"),
    Row("str", "(x: &str) -> str", "{x}.clone()"),
    Row(
        "str",
        "(x: &bytes, encoding: &str, errors: &str = 'strict') -> str",
        "{x}.decode({encoding}, {errors})",
        ("LookupError", "UnicodeDecodeError"),
    ),
    Row("str", "(x: any) -> str", "{x}.py_str()", _ANY_ERROR, pure=False),
    Row("repr", "(x: any) -> str", "{x}.py_repr()", _ANY_ERROR, pure=False),
    Row("ascii", "(x: any) -> str", "Str::ascii({x})", _ANY_ERROR, pure=False),
    Row(
        "format",
        "(x: any, spec: &str = '') -> str",
        "Str::formatted({x}, {spec})",
        _ANY_ERROR,
        pure=False,
    ),
)

_CONSTANTS = (
    "ascii_letters",
    "ascii_lowercase",
    "ascii_uppercase",
    "digits",
    "hexdigits",
    "octdigits",
    "printable",
    "punctuation",
    "whitespace",
)

MODULE: tuple[Row, ...] = (
    *(Row(f"string.{name}", "-> str", f"Str::{name.upper()}") for name in _CONSTANTS),
    Row(
        "string.capwords",
        "(s: &str, sep: &str? = None) -> str",
        "{s}.capwords({sep})",
        ("ValueError",),
    ),
)

ROWS: tuple[Row, ...] = (*OPERATORS, *SEARCHES, *METHODS, *BUILTINS, *MODULE)
