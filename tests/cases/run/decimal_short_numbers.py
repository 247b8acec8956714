"""Decimals of up to forty digits under contexts of all kinds: results, flags and what is raised."""

from decimal import (
    ROUND_05UP,
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Clamped,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    Rounded,
    Subnormal,
    Underflow,
    getcontext,
    localcontext,
    setcontext,
)

ROUNDS = 60
MODES = [
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    ROUND_05UP,
]
SIGNALS = [
    Clamped,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    Rounded,
    Subnormal,
    Underflow,
]


class Numbers:
    """Numbers that look random, the same ones in every run."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, n: int) -> int:
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n

    def decimal(self) -> Decimal:
        shape = self.below(16)
        if shape == 0:
            return Decimal(["NaN", "-sNaN12", "Infinity", "-Infinity"][self.below(4)])
        digits = [1, 1, 2, 3, 5, 9, 17, 18, 19, 20, 27, 28, 29, 37, 38, 39, 40][self.below(17)]
        text = "".join([str(self.below(10)) for _ in range(digits)])
        if shape == 1:
            text = "0"
        elif shape == 2:
            text = "9" * digits
        elif shape == 3:
            text = "1" + "0" * (digits - 1)
        elif shape == 4:
            text = text[: digits // 2] + "5" + "0" * (digits // 2)
        elif shape == 5:
            text = text[: digits // 2] + "4" + "9" * (digits // 2)
        spread = [0, 1, 3, 8, 20, 45, 60][self.below(7)]
        exponent = self.below(2 * spread + 1) - spread
        sign = "-" if self.below(2) else ""
        return Decimal(f"{sign}{text}e{exponent}")

    def context(self) -> Context:
        prec = [1, 2, 3, 5, 9, 16, 19, 28, 28, 34, 36, 38, 39, 40][self.below(14)]
        made = Context(prec=prec, rounding=MODES[self.below(8)])
        if self.below(2):
            limit = [3, 9, 20, 60][self.below(4)]
            made.Emax = limit
            made.Emin = -limit
        made.clamp = 1 if self.below(6) == 0 else 0
        for signal in SIGNALS:
            made.traps[signal] = self.below(9) == 0
        return made


def flags() -> str:
    seen = getcontext().flags
    shown = "".join([signal.__name__[0] for signal in SIGNALS if seen[signal]])
    getcontext().clear_flags()
    return shown


def apply(op: int, a: Decimal, b: Decimal, n: int) -> object:
    if op == 0:
        return a + b
    if op == 1:
        return a - b
    if op == 2:
        return a * b
    if op == 3:
        return a / b
    if op == 4:
        return a == b, a != b
    if op == 5:
        return a < b, a >= b
    if op == 6:
        return a <= b, a > b
    if op == 7:
        return -a, +b, abs(a)
    if op == 8:
        return a.quantize(b)
    if op == 9:
        return a.quantize(Decimal((0, (1,), n % 30 - 20)), rounding=MODES[n % 8])
    if op == 10:
        return a + n, n - a, a * n, n / b
    if op == 11:
        return a == n, a < n, n >= b
    if op == 12:
        return hash(a) if a.is_finite() else 0
    if op == 13:
        return a // b, a % b
    if op == 14:
        return round(a, n % 9), a.compare(b)
    return a.normalize(), a.sqrt() if n % 7 == 0 else b.copy_abs()


def main() -> None:
    numbers = Numbers(2024)
    for _ in range(ROUNDS):
        setcontext(numbers.context())
        print(getcontext())
        for _ in range(32):
            a, b = numbers.decimal(), numbers.decimal()
            op, n = numbers.below(16), numbers.below(1000) - 300
            try:
                print(op, a, b, n, apply(op, a, b, n), flags())
            except DecimalException as error:
                print(op, a, b, n, type(error).__name__, error, flags())
            except OverflowError as error:
                print(op, a, b, n, error, flags())


def followed() -> None:
    """The rules in force are those of the active context, as it is changed."""
    setcontext(Context(prec=5))
    third = Decimal(1) / 3
    getcontext().prec = 9
    print(third, Decimal(1) / 3, getcontext().flags[Inexact])
    with localcontext() as inner:
        inner.prec = 3
        inner.clear_flags()
        print(Decimal(2) / 3, inner.flags[Rounded], Decimal("1.25") + 0)
        inner.rounding = ROUND_UP
        print(Decimal("0.1") / 3)
        inner.traps[Inexact] = True
        try:
            print(Decimal(1) / 7)
        except Inexact as error:
            print(type(error).__name__, error)
    print(Decimal(1) / 7, getcontext().flags[Inexact])
    kept = getcontext().copy()
    getcontext().clear_flags()
    print(kept.flags[Inexact], getcontext().flags[Inexact])
    total = Decimal(0)
    for cents in range(2000):
        total += Decimal(cents) / 100
    print(total, sum([Decimal("0.1")] * 10, Decimal(0)), Decimal("0.1") * 3 == Decimal("0.3"))


main()
followed()
