"""Polynomials as coefficient lists: arithmetic, evaluation, derivative, text."""

from typing import Sequence


class Polynomial:
    def __init__(self, coefficients: Sequence[float]) -> None:
        self.c = list(coefficients)
        while len(self.c) > 1 and self.c[-1] == 0:
            self.c.pop()

    @property
    def degree(self) -> int:
        return len(self.c) - 1

    def __call__(self, x: float) -> float:
        result: float = 0
        for a in reversed(self.c):
            result = result * x + a
        return result

    def __add__(self, other: "Polynomial") -> "Polynomial":
        n = max(len(self.c), len(other.c))
        a = self.c + [0] * (n - len(self.c))
        b = other.c + [0] * (n - len(other.c))
        return Polynomial([x + y for x, y in zip(a, b)])

    def __mul__(self, other: "Polynomial") -> "Polynomial":
        out = [0] * (len(self.c) + len(other.c) - 1)
        for i, x in enumerate(self.c):
            for j, y in enumerate(other.c):
                out[i + j] += x * y
        return Polynomial(out)

    def __pow__(self, n: int) -> "Polynomial":
        result = Polynomial([1])
        for _ in range(n):
            result = result * self
        return result

    def derivative(self) -> "Polynomial":
        return Polynomial([i * a for i, a in enumerate(self.c)][1:] or [0])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Polynomial) and self.c == other.c

    def __str__(self) -> str:
        terms = []
        for i in range(self.degree, -1, -1):
            a = self.c[i]
            if a == 0 and self.degree > 0:
                continue
            body = {0: "", 1: "x"}.get(i, f"x^{i}")
            number = "" if abs(a) == 1 and i else str(abs(a))
            sign = "-" if a < 0 else "+"
            terms.append((sign, number + body))
        head = ("-" if terms[0][0] == "-" else "") + terms[0][1]
        return head + "".join(f" {s} {t}" for s, t in terms[1:])


p = Polynomial([1, -3, 2])
q = Polynomial([0, 1])
print(p, q, p + q, p * q, p**3, p.derivative(), Polynomial([5]).derivative(), Polynomial([0, 0]))
print(
    p(2), p(0.5), (p * p)(10) == p(10) ** 2, p == Polynomial([1, -3, 2, 0]), p.degree, (p**4).degree
)
print(Polynomial([1.5, 0, -2.5]), Polynomial([10**20, 1]) ** 2)


def newton(f: Polynomial, x: float, steps: int = 20) -> float:
    d = f.derivative()
    for _ in range(steps):
        slope = d(x)
        if slope == 0:
            raise ArithmeticError(f"flat at {x}")
        x -= f(x) / slope
    return x


print(newton(Polynomial([-2, 0, 1]), 1.0), newton(p, 5))
try:
    newton(Polynomial([1, 0, 1]), 0)
except ArithmeticError as e:
    print(e)
