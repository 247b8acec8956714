"""Rows of `array.array`. Its static types say what items are kept; the typecode is the
object's own: `array_float` (f, d), `array_int` (63 bits and less), `array_word` (L, Q),
`array_str` (u)."""

from __future__ import annotations

from portalis.translate.rows.row import Row

ANY = ("Exception",)
# The static type, what its items are kept as, what one item is in Python, and what is
# taken for an item without a detour through a dynamic value.
KINDS = (
    ("array_float", "f64", "float", ("float",)),
    ("array_int", "i64", "i64", ("&int",)),
    ("array_word", "Int", "int", ("&int",)),
    ("array_str", "Str", "str", ("&str",)),
)
ARRAYS = tuple(kind for kind, *_ in KINDS)
_ITEMS = {"array_float": "float", "array_int": "int", "array_word": "int", "array_str": "str"}
_BOUNDS = "start: &int?, stop: &int?, step: &int?"
_ORDER = {"==": "same", "!=": "differs", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


def _constructors(kind: str, rust: str, given: tuple[str, ...]) -> tuple[Row, ...]:
    name, made = f"array.{kind}", f"Array::<{rust}>"
    return (
        Row(name, f"(code: i64) -> {kind}", f"{made}::empty({{code}} as u8)", pure=False),
        *(
            Row(name, f"(code: i64, x: &{like}) -> {kind}",
                f"{made}::of_bytes({{code}} as u8, {{x}})", ANY, pure=False)
            for like in ("bytes", "bytearray")
        ),
        *(
            Row(name, f"(code: i64, x: {what}) -> {kind}",
                f"{made}::of_value({{code}} as u8, &{{x}}.to_value())", ANY, pure=False)
            for what in ("&str", "&array_str") if kind != "array_str"
        ),
        *(
            Row(name, f"(code: i64, x: iterable[{item.strip('&')}]) -> {kind}",
                f"{made}::collect({{code}} as u8, {{x}})", ANY, pure=False)
            for item in given
        ),
        Row(name, f"(code: i64, x: &value) -> {kind}", f"{made}::of_value({{code}} as u8, {{x}})",
            ANY, pure=False),
        Row(name, f"(code: i64, x: iterable[value]) -> {kind}",
            f"{made}::collect({{code}} as u8, {{x}})", ANY, pure=False),
    )  # fmt: skip


def _between(kind: str, other: str) -> tuple[Row, ...]:
    """Two arrays, of one static type or of two."""
    change = f"(self: &{kind}, x: &{other}) -> none"
    return (
        Row("+", f"(a: &{kind}, b: &{other}) -> {kind}", "{a}.add({b})", ANY, pure=False),
        *(
            Row(op, f"(a: &{kind}, b: &{other}) -> bool", f"{{a}}.{method}({{b}})", ANY)
            for op, method in _ORDER.items()
        ),
        Row("+=", change, "{self}.extend_array({x})", ANY, pure=False),
        Row(f"{kind}.extend", change, "{self}.extend_array({x})", ANY, pure=False),
        Row("setslice", f"(self: &{kind}, {_BOUNDS}, x: &{other}) -> none",
            "{self}.setslice({start}, {stop}, {step}, {x})", ANY, pure=False),
    )  # fmt: skip


def _change(kind: str, name: str, params: str, rust: str, result: str = "none") -> Row:
    return Row(name, f"(self: &{kind}{', ' * bool(params)}{params}) -> {result}",
               f"{{self}}.{rust}", ANY, pure=False)  # fmt: skip


def _items(kind: str, item: str, given: tuple[str, ...]) -> tuple[Row, ...]:
    """What takes an item, of its own type or of any."""
    return (
        *(
            row
            for x in (*given, "&value")
            for row in (
                _change(kind, "setitem", f"i: index, x: {x}", "set({i}, {x})"),
                _change(kind, f"{kind}.append", f"x: {x}", "append({x})"),
                _change(kind, f"{kind}.insert", f"i: i64, x: {x}", "insert({i}, {x})"),
            )
        ),
        *(
            _change(kind, f"{kind}.extend", f"x: iterable[{x.strip('&')}]", "extend({x})")
            for x in (*given, "&value")
        ),
        Row("getitem", f"(a: &{kind}, i: index) -> {item}", "{a}.get({i})", ("IndexError",)),
    )


def _methods(kind: str, item: str) -> tuple[Row, ...]:
    listed = "tolist" if item == "i64" else "to_list"
    bounds = "start: i64 = 0, stop: i64 = 9223372036854775807"
    return (
        Row("len", f"(x: &{kind}) -> i64", "{x}.len()"),
        Row("in", f"(x: &value, a: &{kind}) -> bool", "{a}.contains({x})", ANY),
        Row("*", f"(a: &{kind}, n: i64) -> {kind}", "{a}.mul({n})", ANY, pure=False),
        Row("*", f"(n: i64, a: &{kind}) -> {kind}", "{a}.mul({n})", ANY, pure=False),
        _change(kind, "*=", "n: i64", "mul_assign({n})"),
        _change(kind, "+=", "x: &value", "extend_value({x})"),
        _change(kind, "delitem", "i: index", "delete({i})"),
        _change(kind, "delslice", _BOUNDS, "delslice({start}, {stop}, {step})"),
        _change(kind, "setslice", f"{_BOUNDS}, x: &value",
                "setslice_value({start}, {stop}, {step}, {x})"),
        Row("getslice", f"(a: &{kind}, {_BOUNDS}) -> {kind}",
            "{a}.getslice({start}, {stop}, {step})", ANY, pure=False),
        _change(kind, f"{kind}.pop", "i: i64 = -1", "pop({i})", item),
        _change(kind, f"{kind}.remove", "x: &value", "remove({x})"),
        Row(f"{kind}.count", f"(self: &{kind}, x: &value) -> i64", "{self}.count({x})", ANY),
        Row(f"{kind}.index", f"(self: &{kind}, x: &value, {bounds}) -> i64",
            "{self}.index({x}, {start}, {stop})", ANY),
        Row(f"{kind}.reverse", f"(self: &{kind}) -> none", "{self}.reverse()", pure=False),
        _change(kind, f"{kind}.byteswap", "", "byteswap()"),
        _change(kind, f"{kind}.fromlist", "x: &list[T]", "fromlist({x})"),
        _change(kind, f"{kind}.fromlist", "x: &value", "fromlist_value({x})"),
        *(
            _change(kind, f"{kind}.frombytes", f"x: &{like}", "frombytes({x})")
            for like in ("bytes", "bytearray")
        ),
        Row(f"{kind}.tobytes", f"(self: &{kind}) -> bytes", "Bytes::from({self}.to_bytes())"),
        Row(f"{kind}.tolist", f"(self: &{kind}) -> list[{_ITEMS[kind]}]", f"{{self}}.{listed}()",
            pure=False),
        Row(f"{kind}.typecode", f"(self: &{kind}) -> str", "{self}.typecode()", data=True),
        Row(f"{kind}.itemsize", f"(self: &{kind}) -> i64", "{self}.itemsize()", data=True),
        # An array shows its bytes to what takes bytes.
        Row("bytes", f"(x: &{kind}) -> bytes", "Bytes::from({x}.to_bytes())", pure=False),
        Row("bytearray", f"(x: &{kind}) -> bytearray", "ByteArray::from({x}.to_bytes())",
            pure=False),
        *(
            Row("+", f"(a: &{like}, b: &{kind}) -> {like}",
                "{a}.add(&Bytes::from({b}.to_bytes()))", pure=False)
            for like in ("bytes", "bytearray")
        ),
        *(
            Row(name, f"(self: &bytearray, x: &{kind}) -> none",
                "{self}.extend_bytes(&Bytes::from({x}.to_bytes()))", pure=False)
            for name in ("+=", "bytearray.extend")
        ),
    )  # fmt: skip


_TEXT = (
    Row("array_str.tounicode", "(self: &array_str) -> str", "{self}.tounicode()"),
    Row("array_str.fromunicode", "(self: &array_str, text: &str) -> none",
        "{self}.fromunicode({text})", pure=False),
    *(
        row
        for kind in ARRAYS if kind != "array_str"
        for row in (
            Row(f"{kind}.tounicode", f"(self: &{kind}) -> str",
                '{self}.no_characters::<Str>("tounicode", None)', ("ValueError",), pure=False),
            Row(f"{kind}.fromunicode", f"(self: &{kind}, text: &str) -> none",
                '{self}.no_characters::<()>("fromunicode", Some({text}))', ("ValueError",),
                pure=False),
        )
    ),
    Row("array.typecodes", "-> str", "lit(stdlib::array::TYPECODES)"),
)  # fmt: skip

ROWS: tuple[Row, ...] = (
    *(row for kind, rust, _, given in KINDS for row in _constructors(kind, rust, given)),
    *(row for kind in ARRAYS for other in ARRAYS for row in _between(kind, other)),
    *(row for kind, _, item, given in KINDS for row in _items(kind, item, given)),
    *(row for kind, _, item, _ in KINDS for row in _methods(kind, item)),
    *_TEXT,
)
