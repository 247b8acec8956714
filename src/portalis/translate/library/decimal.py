"""Decimal numbers and contexts, as the General Decimal Arithmetic Specification."""

from __future__ import annotations

from typing import Any

from _decimal_arith import SIGNALING, fixed
from _decimal_convert import DecimalTuple
from _decimal_number import Decimal, number_of, of, result
from _decimal_signals import (
    ANY_INVALID,
    DIVISION,
    MAX_EMAX,
    MAX_PREC,
    MIN_EMIN,
    MIN_ETINY,
    OVERFLOW,
    ROUND_05UP,
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    SIGNALS,
    Clamped,
    ConversionSyntax,
    DecimalException,
    DivisionByZero,
    DivisionImpossible,
    DivisionUndefined,
    FloatOperation,
    Inexact,
    InvalidContext,
    InvalidOperation,
    Overflow,
    Rounded,
    Rules,
    Subnormal,
    Underflow,
    activate,
    check_rounding,
    current,
)

__all__ = [
    "HAVE_CONTEXTVAR",
    "HAVE_THREADS",
    "MAX_EMAX",
    "MAX_PREC",
    "MIN_EMIN",
    "MIN_ETINY",
    "ROUND_05UP",
    "ROUND_CEILING",
    "ROUND_DOWN",
    "ROUND_FLOOR",
    "ROUND_HALF_DOWN",
    "ROUND_HALF_EVEN",
    "ROUND_HALF_UP",
    "ROUND_UP",
    "BasicContext",
    "Clamped",
    "Context",
    "ConversionSyntax",
    "Decimal",
    "DecimalException",
    "DecimalTuple",
    "DefaultContext",
    "DivisionByZero",
    "DivisionImpossible",
    "DivisionUndefined",
    "ExtendedContext",
    "FloatOperation",
    "Inexact",
    "InvalidContext",
    "InvalidOperation",
    "Overflow",
    "Rounded",
    "Subnormal",
    "Underflow",
    "getcontext",
    "localcontext",
    "setcontext",
]

HAVE_THREADS = True
HAVE_CONTEXTVAR = True


class _Signals:
    """The signals of a context that were seen, or that are raised."""

    def __init__(self, rules: Rules, traps: bool) -> None:
        self._rules = rules
        self._traps = traps

    def _bits(self) -> int:
        return self._rules.trapped if self._traps else self._rules.seen

    def __getitem__(self, signal: Any) -> bool:
        return self._bits() & _bit(signal) != 0

    def __setitem__(self, signal: Any, value: Any) -> None:
        bit = _bit(signal)
        bits = self._bits() | bit if value else self._bits() & ~bit
        if self._traps:
            self._rules.trapped = bits
            self._rules.changed()
        else:
            self._rules.seen = bits

    def __contains__(self, signal: Any) -> bool:
        return any(signal is cls for cls, _ in SIGNALS)

    def __iter__(self) -> Any:
        return iter([cls for cls, _ in SIGNALS])

    def __len__(self) -> int:
        return len(SIGNALS)

    def keys(self) -> list[Any]:
        return [cls for cls, _ in SIGNALS]

    def values(self) -> list[bool]:
        return [self[cls] for cls, _ in SIGNALS]

    def items(self) -> list[tuple[Any, bool]]:
        return [(cls, self[cls]) for cls, _ in SIGNALS]


def _bit(signal: Any) -> int:
    for cls, bit in SIGNALS:
        if cls is signal:
            return bit
    raise KeyError("invalid error flag")


def _bits_of(signals: Any) -> int:
    """Of a list of signals, or a dictionary of what is on."""
    bits = 0
    if isinstance(signals, dict):
        for signal, value in signals.items():
            if value:
                bits |= _bit(signal)
    else:
        for signal in signals:
            bits |= _bit(signal)
    return bits


# In the order in which a context shows them.
_SHOWN = (8, 0, 2, 6, 1, 3, 7, 5, 4)


def _names(bits: int) -> str:
    return ", ".join([SIGNALS[i][0].__name__ for i in _SHOWN if bits & SIGNALS[i][1]])


def _whole(value: Any, name: str, low: int, high: int) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no int")
    if not low <= value <= high:
        raise ValueError(f"valid range for {name}")
    return int(value)


