"""Integers past 64 bits: promotion, division, shifts, powers and text."""


def factorial(n: int) -> int:
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


def fib(n: int) -> int:
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def digits_sum(n: int) -> int:
    total = 0
    while n:
        n, d = divmod(n, 10)
        total += d
    return total


def isqrt(n: int) -> int:
    if n < 2:
        return n
    x = 1 << ((n.bit_length() + 1) // 2)
    while True:
        y = (x + n // x) // 2
        if y >= x:
            return x
        x = y


print(factorial(20), factorial(21), factorial(30))
print(fib(90), fib(93), fib(300))
print(digits_sum(2**1000), digits_sum(factorial(100)))
print(isqrt(10**40 + 12345))
big = 9223372036854775807
print(big, big + 1, -big - 1, -big - 2, big * big, -(-big - 1))
print(abs(-9223372036854775808), -9223372036854775808 // -1)
print((big + 1) // 3, (big + 1) % 1000, -(big + 1) // 7, -(big + 1) % 7)
print(
    2**64 >> 3, 1 << 100, -(1 << 100) >> 98, (2**70) & (2**65 - 1), (2**70) | 1, (2**70) ^ (2**70)
)
print(2**100 == 2.0**100, 2**100 > 1e30, 10**30 / 10**28, 3**200 // 3**198)
print(float(2**80), int(1e25), hash(2**61 - 1), (2**100).bit_length())
print(f"{2**70:,} {2**70:x} {-(2**70):#b} {10**25:>30} {10**20:e}")
print(str(3**100), int("123456789012345678901234567890") + 1)
print(pow(7, 10**20, 10**9 + 7), 10**18 * 10**18 - 10**36 + 5)
x = 1
for i in range(70):
    x = x * 3 + i
print(x, x % 97, x // 10**20)
