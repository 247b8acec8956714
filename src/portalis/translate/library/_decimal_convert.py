"""What decimals are made of, and their digits as such."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from _decimal_arith import (
    FINITE,
    INFINITE,
    QUIET,
    SIGNALING,
    Parts,
    add,
    adjusted,
    compare,
    fixed,
    nothing,
    quieted,
)
from _decimal_digits import pow10, shown
from _decimal_signals import (
    CLAMPED,
    DIVISION,
    INEXACT,
    INVALID,
    OVERFLOW,
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUNDED,
    SUBNORMAL,
    SYNTAX,
    UNDERFLOW,
    Rules,
)
from _decimal_text import parsed


class DecimalTuple(NamedTuple):
    """Sign, digits and exponent."""

    sign: int
    digits: tuple[int, ...]
    exponent: Any


def of_int(n: int) -> Parts:
    return Parts(n < 0, abs(n), 0)


def of_text(text: str, rules: Rules) -> Parts:
    made = parsed(text)
    if made is None:
        made = nothing(rules, SYNTAX)
        rules.settle()
    return made


def of_float(x: float) -> Parts:
    """All its digits."""
    minus = math.copysign(1.0, x) < 0
    if math.isnan(x):
        return Parts(minus, 0, 0, QUIET)
    if math.isinf(x):
        return Parts(minus, 0, 0, INFINITE)
    n, d = abs(x).as_integer_ratio()
    places = d.bit_length() - 1
    return Parts(minus, n * int(5**places), -places)


def of_tuple(given: Any) -> Parts:
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
        return Parts(sign == 1, 0, 0, INFINITE)
    if exponent in ("n", "N"):
        return Parts(sign == 1, coef, 0, QUIET if exponent == "n" else SIGNALING)
    return Parts(sign == 1, coef, int(exponent))


def total(a: Parts, b: Parts) -> Parts:
    """-1, 0 or 1 in the order of all representations."""
    if a._minus != b._minus:
        return Parts(a._minus, 1, 0)
    ranks = (0, 1, 3, 2)
    p, q = ranks[a._kind], ranks[b._kind]
    if p != q:
        side = -1 if p < q else 1
    elif p >= 2:
        side = (a._coef > b._coef) - (a._coef < b._coef)
    elif a._kind == INFINITE:
        side = 0
    else:
        side = compare(Parts(False, a._coef, a._exp), Parts(False, b._coef, b._exp))
        if side == 0:
            side = (a._exp > b._exp) - (a._exp < b._exp)
    if side == 0:
        return Parts(False, 0, 0)
    return Parts((side < 0) != a._minus, 1, 0)


def _places(b: Parts, rules: Rules) -> int | None:
    """By how many digits to move."""
    if b._kind != FINITE or b._exp != 0 or b._coef > rules.precision:
        return None
    return -b._coef if b._minus else b._coef


def shifted(a: Parts, b: Parts, rules: Rules) -> Parts:
    places = _places(b, rules)
    if places is None:
        return nothing(rules, INVALID)
    if a._kind == INFINITE:
        return a
    most = pow10(rules.precision)
    if places < 0:
        return Parts(a._minus, a._coef % most // pow10(-places), a._exp)
    return Parts(a._minus, a._coef * pow10(places) % most, a._exp)


def rotated(a: Parts, b: Parts, rules: Rules) -> Parts:
    places = _places(b, rules)
    if places is None:
        return nothing(rules, INVALID)
    if a._kind == INFINITE:
        return a
    places %= rules.precision
    high, low = divmod(a._coef % pow10(rules.precision), pow10(rules.precision - places))
    return Parts(a._minus, low * pow10(places) + high, a._exp)


def zero_ones(a: Parts) -> str | None:
    """The digits of a logical operand."""
    if a._kind != FINITE or a._minus or a._exp != 0:
        return None
    text = shown(a._coef)
    return text if text.strip("01") == "" else None


def unsigned(a: Parts) -> Parts:
    return Parts(False, a._coef, a._exp, a._kind)


def neighbour(a: Parts, below: bool, rules: Rules) -> Parts:
    """The next number above or below, whatever it is told to signal."""
    if a._kind in (QUIET, SIGNALING):
        return quieted(a, rules)
    if a._kind == INFINITE:
        if a._minus == below:
            return a
        return Parts(a._minus, pow10(rules.precision) - 1, rules.etop())
    work = Rules(rules.precision, ROUND_FLOOR if below else ROUND_CEILING, rules.low, rules.high)
    made = fixed(a, work)
    if made._kind != FINITE or compare(made, a) != 0:
        return made
    return add(a, Parts(below, 1, rules.etiny() - 1), False, work)


def toward(a: Parts, b: Parts, rules: Rules) -> Parts:
    """The neighbour in the direction of b, with what it signals."""
    side = compare(a, b)
    if side == 0:
        return Parts(b._minus, a._coef, a._exp, a._kind)
    made = neighbour(a, side > 0, rules)
    if made._kind == INFINITE:
        rules.now |= OVERFLOW | INEXACT | ROUNDED
    elif made._coef == 0 or adjusted(made) < rules.low:
        rules.now |= UNDERFLOW | SUBNORMAL | INEXACT | ROUNDED
        if made._coef == 0:
            rules.now |= CLAMPED
    return made


def first_place(a: Parts, rules: Rules) -> Parts:
    """The exponent of the first digit."""
    if a._kind in (QUIET, SIGNALING):
        return quieted(a, rules)
    if a._kind == INFINITE:
        return Parts(False, 0, 0, INFINITE)
    if a._coef == 0:
        rules.now |= DIVISION
        return Parts(True, 0, 0, INFINITE)
    return fixed(of_int(adjusted(a)), rules)


def scaled(a: Parts, b: Parts, rules: Rules) -> Parts:
    """a * 10**b."""
    if b._kind != FINITE or b._exp != 0 or b._coef > 2 * (rules.high + rules.precision):
        return nothing(rules, INVALID)
    if a._kind == INFINITE:
        return a
    return fixed(Parts(a._minus, a._coef, a._exp + (-b._coef if b._minus else b._coef)), rules)
