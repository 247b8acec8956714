"""Floats: operators, comparison with ints, special values and their text."""

import math


def roots(a: float, b: float, c: float) -> list[float]:
    d = b * b - 4 * a * c
    if d < 0:
        return []
    r = math.sqrt(d)
    return [(-b - r) / (2 * a), (-b + r) / (2 * a)]


for v in (0.1, 1.0, -0.0, 1e16, 1e15, 123456789.123, 1e-4, 1e-5, 1.5e300, 5e-324, 1e22, 2.5e-7):
    print(v, -v, repr(v), str(v))
print(0.1 + 0.2, 1 / 3, 2 / 3, 1e308 * 10, -1e308 * 10)
print(7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, divmod(-7.5, 2))
print(1e20 // 3, 5 // 0.3, 0.3 % 0.1, -0.0 % 3)
print(2.0**0.5, 2**0.5, 2.0**-1, (-8.0) ** 3, 10.0**20)
print(float("inf"), float("-inf"), float("nan"), float("1e3"), float(" 2.5 "), float("1_0.5"))
inf = float("inf")
nan = float("nan")
print(inf > 10**400, -inf < -1, nan == nan, nan != nan, nan < 1, inf == inf, inf - inf)
print(1.0 == 1, 0.5 < 1, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53, 10**400 > 1.5)
print(roots(1, -3, 2), roots(1, 2, 5), roots(2.0, 0.0, -1.0))
print(
    int(2.7), int(-2.7), round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5678, -2)
)
print(round(0.5), round(1.5), round(1e20), round(5), round(1234, -2), round(1250, -2))
print(abs(-2.5), min(1, 2.5), max(1, 2.5), sum([0.1] * 10), sum([1, 2.5]))
print((2.0).is_integer(), (2.5).is_integer(), (0.75).as_integer_ratio())
print(bool(0.0), bool(-0.0), bool(nan), bool(1e-300))
total = 0.0
for i in range(1, 20):
    total += 1 / i**2
print(total, math.pi**2 / 6 - total)
print(3 * 1.1, 1.1 * 3, 3 - 0.5, 10 / 4, 10 // 4.0, True + 1.5)
