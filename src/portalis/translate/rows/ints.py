"""Ints and bools: operators, methods, and the builtins that make or take them.

Rows of whole `int` come before those with proven 64-bit operands (`i64`): an exact
match is preferred, and without one the first row is right for every int.
"""

from __future__ import annotations

from portalis.translate.rows.row import Row

_ZERO = ("ZeroDivisionError",)
_VALUE = ("ValueError",)
_SHIFT = ("ValueError", "OverflowError", "MemoryError")
_POWER = ("ZeroDivisionError", "OverflowError", "MemoryError")
_CONVERT = ("ValueError", "OverflowError")


def _arithmetic(op: str) -> tuple[Row, ...]:
    """`+ - *`: total on ints of any size."""
    return (
        Row(op, "(a: &int, b: &int) -> int", f"({{a}} {op} {{b}})"),
        Row(op, "(a: &int, b: i64) -> int", f"({{a}} {op} {{b}})"),
        Row(op, "(a: i64, b: &int) -> int", f"({{a}} {op} {{b}})"),
        Row(op, "(a: i64, b: i64) -> int", f"(Int::Small({{a}}) {op} {{b}})"),
    )


def _bitwise(op: str) -> tuple[Row, ...]:
    """`& | ^`: two bools give a bool, two 64-bit ints fit 64 bits."""
    return (
        Row(op, "(a: bool, b: bool) -> bool", f"({{a}} {op} {{b}})"),
        Row(op, "(a: &int, b: &int) -> int", f"({{a}} {op} {{b}})"),
        Row(op, "(a: &int, b: i64) -> int", f"({{a}} {op} {{b}})"),
        Row(op, "(a: i64, b: &int) -> int", f"({{a}} {op} {{b}})"),
        Row(op, "(a: i64, b: i64) -> i64", f"({{a}} {op} {{b}})"),
    )


def _comparison(op: str) -> tuple[Row, ...]:
    """Comparisons of ints and of bools."""
    return (
        Row(op, "(a: bool, b: bool) -> bool", f"({{a}} {op} {{b}})"),
        Row(op, "(a: &int, b: &int) -> bool", f"({{a}} {op} {{b}})"),
        Row(op, "(a: &int, b: i64) -> bool", f"({{a}} {op} {{b}})"),
        Row(op, "(a: i64, b: &int) -> bool", f"({{a}} {op} {{b}})"),
        Row(op, "(a: i64, b: i64) -> bool", f"({{a}} {op} {{b}})"),
    )


_OPERATORS: tuple[Row, ...] = (
    *_arithmetic("+"),
    *_arithmetic("-"),
    *_arithmetic("*"),
    *_bitwise("&"),
    *_bitwise("|"),
    *_bitwise("^"),
    *_comparison("=="),
    *_comparison("!="),
    *_comparison("<"),
    *_comparison("<="),
    *_comparison(">"),
    *_comparison(">="),
    Row("/", "(a: &int, b: &int) -> float", "int::truediv({a}, {b})", (*_ZERO, "OverflowError")),
    Row("/", "(a: i64, b: i64) -> float", "int::truediv_i64({a}, {b})", _ZERO),
    Row("//", "(a: &int, b: &int) -> int", "int::floordiv({a}, {b})", _ZERO),
    Row("//", "(a: &int, b: i64) -> int", "int::floordiv_small({a}, {b})", _ZERO),
    Row("%", "(a: &int, b: &int) -> int", "int::pymod({a}, {b})", _ZERO),
    Row("%", "(a: &int, b: i64) -> i64", "int::pymod_small({a}, {b})", _ZERO),
    Row("%", "(a: i64, b: i64) -> i64", "int::pymod_i64({a}, {b})", _ZERO),
    # The compiler picks `**nonneg` where it proved that the exponent is not negative.
    Row("**nonneg", "(a: &int, b: &int) -> int", "int::pow_int({a}, {b})", ("MemoryError",)),
    Row("**", "(a: &int, b: &int) -> num", "int::pow_num({a}, {b})", _POWER),
    Row("<<", "(a: &int, b: &int) -> int", "Int::shl({a}, {b})", _SHIFT),
    Row(">>", "(a: &int, b: &int) -> int", "Int::shr({a}, {b})", _VALUE),
    Row("neg", "(a: &int) -> int", "(-{a})"),
    Row("pos", "(a: int) -> int", "{a}"),
    Row("pos", "(a: i64) -> i64", "{a}"),
    Row("invert", "(a: &int) -> int", "(!{a})"),
    Row("invert", "(a: i64) -> i64", "(!{a})"),
)

