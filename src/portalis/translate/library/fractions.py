"""Exact rational numbers."""

from __future__ import annotations

import math
import re
from typing import Any

_FORM = (
    r"\A\s*([-+]?)(?=\d|\.\d)(\d*|\d+(?:_\d+)*)"
    r"(?:(?:/(\d+(?:_\d+)*))?|(?:\.(d*|\d+(?:_\d+)*))?(?:[eE]([-+]?\d+(?:_\d+)*))?)\s*\Z"
)
# Of the hashes of numbers.
_MODULUS = 2**61 - 1


class Fraction:
    """A numerator and a positive denominator in lowest terms."""

    __slots__ = ("_denominator", "_numerator")

    def __init__(self, numerator: Any = 0, denominator: Any = None) -> None:
        if denominator is None:
            n, d = _ratio(numerator)
        elif isinstance(numerator, (int, Fraction)) and isinstance(denominator, (int, Fraction)):
            above, below = _ratio(numerator), _ratio(denominator)
            n, d = above[0] * below[1], below[0] * above[1]
        else:
            raise TypeError("both arguments should be Rational instances")
        if d == 0:
            raise ZeroDivisionError(f"Fraction({n}, 0)")
        common = math.gcd(n, d)
        if d < 0:
            common = -common
        self._numerator: int = n // common
        self._denominator: int = d // common

    @classmethod
    def from_float(cls, f: Any) -> Fraction:
        if isinstance(f, int):
            return Fraction(f)
        if not isinstance(f, float):
            name = type(f).__name__
            raise TypeError(f"Fraction.from_float() only takes floats, not {f!r} ({name})")
        return Fraction(*f.as_integer_ratio())

    @classmethod
    def from_decimal(cls, dec: Any) -> Fraction:
        if isinstance(dec, int):
            return Fraction(dec)
        if type(dec).__name__ != "Decimal":
            name = type(dec).__name__
            raise TypeError(f"Fraction.from_decimal() only takes Decimals, not {dec!r} ({name})")
        return Fraction(*dec.as_integer_ratio())

    def as_integer_ratio(self) -> tuple[int, int]:
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator: int = 1000000) -> Fraction:
        if max_denominator < 1:
            raise ValueError("max_denominator should be at least 1")
        if self._denominator <= max_denominator:
            return Fraction(self)
        # The convergents p/q of the continued fraction, until one is too fine.
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        below = Fraction(p0 + k * p1, q0 + k * q1)
        above = Fraction(p1, q1)
        if abs(above - self) <= abs(below - self):
            return above
        return below

    @property
    def numerator(self) -> int:
        return self._numerator

    @property
    def denominator(self) -> int:
        return self._denominator

    @property
    def real(self) -> Fraction:
        return self

    @property
    def imag(self) -> int:
        return 0

    def conjugate(self) -> Fraction:
        return self

    def __repr__(self) -> str:
        return f"Fraction({self._numerator}, {self._denominator})"

    def __str__(self) -> str:
        if self._denominator == 1:
            return str(self._numerator)
        return f"{self._numerator}/{self._denominator}"

    def __add__(self, other: Any) -> Any:
        if isinstance(other, Fraction):
            return _sum(self, other._numerator, other._denominator)
        if isinstance(other, int):
            return _lowest(self._numerator + other * self._denominator, self._denominator)
        if isinstance(other, (float, complex)):
            return float(self) + other
        return NotImplemented

    def __radd__(self, other: Any) -> Any:
        if isinstance(other, int):
            return _lowest(self._numerator + other * self._denominator, self._denominator)
        if isinstance(other, (float, complex)):
            return other + float(self)
        return NotImplemented

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, Fraction):
            return _sum(self, -other._numerator, other._denominator)
        if isinstance(other, int):
            return _lowest(self._numerator - other * self._denominator, self._denominator)
        if isinstance(other, (float, complex)):
            return float(self) - other
        return NotImplemented

    def __rsub__(self, other: Any) -> Any:
        if isinstance(other, int):
            return _lowest(other * self._denominator - self._numerator, self._denominator)
        if isinstance(other, (float, complex)):
            return other - float(self)
        return NotImplemented

    def __mul__(self, other: Any) -> Any:
        if isinstance(other, Fraction):
            return _product(self, other._numerator, other._denominator)
        if isinstance(other, int):
            return _product(self, int(other), 1)
        if isinstance(other, (float, complex)):
            return float(self) * other
        return NotImplemented

    def __rmul__(self, other: Any) -> Any:
        if isinstance(other, int):
            return _product(self, int(other), 1)
        if isinstance(other, (float, complex)):
            return other * float(self)
        return NotImplemented

    def __truediv__(self, other: Any) -> Any:
        if isinstance(other, Fraction):
            return _quotient(self._numerator, self._denominator, other)
        if isinstance(other, int):
            return _quotient(self._numerator, self._denominator, _lowest(int(other), 1))
        if isinstance(other, (float, complex)):
            return float(self) / other
        return NotImplemented

    def __rtruediv__(self, other: Any) -> Any:
        if isinstance(other, int):
            return _quotient(int(other), 1, self)
        if isinstance(other, (float, complex)):
            return other / float(self)
        return NotImplemented

    def __floordiv__(self, other: Any) -> Any:
        if isinstance(other, (int, Fraction)):
            return (self._numerator * other.denominator) // (self._denominator * other.numerator)
        if isinstance(other, float):
            return float(self) // other
        return NotImplemented

    def __rfloordiv__(self, other: Any) -> Any:
        if isinstance(other, int):
            return (other * self._denominator) // self._numerator
        if isinstance(other, float):
            return other // float(self)
        return NotImplemented

    def __mod__(self, other: Any) -> Any:
        if isinstance(other, (int, Fraction)):
            return _rest(self._numerator, self._denominator, other.numerator, other.denominator)
        if isinstance(other, float):
            return float(self) % other
        return NotImplemented

    def __rmod__(self, other: Any) -> Any:
        if isinstance(other, int):
            return _rest(int(other), 1, self._numerator, self._denominator)
        if isinstance(other, float):
            return other % float(self)
        return NotImplemented

    def __divmod__(self, other: Any) -> Any:
        if isinstance(other, (int, Fraction)):
            return _both(self._numerator, self._denominator, other.numerator, other.denominator)
        if isinstance(other, float):
            return divmod(float(self), other)
        return NotImplemented

    def __rdivmod__(self, other: Any) -> Any:
        if isinstance(other, int):
            return _both(int(other), 1, self._numerator, self._denominator)
        if isinstance(other, float):
            return divmod(other, float(self))
        return NotImplemented

    def __pow__(self, other: Any) -> Any:
        if not isinstance(other, (int, Fraction)):
            return float(self) ** other
        if other.denominator != 1:
            return float(self) ** float(other)
        power = int(other.numerator)
        n, d = self._numerator, self._denominator
        if power >= 0:
            return _lowest(int(n**power), int(d**power))
        if n < 0:
            n, d = -n, -d
        if n == 0:
            raise ZeroDivisionError(f"Fraction({int(d**-power)}, 0)")
        return _lowest(int(d**-power), int(n**-power))

    def __rpow__(self, other: Any) -> Any:
        n = self._numerator
        if self._denominator == 1 and n >= 0:
            return other**n
        if isinstance(other, int):
            return Fraction(other) ** self
        if self._denominator == 1:
            return other**n
        return other ** float(self)

    def __pos__(self) -> Fraction:
        return Fraction(self)

    def __neg__(self) -> Fraction:
        return _exact(-self._numerator, self._denominator)

    def __abs__(self) -> Fraction:
        return _exact(abs(self._numerator), self._denominator)

    def __int__(self) -> int:
        return self.__trunc__()

    def __float__(self) -> float:
        return self._numerator / self._denominator

    def __complex__(self) -> complex:
        return complex(float(self))

    def __trunc__(self) -> int:
        if self._numerator < 0:
            return -(-self._numerator // self._denominator)
        return self._numerator // self._denominator

    def __floor__(self) -> int:
        return self._numerator // self._denominator

    def __ceil__(self) -> int:
        return -(-self._numerator // self._denominator)

    def __round__(self, ndigits: Any = None) -> Any:
        if ndigits is None:
            return _nearest(self._numerator, self._denominator)
        if not isinstance(ndigits, int):
            raise TypeError("both arguments should be Rational instances")
        digits = int(ndigits)
        shift = int(10 ** abs(digits))
        if digits > 0:
            return Fraction(_nearest(self._numerator * shift, self._denominator), shift)
        return Fraction(_nearest(self._numerator, self._denominator * shift) * shift)

    def __hash__(self) -> int:
        if self._denominator % _MODULUS == 0:
            found = hash(math.inf)
        else:
            inverse = pow(self._denominator, _MODULUS - 2, _MODULUS)
            found = hash(hash(abs(self._numerator)) * inverse)
        if self._numerator < 0:
            found = -found
        return -2 if found == -1 else found

    def __eq__(self, other: object) -> Any:
        if isinstance(other, Fraction):
            return self._numerator == other._numerator and self._denominator == other._denominator
        if isinstance(other, int):
            return self._numerator == other and self._denominator == 1
        if isinstance(other, complex):
            return other.imag == 0 and self == other.real
        if isinstance(other, float):
            if not math.isfinite(other):
                return False
            n, d = other.as_integer_ratio()
            return self._numerator == n and self._denominator == d
        return NotImplemented

    def __lt__(self, other: Any) -> Any:
        if isinstance(other, (int, Fraction)):
            return self._numerator * other.denominator < self._denominator * other.numerator
        if isinstance(other, float):
            if not math.isfinite(other):
                return 0.0 < other
            return self < Fraction(other)
        return NotImplemented

    def __gt__(self, other: Any) -> Any:
        if isinstance(other, (int, Fraction)):
            return self._numerator * other.denominator > self._denominator * other.numerator
        if isinstance(other, float):
            if not math.isfinite(other):
                return 0.0 > other
            return self > Fraction(other)
        return NotImplemented

    def __le__(self, other: Any) -> Any:
        if isinstance(other, (int, Fraction)):
            return self._numerator * other.denominator <= self._denominator * other.numerator
        if isinstance(other, float):
            if not math.isfinite(other):
                return 0.0 <= other
            return self <= Fraction(other)
        return NotImplemented

    def __ge__(self, other: Any) -> Any:
        if isinstance(other, (int, Fraction)):
            return self._numerator * other.denominator >= self._denominator * other.numerator
        if isinstance(other, float):
            if not math.isfinite(other):
                return 0.0 >= other
            return self >= Fraction(other)
        return NotImplemented

    def __bool__(self) -> bool:
        return self._numerator != 0


def _ratio(x: Any) -> tuple[int, int]:
    """What the one argument of the constructor says."""
    if isinstance(x, int):
        return int(x), 1
    if isinstance(x, Fraction):
        return x._numerator, x._denominator
    if isinstance(x, float):
        return x.as_integer_ratio()
    if isinstance(x, str):
        return _parsed(x)
    if type(x).__name__ == "Decimal":
        return x.as_integer_ratio()
    raise TypeError("argument should be a string or a Rational instance")


def _parsed(text: str) -> tuple[int, int]:
    found = re.match(_FORM, text)
    if found is None:
        raise ValueError(f"Invalid literal for Fraction: {text!r}")
    n = int(found.group(2) or "0")
    d = 1
    below = found.group(3)
    decimals = found.group(4)
    exponent = found.group(5)
    if below:
        d = int(below)
    else:
        if decimals:
            decimals = decimals.replace("_", "")
            d = int(10 ** len(decimals))
            n = n * d + int(decimals)
        if exponent:
            power = int(exponent)
            if power >= 0:
                n *= int(10**power)
            else:
                d *= int(10**-power)
    return (-n if found.group(1) == "-" else n), d


def _exact(n: int, d: int) -> Fraction:
    """The fraction n/d, which is in lowest terms."""
    made = Fraction()
    made._numerator = n
    made._denominator = d
    return made


def _lowest(n: int, d: int) -> Fraction:
    common = math.gcd(n, d)
    if d < 0:
        common = -common
    return _exact(n // common, d // common)


def _sum(a: Fraction, n: int, d: int) -> Fraction:
    return _lowest(a._numerator * d + n * a._denominator, a._denominator * d)


def _product(a: Fraction, n: int, d: int) -> Fraction:
    return _lowest(a._numerator * n, a._denominator * d)


def _quotient(n: int, d: int, by: Fraction) -> Fraction:
    if by._numerator == 0:
        raise ZeroDivisionError(f"Fraction({(n > 0) - (n < 0)}, 0)")
    return _lowest(n * by._denominator, d * by._numerator)


def _rest(n: int, d: int, by_n: int, by_d: int) -> Fraction:
    return _lowest((n * by_d) % (by_n * d), d * by_d)


def _both(n: int, d: int, by_n: int, by_d: int) -> tuple[int, Fraction]:
    whole, rest = divmod(n * by_d, d * by_n)
    return whole, _lowest(rest, d * by_d)


def _nearest(n: int, d: int) -> int:
    """n / d, a half to the even neighbour."""
    whole, rest = divmod(n, d)
    if 2 * rest > d or (2 * rest == d and whole % 2 == 1):
        return whole + 1
    return whole
