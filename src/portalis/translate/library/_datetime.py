"""Durations and fixed offsets from UTC."""

from __future__ import annotations

from typing import Any

from _datetime_text import offset_text


def _shown(value: Any) -> str:
    """How messages name the class of an operand."""
    name = type(value).__name__
    return f"datetime.{name}" if name in ("date", "datetime", "time", "timedelta") else name


def unsupported(op: str, a: Any, b: Any) -> TypeError:
    left = type(a).__name__
    if op == "+" and left in ("str", "list", "tuple", "bytes"):
        if left == "bytes":
            return TypeError(f"can't concat {_shown(b)} to bytes")
        return TypeError(f'can only concatenate {left} (not "{_shown(b)}") to {left}')
    names = f"{_shown(a)!r} and {_shown(b)!r}"
    return TypeError(f"unsupported operand type(s) for {op}: {names}")


def unordered(op: str, a: Any, b: Any) -> TypeError:
    names = f"{_shown(a)!r} and {_shown(b)!r}"
    return TypeError(f"'{op}' not supported between instances of {names}")


def _nearest(a: int, b: int) -> int:
    """a / b, a half to the even neighbour."""
    if b < 0:
        a, b = -a, -b
    whole, rest = divmod(a, b)
    if 2 * rest > b or (2 * rest == b and whole % 2 == 1):
        return whole + 1
    return whole


def _away(x: float) -> float:
    """`round` of C: a half away from zero."""
    return float(int(x + 0.5)) if x >= 0 else -float(int(-x + 0.5))


def _microseconds(parts: list[tuple[float, int]]) -> int:
    """The sum of amounts of units, which are given in microseconds, rounded once."""
    total = 0
    left = 0.0
    for amount, unit in parts:
        if isinstance(amount, int):
            total += amount * unit
        else:
            whole = int(amount)
            total += whole * unit
            fraction = (amount - whole) * unit
            total += int(fraction)
            left += fraction - int(fraction)
    if left == 0.0:
        return total
    rounded = _away(left)
    if abs(rounded - left) == 0.5:
        odd = total & 1
        rounded = 2.0 * _away((left + odd) * 0.5) - odd
    return total + int(rounded)


