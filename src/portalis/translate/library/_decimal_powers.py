"""Powers, roots and logarithms of decimals, rounded as CPython's are."""

from __future__ import annotations

import math

import _decimal_digits as digits
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
    fixed,
    infinity,
    is_whole,
    is_zero,
    mul,
    nan_of,
    nothing,
    quieted,
    whole_of,
)
from _decimal_digits import count, pow10, trailing_zeros
from _decimal_signals import (
    ANY_INVALID,
    INEXACT,
    INVALID,
    MAX_EMAX,
    MIN_EMIN,
    ROUNDED,
    Rules,
    work_rules,
)


def _is_odd(a: Parts) -> bool:
    return a._exp <= 0 and whole_of(a) % 2 == 1


def power(a: Parts, b: Parts, rules: Rules) -> Parts:
    found = nan_of(a, b, rules)
    if found is not None:
        return found
    whole = is_whole(b)
    minus = a._minus and whole and _is_odd(b)
    if is_zero(a):
        if is_zero(b):
            return nothing(rules, INVALID)
        return infinity(minus) if b._minus else Parts(minus, 0, 0)
    if a._minus and not whole:
        return nothing(rules, INVALID)
    if b._kind == INFINITE:
        return _power_infinite(a, b, rules)
    if a._kind == INFINITE:
        if is_zero(b):
            return Parts(minus, 1, 0)
        return Parts(minus, 0, 0) if b._minus else infinity(minus)
    if b._coef == 0:
        return Parts(minus, 1, 0)
    if compare(Parts(False, a._coef, a._exp), Parts(False, 1, 0)) == 0:
        return _power_of_one(a, b, whole, minus, rules)
    bounded = _power_bounds(a, b, minus, rules)
    if bounded is not None:
        return bounded
    if whole:
        return _power_whole(a, b, minus, rules)
    work = work_rules(max(count(a._coef), rules.precision) + 23)
    made = exp(mul(ln(a, work), b, work), work)
    rules.now |= INEXACT | ROUNDED | (work.now & ANY_INVALID)
    if made._kind == FINITE and compare(made, Parts(False, 1, 0)) == 0:
        made = Parts(False, pow10(rules.precision - 1), 1 - rules.precision)
    return fixed(made, rules)


def _power_infinite(a: Parts, b: Parts, rules: Rules) -> Parts:
    if a._kind == INFINITE:
        side = 1
    else:
        side = compare(Parts(False, a._coef, a._exp), Parts(False, 1, 0))
    if side == 0:
        rules.now |= INEXACT | ROUNDED
        return Parts(False, pow10(rules.precision - 1), 1 - rules.precision)
    if (side < 0) != b._minus:
        return Parts(False, 0, 0)
    return infinity(False)


def _power_of_one(a: Parts, b: Parts, whole: bool, minus: bool, rules: Rules) -> Parts:
    most = rules.precision - 1
    if not whole:
        rules.now |= INEXACT | ROUNDED
        places = most
    elif b._minus:
        return Parts(minus, 1, 0)
    else:
        places = whole_of(b) * -a._exp
        if places > most:
            places = most
            rules.now |= ROUNDED
        places = max(places, 0)
    return Parts(minus, pow10(places), -places)


def _power_bounds(a: Parts, b: Parts, minus: bool, rules: Rules) -> Parts | None:
    """What is surely too large or too small."""
    first = adjusted(a)
    if first > 0:
        zeta = count(first) - 1
    elif first < -1:
        zeta = count(-(first + 1)) - 1
    else:
        near = add(Parts(False, a._coef, a._exp), Parts(False, 1, 0), True, work_rules(60))
        zeta = adjusted(near) - (1 if first == 0 else 0) - (1 if first == -1 else 0)
    large = (first < 0) == b._minus
    least = count(rules.high) if large else count(-rules.etiny())
    if least < zeta + adjusted(b):
        if large:
            return fixed(Parts(minus, 1, 2 * MAX_EMAX), rules)
        return fixed(Parts(minus, 1, rules.etiny() - 1), rules)
    return None


