"""Whole numbers as rows of decimal digits, and e**x and logarithms to many of them."""

from __future__ import annotations

import math

# More digits than this are converted in parts.
_PART = 4000


def pow10(n: int) -> int:
    """Of no negative n: the result is an int."""
    return int(10**n)


def count(n: int) -> int:
    """How many digits a number, not negative, has; 0 has one."""
    if n < 1000000000000000000:
        return len(str(n))
    least = int(n.bit_length() * 0.30102999566398119)
    return least + 1 if n >= pow10(least) else least


def shown(n: int) -> str:
    digits = count(n)
    if digits <= _PART:
        return str(n)
    low = digits // 2
    head, tail = divmod(n, pow10(low))
    rest = shown(tail)
    return shown(head) + "0" * (low - len(rest)) + rest


def read(text: str) -> int:
    """The number that digits say; none of them say 0."""
    if len(text) <= _PART:
        return int(text or "0")
    low = len(text) // 2
    return read(text[:-low]) * pow10(low) + read(text[-low:])


def trailing_zeros(n: int, most: int) -> int:
    """How many zeros a number other than 0 ends with, `most` at most."""
    found = 0
    while found < most and n % 10 == 0:
        n //= 10
        found += 1
    return found


def goes_up(mode: str, negative: bool, kept: int, rest: int) -> bool:
    """Whether a magnitude is rounded up. `rest`: what is dropped, which is not 0, against a
    half: -1, 0 or 1."""
    if mode == "ROUND_HALF_EVEN":
        return rest > 0 or (rest == 0 and kept % 2 == 1)
    if mode == "ROUND_HALF_UP":
        return rest >= 0
    if mode == "ROUND_HALF_DOWN":
        return rest > 0
    if mode == "ROUND_UP":
        return True
    if mode == "ROUND_CEILING":
        return not negative
    if mode == "ROUND_FLOOR":
        return negative
    return mode == "ROUND_05UP" and kept % 5 == 0


def dropped(n: int, places: int, mode: str, negative: bool) -> tuple[int, bool]:
    """n without its last digits, rounded, and whether these were not all 0."""
    if n == 0:
        return 0, False
    if places > count(n):
        return (1 if goes_up(mode, negative, 0, -1) else 0), True
    unit = pow10(places)
    kept, rest = divmod(n, unit)
    if rest == 0:
        return kept, False
    twice = 2 * rest
    side = (twice > unit) - (twice < unit)
    if goes_up(mode, negative, kept, side):
        kept += 1
    return kept, True


def _scaled(n: int, exp: int) -> int:
    """n * pow10(exp), rounded down."""
    return n * pow10(exp) if exp >= 0 else n // pow10(-exp)


def _atanh_inverse(n: int, unit: int) -> int:
    """atanh(1/n) in units."""
    term = unit // n
    total = term
    square = n * n
    k = 3
    while term:
        term //= square
        total += term // k
        k += 2
    return total


class _Known:
    """ln(10) to as many digits as were needed so far."""

    digits = 0
    value = 0


def _ln10(digits: int) -> int:
    """ln(10) * pow10(digits), less than two units off."""
    if _Known.digits < digits:
        unit = pow10(digits + 10)
        made = 46 * _atanh_inverse(31, unit)
        made += 34 * _atanh_inverse(49, unit)
        made += 20 * _atanh_inverse(161, unit)
        _Known.value = made // 10**10
        _Known.digits = digits
    return _Known.value // pow10(_Known.digits - digits)


def _ln(n: int, exp: int, digits: int) -> int:
    """ln(n * pow10(exp)) * pow10(digits), less than a unit off."""
    more = digits + 12
    unit = pow10(more)
    top = count(n) - 1
    t = _scaled(n, more - top)
    steps = 0
    while t > unit + unit // 64:
        t = math.isqrt(t * unit)
        steps += 1
    z = (t - unit) * unit // (t + unit)
    square = z * z // unit
    term = z
    total = z
    k = 3
    while term:
        term = term * square // unit
        total += term // k
        k += 2
    whole = total * (2 << steps) + (exp + top) * _ln10(more)
    return whole // 10**12


def _nearest(n: int, precision: int, error: int) -> tuple[int, int] | None:
    """n to so many digits, a half to the even neighbour, and how many were dropped; None if
    an error of so many units may decide."""
    places = count(n) - precision
    if places < 1:
        return None
    unit = pow10(places)
    kept, rest = divmod(n, unit)
    if abs(2 * rest - unit) <= 2 * error:
        return None
    if 2 * rest > unit:
        kept += 1
        if kept == pow10(precision):
            return pow10(precision - 1), places + 1
    return kept, places


def exp(negative: bool, n: int, power: int, precision: int) -> tuple[int, int]:
    """e**x for x = n * pow10(power), not 0, to so many digits: coefficient and exponent."""
    above = max(count(n) + power, 0)
    extra = 5
    while True:
        digits = precision + extra + above + 10
        unit = pow10(digits)
        x = _scaled(n, power + digits)
        k, r = divmod(-x - 1 if negative else x, _ln10(digits))
        r //= 256
        term = unit
        total = unit
        i = 1
        while term:
            term = term * r // (unit * i)
            total += term
            i += 1
        for _ in range(8):
            total = total * total // unit
        found = _nearest(total, precision, pow10(above + 8))
        if found is not None:
            return found[0], found[1] + k - digits
        extra += extra


def ln(n: int, power: int, precision: int) -> tuple[int, int]:
    """ln(n * pow10(power)), which is not 0, to so many digits: signed coefficient and exponent."""
    extra = 5
    while True:
        digits = precision + extra
        made = _ln(n, power, digits)
        found = _nearest(abs(made), precision, 4)
        if found is not None:
            return (-found[0] if made < 0 else found[0]), found[1] - digits
        extra += extra


def log10(n: int, power: int, precision: int) -> tuple[int, int]:
    """As `ln`, of a number that is no power of 10."""
    extra = 5
    while True:
        digits = precision + extra
        top = count(n) - 1
        part = _ln(n, -top, digits) * pow10(digits) // _ln10(digits)
        made = part + (power + top) * pow10(digits)
        found = _nearest(abs(made), precision, 4)
        if found is not None:
            return (-found[0] if made < 0 else found[0]), found[1] - digits
        extra += extra