class Context(Rules):
    """The rules that operations follow, and the signals that they gave."""

    def __init__(
        self,
        prec: Any = None,
        rounding: Any = None,
        Emin: Any = None,
        Emax: Any = None,
        capitals: Any = None,
        clamp: Any = None,
        flags: Any = None,
        traps: Any = None,
    ) -> None:
        super().__init__(28, ROUND_HALF_EVEN, -999999, 999999)
        self.trapped = ANY_INVALID | DIVISION | OVERFLOW
        self._take(prec, rounding, Emin, Emax, capitals, clamp, flags, traps)

    def _take(
        self,
        prec: Any,
        rounding: Any,
        Emin: Any,
        Emax: Any,
        capitals: Any,
        clamp: Any,
        flags: Any,
        traps: Any,
    ) -> None:
        """Whatever is given."""
        if prec is not None:
            self.prec = prec
        if rounding is not None:
            self.rounding = rounding
        if Emin is not None:
            self.Emin = Emin
        if Emax is not None:
            self.Emax = Emax
        if capitals is not None:
            self.capitals = int(capitals)
        if clamp is not None:
            self.clamp = clamp
        if flags is not None:
            self.flags = flags
        if traps is not None:
            self.traps = traps

    @property
    def prec(self) -> int:
        return self.precision

    @prec.setter
    def prec(self, value: Any) -> None:
        self.precision = _whole(value, "prec is [1, MAX_PREC]", 1, MAX_PREC)
        self.changed()

    @property
    def rounding(self) -> str:
        return self.mode

    @rounding.setter
    def rounding(self, value: Any) -> None:
        check_rounding(value)
        self.mode = str(value)
        self.changed()

    @property
    def Emin(self) -> int:
        return self.low

    @Emin.setter
    def Emin(self, value: Any) -> None:
        self.low = _whole(value, "Emin is [MIN_EMIN, 0]", MIN_EMIN, 0)
        self.changed()

    @property
    def Emax(self) -> int:
        return self.high

    @Emax.setter
    def Emax(self, value: Any) -> None:
        self.high = _whole(value, "Emax is [0, MAX_EMAX]", 0, MAX_EMAX)
        self.changed()

    @property
    def clamp(self) -> int:
        return 1 if self.clamped else 0

    @clamp.setter
    def clamp(self, value: Any) -> None:
        self.clamped = _whole(value, "clamp are 0 or 1", 0, 1) == 1
        self.changed()

    @property
    def flags(self) -> _Signals:
        return _Signals(self, False)

    @flags.setter
    def flags(self, value: Any) -> None:
        self.seen = _bits_of(value)

    @property
    def traps(self) -> _Signals:
        return _Signals(self, True)

    @traps.setter
    def traps(self, value: Any) -> None:
        self.trapped = _bits_of(value)
        self.changed()

    def __repr__(self) -> str:
        return (
            f"Context(prec={self.precision}, rounding={self.mode}, Emin={self.low}, "
            f"Emax={self.high}, capitals={self.capitals}, clamp={self.clamp}, "
            f"flags=[{_names(self.seen)}], traps=[{_names(self.trapped)}])"
        )

    def copy(self) -> Context:
        made = Context(self.precision, self.mode, self.low, self.high, self.capitals, self.clamp)
        made.seen = self.seen
        made.trapped = self.trapped
        return made

    def __copy__(self) -> Context:
        return self.copy()

    def clear_flags(self) -> None:
        self.seen = 0

    def clear_traps(self) -> None:
        self.trapped = 0
        self.changed()

    def Etiny(self) -> int:
        return self.etiny()

    def Etop(self) -> int:
        return self.etop()

    def radix(self) -> Decimal:
        return Decimal(10)

    def create_decimal(self, num: Any = "0") -> Decimal:
        made = number_of(num, self)
        if made.kind == SIGNALING:
            return of(made)
        return result(fixed(made, self), self)

    def create_decimal_from_float(self, f: Any) -> Decimal:
        return self.create_decimal(Decimal.from_float(f))

    # -- the operations of decimals

    def abs(self, x: Any) -> Decimal:
        return self._by(lambda: abs(_decimal(x)))

    def plus(self, x: Any) -> Decimal:
        return self._by(lambda: +_decimal(x))

    def minus(self, x: Any) -> Decimal:
        return self._by(lambda: -_decimal(x))

    def add(self, x: Any, y: Any) -> Decimal:
        return self._by(lambda: _decimal(x) + _decimal(y))

    def subtract(self, x: Any, y: Any) -> Decimal:
        return self._by(lambda: _decimal(x) - _decimal(y))

    def multiply(self, x: Any, y: Any) -> Decimal:
        return self._by(lambda: _decimal(x) * _decimal(y))

    def divide(self, x: Any, y: Any) -> Decimal:
        return self._by(lambda: _decimal(x) / _decimal(y))

    def divide_int(self, x: Any, y: Any) -> Decimal:
        return self._by(lambda: _decimal(x) // _decimal(y))

    def remainder(self, x: Any, y: Any) -> Decimal:
        return self._by(lambda: _decimal(x) % _decimal(y))

    def power(self, a: Any, b: Any) -> Decimal:
        return self._by(lambda: _decimal(a) ** _decimal(b))

    def _by(self, operation: Any) -> Decimal:
        """The result under these rules."""
        before = current()
        activate(self)
        try:
            made: Decimal = operation()
            return made
        finally:
            activate(before)

    def divmod(self, x: Any, y: Any) -> tuple[Decimal, Decimal]:
        before = current()
        activate(self)
        try:
            return divmod(_decimal(x), _decimal(y))
        finally:
            activate(before)

    def compare(self, x: Any, y: Any) -> Decimal:
        return _decimal(x).compare(y, self)

    def exp(self, x: Any) -> Decimal:
        return _decimal(x).exp(self)

    def fma(self, x: Any, y: Any, z: Any) -> Decimal:
        return _decimal(x).fma(y, z, self)

    def ln(self, x: Any) -> Decimal:
        return _decimal(x).ln(self)

    def log10(self, x: Any) -> Decimal:
        return _decimal(x).log10(self)

    def logb(self, x: Any) -> Decimal:
        return _decimal(x).logb(self)

    def max(self, x: Any, y: Any) -> Decimal:
        return _decimal(x).max(y, self)

    def min(self, x: Any, y: Any) -> Decimal:
        return _decimal(x).min(y, self)

    def next_minus(self, x: Any) -> Decimal:
        return _decimal(x).next_minus(self)

    def next_plus(self, x: Any) -> Decimal:
        return _decimal(x).next_plus(self)

    def next_toward(self, x: Any, y: Any) -> Decimal:
        return _decimal(x).next_toward(y, self)

    def normalize(self, x: Any) -> Decimal:
        return _decimal(x).normalize(self)

    def number_class(self, x: Any) -> str:
        return _decimal(x).number_class(self)

    def quantize(self, x: Any, y: Any) -> Decimal:
        return _decimal(x).quantize(y, None, self)

    def remainder_near(self, x: Any, y: Any) -> Decimal:
        return _decimal(x).remainder_near(y, self)

    def scaleb(self, x: Any, y: Any) -> Decimal:
        return _decimal(x).scaleb(y, self)

    def sqrt(self, x: Any) -> Decimal:
        return _decimal(x).sqrt(self)

    def to_eng_string(self, x: Any) -> str:
        return _decimal(x).to_eng_string(self)

    def to_sci_string(self, x: Any) -> str:
        return _decimal(x).__str__()

    def to_integral_exact(self, x: Any) -> Decimal:
        return _decimal(x).to_integral_exact(None, self)

    def to_integral_value(self, x: Any) -> Decimal:
        return _decimal(x).to_integral_value(None, self)

    def is_nan(self, x: Any) -> bool:
        return _decimal(x).is_nan()

    def is_zero(self, x: Any) -> bool:
        return _decimal(x).is_zero()

    def is_infinite(self, x: Any) -> bool:
        return _decimal(x).is_infinite()

    def is_finite(self, x: Any) -> bool:
        return _decimal(x).is_finite()

    def is_signed(self, x: Any) -> bool:
        return _decimal(x).is_signed()


def _decimal(x: Any) -> Decimal:
    if isinstance(x, Decimal):
        return x
    if isinstance(x, int):
        return Decimal(x)
    raise TypeError(f"conversion from {type(x).__name__} to Decimal is not supported")


class _Local:
    """A context for the statements of a `with`."""

    def __init__(self, made: Context) -> None:
        self._made = made
        self._before: Any = None

    def __enter__(self) -> Context:
        self._before = current()
        activate(self._made)
        return self._made

    def __exit__(self, *exc: object) -> None:
        activate(self._before)


def getcontext() -> Context:
    found: Context = current()
    return found


def setcontext(context: Context) -> None:
    activate(context)


def localcontext(
    ctx: Any = None,
    *,
    prec: Any = None,
    rounding: Any = None,
    Emin: Any = None,
    Emax: Any = None,
    capitals: Any = None,
    clamp: Any = None,
    flags: Any = None,
    traps: Any = None,
) -> _Local:
    given: Context = ctx or current()
    made = given.copy()
    made._take(prec, rounding, Emin, Emax, capitals, clamp, flags, traps)
    return _Local(made)


DefaultContext = Context()
BasicContext = Context(
    9, ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow, Underflow, Clamped]
)
ExtendedContext = Context(9, ROUND_HALF_EVEN, traps=[])
activate(DefaultContext.copy())
