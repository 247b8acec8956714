"""Rational numbers of the library: arithmetic with every kind of number, parsing, messages."""

import math
from fractions import Fraction
import fractions

half = Fraction(1, 2)
third = Fraction(1, 3)
print(half, repr(third), half + third, half - third, half * third, half / third)
print(Fraction(6, -4), Fraction(0, -5), Fraction(7), Fraction(), Fraction(True), Fraction(half))
print(Fraction(half, third), Fraction(3, Fraction(1, 2)), Fraction(1.5), Fraction(0.1))
print(
    Fraction(" -3/7 "), Fraction("1.25"), Fraction("-.5e-2"), Fraction("7e3"), Fraction("1_000/2_0")
)
for text in ("", "1/", "a", "1 /2", "1.5/2", "/2", "1__0", "1.d", "--1", "1/-2"):
    try:
        print(Fraction(text))
    except ValueError as e:
        print("ValueError", e)
for make in (
    lambda: Fraction(1, 0),
    lambda: Fraction(-6, 0),
    lambda: Fraction("1/0"),
    lambda: Fraction([1]),
    lambda: Fraction(1.5, 2),
    lambda: Fraction(None),
    lambda: half / 0,
    lambda: half // 0,
    lambda: half % 0,
    lambda: divmod(half, 0),
    lambda: Fraction(0) ** -2,
    lambda: 3 / Fraction(0),
    lambda: half + "x",
    lambda: "x" * half,
    lambda: half < "x",
    lambda: [] - half,
    lambda: half ** "x",
    lambda: Fraction(float("nan")),
    lambda: Fraction(float("inf")),
    lambda: half.limit_denominator(0),
    lambda: Fraction(0) / 0,
    lambda: Fraction(-4, 3) / 0,
    lambda: f"{half:.2f}",
    lambda: Fraction.from_float("x"),
    lambda: 1 % Fraction(0),
):
    try:
        print(make())
    except Exception as e:
        print(type(e).__name__, e)
print(half + 1, 1 + half, half - 1, 1 - half, 2 * half, half * 2, half / 3, 3 / half)
print(
    half + 0.25, 0.25 + half, half * 1.5, 1.5 / half, half // 0.2, 0.7 % half, half - 1j, 2j * half
)
print(
    Fraction(-7, 2) // 2,
    Fraction(-7, 2) % 2,
    divmod(Fraction(-7, 2), 2),
    7 // Fraction(3, 2),
    7 % Fraction(3, 2),
)
print(divmod(7, Fraction(3, 2)), divmod(7.5, half), divmod(half, 0.2))
print(
    half**3,
    half**-3,
    Fraction(-2, 3) ** -3,
    half**half,
    half**0.5,
    2 ** Fraction(3),
    2**half,
    4.0**half,
)
print(2 ** Fraction(-3), Fraction(4, 9) ** Fraction(1, 2), 0.5 ** Fraction(2), Fraction(2, 3) ** 0)
print(-half, +half, abs(Fraction(-3, 4)), int(Fraction(-7, 2)), float(third))
print(math.floor(Fraction(-7, 2)), math.ceil(Fraction(-7, 2)), math.trunc(Fraction(-7, 2)))
print(
    round(Fraction(5, 2)),
    round(Fraction(7, 2)),
    round(Fraction(-5, 2)),
    round(Fraction(22, 7), 2),
    round(Fraction(12345, 1), -2),
)
print(round(Fraction(5, 2), 0), repr(round(Fraction(5, 2), 0)))
print(
    half == 0.5,
    half == Fraction(2, 4),
    half != 0.5,
    third == 1 / 3,
    half == "x",
    half == 0.5 + 0j,
    Fraction(2) == 2,
    Fraction(1, 2) == True,
)
print(
    half < third,
    half > third,
    half <= 0.5,
    third < 1 / 3,
    half >= 1,
    half < float("inf"),
    half > float("nan"),
    1 < half,
    0.25 < half,
)
print(
    hash(half) == hash(0.5),
    hash(Fraction(3)) == hash(3),
    hash(Fraction(-1)),
    hash(third),
    hash(Fraction(-7, 3)),
    hash(Fraction(1, 2**61 - 1)),
)
print(bool(Fraction(0)), bool(half), half.numerator, half.denominator, half.as_integer_ratio())
print(
    Fraction(math.pi).limit_denominator(1000),
    Fraction("3.1415926535897932").limit_denominator(10),
    Fraction(math.pi).limit_denominator(),
)
print(Fraction(-math.e).limit_denominator(100), Fraction(5, 3).limit_denominator(2))
print(
    sum([half, third, Fraction(1, 6)]),
    sum(Fraction(1, n) for n in range(1, 30)),
    max(half, third),
    min([half, third, 0.1]),
)
print(
    sorted([half, third, Fraction(3, 4), 0.4, 1]),
    {half: "h", third: "t"}[Fraction(2, 4)],
    {half, 0.5, Fraction(1, 2)},
)
print(
    isinstance(half, Fraction),
    isinstance(half, fractions.Fraction),
    type(half).__name__,
    type(half),
)
print(
    fractions.Fraction.from_float(0.75),
    Fraction.from_float(3),
    f"{half}",
    f"{half!r:>20}",
    "%s" % third,
    "{}".format(third),
)
print(math.prod([half, third, 6]), Fraction(10**40, 10**38 * 3), Fraction(2, 3) * 10**30)


def continued(x: Fraction, n: int) -> list[int]:
    out = []
    while n and x.denominator != 1:
        whole = x.numerator // x.denominator
        out.append(whole)
        x = 1 / (x - whole)
        n -= 1
    out.append(int(x))
    return out


print(continued(Fraction(415, 93), 10))
total = Fraction(0)
for n in range(1, 20):
    total += Fraction((-1) ** n, n)
print(total, float(total))


def solve(rows):
    n = len(rows)
    m = [[Fraction(x) for x in row] for row in rows]
    for i in range(n):
        p = next(r for r in range(i, n) if m[r][i] != 0)
        m[i], m[p] = m[p], m[i]
        m[i] = [x / m[i][i] for x in m[i]]
        for r in range(n):
            if r != i:
                m[r] = [a - m[r][i] * b for a, b in zip(m[r], m[i])]
    return [row[-1] for row in m]


print(solve([[2, 1, -1, 8], [-3, -1, 2, -11], [-2, 1, 2, -3]]))
raise ValueError(half)
