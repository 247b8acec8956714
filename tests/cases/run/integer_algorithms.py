"""Integer-heavy algorithms with 64-bit edges: hashes, LCG, Fibonacci doubling, bit tricks."""

MASK32 = 0xFFFFFFFF
MASK64 = (1 << 64) - 1


def fnv1a(text: str) -> int:
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = ((h ^ byte) * 0x100000001B3) & MASK64
    return h


def xorshift(seed: int, n: int) -> list[int]:
    out = []
    x = seed
    for _ in range(n):
        x ^= (x << 13) & MASK64
        x ^= x >> 7
        x ^= (x << 17) & MASK64
        out.append(x)
    return out


def rotl32(v: int, k: int) -> int:
    return ((v << k) | (v >> (32 - k))) & MASK32


def fib(n: int) -> tuple[int, int]:
    if n == 0:
        return 0, 1
    a, b = fib(n >> 1)
    c = a * (2 * b - a)
    d = a * a + b * b
    return (d, c + d) if n & 1 else (c, d)


def popcount(n: int) -> int:
    count = 0
    while n:
        n &= n - 1
        count += 1
    return count


def crc32(payload: bytes) -> int:
    crc = MASK32
    for byte in payload:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0xEDB88320 & -(crc & 1))
    return crc ^ MASK32


def to_signed(n: int, bits: int) -> int:
    n &= (1 << bits) - 1
    return n - (1 << bits) if n >> (bits - 1) else n


def reverse_bits(n: int, width: int) -> int:
    result = 0
    for i in range(width):
        if n >> i & 1:
            result |= 1 << (width - 1 - i)
    return result


def subsets(mask: int) -> list[int]:
    out, s = [], mask
    while s:
        out.append(s)
        s = (s - 1) & mask
    return out


print(fnv1a(""), fnv1a("hello"), hex(fnv1a("naïve")))
print(xorshift(88172645463325252, 3), rotl32(0x80000001, 4), rotl32(1, 31))
print(fib(10), fib(92)[0], fib(93)[0], fib(200)[0], popcount(0b101101), popcount(2**100 - 1))
print(
    crc32(b"123456789"),
    hex(crc32(b"")),
    to_signed(255, 8),
    to_signed(127, 8),
    to_signed(2**63, 64),
    to_signed(-1, 16),
)
print(
    reverse_bits(0b00010110, 8),
    subsets(0b1011),
    [n & -n for n in (12, 7, 64)],
    [n ^ (n >> 1) for n in range(8)],
)
i = 2**62
for _ in range(4):
    print(i, -i, i - 1, ~i, i >> 61, i % 1000003)
    i *= 2
acc = 1
for k in range(1, 60):
    acc = acc * k + (acc >> 3) - k
print(acc, acc.bit_length(), acc & MASK64, -acc & MASK32, acc // 10**40, -acc // 7, -acc % 7)
lo, hi = 0, 2**70
while lo < hi:
    mid = (lo + hi) // 2
    if mid * mid >= 10**40:
        hi = mid
    else:
        lo = mid + 1
print(lo, lo**2 - 10**40)
print(
    sum(x * x for x in range(10**4)),
    sum(range(10**6)),
    (10**9 + 7) ** 2 % (10**9 + 9),
    -7 // 2 * 2 + -7 % 2,
)
