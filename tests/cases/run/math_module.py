"""Functions and constants of math."""

import math
from math import floor, sqrt as root

print(math.pi, math.e, math.tau, math.inf, -math.inf, math.nan)
for v in (2.0, 2.5, -2.5, 0.0, 7, -7, 1e15 + 0.5):
    print(v, math.floor(v), math.ceil(v), math.trunc(v), floor(v), math.fabs(v))
print(
    root(2),
    math.sqrt(16),
    math.isqrt(99),
    math.isqrt(10**40),
    math.cbrt(27),
    math.pow(2, 0.5),
    math.hypot(3, 4),
)
print(
    math.exp(1),
    math.log(10),
    math.log(8, 2),
    math.log2(1024),
    math.log10(1000),
    math.log1p(1e-10),
    math.expm1(1e-10),
)
print(
    math.sin(1),
    math.cos(1),
    math.tan(1),
    math.asin(0.5),
    math.acos(0.5),
    math.atan(1),
    math.atan2(-1, -1),
)
print(math.degrees(math.pi), math.radians(180), math.sinh(1), math.cosh(1), math.tanh(0.5))
print(
    math.factorial(0),
    math.factorial(20),
    math.factorial(25),
    math.comb(10, 3),
    math.perm(5, 2),
    math.comb(100, 50),
)
print(
    math.gcd(12, 18),
    math.gcd(),
    math.gcd(0, 5),
    math.gcd(12, 18, 27),
    math.lcm(4, 6),
    math.prod([1, 2, 3, 4]),
    math.prod([0.5, 4]),
)
print(
    math.isnan(math.nan),
    math.isinf(math.inf),
    math.isfinite(1e308),
    math.isclose(0.1 + 0.2, 0.3),
    math.isclose(1, 1.1, rel_tol=0.2),
)
print(
    math.fmod(-7, 3),
    math.modf(3.25),
    math.modf(-3.25),
    math.frexp(10.0),
    math.ldexp(0.5, 5),
    math.copysign(3, -0.0),
)
print(
    math.fsum([0.1] * 10),
    sum([0.1] * 10),
    math.dist((0, 0), (3, 4)),
    math.erf(0.5),
    math.gamma(5),
    math.log(10**100),
)
for action in (
    lambda: math.sqrt(-1),
    lambda: math.log(0),
    lambda: math.factorial(-1),
    lambda: math.exp(1000),
    lambda: math.floor(math.inf),
    lambda: math.isqrt(-1),
    lambda: math.acos(2),
):
    try:
        print(action())
    except (ValueError, OverflowError) as e:
        print(type(e).__name__, e)


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    p1, p2 = math.radians(lat1), math.radians(lat2)
    dp, dl = p2 - p1, math.radians(lon2 - lon1)
    h = math.sin(dp / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(dl / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))


print(round(distance(52.52, 13.405, 48.8566, 2.3522), 6))
