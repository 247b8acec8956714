"""Parameters that only make a function or class a local, beside ones that calls do replace."""

import math
from bisect import bisect, insort
from math import sqrt as root


class Pair:
    def __init__(self, a, b):
        self.a = a
        self.b = b


def twice(x):
    return x * 2


def search(items, x, bisect=bisect, _len=len):
    if _len(items) == 0:
        return 0
    return bisect(items, x)


def distance(a, b, *, sqrt=root, floor=math.floor):
    return sqrt(a * a + b * b), floor(a / b)


def pairs(n, make=Pair, double=twice, out=print):
    for i in range(n):
        pair = make(i, double(i))
        out(pair.a, pair.b)
    return make.__name__, double.__name__, double is twice


def replaced(x, f=twice):
    return f(x)


def shadowed(x, str=str, int=int):
    x = str(x) + "1"
    return int(x)


def rebound(x, f=twice):
    f = f if x else abs
    return f(x)


def inner(xs, key=abs):
    return sorted(xs, key=key), max(xs, key=lambda x: key(x))


def recursive(n, f=twice, me=None):
    return f(n) if n == 0 else recursive(n - 1) + f(n)


found = []
for word in "to be or not to be".split():
    found.insert(search(found, word), word)
insort(found, "mid")
print(found, search([], 1), search([1, 2, 2, 3], 2))
print(distance(3, 4), pairs(2))
print(replaced(3), replaced(-3, abs), replaced(4, f=lambda x: x + 1))
print(shadowed(4), rebound(0), rebound(2), inner([-3, 2, 1]), recursive(4))
try:
    search()
except TypeError as error:
    print(error)
