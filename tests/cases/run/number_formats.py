"""Number theory of money and time: divmod chains, rounding, percentages, grouping."""


def hms(seconds: int) -> str:
    m, s = divmod(seconds, 60)
    h, m = divmod(m, 60)
    d, h = divmod(h, 24)
    return f"{d}d " * bool(d) + f"{h:02d}:{m:02d}:{s:02d}"


def money(cents: int, symbol: str = "$") -> str:
    sign = "-" if cents < 0 else ""
    whole, part = divmod(abs(cents), 100)
    return f"{sign}{symbol}{whole:,}.{part:02}"


def size(n: float) -> str:
    for unit in ["B", "KiB", "MiB", "GiB"]:
        if abs(n) < 1024:
            return f"{n:.1f} {unit}" if unit != "B" else f"{n} B"
        n /= 1024
    return f"{n:.1f} TiB"


def split_evenly(total: int, parts: int) -> list[int]:
    base, extra = divmod(total, parts)
    return [base + (i < extra) for i in range(parts)]


def mean_std(xs):
    n = len(xs)
    mean = sum(xs) / n
    var = sum((x - mean) ** 2 for x in xs) / n
    return mean, var**0.5


def compound(principal, rate, years, per_year=1):
    return principal * (1 + rate / per_year) ** (per_year * years)


print([hms(n) for n in (0, 59, 61, 3661, 90061, -1)])
print([money(c) for c in (0, 5, 123456789, -250)], money(10**20, "€"))
print([size(n) for n in (0, 1023, 1024, 1536, 1048576, 5.5e9, 2**45)])
print(split_evenly(100, 3), split_evenly(2, 5), sum(split_evenly(10**18 + 7, 4)) == 10**18 + 7)
mean, std = mean_std([2, 4, 4, 4, 5, 5, 7, 9])
print(mean, std, f"{mean:.2f} ± {std:.3f}")
print(f"{compound(1000, 0.05, 10):.2f} {compound(1000, 0.05, 10, 12):.4f} {compound(1000, 0, 3)}")
print(
    [round(x, 1) for x in (0.05, 0.15, 0.25, 0.35, -0.45)],
    [round(x) for x in (-1.5, -0.5, 0.5, 1.5, 2.5)],
    [round(n, -1) for n in (5, 15, 25, 35, -15)],
)
print(f"{0.1234:.1%} {1:.0%} {0.005:.0%} {12.3456:.3} {1e-10:.2f} {123456:.3g}")
celsius = [-40, 0, 37.5, 100]
print(
    [c * 9 / 5 + 32 for c in celsius],
    [int(c * 9 / 5 + 32) for c in celsius],
    [f"{(f - 32) * 5 / 9:.1f}" for f in (32, 98.6, -40)],
)
price, qty = 19.99, 3
total = price * qty
tax = total * 0.0825
print(total, tax, round(total + tax, 2), f"{total:.2f}", int(total * 100), round(total * 100))
leap = [y for y in range(1896, 2013, 4) if (y % 4 == 0 and y % 100 != 0) or y % 400 == 0]
print(leap[:3], len(leap), 1900 in leap, 2000 in leap)


def weekday(y, m, d):
    if m < 3:
        m += 12
        y -= 1
    return "Sat Sun Mon Tue Wed Thu Fri".split()[
        (d + 13 * (m + 1) // 5 + y + y // 4 - y // 100 + y // 400) % 7
    ]


print(weekday(2024, 2, 29), weekday(1970, 1, 1), weekday(2000, 1, 1))
