"""int() of texts, bases and floats, and the conversions back."""

for text in ("0", "-0", "+5", " 42\n", "007", "1_000", "9" * 25, "-12"):
    print(repr(text), int(text))
for text, base in (
    ("ff", 16),
    ("0xFF", 16),
    ("0b11", 2),
    ("z", 36),
    ("-77", 8),
    ("0o17", 0),
    ("12", 3),
    ("0", 0),
):
    print(text, base, int(text, base))
for bad, base in (
    ("", 10),
    ("12.5", 10),
    ("1__0", 10),
    ("_1", 10),
    ("0x10", 10),
    ("8", 8),
    ("é", 10),
    ("1 2", 10),
    ("010", 0),
):
    try:
        print(int(bad, base))
    except ValueError as e:
        print(e)
for value in (2.9, -2.9, 1e20, -0.5, True, 0.0):
    print(value, int(value))
for n in (0, 1, -1, 255, -255, 2**40):
    print(
        n, bin(n), oct(n), hex(n), f"{n:b} {n:#010x} {n:+,} {n:e}", str(n), repr(n), n.bit_length()
    )
print(
    [int(c) for c in "31415"],
    sum(map(int, str(2**50))),
    int("".join(map(str, [1, 2, 3]))),
    [int(x) for x in "4 5 6".split()],
)
print(
    str(10**20)[::-1],
    len(str(7**100)),
    int(str(7**50)) == 7**50,
    f"{int('101', 2):08b}",
    chr(int("41", 16)),
)


def roundtrip(n: int, base: int) -> bool:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    m, out = abs(n), ""
    while m:
        m, r = divmod(m, base)
        out = digits[r] + out
    return int(("-" if n < 0 else "") + (out or "0"), base) == n


print(all(roundtrip(n, b) for n in (0, 7, -100, 10**30) for b in (2, 3, 10, 16, 36)))
print(
    int(10**30 / 10**10),
    10**30 // 10**10,
    int(2**63),
    -(2**63),
    2**63 - 1 + 1,
    (5).real,
    (5).numerator,
)
