"""Members of IntFlag and IntEnum, and what has `__index__`, where a library takes an int."""

import enum
import math
import re


class F(enum.IntFlag):
    A = 1
    B = 2


class E(enum.IntEnum):
    X = 2
    Y = 5


class I:
    def __index__(self):
        print("index")
        return 4


class N:
    pass


print(re.findall("a", "aA", F.B), re.compile("a", F.B).findall("aA"), re.search("a", "A", F.B))
print(math.factorial(E.Y), math.gcd(E.X, 4), "ab" * E.X, [1, 2, 3][E.X], list(range(E.X)))
print(math.factorial(I()), math.comb(I(), 2), math.isqrt(I()))
try:
    print(math.factorial(N()))
except TypeError as e:
    print(e)
