"""Arithmetic on decimals by the General Decimal Arithmetic Specification."""

from __future__ import annotations

from _decimal_core import Number
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

FINITE = 0
INFINITE = 1
QUIET = 2
SIGNALING = 3


def nothing(rules: Rules, why: int) -> Number:
    """What an operation gives that has no result."""
    rules.now |= why
    return Number(False, 0, 0, QUIET)


def infinity(minus: bool) -> Number:
    return Number(minus, 0, 0, INFINITE)


def is_zero(a: Number) -> bool:
    return a.kind == FINITE and a.coef == 0


def adjusted(a: Number) -> int:
    """The exponent of the first digit."""
    return a.exp + count(a.coef) - 1


def quieted(a: Number, rules: Rules) -> Number:
    """What comes out where a NaN goes in."""
    if a.kind == SIGNALING:
        rules.now |= INVALID
    most = rules.precision - (1 if rules.clamped else 0)
    return Number(a.minus, a.coef % pow10(most), 0, QUIET)


def nan_of(a: Number, b: Number, rules: Rules) -> Number | None:
    """The NaN that comes out where one of two goes in: a signaling one first."""
    if a.kind == SIGNALING:
        return quieted(a, rules)
    if b.kind == SIGNALING:
        return quieted(b, rules)
    if a.kind == QUIET:
        return quieted(a, rules)
    if b.kind == QUIET:
        return quieted(b, rules)
    return None


# -- rounding


def fixed(a: Number, rules: Rules) -> Number:
    """`a` with the precision and within the exponents of the rules."""
    if a.kind == INFINITE:
        return a
    if a.kind != FINITE:
        return quieted(a, rules)
    etiny = rules.etiny()
    if a.coef == 0:
        most = rules.etop() if rules.clamped else rules.high
        exp = min(max(a.exp, etiny), most)
        if exp == a.exp:
            return a
        rules.now |= CLAMPED
        return Number(a.minus, 0, exp)
    length = count(a.coef)
    least = length + a.exp - rules.precision
    if least > rules.etop():
        return _overflow(a.minus, rules)
    subnormal = least < etiny
    if subnormal:
        least = etiny
    if a.exp < least:
        return _shortened(a, least, subnormal, rules)
    if subnormal:
        rules.now |= SUBNORMAL
    if rules.clamped and a.exp > rules.etop():
        rules.now |= CLAMPED
        return Number(a.minus, a.coef * pow10(a.exp - rules.etop()), rules.etop())
    return a


def _shortened(a: Number, least: int, subnormal: bool, rules: Rules) -> Number:
    coef, inexact = dropped(a.coef, least - a.exp, rules.mode, a.minus)
    exp = least
    if count(coef) > rules.precision:
        coef //= 10
        exp += 1
    if exp > rules.etop():
        return _overflow(a.minus, rules)
    if inexact and subnormal:
        rules.now |= UNDERFLOW
    if subnormal:
        rules.now |= SUBNORMAL
    if inexact:
        rules.now |= INEXACT
    rules.now |= ROUNDED
    if coef == 0:
        rules.now |= CLAMPED
    return Number(a.minus, coef, exp)


def _overflow(minus: bool, rules: Rules) -> Number:
    rules.now |= OVERFLOW | INEXACT | ROUNDED
    mode = rules.mode
    away = mode in ("ROUND_UP", "ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_HALF_DOWN")
    if away or mode == ("ROUND_FLOOR" if minus else "ROUND_CEILING"):
        return infinity(minus)
    return Number(minus, pow10(rules.precision) - 1, rules.etop())


def rescaled(a: Number, exp: int, mode: str) -> Number:
    """A finite `a` with that exponent, whatever it loses."""
    if a.coef == 0:
        return Number(a.minus, 0, exp)
    if a.exp >= exp:
        return Number(a.minus, a.coef * pow10(a.exp - exp), exp)
    coef, _ = dropped(a.coef, exp - a.exp, mode, a.minus)
    return Number(a.minus, coef, exp)


