"""Arithmetic on decimals by the General Decimal Arithmetic Specification."""

from __future__ import annotations

from _decimal_digits import count, dropped, pow10, trailing_zeros
from _decimal_signals import (
    CLAMPED,
    DIVISION,
    IMPOSSIBLE,
    INEXACT,
    INVALID,
    OVERFLOW,
    ROUNDED,
    SUBNORMAL,
    UNDEFINED,
    UNDERFLOW,
    Rules,
)

FINITE, INFINITE, QUIET, SIGNALING = 0, 1, 2, 3


class Parts:
    """A sign, a coefficient and an exponent; for no numbers the coefficient is the payload."""

    __slots__ = ("_coef", "_exp", "_kind", "_minus")

    def __init__(self, minus: bool, coef: int, exp: int, kind: int = FINITE) -> None:
        self._minus = minus
        self._coef = coef
        self._exp = exp
        self._kind = kind


def nothing(rules: Rules, why: int) -> Parts:
    """What an operation gives that has no result."""
    rules.now |= why
    return Parts(False, 0, 0, QUIET)


def infinity(minus: bool) -> Parts:
    return Parts(minus, 0, 0, INFINITE)


def is_zero(a: Parts) -> bool:
    return a._kind == FINITE and a._coef == 0


def adjusted(a: Parts) -> int:
    """The exponent of the first digit."""
    return a._exp + count(a._coef) - 1


def quieted(a: Parts, rules: Rules) -> Parts:
    """What comes out where a NaN goes in."""
    if a._kind == SIGNALING:
        rules.now |= INVALID
    most = rules.precision - (1 if rules.clamped else 0)
    return Parts(a._minus, a._coef % pow10(most), 0, QUIET)


def nan_of(a: Parts, b: Parts, rules: Rules) -> Parts | None:
    """The NaN that comes out where one of two goes in: a signaling one first."""
    if a._kind == SIGNALING:
        return quieted(a, rules)
    if b._kind == SIGNALING:
        return quieted(b, rules)
    if a._kind == QUIET:
        return quieted(a, rules)
    if b._kind == QUIET:
        return quieted(b, rules)
    return None


# -- rounding


def fixed(a: Parts, rules: Rules) -> Parts:
    """`a` with the precision and within the exponents of the rules."""
    if a._kind == INFINITE:
        return a
    if a._kind != FINITE:
        return quieted(a, rules)
    etiny = rules.etiny()
    if a._coef == 0:
        most = rules.etop() if rules.clamped else rules.high
        exp = min(max(a._exp, etiny), most)
        if exp == a._exp:
            return a
        rules.now |= CLAMPED
        return Parts(a._minus, 0, exp)
    length = count(a._coef)
    least = length + a._exp - rules.precision
    if least > rules.etop():
        return _overflow(a._minus, rules)
    subnormal = least < etiny
    if subnormal:
        least = etiny
    if a._exp < least:
        return _shortened(a, least, subnormal, rules)
    if subnormal:
        rules.now |= SUBNORMAL
    if rules.clamped and a._exp > rules.etop():
        rules.now |= CLAMPED
        return Parts(a._minus, a._coef * pow10(a._exp - rules.etop()), rules.etop())
    return a


def _shortened(a: Parts, least: int, subnormal: bool, rules: Rules) -> Parts:
    coef, inexact = dropped(a._coef, least - a._exp, rules.mode, a._minus)
    exp = least
    if count(coef) > rules.precision:
        coef //= 10
        exp += 1
    if exp > rules.etop():
        return _overflow(a._minus, rules)
    if inexact and subnormal:
        rules.now |= UNDERFLOW
    if subnormal:
        rules.now |= SUBNORMAL
    if inexact:
        rules.now |= INEXACT
    rules.now |= ROUNDED
    if coef == 0:
        rules.now |= CLAMPED
    return Parts(a._minus, coef, exp)


def _overflow(minus: bool, rules: Rules) -> Parts:
    rules.now |= OVERFLOW | INEXACT | ROUNDED
    mode = rules.mode
    away = mode in ("ROUND_UP", "ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_HALF_DOWN")
    if away or mode == ("ROUND_FLOOR" if minus else "ROUND_CEILING"):
        return infinity(minus)
    return Parts(minus, pow10(rules.precision) - 1, rules.etop())


