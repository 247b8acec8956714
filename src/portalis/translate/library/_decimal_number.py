"""Decimal numbers, whose operations follow the current context or a given one."""

from __future__ import annotations

import math
from typing import Any

import _decimal_convert as convert
import _decimal_core as core
from _decimal_arith import (
    FINITE,
    INFINITE,
    QUIET,
    SIGNALING,
    add,
    adjusted,
    compare,
    div,
    divint,
    fma,
    integral,
    mul,
    nan_of,
    quantize,
    reduced,
    rem,
    rem_near,
    signed,
    whole_and_rest,
)
from _decimal_convert import rotated, scaled, shifted, toward
from _decimal_core import Number
from _decimal_digits import pow10
from _decimal_order import extreme, ordered, same_quantum
from _decimal_powers import exp, ln, log10, power, sqrt
from _decimal_signals import (
    FLOAT,
    INVALID,
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Rules,
    check_rounding,
    current,
)
from _decimal_text import formatted, scientific


def number_of(value: Any, rules: Rules) -> Number:
    """Of what a decimal is made from."""
    if isinstance(value, Decimal):
        return value._number
    if isinstance(value, str):
        return convert.of_text(value, rules)
    if isinstance(value, int):
        return convert.of_int(int(value))
    if isinstance(value, float):
        rules.now |= FLOAT
        rules.settle()
        return convert.of_float(value)
    if isinstance(value, (tuple, list)):
        return convert.of_tuple(value)
    raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")


