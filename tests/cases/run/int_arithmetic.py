"""Integer operators: signs of floor division and modulo, powers, bit operations."""


def show(a: int, b: int) -> None:
    print(a, b, a + b, a - b, a * b, a // b, a % b, divmod(a, b))


def bits(a: int, b: int) -> str:
    return f"{a & b} {a | b} {a ^ b} {~a} {a << 3} {a >> 1}"


for x in (7, -7, 0, 1, 100):
    for y in (3, -3, 1, -1, 10):
        show(x, y)

print(bits(12, 10))
print(bits(-12, 10))
print(bits(-1, -256))
print(2**10, (-2) ** 3, -(2**3), -(2**2), 0**0, 7**0)
print(2**-1, 10**-2, (-2) ** -3)
print(pow(3, 4), pow(3, 4, 5), pow(-3, 5, 7), pow(3, -1, 11))
print(-5 // 2, -5 % 2, 5 // -2, 5 % -2, -5 >> 1, -1 >> 10)
print(7 / 2, -7 / 2, 6 / 3, 1 / 3)
print(+5, -(-5), abs(-5), abs(5))
print(bin(10), oct(64), hex(255), bin(-10), hex(-255), oct(0))
print((255).bit_length(), (0).bit_length(), (-256).bit_length(), (255).bit_count())
print(int("42"), int("-17"), int(" 8 "), int("1_000"), int("ff", 16), int("0b101", 0))
print(int(3.99), int(-3.99), int(True), int(1e18))
print(0xFF, 0o17, 0b1011, 1_000_000)
print(5 == 5.0, 5 != 6, 3 < 4 <= 4, 1 < 3 > 2)
print(min(3, 1, 2), max(3, 1, 2), sum([1, 2, 3]), sum([1, 2, 3], 10))
n = 10
n += 5
n -= 3
n *= 4
n //= 5
n %= 7
n <<= 4
n |= 3
n ^= 1
n &= 30
n >>= 1
n **= 2
print(n)
