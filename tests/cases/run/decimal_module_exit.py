"""Decimals: constructors, contexts, signals, rounding, functions, text and messages."""

import decimal
import math
from decimal import *

D = Decimal


def tried(*calls):
    for call in calls:
        try:
            print(call())
        except ZeroDivisionError as e:
            print("by zero:", type(e).__name__, e)
        except ArithmeticError as e:
            print("arithmetic:", type(e).__name__, e)
        except Exception as e:
            print(type(e).__name__, e)


print(
    D("1.1") + 1,
    2 - D("0.5"),
    D(7) // 2,
    D(-7) % 3,
    divmod(D("7.5"), 2),
    2 ** D("0.5"),
    D(4) ** D("0.5"),
)
print(
    D(2) ** 10,
    D(2) ** -2,
    D("1.10") ** 3,
    D("1.21").sqrt(),
    D(1).exp(),
    D(10).ln(),
    D(1000).log10(),
    D(2).log10(),
)
print(
    repr(D("1E+3")),
    D("1E+3"),
    D("0.0000001"),
    D(0.1),
    D((1, (1, 2, 3), -2)),
    D(True),
    D(),
    D(-0.0),
    D("-0.00"),
)
print(
    D(" 1_000.5 "),
    D("١٢"),
    D("inf"),
    D("-Infinity"),
    D("nan12"),
    D("sNaN"),
    D("1e-3").to_eng_string(),
    D("123e5").to_eng_string(),
)
tried(
    lambda: D(1) / 0,
    lambda: D(0) / 0,
    lambda: D("abc"),
    lambda: D(""),
    lambda: D(-1).sqrt(),
    lambda: D(1) + 1.5,
    lambda: 1.5 * D(1),
    lambda: D("NaN") < 1,
    lambda: D("NaN") == D("NaN"),
    lambda: D(1).quantize(D("1e-30")),
    lambda: D([1]),
    lambda: D({}),
    lambda: D(1) + "x",
    lambda: [] + D(1),
    lambda: int(D("NaN")),
    lambda: int(D("inf")),
    lambda: D("sNaN") + 1,
    lambda: D(10) ** 10000000,
    lambda: D((2, (1,), 0)),
    lambda: D((0, (11,), 0)),
    lambda: D((0, (1,), "x")),
    lambda: D(None),
    lambda: D(1) < "a",
    lambda: D(5) // 0,
    lambda: D(5) % 0,
    lambda: divmod(D(5), 0),
    lambda: D(0) ** 0,
    lambda: D(-8) ** D("0.5"),
    lambda: D(1).quantize(1, "UP"),
    lambda: hash(D("sNaN")),
    lambda: D("1e30") // 1,
    lambda: format(D(1), "q"),
    lambda: D("inf").as_integer_ratio(),
    lambda: D("inf") - D("inf"),
    lambda: D("inf") * 0,
    lambda: D.from_float("x"),
    lambda: D(0).ln(),
    lambda: D(-1).ln(),
    lambda: D("nan") + 1,
    lambda: D("1e1000000"),
    lambda: round(D("inf")),
    lambda: D(3).compare("x"),
    lambda: D(1).nothing_of_the_kind,
)
print(
    D("3.14159").quantize(D("0.01")),
    D("2.675").quantize(D("0.01"), rounding=ROUND_HALF_UP),
    round(D("2.5")),
    round(D("2.675"), 2),
    round(D(1234), -2),
)
modes = [
    ROUND_UP,
    ROUND_DOWN,
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_05UP,
]
for mode in modes:
    print(
        mode,
        *(
            D(x).quantize(D("0.1"), rounding=mode)
            for x in ("1.25", "-1.25", "1.35", "1.01", "-1.01", "1.55", "0.05")
        ),
    )
with localcontext() as ctx:
    ctx.prec = 5
    print(D(1) / 7, ctx.prec, getcontext() is ctx, +D("123456.7"))
with localcontext(prec=60):
    print(D(2).sqrt(), D(1).exp(), D(7) / 13)
print(D(1) / 7)
print(getcontext())
print(
    f"{D('1234567.891'):,.2f}|{D('0.5'):.0%}|{D('1e10'):g}|{D('1.5'):>10}|{D('-1.5'):010.3f}|{D('12.5'):e}|{D('1E+5'):f}|{D('0.00001234'):.3}",
    "%s" % D(1),
    "%.2f" % D("1.005"),
)
for spec in (
    "",
    "010,",
    "x<12",
    "=+12",
    ".3",
    "+.2e",
    "^15,",
    ".1%",
    "z.1f",
    "n",
    "020,.1f",
    ".0f",
):
    print(
        spec,
        [
            format(D(x), spec)
            for x in ("1234567.891", "-0.04", "0", "NaN", "-Infinity", "0E+5", "1E+20")
        ],
    )
