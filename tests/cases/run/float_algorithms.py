"""Numerical methods: integration, Newton, bisection, statistics, Mandelbrot, ODE."""

import math


def simpson(f, a: float, b: float, n: int = 100) -> float:
    h = (b - a) / n
    total = f(a) + f(b)
    for i in range(1, n):
        total += f(a + i * h) * (4 if i % 2 else 2)
    return total * h / 3


def bisect(f, low, high, tolerance=1e-12):
    if f(low) * f(high) > 0:
        raise ValueError("no sign change")
    while high - low > tolerance:
        mid = (low + high) / 2
        if f(low) * f(mid) <= 0:
            high = mid
        else:
            low = mid
    return (low + high) / 2


def sqrt_newton(x: float) -> float:
    guess = x / 2 or 1.0
    for _ in range(60):
        guess = (guess + x / guess) / 2
    return guess


def regression(points: list[tuple[float, float]]) -> tuple[float, float]:
    n = len(points)
    sx = sum(x for x, _ in points)
    sy = sum(y for _, y in points)
    sxx = sum(x * x for x, _ in points)
    sxy = sum(x * y for x, y in points)
    slope = (n * sxy - sx * sy) / (n * sxx - sx**2)
    return slope, (sy - slope * sx) / n


def mandelbrot(width: int, height: int, limit: int) -> list[str]:
    rows = []
    for j in range(height):
        row = ""
        for i in range(width):
            cr, ci = 3.0 * i / width - 2.0, 2.0 * j / height - 1.0
            zr = zi = 0.0
            n = 0
            while n < limit and zr * zr + zi * zi <= 4:
                zr, zi = zr * zr - zi * zi + cr, 2 * zr * zi + ci
                n += 1
            row += " .:-=+*#%@"[n * 9 // limit]
        rows.append(row)
    return rows


def rk4(f, y: float, t: float, h: float, steps: int) -> float:
    for _ in range(steps):
        k1 = f(t, y)
        k2 = f(t + h / 2, y + h * k1 / 2)
        k3 = f(t + h / 2, y + h * k2 / 2)
        k4 = f(t + h, y + h * k3)
        y += h * (k1 + 2 * k2 + 2 * k3 + k4) / 6
        t += h
    return y


print(
    simpson(lambda x: x * x, 0, 3),
    simpson(math.sin, 0, math.pi),
    simpson(lambda x: 1 / x, 1, 2, 10),
)
print(bisect(lambda x: x**3 - 2, 0, 2), bisect(math.cos, 1, 2))
try:
    bisect(lambda x: x * x + 1, -1, 1)
except ValueError as e:
    print(e)
print(
    [sqrt_newton(x) for x in (2, 9.0, 1e-8, 1e300)], regression([(0, 1), (1, 3), (2, 5.5), (3, 6)])
)
print("\n".join(mandelbrot(40, 10, 20)))
print(rk4(lambda t, y: -2 * y + t, 1.0, 0.0, 0.1, 20))
xs = [2.5, 3.1, -1.0, 4.75, 0.0]
mean = math.fsum(xs) / len(xs)
print(
    mean,
    sorted(xs)[len(xs) // 2],
    max(xs) - min(xs),
    math.sqrt(sum((x - mean) ** 2 for x in xs) / (len(xs) - 1)),
)
e, term, n = 1.0, 1.0, 0
while term > 1e-17:
    n += 1
    term /= n
    e += term
print(e, n, e == math.e, abs(e - math.e) < 1e-15)
pi = 0.0
for k in range(1000):
    pi += (-1) ** k * 4 / (2 * k + 1)
print(pi, round(pi, 3), f"{pi:.10f}")
eps = 1.0
while 1.0 + eps / 2 != 1.0:
    eps /= 2
print(eps, 1e308 * 10 == float("inf"), 5e-324 / 2, 2.0**1023 * 1.5, -1e-320)
