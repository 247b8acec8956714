"""Primes, gcd, modular inverses, perfect numbers, bases."""

import math


def sieve(limit: int) -> list[int]:
    flags = [True] * (limit + 1)
    flags[0] = flags[1] = False
    for i in range(2, int(limit**0.5) + 1):
        if flags[i]:
            for j in range(i * i, limit + 1, i):
                flags[j] = False
    return [i for i, f in enumerate(flags) if f]


def factorize(n: int) -> dict[int, int]:
    factors: dict[int, int] = {}
    d = 2
    while d * d <= n:
        while n % d == 0:
            factors[d] = factors.get(d, 0) + 1
            n //= d
        d += 1
    if n > 1:
        factors[n] = factors.get(n, 0) + 1
    return factors


def gcd(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a


def egcd(a, b):
    if b == 0:
        return a, 1, 0
    g, x, y = egcd(b, a % b)
    return g, y, x - (a // b) * y


def modinv(a, m):
    g, x, _ = egcd(a, m)
    if g != 1:
        raise ValueError(f"no inverse of {a} modulo {m}")
    return x % m


def is_probable_prime(n: int) -> bool:
    if n < 2:
        return False
    for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        if n % p == 0:
            return n == p
    d, s = n - 1, 0
    while d % 2 == 0:
        d //= 2
        s += 1
    for a in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def to_base(n: int, base: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    if n == 0:
        return "0"
    sign, n = ("-", -n) if n < 0 else ("", n)
    out = ""
    while n:
        n, r = divmod(n, base)
        out = digits[r] + out
    return sign + out


print(sieve(60), len(sieve(1000)))
print(factorize(360), factorize(97), factorize(2**31 - 1), factorize(1))
print(gcd(48, 36), math.gcd(17, 5), gcd(0, 5), math.lcm(4, 6), egcd(240, 46))
print(modinv(3, 11), pow(3, -1, 11))
try:
    modinv(4, 8)
except ValueError as e:
    print(e)
print([n for n in range(1, 500) if sum(d for d in range(1, n) if n % d == 0) == n])
print(is_probable_prime(2**61 - 1), is_probable_prime(2**67 - 1), is_probable_prime(10**18 + 9))
print([to_base(n, b) for n, b in ((255, 16), (255, 2), (-100, 7), (0, 3), (35, 36))], int("zz", 36))
