"""What the library module `decimal` is built on: numbers, and their arithmetic while they are
short."""

from __future__ import annotations

from portalis.translate.rows.row import Row

_HOME = "stdlib::decimal"


def _operation(name: str, params: str, result: str, rust: str) -> Row:
    """It may signal something."""
    return Row(f"_decimal_core.{name}", f"({params}) -> {result}", f"{_HOME}::{rust}", pure=False)


_PAIR = "a: &decimal_number, b: &decimal_number"

ROWS: tuple[Row, ...] = (
    Row("_decimal_core.Number", "(minus: bool, coef: &int, exp: i64, kind: i64 = 0) -> decimal_number",
        f"{_HOME}::Number::new({{minus}}, {{coef}}, {{exp}}, {{kind}})"),
    Row("decimal_number.minus", "(self: &decimal_number) -> bool", "{self}.minus()", data=True),
    Row("decimal_number.coef", "(self: &decimal_number) -> int", "{self}.coefficient()", data=True),
    Row("decimal_number.exp", "(self: &decimal_number) -> i64", "{self}.exponent()", data=True),
    Row("decimal_number.kind", "(self: &decimal_number) -> i64", "{self}.kind()", data=True),
    Row("decimal_number.hashed", "(self: &decimal_number) -> i64", "{self}.hashed()", ("ValueError",)),
    Row("_decimal_core.whole", "(n: &int) -> decimal_number", f"{_HOME}::Number::whole({{n}})"),
    Row("_decimal_core.small", "(n: i64) -> decimal_number", f"{_HOME}::Number::small({{n}})"),
    Row("_decimal_core.order", f"({_PAIR}) -> i64", f"{_HOME}::order({{a}}, {{b}})"),
    Row("_decimal_core.parsed", "(text: &str) -> decimal_number?", f"{_HOME}::parsed({{text}})"),
    Row("_decimal_core.those", "(pairs: &list[tuple[value, int]], bits: &int) -> list[value]",
        f"{_HOME}::those({{pairs}}, {{bits}})"),
    _operation("added", f"{_PAIR}, flip: bool", "decimal_number?", "added({a}, {b}, {flip})"),
    _operation("product", _PAIR, "decimal_number?", "product({a}, {b})"),
    _operation("quotient", _PAIR, "decimal_number?", "quotient({a}, {b})"),
    _operation("signed", "a: &decimal_number, minus: bool", "decimal_number?", "signed({a}, {minus})"),
    _operation("quantized", "a: &decimal_number, exp: i64, mode: &str? = None", "decimal_number?",
               "quantized({a}, {exp}, {mode})"),
    _operation("follow", "precision: i64, mode: &str, low: i64, high: i64, clamped: bool, trapped: &int",
               "none", "follow({precision}, {mode}, {low}, {high}, {clamped}, {trapped})"),
    _operation("signals", "", "i64", "signals()"),
)