class Decimal:
    """A decimal number, an infinity or a NaN."""

    __slots__ = ("_number",)

    def __init__(self, value: Any = "0", context: Any = None) -> None:
        self._number = _exact(value, context or current())

    @classmethod
    def from_float(cls, f: Any) -> Decimal:
        if isinstance(f, int):
            return Decimal(int(f))
        if isinstance(f, float):
            return of(convert.of_float(f))
        raise TypeError("argument must be int or float")

    # -- what it is

    def is_nan(self) -> bool:
        return self._number.kind in (QUIET, SIGNALING)

    def is_qnan(self) -> bool:
        return self._number.kind == QUIET

    def is_snan(self) -> bool:
        return self._number.kind == SIGNALING

    def is_infinite(self) -> bool:
        return self._number.kind == INFINITE

    def is_finite(self) -> bool:
        return self._number.kind == FINITE

    def is_signed(self) -> bool:
        return self._number.minus

    def is_zero(self) -> bool:
        return self._number.kind == FINITE and self._number.coef == 0

    def is_canonical(self) -> bool:
        return True

    def is_normal(self, context: Any = None) -> bool:
        rules = context or current()
        return convert.class_of(self._number, rules).endswith("Normal")

    def is_subnormal(self, context: Any = None) -> bool:
        rules = context or current()
        return convert.class_of(self._number, rules).endswith("Subnormal")

    def number_class(self, context: Any = None) -> str:
        return convert.class_of(self._number, context or current())

    def adjusted(self) -> int:
        return adjusted(self._number) if self._number.kind == FINITE else 0

    def as_tuple(self) -> convert.DecimalTuple:
        return convert.tuple_of(self._number)

    def as_integer_ratio(self) -> tuple[int, int]:
        return convert.ratio_of(self._number)

    def canonical(self) -> Decimal:
        return self

    def conjugate(self) -> Decimal:
        return self

    def radix(self) -> Decimal:
        return Decimal(10)

    @property
    def real(self) -> Decimal:
        return self

    @property
    def imag(self) -> Decimal:
        return Decimal(0)

    # -- text

    def __str__(self) -> str:
        return scientific(self._number, False, current().capitals == 1)

    def __repr__(self) -> str:
        return f"Decimal('{scientific(self._number, False, current().capitals == 1)}')"

    def to_eng_string(self, context: Any = None) -> str:
        return scientific(self._number, True, (context or current()).capitals == 1)

    def __format__(self, spec: str) -> str:
        rules = current()
        if spec == "":
            return scientific(self._number, False, rules.capitals == 1)
        return formatted(self._number, spec, rules.mode, rules.capitals == 1)

    # -- conversions

    def __bool__(self) -> bool:
        return self._number.kind != FINITE or self._number.coef != 0

    def __int__(self) -> int:
        return convert.int_of(self._number)

    def __trunc__(self) -> int:
        return self.__int__()

    def __floor__(self) -> int:
        return convert.int_of(integral(self._number, current(), ROUND_FLOOR, False))

    def __ceil__(self) -> int:
        return convert.int_of(integral(self._number, current(), ROUND_CEILING, False))

    def __float__(self) -> float:
        return convert.float_of(self._number)

    def __round__(self, ndigits: Any = None) -> Any:
        if ndigits is None:
            return convert.int_of(integral(self._number, current(), ROUND_HALF_EVEN, False))
        if isinstance(ndigits, int):
            return _quantized(self._number, Number(False, 1, -int(ndigits)), current())
        raise TypeError("optional arg must be an integer")

    def __hash__(self) -> int:
        if self._number.kind == SIGNALING:
            raise TypeError("Cannot hash a signaling NaN value")
        if self._number.kind == QUIET:
            return id(self) >> 4
        if self._number.kind == INFINITE:
            return hash(-math.inf if self._number.minus else math.inf)
        return self._number.hashed()

    def __copy__(self) -> Decimal:
        return self

    def __deepcopy__(self, memo: Any) -> Decimal:
        return self

    # -- order

    def __eq__(self, other: object) -> Any:
        side = _order(self, other, False)
        return NotImplemented if side is None else side == 0

    def __lt__(self, other: Any) -> Any:
        side = _order(self, other, True)
        return NotImplemented if side is None else side == -1

    def __le__(self, other: Any) -> Any:
        side = _order(self, other, True)
        return NotImplemented if side is None else -1 <= side <= 0

    def __gt__(self, other: Any) -> Any:
        side = _order(self, other, True)
        return NotImplemented if side is None else side == 1

    def __ge__(self, other: Any) -> Any:
        side = _order(self, other, True)
        return NotImplemented if side is None else 0 <= side <= 1

    def compare(self, other: Any, context: Any = None) -> Decimal:
        rules = context or current()
        b = _needed(other)
        found = nan_of(self._number, b, rules)
        return result(found or convert.of_int(compare(self._number, b)), rules)

    def compare_signal(self, other: Any, context: Any = None) -> Decimal:
        rules = context or current()
        b = _needed(other)
        found = nan_of(self._number, b, rules)
        if found is not None:
            rules.now |= INVALID
        return result(found or convert.of_int(compare(self._number, b)), rules)

    def compare_total(self, other: Any, context: Any = None) -> Decimal:
        return of(convert.total(self._number, _needed(other)))

    def compare_total_mag(self, other: Any, context: Any = None) -> Decimal:
        return of(convert.total(convert.unsigned(self._number), convert.unsigned(_needed(other))))

    def same_quantum(self, other: Any, context: Any = None) -> bool:
        return same_quantum(self._number, _needed(other))

    def max(self, other: Any, context: Any = None) -> Decimal:
        return self._chosen(other, 1, False, context or current())

    def min(self, other: Any, context: Any = None) -> Decimal:
        return self._chosen(other, -1, False, context or current())

    def max_mag(self, other: Any, context: Any = None) -> Decimal:
        return self._chosen(other, 1, True, context or current())

    def min_mag(self, other: Any, context: Any = None) -> Decimal:
        return self._chosen(other, -1, True, context or current())

    def _chosen(self, other: Any, wanted: int, magnitude: bool, rules: Rules) -> Decimal:
        return result(extreme(self._number, _needed(other), wanted, magnitude, rules), rules)

    # -- operators

    def __pos__(self) -> Decimal:
        return _signed(self._number, self._number.minus)

    def __neg__(self) -> Decimal:
        return _signed(self._number, not self._number.minus)

    def __abs__(self) -> Decimal:
        return -self if self._number.minus else +self

    def __add__(self, other: Any) -> Any:
        b = _operand(other)
        return NotImplemented if b is None else _sum(self, b, False)

    def __radd__(self, other: Any) -> Any:
        return self.__add__(other)

    def __sub__(self, other: Any) -> Any:
        b = _operand(other)
        return NotImplemented if b is None else _sum(self, b, True)

    def __rsub__(self, other: Any) -> Any:
        a = _operand(other)
        return NotImplemented if a is None else _sum(a, self, True)

    def __mul__(self, other: Any) -> Any:
        b = _operand(other)
        return NotImplemented if b is None else _product(self, b)

    def __rmul__(self, other: Any) -> Any:
        return self.__mul__(other)

    def __truediv__(self, other: Any) -> Any:
        b = _operand(other)
        return NotImplemented if b is None else _quotient(self, b)

    def __rtruediv__(self, other: Any) -> Any:
        a = _operand(other)
        return NotImplemented if a is None else _quotient(a, self)

    def __floordiv__(self, other: Any) -> Any:
        b = _operand(other)
        return NotImplemented if b is None else _floor(self, b)

    def __rfloordiv__(self, other: Any) -> Any:
        a = _operand(other)
        return NotImplemented if a is None else _floor(a, self)

    def __mod__(self, other: Any) -> Any:
        b = _operand(other)
        rules = current()
        return NotImplemented if b is None else result(rem(self._number, b._number, rules), rules)

    def __rmod__(self, other: Any) -> Any:
        a = _operand(other)
        rules = current()
        return NotImplemented if a is None else result(rem(a._number, self._number, rules), rules)

    def __divmod__(self, other: Any) -> Any:
        b = _operand(other)
        return NotImplemented if b is None else _divided(self._number, b._number)

    def __rdivmod__(self, other: Any) -> Any:
        a = _operand(other)
        return NotImplemented if a is None else _divided(a._number, self._number)

    def __pow__(self, other: Any) -> Any:
        b = _operand(other)
        rules = current()
        return NotImplemented if b is None else result(power(self._number, b._number, rules), rules)

    def __rpow__(self, other: Any) -> Any:
        a = _operand(other)
        rules = current()
        return NotImplemented if a is None else result(power(a._number, self._number, rules), rules)

    # -- operations of a context

    def quantize(self, exp: Any, rounding: Any = None, context: Any = None) -> Decimal:
        rules = context or current()
        b = _needed(exp)
        if rounding is None:
            return _quantized(self._number, b, rules)
        check_rounding(rounding)
        if context is None and b.kind == FINITE:
            short = core.quantized(self._number, b.exp, str(rounding))
            if short is not None:
                return of(short)
        mode = rules.mode
        rules.mode = str(rounding)
        made = quantize(self._number, b, rules)
        rules.mode = mode
        return result(made, rules)

    def to_integral_value(self, rounding: Any = None, context: Any = None) -> Decimal:
        rules = context or current()
        if rounding is not None:
            check_rounding(rounding)
        return result(integral(self._number, rules, rounding or rules.mode, False), rules)

    def to_integral(self, rounding: Any = None, context: Any = None) -> Decimal:
        return self.to_integral_value(rounding, context)

    def to_integral_exact(self, rounding: Any = None, context: Any = None) -> Decimal:
        rules = context or current()
        if rounding is not None:
            check_rounding(rounding)
        return result(integral(self._number, rules, rounding or rules.mode, True), rules)

    def normalize(self, context: Any = None) -> Decimal:
        rules = context or current()
        return result(reduced(self._number, rules), rules)

    def sqrt(self, context: Any = None) -> Decimal:
        rules = context or current()
        return result(sqrt(self._number, rules), rules)

    def exp(self, context: Any = None) -> Decimal:
        rules = context or current()
        return result(exp(self._number, rules), rules)

    def ln(self, context: Any = None) -> Decimal:
        rules = context or current()
        return result(ln(self._number, rules), rules)

    def log10(self, context: Any = None) -> Decimal:
        rules = context or current()
        return result(log10(self._number, rules), rules)

    def logb(self, context: Any = None) -> Decimal:
        rules = context or current()
        return result(convert.first_place(self._number, rules), rules)

    def scaleb(self, other: Any, context: Any = None) -> Decimal:
        rules = context or current()
        b = _needed(other)
        return result(nan_of(self._number, b, rules) or scaled(self._number, b, rules), rules)

    def fma(self, other: Any, third: Any, context: Any = None) -> Decimal:
        rules = context or current()
        return result(fma(self._number, _needed(other), _needed(third), rules), rules)

    def remainder_near(self, other: Any, context: Any = None) -> Decimal:
        rules = context or current()
        return result(rem_near(self._number, _needed(other), rules), rules)

    def next_plus(self, context: Any = None) -> Decimal:
        rules = context or current()
        return result(convert.neighbour(self._number, False, rules), rules)

    def next_minus(self, context: Any = None) -> Decimal:
        rules = context or current()
        return result(convert.neighbour(self._number, True, rules), rules)

    def next_toward(self, other: Any, context: Any = None) -> Decimal:
        rules = context or current()
        b = _needed(other)
        return result(nan_of(self._number, b, rules) or toward(self._number, b, rules), rules)

    def copy_abs(self) -> Decimal:
        return of(convert.unsigned(self._number))

    def copy_negate(self) -> Decimal:
        return of(
            Number(not self._number.minus, self._number.coef, self._number.exp, self._number.kind)
        )

    def copy_sign(self, other: Any, context: Any = None) -> Decimal:
        return of(
            Number(_needed(other).minus, self._number.coef, self._number.exp, self._number.kind)
        )

    def rotate(self, other: Any, context: Any = None) -> Decimal:
        rules = context or current()
        b = _needed(other)
        return result(nan_of(self._number, b, rules) or rotated(self._number, b, rules), rules)

    def shift(self, other: Any, context: Any = None) -> Decimal:
        rules = context or current()
        b = _needed(other)
        return result(nan_of(self._number, b, rules) or shifted(self._number, b, rules), rules)

    def logical_and(self, other: Any, context: Any = None) -> Decimal:
        rules = context or current()
        return result(convert.logical(self._number, _needed(other), "&", rules), rules)

    def logical_or(self, other: Any, context: Any = None) -> Decimal:
        rules = context or current()
        return result(convert.logical(self._number, _needed(other), "|", rules), rules)

    def logical_xor(self, other: Any, context: Any = None) -> Decimal:
        rules = context or current()
        return result(convert.logical(self._number, _needed(other), "^", rules), rules)

    def logical_invert(self, context: Any = None) -> Decimal:
        rules = context or current()
        ones = Number(False, (pow10(rules.precision) - 1) // 9, 0)
        return result(convert.logical(self._number, ones, "^", rules), rules)


def _exact(value: Any, rules: Rules) -> Number:
    return convert.bounded(number_of(value, rules), rules)


def of(number: Number) -> Decimal:
    made: Decimal = object.__new__(Decimal)
    made._number = number
    return made


def result(a: Number, rules: Rules) -> Decimal:
    """The result of an operation, which ends."""
    rules.settle()
    return of(a)


def _operand(x: Any) -> Decimal | None:
    """What an operator can compute with."""
    if isinstance(x, Decimal):
        return x
    if isinstance(x, int):
        made: Decimal = object.__new__(Decimal)
        n = int(x)
        if -4611686018427387904 < n < 4611686018427387904:
            made._number = core.small(n)
        else:
            made._number = convert.of_int(n)
        return made
    return None


def _needed(x: Any) -> Number:
    """The argument of a method."""
    if isinstance(x, Decimal):
        return x._number
    if isinstance(x, int):
        return convert.of_int(int(x))
    raise TypeError(f"conversion from {type(x).__name__} to Decimal is not supported")


# -- operations under the current rules: by the core if it can, whose result goes straight
# where it stays: into an object that is there already


def _sum(a: Decimal, b: Decimal, flip: bool) -> Decimal:
    """a + b, or a - b."""
    made: Decimal = object.__new__(Decimal)
    short = core.added(a._number, b._number, flip)
    if short is not None:
        made._number = short
        return made
    rules = current()
    return result(add(a._number, b._number, flip, rules), rules)


def _product(a: Decimal, b: Decimal) -> Decimal:
    made: Decimal = object.__new__(Decimal)
    short = core.product(a._number, b._number)
    if short is not None:
        made._number = short
        return made
    rules = current()
    return result(mul(a._number, b._number, rules), rules)


def _quotient(a: Decimal, b: Decimal) -> Decimal:
    made: Decimal = object.__new__(Decimal)
    short = core.quotient(a._number, b._number)
    if short is not None:
        made._number = short
        return made
    rules = current()
    return result(div(a._number, b._number, rules), rules)


def _floor(a: Decimal, b: Decimal) -> Decimal:
    rules = current()
    return result(divint(a._number, b._number, rules), rules)


def _signed(a: Number, minus: bool) -> Decimal:
    """A number with that sign, which a zero has only where results are rounded down."""
    short = core.signed(a, minus)
    if short is not None:
        return of(short)
    rules = current()
    return result(signed(a, minus, rules), rules)


def _quantized(a: Number, b: Number, rules: Rules) -> Decimal:
    if rules is current() and b.kind == FINITE:
        short = core.quantized(a, b.exp)
        if short is not None:
            return of(short)
    return result(quantize(a, b, rules), rules)


def _divided(a: Number, b: Number) -> tuple[Decimal, Decimal]:
    rules = current()
    whole, rest = whole_and_rest(a, b, rules)
    rules.settle()
    return of(whole), of(rest)


def _order(a: Decimal, other: Any, ordering: bool) -> int | None:
    """-1, 0, 1 or, where a NaN is compared, 2; None for what no decimal is compared with."""
    b = _operand(other)
    if b is not None:
        side = core.order(a._number, b._number)
        return ordered(a._number, b._number, ordering) if side == 2 else side
    if isinstance(other, float):
        rules = current()
        rules.now |= FLOAT
        if ordering:
            rules.settle()
        else:
            rules.seen |= rules.now
            rules.now = 0
        return ordered(a._number, convert.of_float(other), ordering)
    if type(other).__name__ == "Fraction":
        if a._number.kind == FINITE:
            n = Number(a._number.minus, a._number.coef * int(other.denominator), a._number.exp)
            return compare(n, convert.of_int(int(other.numerator)))
        return ordered(a._number, convert.of_int(0), ordering)
    return None
