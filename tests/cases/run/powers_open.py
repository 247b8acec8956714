def root(x: float) -> float:
    return x ** 0.5


def power(x: float, y: float):
    return x ** y


def solve(a, b, c):
    d = b * b - 4 * a * c
    r = d ** 0.5
    return (-b + r) / (2 * a), (-b - r) / (2 * a)


def shown(z):
    if isinstance(z, complex):
        return f"{z.real:.3f}{z.imag:+.3f}i"
    return f"{z:.3f}"


print(root(4.0), power(2.0, 0.25), power(-2.0, 2.0))
print(root(-4.0))
print(power(-2.0, 0.25))
print(abs(root(-9.0)))
for coefficients in ((1, -3, 2), (1, 2, 5), (1.0, 2.0, 1.0), (2, 0, 8)):
    print(*map(shown, solve(*coefficients)))
x = -8
x **= 1 / 3
print(x, (-8) ** (1 / 3), pow(root(16.0), 2), 2 ** 0.5, type(root(4.0)).__name__)
values = [4.0, -4.0]
print([v ** 0.5 for v in values], sum(v ** 2.0 for v in values))
print(pow(-2.0, 0.5), [pow(v, 0.5) for v in values])