_METHODS: tuple[Row, ...] = (
    Row("int.bit_length", "(self: &int) -> i64", "Int::bit_length({self})"),
    Row("int.bit_count", "(self: &int) -> i64", "Int::bit_count({self})"),
    Row("int.conjugate", "(self: int) -> int", "{self}"),
    Row(
        "int.as_integer_ratio",
        "(self: int) -> tuple[int, int]",
        "({self}, Int::ONE)",
    ),
    Row(
        "int.to_bytes",
        "(self: &int, length: i64 = 1, byteorder: &str = 'big', signed: bool = False) -> bytes",
        "Int::to_bytes({self}, {length}, {byteorder}.as_str(), {signed}).map(Bytes::from)",
        _CONVERT,
    ),
    Row(
        "int.from_bytes",
        "(bytes: &bytes, byteorder: &str = 'big', signed: bool = False) -> int",
        "Int::from_bytes({bytes}.as_slice(), {byteorder}.as_str(), {signed})",
        _VALUE,
    ),
)

_BUILTINS: tuple[Row, ...] = (
    Row("abs", "(x: &int) -> int", "Int::abs({x})"),
    Row("divmod", "(a: &int, b: &int) -> tuple[int, int]", "int::divmod({a}, {b})", _ZERO),
    Row("pow", "(base: &int, exp: &int) -> num", "int::pow_num({base}, {exp})", _POWER),
    Row(
        "pow",
        "(base: &int, exp: &int, mod: &int) -> int",
        "int::modpow({base}, {exp}, {mod})",
        _VALUE,
    ),
    Row("round", "(x: int) -> int", "{x}"),
    Row("round", "(x: int, n: none) -> int", "{x}"),
    Row("round", "(x: &int, n: &int) -> int", "Int::round_to({x}, {n})", ("MemoryError",)),
    Row("hex", "(x: &int) -> str", "int::hex({x})"),
    Row("oct", "(x: &int) -> str", "int::oct({x})"),
    Row("bin", "(x: &int) -> str", "int::bin({x})"),
    Row("int", "() -> int", "Int::ZERO"),
    Row("int", "(x: bool) -> int", "Int::from({x})"),
    Row("int", "(x: int) -> int", "{x}"),
    Row("int", "(x: i64) -> i64", "{x}"),
    Row("int", "(x: float) -> int", "Int::from_f64({x})", _CONVERT),
    Row("int", "(x: &num) -> int", "Num::to_int({x})", _CONVERT),
    Row("int", "(x: &str) -> int", "Int::parse({x})", _VALUE),
    Row("int", "(x: &str, base: i64) -> int", "Int::parse_radix({x}, {base})", _VALUE),
    Row("bool", "() -> bool", "false"),
    Row("bool", "(x: bool) -> bool", "{x}"),
    Row("bool", "(x: &int) -> bool", "({x} != 0)"),
    Row("bool", "(x: float) -> bool", "({x} != 0.0)"),
    Row("bool", "(x: &num) -> bool", "Num::truth({x})"),
    Row("bool", "(x: any) -> bool", "Py::py_truth({x})", ("Exception",)),
    Row("sys.get_int_max_str_digits", "() -> i64", "int::max_str_digits()"),
    Row(
        "sys.set_int_max_str_digits",
        "(maxdigits: i64) -> none",
        "int::set_max_str_digits({maxdigits})",
        _VALUE,
        pure=False,
    ),
)

ROWS: tuple[Row, ...] = (*_OPERATORS, *_METHODS, *_BUILTINS)