class timedelta:
    """A duration: days, seconds below a day, microseconds below a second."""

    min: Any = None
    max: Any = None
    resolution: Any = None

    def __init__(
        self,
        days: float = 0,
        seconds: float = 0,
        microseconds: float = 0,
        milliseconds: float = 0,
        minutes: float = 0,
        hours: float = 0,
        weeks: float = 0,
    ) -> None:
        total = _microseconds(
            [
                (microseconds, 1),
                (milliseconds, 1000),
                (seconds, 1000000),
                (minutes, 60000000),
                (hours, 3600000000),
                (days, 86400000000),
                (weeks, 604800000000),
            ]
        )
        rest, self.microseconds = divmod(total, 1000000)
        self.days, self.seconds = divmod(rest, 86400)
        if abs(self.days) > 999999999:
            raise OverflowError(f"days={self.days}; must have magnitude <= 999999999")

    def micros(self) -> int:
        return (self.days * 86400 + self.seconds) * 1000000 + self.microseconds

    def total_seconds(self) -> float:
        return self.micros() / 1000000

    def __repr__(self) -> str:
        parts = []
        if self.days:
            parts.append(f"days={self.days}")
        if self.seconds:
            parts.append(f"seconds={self.seconds}")
        if self.microseconds:
            parts.append(f"microseconds={self.microseconds}")
        return f"datetime.timedelta({', '.join(parts) or '0'})"

    def __str__(self) -> str:
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        text = f"{hours}:{minutes:02d}:{seconds:02d}"
        if self.days:
            plural = "" if abs(self.days) == 1 else "s"
            text = f"{self.days} day{plural}, {text}"
        if self.microseconds:
            text += f".{self.microseconds:06d}"
        return text

    def __add__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return duration(self.micros() + other.micros())
        if hasattr(other, "toordinal"):
            return other.__radd__(self)
        raise unsupported("+", self, other)

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return duration(self.micros() - other.micros())
        raise unsupported("-", self, other)

    def __neg__(self) -> timedelta:
        return duration(-self.micros())

    def __pos__(self) -> timedelta:
        return self

    def __abs__(self) -> timedelta:
        return -self if self.days < 0 else self

    def __mul__(self, other: Any) -> Any:
        if isinstance(other, int):
            return duration(self.micros() * other)
        if isinstance(other, float):
            n, d = other.as_integer_ratio()
            return duration(_nearest(self.micros() * n, d))
        if isinstance(other, (str, list, tuple, bytes)):
            raise TypeError("can't multiply sequence by non-int of type 'datetime.timedelta'")
        raise unsupported("*", self, other)

    def __rmul__(self, other: Any) -> Any:
        return self.__mul__(other)

    def __truediv__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return self.micros() / other.micros()
        if isinstance(other, int):
            if other == 0:
                raise ZeroDivisionError("integer division or modulo by zero")
            return duration(_nearest(self.micros(), other))
        if isinstance(other, float):
            n, d = other.as_integer_ratio()
            if n == 0:
                raise ZeroDivisionError("division by zero")
            return duration(_nearest(self.micros() * d, n))
        raise unsupported("/", self, other)

    def __floordiv__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return self.micros() // other.micros()
        if isinstance(other, int):
            return duration(self.micros() // other)
        raise unsupported("//", self, other)

    def __mod__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return duration(self.micros() % other.micros())
        raise unsupported("%", self, other)

    def __divmod__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            whole, rest = divmod(self.micros(), other.micros())
            return whole, duration(rest)
        raise unsupported("divmod()", self, other)

    def __eq__(self, other: object) -> Any:
        if isinstance(other, timedelta):
            return self.micros() == other.micros()
        return NotImplemented

    def __lt__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return self.micros() < other.micros()
        raise unordered("<", self, other)

    def __le__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return self.micros() <= other.micros()
        raise unordered("<=", self, other)

    def __gt__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return self.micros() > other.micros()
        raise unordered(">", self, other)

    def __ge__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return self.micros() >= other.micros()
        raise unordered(">=", self, other)

    def __hash__(self) -> int:
        return hash((self.days, self.seconds, self.microseconds))

    def __bool__(self) -> bool:
        return self.micros() != 0


def duration(micros: int) -> timedelta:
    return timedelta(0, 0, micros)


class tzinfo:
    """What a time zone answers; the zones of a program inherit from it."""

    def utcoffset(self, dt: Any) -> Any:
        raise NotImplementedError("a tzinfo subclass must implement utcoffset()")

    def tzname(self, dt: Any) -> Any:
        raise NotImplementedError("a tzinfo subclass must implement tzname()")

    def dst(self, dt: Any) -> Any:
        raise NotImplementedError("a tzinfo subclass must implement dst()")

    def fromutc(self, dt: Any) -> Any:
        return dt + self.utcoffset(dt)


class timezone(tzinfo):
    """A fixed offset from UTC."""

    utc: Any = None

    def __init__(self, offset: timedelta, name: str | None = None) -> None:
        if not timedelta(-1) < offset < timedelta(1):
            raise ValueError(
                "offset must be a timedelta strictly between -timedelta(hours=24) and "
                f"timedelta(hours=24), not {offset!r}."
            )
        self._offset = offset
        self._name = name

    def utcoffset(self, dt: Any) -> Any:
        return self._offset

    def tzname(self, dt: Any) -> Any:
        if self._name is not None:
            return self._name
        if not self._offset:
            return "UTC"
        return "UTC" + offset_text(self._offset.micros(), ":")

    def dst(self, dt: Any) -> Any:
        return None

    def __eq__(self, other: object) -> Any:
        if isinstance(other, timezone):
            return self._offset == other._offset
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._offset)

    def __repr__(self) -> str:
        if self._name is None and not self._offset:
            return "datetime.timezone.utc"
        if self._name is None:
            return f"datetime.timezone({self._offset!r})"
        return f"datetime.timezone({self._offset!r}, {self._name!r})"

    def __str__(self) -> str:
        return str(self.tzname(None))


timezone.utc = timezone(timedelta(0))
timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(999999999, 86399, 999999)
timedelta.resolution = timedelta(microseconds=1)
