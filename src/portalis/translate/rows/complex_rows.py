"""Rows of complex numbers and of the cmath module."""

from __future__ import annotations

from portalis.translate.rows.row import Row

ANY = ("Exception",)
_ZERO = ("ZeroDivisionError",)
_POWER = ("ZeroDivisionError", "OverflowError")
_WIDE = "Complex::from"


def _operator(op: str, rust: str, raises: tuple[str, ...] = ()) -> tuple[Row, ...]:
    """An operator of complex numbers; a float, or an int, beside one becomes one."""
    return (
        Row(op, "(a: complex, b: complex) -> complex", rust.format("{a}", "{b}"), raises),
        Row(op, "(a: complex, b: float) -> complex", rust.format("{a}", f"{_WIDE}({{b}})"), raises),
        Row(op, "(a: float, b: complex) -> complex", rust.format(f"{_WIDE}({{a}})", "{b}"), raises),
        Row(op, "(a: complex, b: &num) -> complex",
            rust.format("{a}", f"{_WIDE}({{b}}.to_f64()?)"), (*raises, "OverflowError")),
        Row(op, "(a: &num, b: complex) -> complex",
            rust.format(f"{_WIDE}({{a}}.to_f64()?)", "{b}"), (*raises, "OverflowError")),
    )


def _equality(op: str, no: str) -> tuple[Row, ...]:
    return (
        Row(op, "(a: complex, b: complex) -> bool", f"({{a}} {op} {{b}})"),
        Row(op, "(a: complex, b: float) -> bool", f"({{a}} {op} {_WIDE}({{b}}))"),
        Row(op, "(a: float, b: complex) -> bool", f"({_WIDE}({{a}}) {op} {{b}})"),
        Row(op, "(a: complex, b: &int) -> bool", f"{no}complex::eq_int({{a}}, {{b}})"),
        Row(op, "(a: &int, b: complex) -> bool", f"{no}complex::eq_int({{b}}, {{a}})"),
        Row(op, "(a: complex, b: &num) -> bool", f"{no}complex::eq_num({{a}}, {{b}})"),
        Row(op, "(a: &num, b: complex) -> bool", f"{no}complex::eq_num({{b}}, {{a}})"),
    )


_COMPLEX: tuple[Row, ...] = (
    *_operator("+", "({} + {})"),
    *_operator("-", "({} - {})"),
    *_operator("*", "({} * {})"),
    *_operator("/", "complex::truediv({}, {})", _ZERO),
    *_operator("**", "complex::pow({}, {})", _POWER),
    *_equality("==", ""),
    *_equality("!=", "!"),
    Row("neg", "(x: complex) -> complex", "(-{x})"),
    Row("pos", "(x: complex) -> complex", "{x}"),
    Row("abs", "(x: complex) -> float", "{x}.abs()", ("OverflowError",)),
    Row("hash", "(x: complex) -> i64", "{x}.hash()"),
    Row("pow", "(a: complex, b: complex) -> complex", "complex::pow({a}, {b})", _POWER),
    Row("pow", "(a: complex, b: float) -> complex", f"complex::pow({{a}}, {_WIDE}({{b}}))", _POWER),
    Row("complex", "() -> complex", "Complex::new(0.0, 0.0)"),
    Row("complex", "(text: &str) -> complex", "complex::parse({text})", ("ValueError",)),
    Row("complex", "(real: complex) -> complex", "{real}"),
    Row("complex", "(real: float, imag: float = 0.0) -> complex", "Complex::new({real}, {imag})"),
    Row("complex", "(imag: float) -> complex", "Complex::new(0.0, {imag})"),
    Row("complex", "(real: complex, imag: float) -> complex",
        f"Complex::of_parts({{real}}, {_WIDE}({{imag}}))"),
    Row("complex", "(real: float, imag: complex) -> complex",
        f"Complex::of_parts({_WIDE}({{real}}), {{imag}})"),
    Row("complex", "(real: complex, imag: complex) -> complex",
        "Complex::of_parts({real}, {imag})"),
    Row("complex.real", "(self: complex) -> float", "{self}.re", data=True),
    Row("complex.imag", "(self: complex) -> float", "{self}.im", data=True),
    Row("complex.conjugate", "(self: complex) -> complex", "{self}.conjugate()"),
)