def rescaled(a: Parts, exp: int, mode: str) -> Parts:
    """A finite `a` with that exponent, whatever it loses."""
    if a._coef == 0:
        return Parts(a._minus, 0, exp)
    if a._exp >= exp:
        return Parts(a._minus, a._coef * pow10(a._exp - exp), exp)
    coef, _ = dropped(a._coef, exp - a._exp, mode, a._minus)
    return Parts(a._minus, coef, exp)


def quantize(a: Parts, b: Parts, rules: Rules) -> Parts:
    found = nan_of(a, b, rules)
    if found is not None:
        return found
    if a._kind == INFINITE and b._kind == INFINITE:
        return a
    if a._kind == INFINITE or b._kind == INFINITE:
        return nothing(rules, INVALID)
    return quantized(a, b._exp, rules)


def quantized(a: Parts, exp: int, rules: Rules) -> Parts:
    if exp > rules.high or exp < rules.etiny():
        return nothing(rules, INVALID)
    if a._coef == 0:
        return fixed(Parts(a._minus, 0, exp), rules)
    if count(a._coef) + a._exp - exp > rules.precision:
        return nothing(rules, INVALID)
    if a._exp >= exp:
        made = Parts(a._minus, a._coef * pow10(a._exp - exp), exp)
        status = 0
    else:
        coef, inexact = dropped(a._coef, exp - a._exp, rules.mode, a._minus)
        made = Parts(a._minus, coef, exp)
        status = ROUNDED | INEXACT if inexact else ROUNDED
    if count(made._coef) > rules.precision or adjusted(made) > rules.high:
        return nothing(rules, INVALID)
    rules.now |= status
    return fixed(made, rules)


def integral(a: Parts, rules: Rules, mode: str, exact: bool) -> Parts:
    """The neighbour without digits after the point."""
    if a._kind in (QUIET, SIGNALING):
        return quieted(a, rules)
    if a._kind == INFINITE or a._exp >= 0:
        return a
    if a._coef == 0:
        return Parts(a._minus, 0, 0)
    coef, inexact = dropped(a._coef, -a._exp, mode, a._minus)
    if exact:
        rules.now |= ROUNDED | INEXACT if inexact else ROUNDED
    return Parts(a._minus, coef, 0)