def quantize(a: Number, b: Number, rules: Rules) -> Number:
    found = nan_of(a, b, rules)
    if found is not None:
        return found
    if a.kind == INFINITE and b.kind == INFINITE:
        return a
    if a.kind == INFINITE or b.kind == INFINITE:
        return nothing(rules, INVALID)
    return quantized(a, b.exp, rules)


def quantized(a: Number, exp: int, rules: Rules) -> Number:
    if exp > rules.high or exp < rules.etiny():
        return nothing(rules, INVALID)
    if a.coef == 0:
        return fixed(Number(a.minus, 0, exp), rules)
    if count(a.coef) + a.exp - exp > rules.precision:
        return nothing(rules, INVALID)
    if a.exp >= exp:
        made = Number(a.minus, a.coef * pow10(a.exp - exp), exp)
        status = 0
    else:
        coef, inexact = dropped(a.coef, exp - a.exp, rules.mode, a.minus)
        made = Number(a.minus, coef, exp)
        status = ROUNDED | INEXACT if inexact else ROUNDED
    if count(made.coef) > rules.precision or adjusted(made) > rules.high:
        return nothing(rules, INVALID)
    rules.now |= status
    return fixed(made, rules)


def integral(a: Number, rules: Rules, mode: str, exact: bool) -> Number:
    """The neighbour without digits after the point."""
    if a.kind in (QUIET, SIGNALING):
        return quieted(a, rules)
    if a.kind == INFINITE or a.exp >= 0:
        return a
    if a.coef == 0:
        return Number(a.minus, 0, 0)
    coef, inexact = dropped(a.coef, -a.exp, mode, a.minus)
    if exact:
        rules.now |= ROUNDED | INEXACT if inexact else ROUNDED
    return Number(a.minus, coef, 0)