_DOMAIN = ("ValueError",)
_RANGE = ("OverflowError",)
# Name, what it may raise.
_FUNCTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sqrt", ()), ("exp", _RANGE), ("log", _DOMAIN), ("log10", _DOMAIN), ("sin", _RANGE),
    ("cos", _RANGE), ("tan", ()), ("sinh", _RANGE), ("cosh", _RANGE), ("tanh", ()), ("asin", ()),
    ("acos", ()), ("atan", _DOMAIN), ("asinh", ()), ("acosh", ()), ("atanh", _DOMAIN),
)  # fmt: skip


def _function(name: str, result: str, raises: tuple[str, ...]) -> tuple[Row, ...]:
    """A function of a complex number, which may be given as a float or an int."""
    return (
        Row(f"cmath.{name}", f"(z: complex) -> {result}", f"stdlib::cmath::{name}({{z}})", raises),
        Row(f"cmath.{name}", f"(z: float) -> {result}", f"stdlib::cmath::{name}({_WIDE}({{z}}))",
            raises),
        Row(f"cmath.{name}", f"(z: &num) -> {result}",
            f"stdlib::cmath::{name}({_WIDE}({{z}}.to_f64()?))", (*raises, "OverflowError"))
        if raises
        else Row(f"cmath.{name}", f"(z: &num) -> {result}",
                 f"{{z}}.to_f64().map(|x| stdlib::cmath::{name}({_WIDE}(x)))", ("OverflowError",)),
    )


_CMATH: tuple[Row, ...] = (
    *(row for name, raises in _FUNCTIONS for row in _function(name, "complex", raises)),
    Row("cmath.log", "(z: complex, base: complex) -> complex", "stdlib::cmath::log_base({z}, {base})",
        _DOMAIN),
    Row("cmath.log", "(z: complex, base: float) -> complex",
        f"stdlib::cmath::log_base({{z}}, {_WIDE}({{base}}))", _DOMAIN),
    Row("cmath.log", "(z: float, base: float) -> complex",
        f"stdlib::cmath::log_base({_WIDE}({{z}}), {_WIDE}({{base}}))", _DOMAIN),
    *_function("phase", "float", ()),
    *_function("polar", "tuple[float, float]", _RANGE),
    *(row for name in ("isfinite", "isinf", "isnan") for row in _function(name, "bool", ())),
    Row("cmath.rect", "(r: float, phi: float) -> complex", "stdlib::cmath::rect({r}, {phi})", _RANGE),
    *(
        Row("cmath.isclose",
            f"(a: {a}, b: {b}, rel_tol: float = 1e-09, abs_tol: float = 0.0) -> bool",
            f"stdlib::cmath::isclose({_WIDE}({{a}}), {_WIDE}({{b}}), {{rel_tol}}, {{abs_tol}})",
            _DOMAIN)
        for a in ("complex", "float") for b in ("complex", "float")
    ),
    *(
        Row(f"cmath.{name}", "-> float", value)
        for name, value in (("pi", "std::f64::consts::PI"), ("e", "std::f64::consts::E"),
                            ("tau", "std::f64::consts::TAU"), ("inf", "f64::INFINITY"),
                            ("nan", "f64::NAN"))
    ),
    Row("cmath.infj", "-> complex", "Complex::new(0.0, f64::INFINITY)"),
    Row("cmath.nanj", "-> complex", "Complex::new(0.0, f64::NAN)"),
)

ROWS: tuple[Row, ...] = (*_COMPLEX, *_CMATH)
