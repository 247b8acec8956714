"""What decimals are made of, and their digits as such."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import _decimal_core as core
from _decimal_arith import (
    FINITE,
    INFINITE,
    QUIET,
    SIGNALING,
    add,
    adjusted,
    compare,
    fixed,
    nothing,
    quieted,
    whole_of,
)
from _decimal_core import Number
from _decimal_digits import pow10, shown
from _decimal_signals import (
    CLAMPED,
    DIVISION,
    INEXACT,
    INVALID,
    MAX_EMAX,
    MIN_ETINY,
    OVERFLOW,
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUNDED,
    SUBNORMAL,
    SYNTAX,
    UNDERFLOW,
    Rules,
)
from _decimal_text import parsed, scientific

# More digits than any memory holds.
_ROOM = 1 << 48


class DecimalTuple(NamedTuple):
    """Sign, digits and exponent."""

    sign: int
    digits: tuple[int, ...]
    exponent: Any


def of_int(n: int) -> Number:
    return core.whole(n)


def of_text(text: str, rules: Rules) -> Number:
    short = core.parsed(text)
    if short is not None:
        return short
    made = parsed(text)
    if made is None:
        made = nothing(rules, SYNTAX)
        rules.settle()
    return made


def bounded(a: Number, rules: Rules) -> Number:
    """`a`; nothing if no context has room for it."""
    # No coefficient has so many digits that they need counting where there is that much room.
    if a.kind != FINITE or MIN_ETINY <= a.exp <= MAX_EMAX - _ROOM:
        return a
    if MIN_ETINY <= a.exp <= MAX_EMAX and adjusted(a) <= MAX_EMAX:
        return a
    made = nothing(rules, INVALID)
    rules.settle()
    return made


def of_float(x: float) -> Number:
    """All its digits."""
    minus = math.copysign(1.0, x) < 0
    if math.isnan(x):
        return Number(minus, 0, 0, QUIET)
    if math.isinf(x):
        return Number(minus, 0, 0, INFINITE)
    n, d = abs(x).as_integer_ratio()
    places = d.bit_length() - 1
    return Number(minus, n * int(5**places), -places)


def of_tuple(given: Any) -> Number:
    """Of (sign, digits, exponent)."""
    if len(given) != 3:
        raise ValueError("argument must be a sequence of length 3")
    sign, digits, exponent = given
    if not isinstance(sign, int) or sign not in (0, 1):
        raise ValueError("sign must be an integer with the value 0 or 1")
    if isinstance(exponent, str):
        if exponent not in ("F", "n", "N"):
            raise ValueError("string argument in the third position must be 'F', 'n' or 'N'")
    elif not isinstance(exponent, int):
        raise ValueError("exponent must be an integer")
    coef = 0
    if exponent != "F":
        if not isinstance(digits, (tuple, list)):
            raise ValueError("coefficient must be a tuple of digits")
        for digit in digits:
            if not isinstance(digit, int) or not 0 <= digit <= 9:
                raise ValueError("coefficient must be a tuple of digits")
            coef = coef * 10 + int(digit)
    if exponent == "F":
        return Number(sign == 1, 0, 0, INFINITE)
    if exponent in ("n", "N"):
        return Number(sign == 1, coef, 0, QUIET if exponent == "n" else SIGNALING)
    exponent = int(exponent)
    if not -(2**63) <= exponent < 2**63:
        raise OverflowError("Python int too large to convert to C ssize_t")
    return Number(sign == 1, coef, exponent)


def tuple_of(a: Number) -> DecimalTuple:
    sign = 1 if a.minus else 0
    if a.kind == INFINITE:
        return DecimalTuple(sign, (0,), "F")
    digits = tuple([int(c) for c in shown(a.coef)])
    if a.kind == FINITE:
        return DecimalTuple(sign, digits, a.exp)
    return DecimalTuple(sign, digits if a.coef else (), "n" if a.kind == QUIET else "N")


def ratio_of(a: Number) -> tuple[int, int]:
    if a.kind == INFINITE:
        raise OverflowError("cannot convert Infinity to integer ratio")
    if a.kind != FINITE:
        raise ValueError("cannot convert NaN to integer ratio")
    n = -a.coef if a.minus else a.coef
    if a.exp >= 0:
        return n * pow10(a.exp), 1
    d = pow10(-a.exp)
    common = math.gcd(n, d)
    return n // common, d // common


def int_of(a: Number) -> int:
    if a.kind == INFINITE:
        raise OverflowError("cannot convert Infinity to integer")
    if a.kind != FINITE:
        raise ValueError("cannot convert NaN to integer")
    return whole_of(a)


def float_of(a: Number) -> float:
    if a.kind == SIGNALING:
        raise ValueError("cannot convert signaling NaN to float")
    if a.kind == QUIET:
        return -math.nan if a.minus else math.nan
    return float(scientific(a, False, True))


def class_of(a: Number, rules: Rules) -> str:
    if a.kind in (QUIET, SIGNALING):
        return "NaN" if a.kind == QUIET else "sNaN"
    sign = "-" if a.minus else "+"
    if a.kind == INFINITE:
        return sign + "Infinity"
    if a.coef == 0:
        return sign + "Zero"
    return sign + ("Normal" if adjusted(a) >= rules.low else "Subnormal")


def total(a: Number, b: Number) -> Number:
    """-1, 0 or 1 in the order of all representations."""
    if a.minus != b.minus:
        return Number(a.minus, 1, 0)
    ranks = (0, 1, 3, 2)
    p, q = ranks[a.kind], ranks[b.kind]
    if p != q:
        side = -1 if p < q else 1
    elif p >= 2:
        side = (a.coef > b.coef) - (a.coef < b.coef)
    elif a.kind == INFINITE:
        side = 0
    else:
        side = compare(Number(False, a.coef, a.exp), Number(False, b.coef, b.exp))
        if side == 0:
            side = (a.exp > b.exp) - (a.exp < b.exp)
    if side == 0:
        return Number(False, 0, 0)
    return Number((side < 0) != a.minus, 1, 0)


def _places(b: Number, rules: Rules) -> int | None:
    """By how many digits to move."""
    if b.kind != FINITE or b.exp != 0 or b.coef > rules.precision:
        return None
    return -b.coef if b.minus else b.coef


def shifted(a: Number, b: Number, rules: Rules) -> Number:
    places = _places(b, rules)
    if places is None:
        return nothing(rules, INVALID)
    if a.kind == INFINITE:
        return a
    most = pow10(rules.precision)
    if places < 0:
        return Number(a.minus, a.coef % most // pow10(-places), a.exp)
    return Number(a.minus, a.coef * pow10(places) % most, a.exp)


def rotated(a: Number, b: Number, rules: Rules) -> Number:
    places = _places(b, rules)
    if places is None:
        return nothing(rules, INVALID)
    if a.kind == INFINITE:
        return a
    places %= rules.precision
    high, low = divmod(a.coef % pow10(rules.precision), pow10(rules.precision - places))
    return Number(a.minus, low * pow10(places) + high, a.exp)


def zero_ones(a: Number) -> str | None:
    """The digits of a logical operand."""
    if a.kind != FINITE or a.minus or a.exp != 0:
        return None
    text = shown(a.coef)
    return text if text.strip("01") == "" else None


def logical(a: Number, b: Number, op: str, rules: Rules) -> Number:
    """Digit by digit."""
    x, y = zero_ones(a), zero_ones(b)
    if x is None or y is None:
        return nothing(rules, INVALID)
    n, m = int(x, 2), int(y, 2)
    made = n & m if op == "&" else n | m if op == "|" else n ^ m
    return Number(False, int(bin(made)[2:]) % pow10(rules.precision), 0)


def unsigned(a: Number) -> Number:
    return Number(False, a.coef, a.exp, a.kind)


def neighbour(a: Number, below: bool, rules: Rules) -> Number:
    """The next number above or below, whatever it is told to signal."""
    if a.kind in (QUIET, SIGNALING):
        return quieted(a, rules)
    if a.kind == INFINITE:
        if a.minus == below:
            return a
        return Number(a.minus, pow10(rules.precision) - 1, rules.etop())
    work = Rules(rules.precision, ROUND_FLOOR if below else ROUND_CEILING, rules.low, rules.high)
    made = fixed(a, work)
    if made.kind != FINITE or compare(made, a) != 0:
        return made
    return add(a, Number(below, 1, rules.etiny() - 1), False, work)


def toward(a: Number, b: Number, rules: Rules) -> Number:
    """The neighbour in the direction of b, with what it signals."""
    side = compare(a, b)
    if side == 0:
        return Number(b.minus, a.coef, a.exp, a.kind)
    made = neighbour(a, side > 0, rules)
    if made.kind == INFINITE:
        rules.now |= OVERFLOW | INEXACT | ROUNDED
    elif made.coef == 0 or adjusted(made) < rules.low:
        rules.now |= UNDERFLOW | SUBNORMAL | INEXACT | ROUNDED
        if made.coef == 0:
            rules.now |= CLAMPED
    return made


def first_place(a: Number, rules: Rules) -> Number:
    """The exponent of the first digit."""
    if a.kind in (QUIET, SIGNALING):
        return quieted(a, rules)
    if a.kind == INFINITE:
        return Number(False, 0, 0, INFINITE)
    if a.coef == 0:
        rules.now |= DIVISION
        return Number(True, 0, 0, INFINITE)
    return fixed(of_int(adjusted(a)), rules)


def scaled(a: Number, b: Number, rules: Rules) -> Number:
    """a * 10**b."""
    if b.kind != FINITE or b.exp != 0 or b.coef > 2 * (rules.high + rules.precision):
        return nothing(rules, INVALID)
    if a.kind == INFINITE:
        return a
    return fixed(Number(a.minus, a.coef, a.exp + (-b.coef if b.minus else b.coef)), rules)