def reduced(a: Parts, rules: Rules) -> Parts:
    """Without zeros at the end."""
    made = fixed(a, rules)
    if made._kind != FINITE:
        return made
    if made._coef == 0:
        return Parts(made._minus, 0, 0)
    most = (rules.etop() if rules.clamped else rules.high) - made._exp
    zeros = trailing_zeros(made._coef, most)
    return Parts(made._minus, made._coef // pow10(zeros), made._exp + zeros)


# -- sums and products


def add(a: Parts, b: Parts, flip: bool, rules: Rules) -> Parts:
    """a + b, or a - b."""
    if a._kind != FINITE or b._kind != FINITE:
        return _add_special(a, b, flip, rules)
    b_minus = b._minus != flip
    low = min(a._exp, b._exp)
    if a._coef == 0 and b._coef == 0:
        minus = a._minus and b_minus
        if a._minus != b_minus and rules.mode == "ROUND_FLOOR":
            minus = True
        return fixed(Parts(minus, 0, low), rules)
    if a._coef == 0 or b._coef == 0:
        other = Parts(b_minus, b._coef, b._exp) if a._coef == 0 else a
        low = max(low, other._exp - rules.precision - 1)
        return fixed(rescaled(other, low, rules.mode), rules)
    x, y = _aligned(a, b, rules.precision)
    total = (-x._coef if a._minus else x._coef) + (-y._coef if b_minus else y._coef)
    if total == 0:
        return fixed(Parts(rules.mode == "ROUND_FLOOR", 0, x._exp), rules)
    return fixed(Parts(total < 0, abs(total), x._exp), rules)


def _add_special(a: Parts, b: Parts, flip: bool, rules: Rules) -> Parts:
    found = nan_of(a, b, rules)
    if found is not None:
        return found
    b_minus = b._minus != flip
    if a._kind == INFINITE:
        if b._kind == INFINITE and a._minus != b_minus:
            return nothing(rules, INVALID)
        return infinity(a._minus)
    return infinity(b_minus)


def _aligned(a: Parts, b: Parts, precision: int) -> tuple[Parts, Parts]:
    """Both with one exponent; one that is far below becomes something tiny instead."""
    if a._exp < b._exp:
        y, x = _aligned(b, a, precision)
        return x, y
    low = a._exp + min(-1, count(a._coef) - precision - 2)
    if adjusted(b) < low:
        b = Parts(b._minus, 1, low)
    return Parts(a._minus, a._coef * pow10(a._exp - b._exp), b._exp), b


def mul(a: Parts, b: Parts, rules: Rules) -> Parts:
    minus = a._minus != b._minus
    if a._kind != FINITE or b._kind != FINITE:
        found = nan_of(a, b, rules)
        if found is not None:
            return found
        if is_zero(a) or is_zero(b):
            return nothing(rules, INVALID)
        return infinity(minus)
    return fixed(Parts(minus, a._coef * b._coef, a._exp + b._exp), rules)


def fma(a: Parts, b: Parts, c: Parts, rules: Rules) -> Parts:
    """a * b + c, rounded once."""
    signals = [x for x in (a, b, c) if x._kind == SIGNALING]
    quiet = [x for x in (a, b) if x._kind == QUIET]
    if signals or quiet:
        return quieted((signals + quiet)[0], rules)
    minus = a._minus != b._minus
    if a._kind == INFINITE or b._kind == INFINITE:
        if is_zero(a) or is_zero(b):
            return nothing(rules, INVALID)
        return add(infinity(minus), c, False, rules)
    return add(Parts(minus, a._coef * b._coef, a._exp + b._exp), c, False, rules)


# -- quotients


def div(a: Parts, b: Parts, rules: Rules) -> Parts:
    minus = a._minus != b._minus
    if a._kind != FINITE or b._kind != FINITE:
        found = nan_of(a, b, rules)
        if found is not None:
            return found
        if a._kind == INFINITE:
            return nothing(rules, INVALID) if b._kind == INFINITE else infinity(minus)
        rules.now |= CLAMPED
        return Parts(minus, 0, rules.etiny())
    if b._coef == 0:
        if a._coef == 0:
            return nothing(rules, UNDEFINED)
        rules.now |= DIVISION
        return infinity(minus)
    ideal = a._exp - b._exp
    if a._coef == 0:
        return fixed(Parts(minus, 0, ideal), rules)
    shift = count(b._coef) - count(a._coef) + rules.precision + 1
    exp = ideal - shift
    if shift >= 0:
        coef, rest = divmod(a._coef * pow10(shift), b._coef)
    else:
        coef, rest = divmod(a._coef, b._coef * pow10(-shift))
    if rest:
        # A digit that says that more follow.
        if coef % 5 == 0:
            coef += 1
    else:
        zeros = trailing_zeros(coef, ideal - exp)
        coef //= pow10(zeros)
        exp += zeros
    return fixed(Parts(minus, coef, exp), rules)


def _whole_and_rest(a: Parts, b: Parts, rules: Rules) -> tuple[Parts, Parts]:
    """Of finite numbers, b not 0; not yet rounded."""
    minus = a._minus != b._minus
    ideal = min(a._exp, b._exp)
    gap = adjusted(a) - adjusted(b)
    if a._coef == 0 or gap <= -2:
        return Parts(minus, 0, 0), _exactly(a, ideal)
    if gap <= rules.precision:
        x = a._coef * pow10(a._exp - ideal)
        y = b._coef * pow10(b._exp - ideal)
        whole, rest = divmod(x, y)
        if whole < pow10(rules.precision):
            return Parts(minus, whole, 0), Parts(a._minus, rest, ideal)
    failed = nothing(rules, IMPOSSIBLE)
    return failed, failed


def _exactly(a: Parts, exp: int) -> Parts:
    return Parts(a._minus, a._coef * pow10(a._exp - exp), exp)


def divint(a: Parts, b: Parts, rules: Rules) -> Parts:
    minus = a._minus != b._minus
    if a._kind != FINITE or b._kind != FINITE:
        found = nan_of(a, b, rules)
        if found is not None:
            return found
        if a._kind == INFINITE:
            return nothing(rules, INVALID) if b._kind == INFINITE else infinity(minus)
        return Parts(minus, 0, 0)
    if b._coef == 0:
        if a._coef == 0:
            return nothing(rules, UNDEFINED)
        rules.now |= DIVISION
        return infinity(minus)
    return fixed(_whole_and_rest(a, b, rules)[0], rules)


def rem(a: Parts, b: Parts, rules: Rules) -> Parts:
    if a._kind != FINITE or b._kind != FINITE:
        found = nan_of(a, b, rules)
        if found is not None:
            return found
        return nothing(rules, INVALID) if a._kind == INFINITE else fixed(a, rules)
    if b._coef == 0:
        return nothing(rules, UNDEFINED if a._coef == 0 else INVALID)
    return fixed(_whole_and_rest(a, b, rules)[1], rules)


def whole_and_rest(a: Parts, b: Parts, rules: Rules) -> tuple[Parts, Parts]:
    """a // b and a % b."""
    if a._kind != FINITE or b._kind != FINITE:
        found = nan_of(a, b, rules)
        if found is not None:
            return found, found
        if a._kind == INFINITE:
            whole = infinity(a._minus != b._minus)
            if b._kind == INFINITE:
                whole = nothing(rules, INVALID)
            return whole, nothing(rules, INVALID)
        return Parts(a._minus != b._minus, 0, 0), fixed(a, rules)
    if b._coef == 0:
        if a._coef == 0:
            failed = nothing(rules, UNDEFINED)
            return failed, failed
        rules.now |= DIVISION
        return infinity(a._minus != b._minus), nothing(rules, INVALID)
    whole, rest = _whole_and_rest(a, b, rules)
    return fixed(whole, rules), fixed(rest, rules)


def rem_near(a: Parts, b: Parts, rules: Rules) -> Parts:
    """a minus the nearest multiple of b."""
    if a._kind != FINITE or b._kind != FINITE or b._coef == 0 or a._coef == 0:
        if is_zero(a) and b._kind == FINITE and b._coef:
            return fixed(_exactly(a, min(a._exp, b._exp)), rules)
        return rem(a, b, rules)
    gap = adjusted(a) - adjusted(b)
    if gap >= rules.precision + 1:
        return nothing(rules, IMPOSSIBLE)
    ideal = min(a._exp, b._exp)
    if gap <= -2:
        return fixed(_exactly(a, ideal), rules)
    y = b._coef * pow10(b._exp - ideal)
    whole, rest = divmod(a._coef * pow10(a._exp - ideal), y)
    minus = a._minus
    if 2 * rest + (whole & 1) > y:
        rest = y - rest
        minus = not minus
        whole += 1
    if whole >= pow10(rules.precision):
        return nothing(rules, IMPOSSIBLE)
    return fixed(Parts(minus, rest, ideal), rules)


# -- order and integral parts


def compare(a: Parts, b: Parts) -> int:
    """-1, 0 or 1; of no NaN."""
    x, y = _side(a), _side(b)
    if x != y:
        return -1 if x < y else 1
    if x == 0 or (a._kind == INFINITE and b._kind == INFINITE):
        return 0
    if a._kind == INFINITE:
        return x
    if b._kind == INFINITE:
        return -x
    gap = adjusted(a) - adjusted(b)
    if gap:
        return x if gap > 0 else -x
    low = min(a._exp, b._exp)
    p = a._coef * pow10(a._exp - low)
    q = b._coef * pow10(b._exp - low)
    return x * ((p > q) - (p < q))


def _side(a: Parts) -> int:
    """The sign."""
    if a._kind == FINITE and a._coef == 0:
        return 0
    return -1 if a._minus else 1


def is_whole(a: Parts) -> bool:
    if a._kind != FINITE:
        return False
    return a._exp >= 0 or a._coef == 0 or a._coef % pow10(min(-a._exp, count(a._coef))) == 0


def whole_of(a: Parts) -> int:
    """The integral part of a finite number."""
    n = a._coef * pow10(a._exp) if a._exp >= 0 else a._coef // pow10(-a._exp)
    return -n if a._minus else n
