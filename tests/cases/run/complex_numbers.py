import cmath


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


z = 3 + 4j
print(
    abs(z),
    z.real,
    z.imag,
    z.conjugate(),
    z * 2,
    z / (1 - 1j),
    z**2,
    -z,
    +z,
    z == 3 + 4j,
    complex(1, 2),
    complex("1+2j"),
    repr(1j),
    1e20j,
    z + 1,
    z - 1.5,
    2 - z,
    bool(0j),
    bool(z),
)
print(
    hash(z),
    hash(1j),
    hash(5 + 0j) == hash(5),
    5 == 5 + 0j,
    5.5 == 5.5 + 0j,
    5 + 0j == 5,
    1j != 1,
    2**70 == complex(2**70),
    complex(2.0**70) == 2**70 + 1,
)
print(
    (2 + 3j) * (4 - 5j),
    z**0.5,
    z**-1,
    complex(1.5),
    complex(),
    z**2.5,
    z ** (1 + 2j),
    (1j) ** 100,
    (1 + 1j) ** 101,
    2**1j,
    2.5**1j,
    (0j) ** 0,
    (0j) ** 2.5,
)
for text in (
    "1",
    "-1.5",
    "1e3j",
    "j",
    "-j",
    "+j",
    "1-j",
    "1.5e-3+2.5j",
    " ( 1+2j ) ",
    "nan+infj",
    "1_000j",
    ".5",
    "5.j",
    "",
    "1+",
    "1 + 2j",
    "a",
    "1+2",
    "(1",
    "1jj",
    "--1",
):
    attempt(lambda: complex(text))
print(
    complex(1, -0.0),
    complex(-0.0, 1),
    complex(0.0, -0.0),
    complex(float("nan"), float("inf")),
    complex(1e16, 1e-5),
    complex(0, 1.5),
    complex(-0.0, -1),
    complex(1j, 2j),
    complex(1 + 1j, 2),
    complex(1, 1j),
)
print(
    cmath.sqrt(-1),
    cmath.phase(1j),
    cmath.polar(z),
    cmath.rect(1, cmath.pi / 2),
    cmath.exp(1j * cmath.pi),
    cmath.log(z),
    cmath.sin(z),
    cmath.cos(z),
    cmath.tan(z),
    cmath.isclose(1 + 1j, 1 + 1.0000000001j),
    cmath.log10(z),
    cmath.acos(z),
    cmath.inf,
    cmath.isnan(z),
    cmath.isinf(complex(cmath.inf, 0)),
    cmath.isfinite(z),
)
for w in (
    0.5 + 0.5j,
    -2.5 + 1e-3j,
    1e-310 + 1e-310j,
    0.3 - 0.9j,
    -1 + 0j,
    100 - 3j,
    1e155 + 1e155j,
    2 + 0j,
    -3.7 - 8.2j,
):
    print(
        cmath.sqrt(w),
        cmath.log(w),
        cmath.asin(w),
        cmath.acos(w),
        cmath.atan(w),
        cmath.asinh(w),
        cmath.acosh(w),
        cmath.atanh(w),
        cmath.tanh(w),
    )
for w in (0.5 + 0.5j, -2.5 + 1e-3j, 0.3 - 0.9j, 20 - 3j, -3.7 - 8.2j):
    print(
        cmath.exp(w),
        cmath.sin(w),
        cmath.cos(w),
        cmath.tan(w),
        cmath.sinh(w),
        cmath.cosh(w),
        cmath.log(w, 10),
        cmath.log10(w),
        cmath.polar(w),
    )
print(
    f"{z:.2f}|{z:10.3f}|{z:<20}|{z:^20.1e}|{z:+}|{z:,.2f}|{1j:g}|{1j}|{z!r:>12}|{1234567.891 + 2j:,.1f}",
    "{:.3}".format(z),
    "{:*^15}".format(1j),
    "%s" % z,
    str(z),
)
attempt(lambda: f"{z:05}")
attempt(lambda: f"{z:=10}")
attempt(lambda: f"{z:d}")
attempt(lambda: 1j / 0)
attempt(lambda: z / 0j)
attempt(lambda: 0j**-1)
attempt(lambda: 0j**1j)
attempt(lambda: (1e200 + 1e200j) ** 2)
attempt(lambda: abs(complex(1e308, 1e308)))
attempt(lambda: cmath.log(0))
attempt(lambda: cmath.exp(1000))
attempt(lambda: cmath.atanh(1))
mixed = [1, 2.5, 3j, "x", 1 + 0j]
for m in mixed:
    for n in mixed:
        attempt(lambda: m + n)
        attempt(lambda: m * n)
        attempt(lambda: m == n)
attempt(lambda: mixed[2] < mixed[0])
attempt(lambda: mixed[2] // mixed[0])
attempt(lambda: -mixed[2])
attempt(lambda: abs(mixed[2]))
attempt(lambda: mixed[2].conjugate())
print(
    [type(m).__name__ for m in mixed],
    [isinstance(m, complex) for m in mixed],
    mixed,
    {1j: "a", 2: "b"}[1j],
)


def quadratic(a, b, c):
    d = cmath.sqrt(b * b - 4 * a * c)
    return (-b + d) / (2 * a), (-b - d) / (2 * a)


print(quadratic(1, 2, 5), quadratic(1.0, -3, 2))


def mandelbrot(c, limit):
    z = 0j
    for i in range(limit):
        if abs(z) > 2:
            return i
        z = z * z + c
    return limit


print(
    [[mandelbrot(complex(x / 10, y / 10), 30) for x in range(-20, 6, 5)] for y in range(-10, 11, 5)]
)


def fft(xs):
    n = len(xs)
    if n == 1:
        return xs
    even, odd = fft(xs[::2]), fft(xs[1::2])
    t = [cmath.exp(-2j * cmath.pi * k / n) * odd[k] for k in range(n // 2)]
    return [even[k] + t[k] for k in range(n // 2)] + [even[k] - t[k] for k in range(n // 2)]


print([f"{v:.6f}" for v in fft([complex(x) for x in (1, 2, 3, 4, 0, 0, 1, 5)])])
print(sum([1j, 2, 3.5]), sum([1 + 1j, 2 - 3j], 0j))


class Turned:
    def __complex__(self):
        return 1j


print(complex(Turned()))
