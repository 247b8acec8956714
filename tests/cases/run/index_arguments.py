import math
from math import gcd


def f(n):
    return gcd(pow(n, 2) - 1, 12)


print(f(5), pow(2, 10), pow(2, -1), pow(2.5, 2), pow(3, 4, 5), pow(True, 3))


class P:
    def __pow__(self, o):
        return f"P^{o}"

    def __rpow__(self, o):
        return f"{o}^P"


print(pow(P(), 3), pow(3, P()))
for a, b in [(12, 18), (4.0, 2), ("a", 3), (None, 1), (True, 5)]:
    try:
        print(math.gcd(a, b))
    except TypeError as e:
        print(e)


def fact(n):
    try:
        return math.factorial(n)
    except (TypeError, ValueError) as e:
        return str(e)


print(fact(5), fact(2.5), fact(-1))
x = 7 if len("ab") > 1 else 2.5
print(math.gcd(x, 21), math.isqrt(x), math.comb(x, 2), math.floor(x), math.ceil(2.5), math.trunc(x))
vals = [9, "s", 2.5]
print(
    math.isqrt(vals[0]),
    math.floor(vals[2]),
    math.ceil(vals[2]),
    math.sqrt(vals[0]),
    math.floor(vals[0]),
)
try:
    pow("a", 2)
except TypeError as e:
    print(e)
try:
    math.isqrt(2.0)
except TypeError as e:
    print(e)
try:
    print(math.factorial(vals[1]))
except TypeError as e:
    print(e)