def _power_whole(a: Parts, b: Parts, minus: bool, rules: Rules) -> Parts:
    places = rules.precision + count(b._coef) + b._exp + 2
    work = Rules(places, "ROUND_HALF_EVEN", rules.low, rules.high)
    base = a
    if b._minus:
        work.precision += 1
        base = div(Parts(False, 1, 0), a, work)
    n = abs(whole_of(b))
    made = base
    for bit in bin(n)[3:]:
        made = mul(made, made, work)
        if bit == "1":
            made = mul(made, base, work)
        if made._kind != FINITE or made._coef == 0:
            break
    rules.now |= work.now
    if made._kind == INFINITE:
        made = Parts(minus, 1, 2 * MAX_EMAX)
    return fixed(Parts(minus, made._coef, made._exp, made._kind), rules)


def _half_even(a: Parts, rules: Rules) -> Parts:
    mode = rules.mode
    rules.mode = "ROUND_HALF_EVEN"
    made = fixed(a, rules)
    rules.mode = mode
    return made


def sqrt(a: Parts, rules: Rules) -> Parts:
    if a._kind in (QUIET, SIGNALING):
        return quieted(a, rules)
    ideal = a._exp // 2
    if is_zero(a):
        return fixed(Parts(a._minus, 0, ideal), rules)
    if a._minus:
        return nothing(rules, INVALID)
    if a._kind == INFINITE:
        return infinity(False)
    coef = a._coef * 10 if a._exp % 2 else a._coef
    more = rules.precision + 1 - (count(coef) + 1) // 2
    lost = 0
    if more >= 0:
        coef *= pow10(2 * more)
    else:
        coef, lost = divmod(coef, pow10(-2 * more))
    root = math.isqrt(coef)
    at = ideal - more
    if root * root == coef and lost == 0:
        zeros = trailing_zeros(root, ideal - at)
        root //= pow10(zeros)
        at += zeros
        if at > ideal:
            root *= pow10(at - ideal)
            at = ideal
    elif root % 5 == 0:
        root += 1
    return _half_even(Parts(False, root, at), rules)


def exp(a: Parts, rules: Rules) -> Parts:
    if a._kind in (QUIET, SIGNALING):
        return quieted(a, rules)
    if a._kind == INFINITE:
        return Parts(False, 0, 0) if a._minus else infinity(False)
    if a._coef == 0:
        return Parts(False, 1, 0)
    if adjusted(a) > 20:
        far = Parts(False, 1, 2 * (MIN_EMIN if a._minus else MAX_EMAX))
        return _half_even(far, rules)
    coef, at = digits.exp(a._minus, a._coef, a._exp, rules.precision)
    rules.now |= INEXACT | ROUNDED
    return _half_even(Parts(False, coef, at), rules)


def ln(a: Parts, rules: Rules) -> Parts:
    found = _logarithm_edge(a, rules)
    if found is not None:
        return found
    if compare(a, Parts(False, 1, 0)) == 0:
        return Parts(False, 0, 0)
    coef, at = digits.ln(a._coef, a._exp, rules.precision)
    rules.now |= INEXACT | ROUNDED
    return _half_even(Parts(coef < 0, abs(coef), at), rules)


def log10(a: Parts, rules: Rules) -> Parts:
    found = _logarithm_edge(a, rules)
    if found is not None:
        return found
    first = count(a._coef) - 1
    if a._coef == pow10(first):
        return _half_even(Parts(a._exp + first < 0, abs(a._exp + first), 0), rules)
    coef, at = digits.log10(a._coef, a._exp, rules.precision)
    rules.now |= INEXACT | ROUNDED
    return _half_even(Parts(coef < 0, abs(coef), at), rules)


def _logarithm_edge(a: Parts, rules: Rules) -> Parts | None:
    if a._kind in (QUIET, SIGNALING):
        return quieted(a, rules)
    if is_zero(a):
        return infinity(True)
    if a._minus:
        return nothing(rules, INVALID)
    if a._kind == INFINITE:
        return infinity(False)
    return None
