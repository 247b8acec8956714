"""Floats and `num` (an int at one time, a float at another): operators, methods, builtins.

Mixed arithmetic of ints and floats has no rows: the compiler converts the int, as
Python does. Comparisons are exact, so they have rows of their own.
"""

from __future__ import annotations

from portalis.translate.rows.row import Row

_ZERO = ("ZeroDivisionError",)
_CONVERT = ("ValueError", "OverflowError")
# `num` converts its int to a float when it meets one.
_NUM = ("OverflowError",)
_NUM_ZERO = ("ZeroDivisionError", "OverflowError")
_POWER = ("ZeroDivisionError", "OverflowError", "TypeError")
_NUM_POWER = (*_POWER, "MemoryError")


def _mixed(
    name: str,
    result: str,
    rust: str,
    raises: tuple[str, ...] = (),
    left: str = "a",
    right: str = "b",
) -> tuple[Row, ...]:
    """A function of two nums, and of a num and an int or bool, which becomes a num.

    Without these an int would meet the rows of floats, and become a float.
    """
    whole = f"&Num::from({{{left}}})", f"&Num::from({{{right}}})"
    given = f"{{{left}}}", f"{{{right}}}"
    rows = [Row(name, f"({left}: &num, {right}: &num) -> {result}", rust.format(*given), raises)]
    for kind in ("int", "bool"):
        sig = f"({left}: &num, {right}: {kind}) -> {result}"
        rows.append(Row(name, sig, rust.format(given[0], whole[1]), raises))
        sig = f"({left}: {kind}, {right}: &num) -> {result}"
        rows.append(Row(name, sig, rust.format(whole[0], given[1]), raises))
    return tuple(rows)


def _comparison(op: str) -> tuple[Row, ...]:
    """Comparisons of two floats, of an int and a float, and of nums."""
    order = {
        "==": " == Some(std::cmp::Ordering::Equal)",
        "!=": " != Some(std::cmp::Ordering::Equal)",
        "<": " == Some(std::cmp::Ordering::Less)",
        "<=": ".is_some_and(std::cmp::Ordering::is_le)",
        ">": " == Some(std::cmp::Ordering::Greater)",
        ">=": ".is_some_and(std::cmp::Ordering::is_ge)",
    }[op]
    return (
        Row(op, "(a: float, b: float) -> bool", f"({{a}} {op} {{b}})"),
        Row(op, "(a: &int, b: float) -> bool", f"(Int::cmp_f64({{a}}, {{b}}){order})"),
        Row(op, "(a: float, b: &int) -> bool", f"(float::cmp_int({{a}}, {{b}}){order})"),
        *_mixed(op, "bool", f"({{}} {op} {{}})"),
        Row(op, "(a: &num, b: float) -> bool", f"({{a}} {op} &Num::Float({{b}}))"),
        Row(op, "(a: float, b: &num) -> bool", f"(&Num::Float({{a}}) {op} {{b}})"),
    )


def _with_num(op: str, name: str, raises: tuple[str, ...]) -> tuple[Row, ...]:
    """An operator of nums: with a float on either side the result is a float."""
    return (
        *_mixed(op, "num", f"num::{name}({{}}, {{}})", raises),
        Row(op, "(a: &num, b: float) -> float", f"num::{name}_float({{a}}, {{b}})", raises),
        Row(op, "(a: float, b: &num) -> float", f"num::float_{name}({{a}}, {{b}})", raises),
    )


_OPERATORS: tuple[Row, ...] = (
    Row("+", "(a: float, b: float) -> float", "({a} + {b})"),
    Row("-", "(a: float, b: float) -> float", "({a} - {b})"),
    Row("*", "(a: float, b: float) -> float", "({a} * {b})"),
    Row("/", "(a: float, b: float) -> float", "float::truediv({a}, {b})", _ZERO),
    Row("//", "(a: float, b: float) -> float", "float::floordiv({a}, {b})", _ZERO),
    Row("%", "(a: float, b: float) -> float", "float::pymod({a}, {b})", _ZERO),
    Row("**", "(a: float, b: float) -> float", "float::pow({a}, {b})", _POWER),
    Row("neg", "(a: float) -> float", "(-{a})"),
    Row("pos", "(a: float) -> float", "{a}"),
    *_with_num("+", "add", _NUM),
    *_with_num("-", "sub", _NUM),
    *_with_num("*", "mul", _NUM),
    *_mixed("/", "float", "num::truediv({}, {})", _NUM_ZERO),
    *_with_num("//", "floordiv", _NUM_ZERO),
    *_with_num("%", "pymod", _NUM_ZERO),
    *_with_num("**", "pow", _NUM_POWER),
    Row("neg", "(a: &num) -> num", "num::neg({a})"),
    Row("pos", "(a: num) -> num", "{a}"),
    *_comparison("=="),
    *_comparison("!="),
    *_comparison("<"),
    *_comparison("<="),
    *_comparison(">"),
    *_comparison(">="),
)

_METHODS: tuple[Row, ...] = (
    Row("float.is_integer", "(self: float) -> bool", "float::is_integer({self})"),
    Row(
        "float.as_integer_ratio",
        "(self: float) -> tuple[int, int]",
        "float::as_integer_ratio({self})",
        _CONVERT,
    ),
    Row("float.conjugate", "(self: float) -> float", "{self}"),
    Row("float.hex", "(self: float) -> str", "float::hex({self})"),
    Row("float.fromhex", "(string: &str) -> float", "float::fromhex({string})", _CONVERT),
)

_BUILTINS: tuple[Row, ...] = (
    Row("abs", "(x: float) -> float", "f64::abs({x})"),
    Row("abs", "(x: &num) -> num", "Num::abs({x})"),
    Row(
        "divmod",
        "(a: float, b: float) -> tuple[float, float]",
        "float::divmod({a}, {b})",
        _ZERO,
    ),
    *_mixed("divmod", "tuple[num, num]", "num::divmod({}, {})", _NUM_ZERO),
    Row("pow", "(base: float, exp: float) -> float", "float::pow({base}, {exp})", _POWER),
    *_mixed("pow", "num", "num::pow({}, {})", _NUM_POWER, "base", "exp"),
    Row("round", "(x: float) -> int", "float::round({x})", _CONVERT),
    Row("round", "(x: float, n: none) -> int", "float::round({x})", _CONVERT),
    Row("round", "(x: float, n: &int) -> float", "float::round_to({x}, {n})", _NUM),
    Row("round", "(x: &num) -> int", "num::round({x})", _CONVERT),
    Row("round", "(x: &num, n: none) -> int", "num::round({x})", _CONVERT),
    Row("round", "(x: &num, n: &int) -> num", "num::round_to({x}, {n})", _NUM),
    Row(
        "round",
        "(x: float, n: &int?) -> num",
        "num::round_perhaps(&Num::Float({x}), {n})",
        _CONVERT,
    ),
    Row("round", "(x: &num, n: &int?) -> num", "num::round_perhaps({x}, {n})", _CONVERT),
    Row("float", "() -> float", "0.0"),
    Row("float", "(x: float) -> float", "{x}"),
    Row("float", "(x: bool) -> float", "f64::from({x})"),
    Row("float", "(x: &int) -> float", "Int::to_f64({x})", _NUM),
    Row("float", "(x: &num) -> float", "Num::to_f64({x})", _NUM),
    Row("float", "(x: &str) -> float", "float::parse({x})", ("ValueError",)),
)

ROWS: tuple[Row, ...] = (*_OPERATORS, *_METHODS, *_BUILTINS)
