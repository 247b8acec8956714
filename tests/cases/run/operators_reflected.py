"""Reflected operators, NotImplemented, comparison fallbacks, in-place operators."""


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __add__(self, other):
        if isinstance(other, Money):
            return Money(self.cents + other.cents)
        if isinstance(other, int):
            return Money(self.cents + other * 100)
        return NotImplemented

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        return Money(self.cents - other.cents)

    def __mul__(self, k):
        return Money(round(self.cents * k)) if isinstance(k, (int, float)) else NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other):
        return self.cents / other.cents if isinstance(other, Money) else Money(self.cents // other)

    def __floordiv__(self, n):
        return Money(self.cents // n)

    def __mod__(self, n):
        return Money(self.cents % n)

    def __divmod__(self, n):
        return self // n, self % n

    def __eq__(self, other):
        return self.cents == other.cents if isinstance(other, Money) else NotImplemented

    def __lt__(self, other):
        return self.cents < other.cents if isinstance(other, Money) else NotImplemented

    def __le__(self, other):
        return self.cents <= other.cents

    def __isub__(self, other):
        self.cents -= other.cents
        return self

    def __int__(self):
        return self.cents // 100

    def __float__(self):
        return self.cents / 100

    def __repr__(self):
        return f"${self.cents / 100:.2f}"


class Grid:
    def __init__(self):
        self.cells = {}

    def __getitem__(self, at):
        x, y = at
        return self.cells.get((x, y), ".")

    def __setitem__(self, at, value):
        self.cells[at] = value

    def __matmul__(self, other):
        return len(self.cells) * len(other.cells)

    def __lshift__(self, item):
        self.cells[len(self.cells), 0] = item
        return self

    def __invert__(self):
        return sorted(self.cells)

    def __pos__(self):
        return "pos"


a, b = Money(150), Money(275)
print(
    a + b,
    a + 1,
    2 + a,
    sum([a, b]),
    b - a,
    a * 3,
    2 * a,
    a * 1.5,
    b / a,
    b / 2,
    b // 2,
    divmod(b, 100),
    int(b),
    float(b),
)
print(
    a == Money(150),
    a != b,
    a < b,
    a > b,
    a <= b,
    a >= b,
    a == 150,
    a != "x",
    sorted([b, a]),
    max(a, b),
)
alias = b
b -= a
print(alias, alias is b)
a += 5
print(a)
for bad in (lambda: a + "x", lambda: "x" + a, lambda: a < 3, lambda: a * "k", lambda: -a):
    try:
        print(bad())
    except TypeError as e:
        print(e)
g = Grid()
g[1, 2] = "#"
g << "a" << "b"
print(g[1, 2], g[0, 0], g[5, 5], ~g, g @ g, +g)