print(
    D("1.0") == 1,
    D("0.5") == 0.5,
    0.1 == D("0.1"),
    D("1.10") == D("1.1"),
    D(1) == "1",
    D(1) != 1,
    1 < D(2),
    D("1.5") >= 1.5,
)
print(
    hash(D("1.0")) == hash(1),
    hash(D("0.5")) == hash(0.5),
    hash(D("-1e20")) == hash(-(10**20)),
    {D("1.0"): "a"}[1],
    {1, D(1), 1.0},
)
print(
    max(D(1), D(3), 2),
    sum([D("0.1")] * 3),
    sum([D("0.1")] * 3) == D("0.3"),
    sorted([D(3), D(1), D("-2")]),
    D(1).max(D("nan")),
    D(3).min(2),
)
print(
    D("1.500").normalize(),
    D("1500").normalize(),
    D("12.3456").as_tuple(),
    D(5).adjusted(),
    abs(D(-3)),
    -D(2),
    +D("1.2"),
    bool(D(0)),
    bool(D("0.1")),
)
print(
    int(D("3.9")),
    int(D("-3.9")),
    float(D("1.5")),
    float(D("1e400")),
    complex is not None,
    D("1.25").as_integer_ratio(),
    math.floor(D("-1.5")),
    math.ceil(D("1.2")),
    math.trunc(D("1.9")),
    math.sqrt(D(4)),
)
print(
    type(D(1)),
    isinstance(D(1), D),
    decimal.Decimal is D,
    D.from_float(0.5),
    type(D(1)).__name__,
    InvalidOperation,
    issubclass(DivisionByZero, ZeroDivisionError),
)
print(
    D("1.234").to_integral_value(),
    D("2.5").to_integral_value(ROUND_HALF_UP),
    D(2).fma(3, 4),
    D(10).logb(),
    D(7).scaleb(-2),
    D(10).remainder_near(6),
    D(1).next_plus(),
    D(1).next_minus(),
    D("1e-7").compare(0),
    D(3).copy_sign(D(-1)),
    D("1.0").compare_total(D(1)),
    D("1.0").same_quantum(D("2.5")),
)
print(
    D(3).is_finite(),
    D("inf").is_infinite(),
    D("nan").is_nan(),
    D(-3).is_signed(),
    D(0).is_zero(),
    D(5).number_class(),
    D("1e-999999").is_subnormal(),
)
getcontext().rounding = ROUND_DOWN
print(D(2) / 3, getcontext().rounding)
getcontext().rounding = ROUND_HALF_EVEN
getcontext().traps[DivisionByZero] = False
print(
    D(1) / 0,
    getcontext().flags[DivisionByZero],
    getcontext().flags[Inexact],
    getcontext().flags[Clamped],
)
getcontext().clear_flags()
print(
    getcontext().flags[DivisionByZero],
    getcontext().traps[DivisionByZero],
    getcontext().traps[InvalidOperation],
)
ctx = Context(prec=4, rounding=ROUND_UP, Emin=-99, Emax=99, capitals=0)
print(
    ctx.divide(D(1), 3),
    ctx.create_decimal("3.14159"),
    ctx.sqrt(2),
    ctx.power(2, 10),
    ctx.multiply(D("1.23"), 45),
    ctx,
)
tried(
    lambda: setattr(getcontext(), "prec", 0),
    lambda: ctx.create_decimal("1e200"),
    lambda: D("1.5").quantize(D(1), rounding="nope"),
)


def chudnovsky(digits):
    getcontext().prec = digits + 5
    c = 426880 * D(10005).sqrt()
    k, m, x, l, s = 6, D(1), 1, 13591409, D(13591409)
    for i in range(1, digits // 14 + 2):
        m = m * (k**3 - 16 * k) / i**3
        l += 545140134
        x *= -262537412640768000
        s += D(m * l) / x
        k += 12
    pi = c / s
    getcontext().prec = digits
    return +pi


print(chudnovsky(60))
getcontext().prec = 5000
print(str(D(2).sqrt())[-20:], len(str(D(1) / 3)), D("9" * 5000).adjusted())

state = 12345


def drawn(n):
    global state
    state = (state * 1103515245 + 12345) % 2**31
    return state // 7 % n


def number():
    size = 1 + drawn(14)
    text = "".join(str(drawn(10)) for _ in range(size))
    return D(("-" if drawn(2) else "") + text + "E" + str(drawn(30) - 20))


setcontext(Context(traps=[]))
for i in range(60):
    getcontext().prec = 1 + drawn(12)
    getcontext().rounding = modes[drawn(8)]
    getcontext().Emax = (25, 999999)[i % 2]
    getcontext().Emin = -getcontext().Emax
    a, b = number(), number()
    print(
        a,
        b,
        a + b,
        a - b,
        a * b,
        a / b,
        a // b,
        a % b,
        a**3,
        a**-2,
        abs(a) ** b.scaleb(-b.adjusted()),
        abs(a).sqrt(),
        abs(a).ln(),
        abs(a).log10(),
        a.scaleb(-a.adjusted()).exp(),
        a.quantize(D("0.01")),
        a.to_integral_exact(),
        a.normalize(),
        a < b,
        +a,
    )
print(getcontext())
raise InvalidOperation([InvalidOperation])
