"""Decimal numbers, whose operations follow the current context or a given one."""

from __future__ import annotations

import math
from typing import Any

from _decimal_arith import (
    FINITE,
    INFINITE,
    QUIET,
    SIGNALING,
    Parts,
    add,
    adjusted,
    compare,
    div,
    divint,
    fixed,
    fma,
    integral,
    mul,
    nan_of,
    nothing,
    quantize,
    quieted,
    reduced,
    rem,
    rem_near,
    whole_and_rest,
    whole_of,
)
from _decimal_convert import (
    DecimalTuple,
    first_place,
    neighbour,
    of_float,
    of_int,
    of_text,
    of_tuple,
    rotated,
    scaled,
    shifted,
    total,
    toward,
    unsigned,
    zero_ones,
)
from _decimal_digits import pow10, shown
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

# Of the hashes of numbers.
_MODULUS = 2**61 - 1


class Decimal(Parts):
    """A decimal number, an infinity or a NaN."""

    __slots__ = ()

    def __init__(self, value: Any = "0", context: Any = None) -> None:
        if isinstance(value, Parts):
            made = value
        elif isinstance(value, str):
            made = of_text(value, context or current())
        elif isinstance(value, int):
            made = of_int(int(value))
        elif isinstance(value, float):
            rules = context or current()
            rules.now |= FLOAT
            rules.settle()
            made = of_float(value)
        elif isinstance(value, (tuple, list)):
            made = of_tuple(value)
        else:
            name = type(value).__name__
            raise TypeError(f"conversion from {name} to Decimal is not supported")
        super().__init__(made._minus, made._coef, made._exp, made._kind)

    @classmethod
    def from_float(cls, f: Any) -> Decimal:
        if isinstance(f, int):
            return Decimal(of_int(int(f)))
        if isinstance(f, float):
            return Decimal(of_float(f))
        raise TypeError("argument must be int or float")

    # -- what it is

    def is_nan(self) -> bool:
        return self._kind in (QUIET, SIGNALING)

    def is_qnan(self) -> bool:
        return self._kind == QUIET

    def is_snan(self) -> bool:
        return self._kind == SIGNALING

    def is_infinite(self) -> bool:
        return self._kind == INFINITE

    def is_finite(self) -> bool:
        return self._kind == FINITE

    def is_signed(self) -> bool:
        return self._minus

    def is_zero(self) -> bool:
        return self._kind == FINITE and self._coef == 0

    def is_canonical(self) -> bool:
        return True

    def is_normal(self, context: Any = None) -> bool:
        rules = context or current()
        return self._kind == FINITE and self._coef != 0 and adjusted(self) >= rules.low

    def is_subnormal(self, context: Any = None) -> bool:
        rules = context or current()
        return self._kind == FINITE and self._coef != 0 and adjusted(self) < rules.low

    def number_class(self, context: Any = None) -> str:
        if self._kind in (QUIET, SIGNALING):
            return "NaN" if self._kind == QUIET else "sNaN"
        sign = "-" if self._minus else "+"
        if self._kind == INFINITE:
            return sign + "Infinity"
        if self._coef == 0:
            return sign + "Zero"
        return sign + ("Normal" if self.is_normal(context) else "Subnormal")

    def adjusted(self) -> int:
        return adjusted(self) if self._kind == FINITE else 0

    def as_tuple(self) -> DecimalTuple:
        sign = 1 if self._minus else 0
        if self._kind == INFINITE:
            return DecimalTuple(sign, (0,), "F")
        digits = tuple([int(c) for c in shown(self._coef)])
        if self._kind == FINITE:
            return DecimalTuple(sign, digits, self._exp)
        kind = "n" if self._kind == QUIET else "N"
        return DecimalTuple(sign, digits if self._coef else (), kind)

    def as_integer_ratio(self) -> tuple[int, int]:
        if self._kind == INFINITE:
            raise OverflowError("cannot convert Infinity to integer ratio")
        if self._kind != FINITE:
            raise ValueError("cannot convert NaN to integer ratio")
        n = -self._coef if self._minus else self._coef
        if self._exp >= 0:
            return n * pow10(self._exp), 1
        d = pow10(-self._exp)
        common = math.gcd(n, d)
        return n // common, d // common

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
        return scientific(self, False, current().capitals == 1)

    def __repr__(self) -> str:
        return f"Decimal('{scientific(self, False, current().capitals == 1)}')"

    def to_eng_string(self, context: Any = None) -> str:
        return scientific(self, True, (context or current()).capitals == 1)

    def __format__(self, spec: str) -> str:
        rules = current()
        if spec == "":
            return scientific(self, False, rules.capitals == 1)
        return formatted(self, spec, rules.mode, rules.capitals == 1)

    # -- conversions

    def __bool__(self) -> bool:
        return self._kind != FINITE or self._coef != 0

    def __int__(self) -> int:
        if self._kind == INFINITE:
            raise OverflowError("cannot convert Infinity to integer")
        if self._kind != FINITE:
            raise ValueError("cannot convert NaN to integer")
        return whole_of(self)

    def __trunc__(self) -> int:
        return self.__int__()

    def __floor__(self) -> int:
        return int(Decimal(integral(self, current(), ROUND_FLOOR, False)))

    def __ceil__(self) -> int:
        return int(Decimal(integral(self, current(), ROUND_CEILING, False)))

    def __float__(self) -> float:
        if self._kind == SIGNALING:
            raise ValueError("cannot convert signaling NaN to float")
        if self._kind == QUIET:
            return -math.nan if self._minus else math.nan
        return float(scientific(self, False, True))

    def __round__(self, ndigits: Any = None) -> Any:
        rules = current()
        if ndigits is None:
            return int(Decimal(integral(self, rules, ROUND_HALF_EVEN, False)))
        if isinstance(ndigits, int):
            return self.quantize(Decimal(Parts(False, 1, -int(ndigits))))
        raise TypeError("optional arg must be an integer")

    def __hash__(self) -> int:
        if self._kind == SIGNALING:
            raise TypeError("Cannot hash a signaling NaN value")
        if self._kind == QUIET:
            return object.__hash__(self)
        if self._kind == INFINITE:
            return hash(-math.inf if self._minus else math.inf)
        base = 10 if self._exp >= 0 else pow(10, _MODULUS - 2, _MODULUS)
        made = hash(pow(base, abs(self._exp), _MODULUS) * self._coef)
        made = -made if self._minus else made
        return -2 if made == -1 else made

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
        return NotImplemented if side is None else side in (-1, 0)

    def __gt__(self, other: Any) -> Any:
        side = _order(self, other, True)
        return NotImplemented if side is None else side == 1

    def __ge__(self, other: Any) -> Any:
        side = _order(self, other, True)
        return NotImplemented if side is None else side in (0, 1)

    def compare(self, other: Any, context: Any = None) -> Decimal:
        rules = context or current()
        b = _needed(other)
        found = nan_of(self, b, rules)
        return _made(found or of_int(compare(self, b)), rules)

    def compare_signal(self, other: Any, context: Any = None) -> Decimal:
        rules = context or current()
        b = _needed(other)
        found = nan_of(self, b, rules)
        if found is not None:
            rules.now |= INVALID
        return _made(found or of_int(compare(self, b)), rules)

    def compare_total(self, other: Any, context: Any = None) -> Decimal:
        return Decimal(total(self, _needed(other)))

    def compare_total_mag(self, other: Any, context: Any = None) -> Decimal:
        return Decimal(total(unsigned(self), unsigned(_needed(other))))

    def same_quantum(self, other: Any, context: Any = None) -> bool:
        b = _needed(other)
        if self._kind == FINITE and b._kind == FINITE:
            return self._exp == b._exp
        nans = (QUIET, SIGNALING)
        return self._kind == b._kind or (self._kind in nans and b._kind in nans)

    def max(self, other: Any, context: Any = None) -> Decimal:
        return _extreme(self, _needed(other), 1, False, context or current())

    def min(self, other: Any, context: Any = None) -> Decimal:
        return _extreme(self, _needed(other), -1, False, context or current())

    def max_mag(self, other: Any, context: Any = None) -> Decimal:
        return _extreme(self, _needed(other), 1, True, context or current())

    def min_mag(self, other: Any, context: Any = None) -> Decimal:
        return _extreme(self, _needed(other), -1, True, context or current())

    # -- operators

    def __pos__(self) -> Decimal:
        rules = current()
        if self._kind == FINITE and self._coef == 0 and rules.mode != ROUND_FLOOR:
            return _made(fixed(unsigned(self), rules), rules)
        return _made(fixed(self, rules), rules)

    def __neg__(self) -> Decimal:
        rules = current()
        if self._kind in (QUIET, SIGNALING):
            return _made(quieted(self, rules), rules)
        minus = not self._minus
        if self.is_zero():
            minus = minus and rules.mode == ROUND_FLOOR
        return _made(fixed(Parts(minus, self._coef, self._exp, self._kind), rules), rules)

    def __abs__(self) -> Decimal:
        return -self if self._minus else +self

    def __add__(self, other: Any) -> Any:
        b = _operand(other)
        rules = current()
        return NotImplemented if b is None else _made(add(self, b, False, rules), rules)

    def __radd__(self, other: Any) -> Any:
        return self.__add__(other)

    def __sub__(self, other: Any) -> Any:
        b = _operand(other)
        rules = current()
        return NotImplemented if b is None else _made(add(self, b, True, rules), rules)

    def __rsub__(self, other: Any) -> Any:
        a = _operand(other)
        rules = current()
        return NotImplemented if a is None else _made(add(a, self, True, rules), rules)

    def __mul__(self, other: Any) -> Any:
        b = _operand(other)
        rules = current()
        return NotImplemented if b is None else _made(mul(self, b, rules), rules)

    def __rmul__(self, other: Any) -> Any:
        return self.__mul__(other)

    def __truediv__(self, other: Any) -> Any:
        b = _operand(other)
        rules = current()
        return NotImplemented if b is None else _made(div(self, b, rules), rules)

    def __rtruediv__(self, other: Any) -> Any:
        a = _operand(other)
        rules = current()
        return NotImplemented if a is None else _made(div(a, self, rules), rules)

    def __floordiv__(self, other: Any) -> Any:
        b = _operand(other)
        rules = current()
        return NotImplemented if b is None else _made(divint(self, b, rules), rules)

    def __rfloordiv__(self, other: Any) -> Any:
        a = _operand(other)
        rules = current()
        return NotImplemented if a is None else _made(divint(a, self, rules), rules)

    def __mod__(self, other: Any) -> Any:
        b = _operand(other)
        rules = current()
        return NotImplemented if b is None else _made(rem(self, b, rules), rules)

    def __rmod__(self, other: Any) -> Any:
        a = _operand(other)
        rules = current()
        return NotImplemented if a is None else _made(rem(a, self, rules), rules)

    def __divmod__(self, other: Any) -> Any:
        b = _operand(other)
        return NotImplemented if b is None else _divided(self, b)

    def __rdivmod__(self, other: Any) -> Any:
        a = _operand(other)
        return NotImplemented if a is None else _divided(a, self)

    def __pow__(self, other: Any) -> Any:
        b = _operand(other)
        rules = current()
        return NotImplemented if b is None else _made(power(self, b, rules), rules)

    def __rpow__(self, other: Any) -> Any:
        a = _operand(other)
        rules = current()
        return NotImplemented if a is None else _made(power(a, self, rules), rules)

    # -- operations of a context

    def quantize(self, exp: Any, rounding: Any = None, context: Any = None) -> Decimal:
        rules = context or current()
        mode = rules.mode
        if rounding is not None:
            check_rounding(rounding)
            rules.mode = str(rounding)
        made = quantize(self, _needed(exp), rules)
        rules.mode = mode
        return _made(made, rules)

    def to_integral_value(self, rounding: Any = None, context: Any = None) -> Decimal:
        rules = context or current()
        if rounding is not None:
            check_rounding(rounding)
        return _made(integral(self, rules, rounding or rules.mode, False), rules)

    def to_integral(self, rounding: Any = None, context: Any = None) -> Decimal:
        return self.to_integral_value(rounding, context)

    def to_integral_exact(self, rounding: Any = None, context: Any = None) -> Decimal:
        rules = context or current()
        if rounding is not None:
            check_rounding(rounding)
        return _made(integral(self, rules, rounding or rules.mode, True), rules)

    def normalize(self, context: Any = None) -> Decimal:
        rules = context or current()
        return _made(reduced(self, rules), rules)

    def sqrt(self, context: Any = None) -> Decimal:
        rules = context or current()
        return _made(sqrt(self, rules), rules)

    def exp(self, context: Any = None) -> Decimal:
        rules = context or current()
        return _made(exp(self, rules), rules)

    def ln(self, context: Any = None) -> Decimal:
        rules = context or current()
        return _made(ln(self, rules), rules)

    def log10(self, context: Any = None) -> Decimal:
        rules = context or current()
        return _made(log10(self, rules), rules)

    def logb(self, context: Any = None) -> Decimal:
        rules = context or current()
        return _made(first_place(self, rules), rules)

    def scaleb(self, other: Any, context: Any = None) -> Decimal:
        rules = context or current()
        b = _needed(other)
        return _made(nan_of(self, b, rules) or scaled(self, b, rules), rules)

    def fma(self, other: Any, third: Any, context: Any = None) -> Decimal:
        rules = context or current()
        return _made(fma(self, _needed(other), _needed(third), rules), rules)

    def remainder_near(self, other: Any, context: Any = None) -> Decimal:
        rules = context or current()
        return _made(rem_near(self, _needed(other), rules), rules)

    def next_plus(self, context: Any = None) -> Decimal:
        rules = context or current()
        return _made(neighbour(self, False, rules), rules)

    def next_minus(self, context: Any = None) -> Decimal:
        rules = context or current()
        return _made(neighbour(self, True, rules), rules)

    def next_toward(self, other: Any, context: Any = None) -> Decimal:
        rules = context or current()
        b = _needed(other)
        return _made(nan_of(self, b, rules) or toward(self, b, rules), rules)

    def copy_abs(self) -> Decimal:
        return Decimal(unsigned(self))

    def copy_negate(self) -> Decimal:
        return Decimal(Parts(not self._minus, self._coef, self._exp, self._kind))

    def copy_sign(self, other: Any, context: Any = None) -> Decimal:
        return Decimal(Parts(_needed(other)._minus, self._coef, self._exp, self._kind))

    def rotate(self, other: Any, context: Any = None) -> Decimal:
        rules = context or current()
        b = _needed(other)
        return _made(nan_of(self, b, rules) or rotated(self, b, rules), rules)

    def shift(self, other: Any, context: Any = None) -> Decimal:
        rules = context or current()
        b = _needed(other)
        return _made(nan_of(self, b, rules) or shifted(self, b, rules), rules)

    def logical_and(self, other: Any, context: Any = None) -> Decimal:
        return _logical(self, _needed(other), "&", context or current())

    def logical_or(self, other: Any, context: Any = None) -> Decimal:
        return _logical(self, _needed(other), "|", context or current())

    def logical_xor(self, other: Any, context: Any = None) -> Decimal:
        return _logical(self, _needed(other), "^", context or current())

    def logical_invert(self, context: Any = None) -> Decimal:
        rules = context or current()
        return _logical(self, Parts(False, (pow10(rules.precision) - 1) // 9, 0), "^", rules)


def _made(a: Parts, rules: Rules) -> Decimal:
    """The result of an operation, which ends."""
    rules.settle()
    return Decimal(a)


def _operand(x: Any) -> Parts | None:
    """What an operator can compute with."""
    if isinstance(x, Decimal):
        return x
    if isinstance(x, int):
        return of_int(int(x))
    return None


def _needed(x: Any) -> Parts:
    """The argument of a method."""
    if isinstance(x, Decimal):
        return x
    if isinstance(x, int):
        return of_int(int(x))
    raise TypeError(f"conversion from {type(x).__name__} to Decimal is not supported")


def _divided(a: Parts, b: Parts) -> tuple[Decimal, Decimal]:
    rules = current()
    whole, rest = whole_and_rest(a, b, rules)
    rules.settle()
    return Decimal(whole), Decimal(rest)


def _order(a: Parts, other: Any, ordering: bool) -> int | None:
    """-1, 0, 1 or, where a NaN is compared, 2; None for what no decimal is compared with."""
    rules = current()
    if isinstance(other, Decimal):
        b: Parts = other
    elif isinstance(other, int):
        b = of_int(int(other))
    elif isinstance(other, float):
        rules.now |= FLOAT
        if ordering:
            rules.settle()
        else:
            rules.seen |= rules.now
            rules.now = 0
        b = of_float(other)
    elif type(other).__name__ == "Fraction":
        if a._kind == FINITE:
            n = Parts(a._minus, a._coef * int(other.denominator), a._exp)
            return compare(n, of_int(int(other.numerator)))
        b = of_int(0)
    else:
        return None
    if a._kind in (QUIET, SIGNALING) or b._kind in (QUIET, SIGNALING):
        if ordering or a._kind == SIGNALING or b._kind == SIGNALING:
            rules.now |= INVALID
            rules.settle()
        return 2
    return compare(a, b)


def _extreme(a: Parts, b: Parts, wanted: int, magnitude: bool, rules: Rules) -> Decimal:
    """The larger or the smaller one; a number rather than a quiet NaN."""
    if a._kind == SIGNALING or b._kind == SIGNALING or (a._kind == QUIET and b._kind == QUIET):
        return _made(nan_of(a, b, rules) or a, rules)
    if a._kind == QUIET or b._kind == QUIET:
        return _made(fixed(b if a._kind == QUIET else a, rules), rules)
    side = compare(unsigned(a), unsigned(b)) if magnitude else compare(a, b)
    if side == 0:
        side = total(a, b)._coef * (-1 if total(a, b)._minus else 1)
    return _made(fixed(a if side in (0, wanted) else b, rules), rules)


def _logical(a: Parts, b: Parts, op: str, rules: Rules) -> Decimal:
    x, y = zero_ones(a), zero_ones(b)
    if x is None or y is None:
        return _made(nothing(rules, INVALID), rules)
    n, m = int(x, 2), int(y, 2)
    made = n & m if op == "&" else n | m if op == "|" else n ^ m
    return _made(Parts(False, int(bin(made)[2:]) % pow10(rules.precision), 0), rules)
