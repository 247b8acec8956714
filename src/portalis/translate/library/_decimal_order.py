"""How decimals compare, and operations that choose by it."""

from __future__ import annotations

from _decimal_arith import FINITE, QUIET, SIGNALING, compare, fixed, nan_of
from _decimal_convert import total, unsigned
from _decimal_core import Number
from _decimal_signals import INVALID, Rules, current


def ordered(a: Number, b: Number, ordering: bool) -> int:
    """-1, 0, 1 or, where a NaN is compared, 2: of what the core does not compare."""
    if a.kind in (QUIET, SIGNALING) or b.kind in (QUIET, SIGNALING):
        if ordering or a.kind == SIGNALING or b.kind == SIGNALING:
            rules = current()
            rules.now |= INVALID
            rules.settle()
        return 2
    return compare(a, b)


def extreme(a: Number, b: Number, wanted: int, magnitude: bool, rules: Rules) -> Number:
    """The larger or the smaller one; a number rather than a quiet NaN."""
    if a.kind == SIGNALING or b.kind == SIGNALING or (a.kind == QUIET and b.kind == QUIET):
        return nan_of(a, b, rules) or a
    if a.kind == QUIET or b.kind == QUIET:
        return fixed(b if a.kind == QUIET else a, rules)
    side = compare(unsigned(a), unsigned(b)) if magnitude else compare(a, b)
    if side == 0:
        side = total(a, b).coef * (-1 if total(a, b).minus else 1)
    return fixed(a if side in (0, wanted) else b, rules)


def same_quantum(a: Number, b: Number) -> bool:
    if a.kind == FINITE and b.kind == FINITE:
        return a.exp == b.exp
    nans = (QUIET, SIGNALING)
    return a.kind == b.kind or (a.kind in nans and b.kind in nans)
