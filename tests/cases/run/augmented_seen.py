"""Augmented assignment that its container sees, also of an object that changes in place."""

t = ([1], [2])
try:
    t[0] += [5]
except TypeError as e:
    print(e, t)
try:
    t[1] *= 2
except TypeError as e:
    print(e, t)


class Box:
    kinds = [1]

    def __init__(self):
        self.items = {"a": [1]}
        self._p = [0]

    def __getitem__(self, k):
        print("get", k)
        return self.items[k]

    def __setitem__(self, k, v):
        print("set", k, v)
        self.items[k] = v

    @property
    def p(self):
        print("p get")
        return self._p

    @p.setter
    def p(self, v):
        print("p set", v)
        self._p = v

    @property
    def ro(self):
        return self._p


b = Box()
b["a"] += [2]
b.p += [3]
b.p *= 2
try:
    b.ro += [9]
except AttributeError as e:
    print(e, b._p)
b.kinds += [4]
print(Box.kinds, b.kinds is Box.kinds, vars(b))
Box.kinds = [77]
print(b.kinds)
from dataclasses import dataclass, field


@dataclass(frozen=True)
class F:
    xs: list = field(default_factory=list)
    s: set = field(default_factory=set)


f = F()
try:
    f.xs += [1]
except Exception as e:
    print(type(e).__name__, e, f)
try:
    f.s |= {1}
except Exception as e:
    print(type(e).__name__, e, f)
from collections import namedtuple

N = namedtuple("N", "a b")
n = N([1], 2)
try:
    n.a += [2]
except AttributeError as e:
    print(e, n)
try:
    n[0] += [2]
except TypeError as e:
    print(e, n)
