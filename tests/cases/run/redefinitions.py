class P:
    kind = "one"

    def __init__(self, v):
        self.v = v

    def show(self):
        return f"first {self.v}"


p = P(1)
print(p.show())


class Q(P):
    def more(self):
        return self.show() + "+"


class P:
    kind = "two"

    def __init__(self, v):
        self.v = v

    @property
    def total(self):
        return self.v * 2

    def show(self):
        return f"second {self.v}"


q = P(2)
print(q.show(), p.show(), q.total, Q(3).more(), P.kind, Q.kind)
print(type(p) is type(q), isinstance(p, P), type(q).__name__)


class R:
    def who(self):
        return "r1"


def make():
    return R()


print(make().who())


class R:
    def who(self):
        return "r2"

    def other(self, x=1):
        return x


r = make()
print(r.who(), r.other(), r.other(5))


def fn():
    return 1


print(fn())


def fn(a):
    return a + 1


print(fn(4))


def fn(a, b=2):
    return a * b


print(fn(4), fn(b=5, a=2))
import math

math = math.floor(2.5)
print(math)
try:
    from math import isqrt
except ImportError:

    def isqrt(n):
        return int(n**0.5)


print(isqrt(17))
try:
    from math import gcd as g
except ImportError:
    g = None
print(g(12, 18))
for i in range(3):

    class L:
        n = i

        def get(self):
            return self.n

    print(L.n, L().get())
if len([1]) > 0:

    class M:
        def go(self):
            return "M1"
else:

    class M:
        def go(self):
            return "M2"


print(M().go())
try:
    from math import prod
except ImportError:

    def prod(xs):
        result = 1
        for x in xs:
            result *= x
        return result


try:
    import heapq as hq
except ModuleNotFoundError:
    hq = None
try:
    from typing import TYPE_CHECKING
except ImportError:
    TYPE_CHECKING = False
else:
    print("typing")
if TYPE_CHECKING:
    from decimal import Decimal
print(prod([2, 3, 4]), TYPE_CHECKING)
