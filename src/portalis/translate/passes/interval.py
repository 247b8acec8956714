"""Intervals of integers: what a value may be, as its least and greatest bound.

Bounds beyond `FAR` are infinite. Every operation returns an interval that holds
all results of operands from its operands' intervals.
"""

from __future__ import annotations

from collections.abc import Callable

Interval = tuple[int, int]

FAR = 1 << 127
INFINITE = 1 << 200
TOP: Interval = (-INFINITE, INFINITE)
BOOL: Interval = (0, 1)
I64: Interval = (-(1 << 63), (1 << 63) - 1)
# What a machine computes with in two words.
I128: Interval = (-FAR + 1, FAR - 1)
# No address space holds more elements: what `len` can be.
LENGTH: Interval = (0, 1 << 47)
# More steps of a loop than CPython takes in four months: the distance that a counter
# can go, and the number of items a range can hand out.
STEPS = 1 << 50
# Where loop bounds settle before they become infinite.
THRESHOLDS = (-(1 << 62), -STEPS, -1, 0, 1, 1 << 47, STEPS, 1 << 62)


def clamp(lo: int, hi: int) -> Interval:
    return (lo if lo > -FAR else -INFINITE, hi if hi < FAR else INFINITE)


def point(value: int) -> Interval:
    return clamp(min(value, INFINITE), max(value, -INFINITE))


def join(a: Interval, b: Interval) -> Interval:
    return (min(a[0], b[0]), max(a[1], b[1]))


def meet(a: Interval, b: Interval) -> Interval:
    """Both hold; contradicting ones leave `a`."""
    lo, hi = max(a[0], b[0]), min(a[1], b[1])
    return (lo, hi) if lo <= hi else a


def within(a: Interval, b: Interval) -> bool:
    return b[0] <= a[0] and a[1] <= b[1]


def widen(old: Interval, new: Interval) -> Interval:
    """A bound that still moves goes to the next threshold."""
    lo, hi = old
    if new[0] < lo:
        lo = max((x for x in THRESHOLDS if x <= new[0]), default=-INFINITE)
    if new[1] > hi:
        hi = min((x for x in THRESHOLDS if x >= new[1]), default=INFINITE)
    return lo, hi


def add(a: Interval, b: Interval) -> Interval:
    return clamp(a[0] + b[0], a[1] + b[1])


def sub(a: Interval, b: Interval) -> Interval:
    return clamp(a[0] - b[1], a[1] - b[0])


def neg(a: Interval) -> Interval:
    return -a[1], -a[0]


def mul(a: Interval, b: Interval) -> Interval:
    corners = [x * y for x in a for y in b]
    return clamp(min(corners), max(corners))


def floordiv(a: Interval, b: Interval) -> Interval:
    """Of divisors that are not zero; a zero raises and gives nothing."""
    divisors = [y for y in (b[0], b[1], -1, 1) if y and b[0] <= y <= b[1]]
    if not divisors:
        return TOP
    corners = [x // y for x in a for y in divisors]
    return clamp(min(corners), max(corners))


def mod(a: Interval, b: Interval) -> Interval:
    """The sign is the divisor's, the size below it."""
    if b[0] > 0 and a[0] >= 0 and a[1] < b[0]:
        return a
    lo = 0 if b[0] >= 0 else b[0] + 1
    hi = 0 if b[1] <= 0 else b[1] - 1
    if a[0] >= 0 and b[0] >= 0:
        hi = min(hi, a[1])
    return clamp(lo, hi)


def bits(a: Interval, b: Interval) -> Interval:
    """What `|` and `^` can be: the bits of both."""
    size = max(abs(a[0]), abs(a[1]), abs(b[0]), abs(b[1])).bit_length()
    return clamp(0 if a[0] >= 0 and b[0] >= 0 else -(1 << size), (1 << size) - 1)


def bit_and(a: Interval, b: Interval) -> Interval:
    if a[0] >= 0 and b[0] >= 0:
        return 0, min(a[1], b[1])
    if a[0] >= 0:
        return 0, a[1]
    if b[0] >= 0:
        return 0, b[1]
    return bits(a, b)


def shl(a: Interval, b: Interval) -> Interval:
    if b[1] > 128:
        return (0, INFINITE) if a[0] >= 0 else TOP
    return mul(a, (1 << max(b[0], 0), 1 << max(b[1], 0)))


def shr(a: Interval, b: Interval) -> Interval:
    corners = [x if abs(x) > FAR else x >> min(max(y, 0), 128) for x in a for y in b]
    return clamp(min(corners), max(corners))


def power(a: Interval, b: Interval) -> Interval:
    if b[0] != b[1] or not 0 <= b[0] <= 64:
        return TOP if a[0] < 0 else (0, INFINITE)
    corners = [point(x ** b[0] if abs(x) < FAR else x * FAR)[i] for x in a for i in (0, 1)]
    lo = 0 if b[0] % 2 == 0 and a[0] < 0 < a[1] else min(corners)
    return clamp(min(lo, *corners), max(corners))


def absolute(a: Interval) -> Interval:
    if a[0] >= 0:
        return a
    if a[1] <= 0:
        return neg(a)
    return 0, max(-a[0], a[1])


OPERATORS: dict[str, Callable[[Interval, Interval], Interval]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "//": floordiv,
    "%": mod,
    "&": bit_and,
    "|": bits,
    "^": bits,
    "<<": shl,
    ">>": shr,
    "**nonneg": power,
    "min": lambda a, b: (min(a[0], b[0]), min(a[1], b[1])),
    "max": lambda a, b: (max(a[0], b[0]), max(a[1], b[1])),
}
