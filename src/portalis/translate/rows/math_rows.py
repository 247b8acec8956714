"""The math module."""

from __future__ import annotations

from portalis.translate.rows.row import Row

_DOMAIN = ("ValueError",)
_RANGE = ("ValueError", "OverflowError")
_WHOLE = ("ValueError", "OverflowError")
_ANY = ("Exception",)


def _function(name: str, raises: tuple[str, ...] = ()) -> Row:
    """A function of one float."""
    return Row(f"math.{name}", "(x: float) -> float", f"math::{name}({{x}})", raises)


def _constant(name: str) -> Row:
    return Row(f"math.{name}", "-> float", f"math::{name.upper()}")


_ELEMENTARY: tuple[Row, ...] = (
    *(_function(name, _DOMAIN) for name in ("acos", "acosh", "asin", "atanh", "cos", "log1p")),
    *(_function(name, _DOMAIN) for name in ("sin", "sqrt", "tan")),
    *(_function(name, _RANGE) for name in ("cosh", "exp", "exp2", "expm1", "gamma", "lgamma")),
    _function("sinh", _RANGE),
    *(_function(name) for name in ("asinh", "atan", "cbrt", "degrees", "erf", "erfc", "fabs")),
    *(_function(name) for name in ("radians", "tanh", "ulp")),
    Row("math.log", "(x: float) -> float", "math::log({x})", _DOMAIN),
    Row("math.log", "(x: &int) -> float", "math::log_int({x})", _DOMAIN),
    Row("math.log", "(x: &num) -> float", "math::log_num({x})", _DOMAIN),
    Row(
        "math.log",
        "(x: &num, base: &num) -> float",
        "math::log_base({x}, {base})",
        ("ValueError", "ZeroDivisionError"),
    ),
    Row("math.log2", "(x: float) -> float", "math::log2({x})", _DOMAIN),
    Row("math.log2", "(x: &int) -> float", "math::log2_int({x})", _DOMAIN),
    Row("math.log10", "(x: float) -> float", "math::log10({x})", _DOMAIN),
    Row("math.log10", "(x: &int) -> float", "math::log10_int({x})", _DOMAIN),
    Row("math.log2", "(x: &num) -> float", "math::log2_num({x})", _DOMAIN),
    Row("math.log10", "(x: &num) -> float", "math::log10_num({x})", _DOMAIN),
    Row("math.atan2", "(y: float, x: float) -> float", "math::atan2({y}, {x})"),
    Row("math.copysign", "(x: float, y: float) -> float", "math::copysign({x}, {y})"),
    Row("math.fmod", "(x: float, y: float) -> float", "math::fmod({x}, {y})", _DOMAIN),
    Row("math.nextafter", "(x: float, y: float) -> float", "math::nextafter({x}, {y})"),
    Row("math.pow", "(x: float, y: float) -> float", "math::pow({x}, {y})", _RANGE),
    Row("math.remainder", "(x: float, y: float) -> float", "math::remainder({x}, {y})", _DOMAIN),
    Row("math.frexp", "(x: float) -> tuple[float, int]", "math::frexp({x})"),
    Row("math.ldexp", "(x: float, i: i64) -> float", "math::ldexp({x}, {i})", ("OverflowError",)),
    Row("math.modf", "(x: float) -> tuple[float, float]", "math::modf({x})"),
)

_WHOLES: tuple[Row, ...] = (
    *(
        row
        for name in ("floor", "ceil", "trunc")
        for row in (
            Row(f"math.{name}", "(x: float) -> int", f"math::{name}({{x}})", _WHOLE),
            Row(f"math.{name}", "(x: int) -> int", "{x}"),
            Row(f"math.{name}", "(x: &num) -> int", f"math::{name}_num({{x}})", _WHOLE),
            Row(f"math.{name}", "(x: &value) -> value", f"math::{name}_value({{x}})", _ANY),
        )
    ),
    Row(
        "math.comb",
        "(n: &int, k: &int) -> int",
        "math::comb({n}, {k})",
        ("ValueError", "OverflowError", "MemoryError"),
    ),
    Row("math.factorial", "(x: &int) -> int", "math::factorial({x})", (*_RANGE, "MemoryError")),
    Row("math.gcd", "(a: &int, b: &int) -> int", "math::gcd2({a}, {b})"),
    Row("math.gcd", "(*xs: int) -> int", "math::gcd({xs})"),
    Row("math.isqrt", "(n: &int) -> int", "math::isqrt({n})", _DOMAIN),
    Row("math.lcm", "(*xs: int) -> int", "math::lcm({xs})"),
    Row(
        "math.perm",
        "(n: &int, k: &int? = None) -> int",
        "math::perm({n}, {k})",
        (*_RANGE, "MemoryError"),
    ),
)

_TESTS: tuple[Row, ...] = (
    Row("math.isfinite", "(x: float) -> bool", "f64::is_finite({x})"),
    Row("math.isinf", "(x: float) -> bool", "f64::is_infinite({x})"),
    Row("math.isnan", "(x: float) -> bool", "f64::is_nan({x})"),
    Row(
        "math.isclose",
        "(a: float, b: float, rel_tol: float = 1e-09, abs_tol: float = 0.0) -> bool",
        "math::isclose({a}, {b}, {rel_tol}, {abs_tol})",
        _DOMAIN,
    ),
)

_SUMS: tuple[Row, ...] = (
    Row(
        "math.dist",
        "(p: iterable[float], q: iterable[float]) -> float",
        "math::dist({p}, {q})",
        _DOMAIN,
    ),
    Row("math.fsum", "(seq: iterable[float]) -> float", "math::fsum({seq})", _RANGE),
    Row("math.hypot", "(*coordinates: float) -> float", "math::hypot({coordinates})"),
    Row(
        "math.prod",
        "(xs: iterable[int], start: &int = 1) -> int",
        "math::prod_int({xs}, {start})",
        _ANY,
    ),
    Row(
        "math.prod",
        "(xs: iterable[num], start: &num) -> num",
        "math::prod_num({xs}, {start})",
        _ANY,
    ),
    Row(
        "math.prod",
        "(xs: iterable[float], start: float) -> float",
        "math::prod_float({xs}, {start})",
        _ANY,
    ),
    # The product of no floats is the int 1.
    Row(
        "math.prod",
        "(xs: iterable[num], start: &num = 1) -> num",
        "math::prod_num({xs}, {start})",
        _ANY,
    ),
    Row(
        "math.prod",
        "(xs: iterable[value], start: &value = 1) -> value",
        "math::prod_value({xs}, {start})",
        _ANY,
    ),
)

ROWS: tuple[Row, ...] = (
    *(_constant(name) for name in ("pi", "e", "tau", "inf", "nan")),
    *_ELEMENTARY,
    *_WHOLES,
    *_TESTS,
    *_SUMS,
)