def reduced(a: Number, rules: Rules) -> Number:
    """Without zeros at the end."""
    made = fixed(a, rules)
    if made.kind != FINITE:
        return made
    if made.coef == 0:
        return Number(made.minus, 0, 0)
    most = (rules.etop() if rules.clamped else rules.high) - made.exp
    zeros = trailing_zeros(made.coef, most)
    return Number(made.minus, made.coef // pow10(zeros), made.exp + zeros)


def signed(a: Number, minus: bool, rules: Rules) -> Number:
    """With that sign, which a zero has only where results are rounded down."""
    if a.kind in (QUIET, SIGNALING):
        return quieted(a, rules)
    if a.kind == FINITE and a.coef == 0:
        minus = minus and rules.mode == "ROUND_FLOOR"
    return fixed(Number(minus, a.coef, a.exp, a.kind), rules)


# -- sums and products


def add(a: Number, b: Number, flip: bool, rules: Rules) -> Number:
    """a + b, or a - b."""
    if a.kind != FINITE or b.kind != FINITE:
        return _add_special(a, b, flip, rules)
    b_minus = b.minus != flip
    low = min(a.exp, b.exp)
    if a.coef == 0 and b.coef == 0:
        minus = a.minus and b_minus
        if a.minus != b_minus and rules.mode == "ROUND_FLOOR":
            minus = True
        return fixed(Number(minus, 0, low), rules)
    if a.coef == 0 or b.coef == 0:
        other = Number(b_minus, b.coef, b.exp) if a.coef == 0 else a
        low = max(low, other.exp - rules.precision - 1)
        return fixed(rescaled(other, low, rules.mode), rules)
    x, y = _aligned(a, b, rules.precision)
    total = (-x.coef if a.minus else x.coef) + (-y.coef if b_minus else y.coef)
    if total == 0:
        return fixed(Number(rules.mode == "ROUND_FLOOR", 0, x.exp), rules)
    return fixed(Number(total < 0, abs(total), x.exp), rules)


def _add_special(a: Number, b: Number, flip: bool, rules: Rules) -> Number:
    found = nan_of(a, b, rules)
    if found is not None:
        return found
    b_minus = b.minus != flip
    if a.kind == INFINITE:
        if b.kind == INFINITE and a.minus != b_minus:
            return nothing(rules, INVALID)
        return infinity(a.minus)
    return infinity(b_minus)


def _aligned(a: Number, b: Number, precision: int) -> tuple[Number, Number]:
    """Both with one exponent; one that is far below becomes something tiny instead."""
    if a.exp < b.exp:
        y, x = _aligned(b, a, precision)
        return x, y
    low = a.exp + min(-1, count(a.coef) - precision - 2)
    if adjusted(b) < low:
        b = Number(b.minus, 1, low)
    return Number(a.minus, a.coef * pow10(a.exp - b.exp), b.exp), b


def mul(a: Number, b: Number, rules: Rules) -> Number:
    minus = a.minus != b.minus
    if a.kind != FINITE or b.kind != FINITE:
        found = nan_of(a, b, rules)
        if found is not None:
            return found
        if is_zero(a) or is_zero(b):
            return nothing(rules, INVALID)
        return infinity(minus)
    return fixed(Number(minus, a.coef * b.coef, a.exp + b.exp), rules)


def fma(a: Number, b: Number, c: Number, rules: Rules) -> Number:
    """a * b + c, rounded once."""
    signals = [x for x in (a, b, c) if x.kind == SIGNALING]
    quiet = [x for x in (a, b) if x.kind == QUIET]
    if signals or quiet:
        return quieted((signals + quiet)[0], rules)
    minus = a.minus != b.minus
    if a.kind == INFINITE or b.kind == INFINITE:
        if is_zero(a) or is_zero(b):
            return nothing(rules, INVALID)
        return add(infinity(minus), c, False, rules)
    return add(Number(minus, a.coef * b.coef, a.exp + b.exp), c, False, rules)


# -- quotients


def div(a: Number, b: Number, rules: Rules) -> Number:
    minus = a.minus != b.minus
    if a.kind != FINITE or b.kind != FINITE:
        found = nan_of(a, b, rules)
        if found is not None:
            return found
        if a.kind == INFINITE:
            return nothing(rules, INVALID) if b.kind == INFINITE else infinity(minus)
        rules.now |= CLAMPED
        return Number(minus, 0, rules.etiny())
    if b.coef == 0:
        if a.coef == 0:
            return nothing(rules, UNDEFINED)
        rules.now |= DIVISION
        return infinity(minus)
    ideal = a.exp - b.exp
    if a.coef == 0:
        return fixed(Number(minus, 0, ideal), rules)
    shift = count(b.coef) - count(a.coef) + rules.precision + 1
    exp = ideal - shift
    if shift >= 0:
        coef, rest = divmod(a.coef * pow10(shift), b.coef)
    else:
        coef, rest = divmod(a.coef, b.coef * pow10(-shift))
    if rest:
        # A digit that says that more follow.
        if coef % 5 == 0:
            coef += 1
    else:
        zeros = trailing_zeros(coef, ideal - exp)
        coef //= pow10(zeros)
        exp += zeros
    return fixed(Number(minus, coef, exp), rules)


def _whole_and_rest(a: Number, b: Number, rules: Rules) -> tuple[Number, Number]:
    """Of finite numbers, b not 0; not yet rounded."""
    minus = a.minus != b.minus
    ideal = min(a.exp, b.exp)
    gap = adjusted(a) - adjusted(b)
    if a.coef == 0 or gap <= -2:
        return Number(minus, 0, 0), _exactly(a, ideal)
    if gap <= rules.precision:
        x = a.coef * pow10(a.exp - ideal)
        y = b.coef * pow10(b.exp - ideal)
        whole, rest = divmod(x, y)
        if whole < pow10(rules.precision):
            return Number(minus, whole, 0), Number(a.minus, rest, ideal)
    failed = nothing(rules, IMPOSSIBLE)
    return failed, failed


def _exactly(a: Number, exp: int) -> Number:
    return Number(a.minus, a.coef * pow10(a.exp - exp), exp)


def divint(a: Number, b: Number, rules: Rules) -> Number:
    minus = a.minus != b.minus
    if a.kind != FINITE or b.kind != FINITE:
        found = nan_of(a, b, rules)
        if found is not None:
            return found
        if a.kind == INFINITE:
            return nothing(rules, INVALID) if b.kind == INFINITE else infinity(minus)
        return Number(minus, 0, 0)
    if b.coef == 0:
        if a.coef == 0:
            return nothing(rules, UNDEFINED)
        rules.now |= DIVISION
        return infinity(minus)
    return fixed(_whole_and_rest(a, b, rules)[0], rules)


def rem(a: Number, b: Number, rules: Rules) -> Number:
    if a.kind != FINITE or b.kind != FINITE:
        found = nan_of(a, b, rules)
        if found is not None:
            return found
        return nothing(rules, INVALID) if a.kind == INFINITE else fixed(a, rules)
    if b.coef == 0:
        return nothing(rules, UNDEFINED if a.coef == 0 else INVALID)
    return fixed(_whole_and_rest(a, b, rules)[1], rules)


def whole_and_rest(a: Number, b: Number, rules: Rules) -> tuple[Number, Number]:
    """a // b and a % b."""
    if a.kind != FINITE or b.kind != FINITE:
        found = nan_of(a, b, rules)
        if found is not None:
            return found, found
        if a.kind == INFINITE:
            whole = infinity(a.minus != b.minus)
            if b.kind == INFINITE:
                whole = nothing(rules, INVALID)
            return whole, nothing(rules, INVALID)
        return Number(a.minus != b.minus, 0, 0), fixed(a, rules)
    if b.coef == 0:
        if a.coef == 0:
            failed = nothing(rules, UNDEFINED)
            return failed, failed
        rules.now |= DIVISION
        return infinity(a.minus != b.minus), nothing(rules, INVALID)
    whole, rest = _whole_and_rest(a, b, rules)
    return fixed(whole, rules), fixed(rest, rules)


def rem_near(a: Number, b: Number, rules: Rules) -> Number:
    """a minus the nearest multiple of b."""
    if a.kind != FINITE or b.kind != FINITE or b.coef == 0 or a.coef == 0:
        if is_zero(a) and b.kind == FINITE and b.coef:
            return fixed(_exactly(a, min(a.exp, b.exp)), rules)
        return rem(a, b, rules)
    gap = adjusted(a) - adjusted(b)
    if gap >= rules.precision + 1:
        return nothing(rules, IMPOSSIBLE)
    ideal = min(a.exp, b.exp)
    if gap <= -2:
        return fixed(_exactly(a, ideal), rules)
    y = b.coef * pow10(b.exp - ideal)
    whole, rest = divmod(a.coef * pow10(a.exp - ideal), y)
    minus = a.minus
    if 2 * rest + (whole & 1) > y:
        rest = y - rest
        minus = not minus
        whole += 1
    if whole >= pow10(rules.precision):
        return nothing(rules, IMPOSSIBLE)
    return fixed(Number(minus, rest, ideal), rules)


# -- order and integral parts


def compare(a: Number, b: Number) -> int:
    """-1, 0 or 1; of no NaN."""
    x, y = _side(a), _side(b)
    if x != y:
        return -1 if x < y else 1
    if x == 0 or (a.kind == INFINITE and b.kind == INFINITE):
        return 0
    if a.kind == INFINITE:
        return x
    if b.kind == INFINITE:
        return -x
    gap = adjusted(a) - adjusted(b)
    if gap:
        return x if gap > 0 else -x
    low = min(a.exp, b.exp)
    p = a.coef * pow10(a.exp - low)
    q = b.coef * pow10(b.exp - low)
    return x * ((p > q) - (p < q))


def _side(a: Number) -> int:
    """The sign."""
    if a.kind == FINITE and a.coef == 0:
        return 0
    return -1 if a.minus else 1


def is_whole(a: Number) -> bool:
    if a.kind != FINITE:
        return False
    return a.exp >= 0 or a.coef == 0 or a.coef % pow10(min(-a.exp, count(a.coef))) == 0


def whole_of(a: Number) -> int:
    """The integral part of a finite number."""
    n = a.coef * pow10(a.exp) if a.exp >= 0 else a.coef // pow10(-a.exp)
    return -n if a.minus else n
