"""Powers, roots and logarithms of decimals, rounded as CPython's are."""

from __future__ import annotations

import math

import _decimal_digits as digits
from _decimal_arith import (
    FINITE,
    INFINITE,
    QUIET,
    SIGNALING,
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
from _decimal_core import Number
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


def _is_odd(a: Number) -> bool:
    return a.exp <= 0 and whole_of(a) % 2 == 1


def power(a: Number, b: Number, rules: Rules) -> Number:
    found = nan_of(a, b, rules)
    if found is not None:
        return found
    whole = is_whole(b)
    minus = a.minus and whole and _is_odd(b)
    if is_zero(a):
        if is_zero(b):
            return nothing(rules, INVALID)
        return infinity(minus) if b.minus else Number(minus, 0, 0)
    if a.minus and not whole:
        return nothing(rules, INVALID)
    if b.kind == INFINITE:
        return _power_infinite(a, b, rules)
    if a.kind == INFINITE:
        if is_zero(b):
            return Number(minus, 1, 0)
        return Number(minus, 0, 0) if b.minus else infinity(minus)
    if b.coef == 0:
        return Number(minus, 1, 0)
    if compare(Number(False, a.coef, a.exp), Number(False, 1, 0)) == 0:
        return _power_of_one(a, b, whole, minus, rules)
    bounded = _power_bounds(a, b, minus, rules)
    if bounded is not None:
        return bounded
    if whole:
        return _power_whole(a, b, minus, rules)
    work = work_rules(max(count(a.coef), rules.precision) + 23)
    made = exp(mul(ln(a, work), b, work), work)
    rules.now |= INEXACT | ROUNDED | (work.now & ANY_INVALID)
    if made.kind == FINITE and compare(made, Number(False, 1, 0)) == 0:
        made = Number(False, pow10(rules.precision - 1), 1 - rules.precision)
    return fixed(made, rules)


def _power_infinite(a: Number, b: Number, rules: Rules) -> Number:
    if a.kind == INFINITE:
        side = 1
    else:
        side = compare(Number(False, a.coef, a.exp), Number(False, 1, 0))
    if side == 0:
        rules.now |= INEXACT | ROUNDED
        return Number(False, pow10(rules.precision - 1), 1 - rules.precision)
    if (side < 0) != b.minus:
        return Number(False, 0, 0)
    return infinity(False)


def _power_of_one(a: Number, b: Number, whole: bool, minus: bool, rules: Rules) -> Number:
    most = rules.precision - 1
    if not whole:
        rules.now |= INEXACT | ROUNDED
        places = most
    elif b.minus:
        return Number(minus, 1, 0)
    else:
        places = whole_of(b) * -a.exp
        if places > most:
            places = most
            rules.now |= ROUNDED
        places = max(places, 0)
    return Number(minus, pow10(places), -places)


def _power_bounds(a: Number, b: Number, minus: bool, rules: Rules) -> Number | None:
    """What is surely too large or too small."""
    first = adjusted(a)
    if first > 0:
        zeta = count(first) - 1
    elif first < -1:
        zeta = count(-(first + 1)) - 1
    else:
        near = add(Number(False, a.coef, a.exp), Number(False, 1, 0), True, work_rules(60))
        zeta = adjusted(near) - (1 if first == 0 else 0) - (1 if first == -1 else 0)
    large = (first < 0) == b.minus
    least = count(rules.high) if large else count(-rules.etiny())
    if least < zeta + adjusted(b):
        if large:
            return fixed(Number(minus, 1, 2 * MAX_EMAX), rules)
        return fixed(Number(minus, 1, rules.etiny() - 1), rules)
    return None


def _power_whole(a: Number, b: Number, minus: bool, rules: Rules) -> Number:
    places = rules.precision + count(b.coef) + b.exp + 2
    work = Rules(places, "ROUND_HALF_EVEN", rules.low, rules.high)
    base = a
    if b.minus:
        work.precision += 1
        base = div(Number(False, 1, 0), a, work)
    n = abs(whole_of(b))
    made = base
    for bit in bin(n)[3:]:
        made = mul(made, made, work)
        if bit == "1":
            made = mul(made, base, work)
        if made.kind != FINITE or made.coef == 0:
            break
    rules.now |= work.now
    if made.kind == INFINITE:
        made = Number(minus, 1, 2 * MAX_EMAX)
    return fixed(Number(minus, made.coef, made.exp, made.kind), rules)


def _half_even(a: Number, rules: Rules) -> Number:
    mode = rules.mode
    rules.mode = "ROUND_HALF_EVEN"
    made = fixed(a, rules)
    rules.mode = mode
    return made


def sqrt(a: Number, rules: Rules) -> Number:
    if a.kind in (QUIET, SIGNALING):
        return quieted(a, rules)
    ideal = a.exp // 2
    if is_zero(a):
        return fixed(Number(a.minus, 0, ideal), rules)
    if a.minus:
        return nothing(rules, INVALID)
    if a.kind == INFINITE:
        return infinity(False)
    coef = a.coef * 10 if a.exp % 2 else a.coef
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
    return _half_even(Number(False, root, at), rules)


def exp(a: Number, rules: Rules) -> Number:
    if a.kind in (QUIET, SIGNALING):
        return quieted(a, rules)
    if a.kind == INFINITE:
        return Number(False, 0, 0) if a.minus else infinity(False)
    if a.coef == 0:
        return Number(False, 1, 0)
    if adjusted(a) > 20:
        far = Number(False, 1, 2 * (MIN_EMIN if a.minus else MAX_EMAX))
        return _half_even(far, rules)
    coef, at = digits.exp(a.minus, a.coef, a.exp, rules.precision)
    rules.now |= INEXACT | ROUNDED
    return _half_even(Number(False, coef, at), rules)


def ln(a: Number, rules: Rules) -> Number:
    found = _logarithm_edge(a, rules)
    if found is not None:
        return found
    if compare(a, Number(False, 1, 0)) == 0:
        return Number(False, 0, 0)
    coef, at = digits.ln(a.coef, a.exp, rules.precision)
    rules.now |= INEXACT | ROUNDED
    return _half_even(Number(coef < 0, abs(coef), at), rules)


def log10(a: Number, rules: Rules) -> Number:
    found = _logarithm_edge(a, rules)
    if found is not None:
        return found
    first = count(a.coef) - 1
    if a.coef == pow10(first):
        return _half_even(Number(a.exp + first < 0, abs(a.exp + first), 0), rules)
    coef, at = digits.log10(a.coef, a.exp, rules.precision)
    rules.now |= INEXACT | ROUNDED
    return _half_even(Number(coef < 0, abs(coef), at), rules)


def _logarithm_edge(a: Number, rules: Rules) -> Number | None:
    if a.kind in (QUIET, SIGNALING):
        return quieted(a, rules)
    if is_zero(a):
        return infinity(True)
    if a.minus:
        return nothing(rules, INVALID)
    if a.kind == INFINITE:
        return infinity(False)
    return None
