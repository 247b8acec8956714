"""A rational number class written out: normalisation, arithmetic, ordering, hashing."""

from math import gcd


class Fraction:
    __slots__ = ("num", "den")

    def __init__(self, num: int, den: int = 1) -> None:
        if den == 0:
            raise ZeroDivisionError(f"Fraction({num}, 0)")
        if den < 0:
            num, den = -num, -den
        g = gcd(num, den)
        self.num = num // g
        self.den = den // g

    @classmethod
    def parse(cls, text: str) -> "Fraction":
        num, slash, den = text.partition("/")
        return cls(int(num), int(den) if slash else 1)

    def __add__(self, o: "Fraction") -> "Fraction":
        return Fraction(self.num * o.den + o.num * self.den, self.den * o.den)

    def __sub__(self, o: "Fraction") -> "Fraction":
        return self + -o

    def __mul__(self, o: "Fraction") -> "Fraction":
        return Fraction(self.num * o.num, self.den * o.den)

    def __truediv__(self, o: "Fraction") -> "Fraction":
        return Fraction(self.num * o.den, self.den * o.num)

    def __neg__(self) -> "Fraction":
        return Fraction(-self.num, self.den)

    def __eq__(self, o: object) -> bool:
        if isinstance(o, int):
            return self.den == 1 and self.num == o
        return isinstance(o, Fraction) and (self.num, self.den) == (o.num, o.den)

    def __lt__(self, o: "Fraction") -> bool:
        return self.num * o.den < o.num * self.den

    def __hash__(self) -> int:
        return hash((self.num, self.den))

    def __str__(self) -> str:
        return f"{self.num}/{self.den}" if self.den != 1 else str(self.num)

    __repr__ = __str__


half, third = Fraction(1, 2), Fraction(-2, -6)
print(half, third, half + third, half - third, half * third, half / third, -half, Fraction(6, 3))
print(
    half == Fraction(3, 6),
    half != third,
    third < half,
    sorted([half, third, Fraction(-1)]),
    Fraction(4, 2) == 2,
)
print(
    {half: "h"}[Fraction(2, 4)],
    len({half, Fraction(5, 10), third}),
    Fraction.parse("-3/9"),
    Fraction.parse("7"),
)
for bad in ("1/0", "x/2", "1/2/3"):
    try:
        print(Fraction.parse(bad))
    except (ZeroDivisionError, ValueError) as e:
        print(type(e).__name__, e)
total = Fraction(0)
for k in range(1, 40):
    total = total + Fraction(1, k)
print(total)
egyptian = []
f = Fraction(7, 15)
while f.num:
    unit = Fraction(1, -(-f.den // f.num))
    egyptian.append(unit)
    f = f - unit
print(egyptian)
