"""What operations on decimals signal, and the rules and traps of a context."""

from __future__ import annotations

from typing import Any

import _decimal_core as core

# Before anything that runs: literals that are known wherever they are named.
INVALID = 1
FLOAT = 2
DIVISION = 4
OVERFLOW = 8
UNDERFLOW = 16
SUBNORMAL = 32
INEXACT = 64
ROUNDED = 128
CLAMPED = 256
SYNTAX = 512
IMPOSSIBLE = 1024
UNDEFINED = 2048
CONTEXT = 4096
# All that InvalidOperation traps.
ANY_INVALID = 7681

ROUND_UP = "ROUND_UP"
ROUND_DOWN = "ROUND_DOWN"
ROUND_CEILING = "ROUND_CEILING"
ROUND_FLOOR = "ROUND_FLOOR"
ROUND_HALF_UP = "ROUND_HALF_UP"
ROUND_HALF_DOWN = "ROUND_HALF_DOWN"
ROUND_HALF_EVEN = "ROUND_HALF_EVEN"
ROUND_05UP = "ROUND_05UP"

MAX_PREC = 999999999999999999
MAX_EMAX = 999999999999999999
MIN_EMIN = -999999999999999999
MIN_ETINY = -1999999999999999997


class DecimalException(ArithmeticError):
    """The base of all signals."""


class Clamped(DecimalException):
    """An exponent was changed to fit."""


class InvalidOperation(DecimalException):
    """An operation without a result."""


class ConversionSyntax(InvalidOperation):
    """A string that is no number."""


class DivisionByZero(DecimalException, ZeroDivisionError):
    """Something other than zero divided by zero."""


class DivisionImpossible(InvalidOperation):
    """A whole quotient with more digits than the precision."""


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    """Zero divided by zero."""


class Inexact(DecimalException):
    """Digits other than zero were lost."""


class InvalidContext(InvalidOperation):
    """Rules that no operation can follow."""


class Rounded(DecimalException):
    """Digits were dropped, zeros perhaps."""


class Subnormal(DecimalException):
    """A result below the least exponent."""


class Overflow(Inexact, Rounded):
    """A result beyond the greatest exponent."""


class Underflow(Inexact, Rounded, Subnormal):
    """A subnormal result that was rounded."""


class FloatOperation(DecimalException, TypeError):
    """A float met a decimal without being asked."""


SIGNALS: list[tuple[Any, int]] = [
    (InvalidOperation, ANY_INVALID),
    (FloatOperation, FLOAT),
    (DivisionByZero, DIVISION),
    (Overflow, OVERFLOW),
    (Underflow, UNDERFLOW),
    (Subnormal, SUBNORMAL),
    (Inexact, INEXACT),
    (Rounded, ROUNDED),
    (Clamped, CLAMPED),
]
# What an exception says was signalled.
_CONDITIONS: list[tuple[Any, int]] = [
    (InvalidOperation, INVALID),
    (ConversionSyntax, SYNTAX),
    (DivisionImpossible, IMPOSSIBLE),
    (DivisionUndefined, UNDEFINED),
    (InvalidContext, CONTEXT),
    (FloatOperation, FLOAT),
    (DivisionByZero, DIVISION),
    (Overflow, OVERFLOW),
    (Underflow, UNDERFLOW),
    (Subnormal, SUBNORMAL),
    (Inexact, INEXACT),
    (Rounded, ROUNDED),
    (Clamped, CLAMPED),
]

ROUNDINGS = (
    ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN,
    ROUND_HALF_EVEN, ROUND_05UP,
)  # fmt: skip


class Rules:
    """How results are rounded and bounded, what was signalled and what is raised."""

    def __init__(self, prec: int, rounding: str, low: int, high: int) -> None:
        self.precision = prec
        self.mode = rounding
        self.low = low
        self.high = high
        self.clamped = False
        self.capitals = 1
        # Of the operation that is going on, of those before it, and what is raised.
        self.now = 0
        self._seen = 0
        self.trapped = 0

    @property
    def seen(self) -> int:
        if _Active.rules is self:
            self._seen |= core.signals()
        return self._seen

    @seen.setter
    def seen(self, bits: int) -> None:
        if _Active.rules is self:
            core.signals()
        self._seen = bits

    def changed(self) -> None:
        """The core follows a copy of the rules that are active."""
        if _Active.rules is self:
            core.follow(self.precision, self.mode, self.low, self.high, self.clamped, self.trapped)

    def etiny(self) -> int:
        return self.low - self.precision + 1

    def etop(self) -> int:
        return self.high - self.precision + 1

    def settle(self) -> None:
        """Ends an operation: what it signalled is kept, and raised where that is wanted."""
        now = self.now
        if now:
            self.now = 0
            self.seen |= now
            if now & self.trapped:
                raise _exception(now & self.trapped)


def work_rules(precision: int) -> Rules:
    """For steps between: half even, no bounds, no traps."""
    return Rules(precision, ROUND_HALF_EVEN, MIN_EMIN, MAX_EMAX)


def _exception(bits: int) -> Exception:
    """Of the first signal, by name: what calls this is then known to call no code of the
    program."""
    raised = core.those(_CONDITIONS, bits)
    if bits & ANY_INVALID:
        return InvalidOperation(raised)
    if bits & FLOAT:
        return FloatOperation(raised)
    if bits & DIVISION:
        return DivisionByZero(raised)
    if bits & OVERFLOW:
        return Overflow(raised)
    if bits & UNDERFLOW:
        return Underflow(raised)
    if bits & SUBNORMAL:
        return Subnormal(raised)
    if bits & INEXACT:
        return Inexact(raised)
    if bits & ROUNDED:
        return Rounded(raised)
    return Clamped(raised)


class _Active:
    """The context that operations follow which are given none."""

    rules: Any = None


def current() -> Any:
    rules = _Active.rules
    assert rules is not None
    return rules


def activate(rules: Any) -> None:
    before = _Active.rules
    if before is not None:
        before.seen |= 0
    _Active.rules = rules
    rules.changed()


def check_rounding(mode: Any) -> None:
    if mode not in ROUNDINGS:
        raise TypeError(
            "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"
            "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]"
        )
