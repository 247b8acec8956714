"""Dunders that only some of the classes in a slot have: text, walks, contexts, enums, numbers."""


class A:
    def __init__(self, n):
        self.n = n

    def __lt__(self, o):
        return self.n < o.n


class B:
    def __init__(self, n):
        self.n = n

    def __gt__(self, o):
        return self.n > o.n


class C(A):
    pass


def pick(i):
    return [None, A(1), B(2), C(3)][i]


for i in range(4):
    for j in range(4):
        try:
            print(i, j, pick(i) < pick(j))
        except TypeError as e:
            print(i, j, e)
        except AttributeError as e:
            print(i, j, e)
x = "%s %r" % (type(pick(1)).__name__, pick(0))
print(x)


class N:
    def __str__(self):
        return "N!"


class M:
    def __str__(self):
        return "M!"

    def __format__(self, spec):
        return "M" + spec


items = [N(), M()]
for it in items:
    print("%s" % it, "%s-%s" % (it, it), f"{it}", str(it), "{}".format(it))
    try:
        print(f"{it:>5}")
    except TypeError as e:
        print(e)
    print([str(x) for x in items], ",".join(map(str, items)))


class It1:
    def __iter__(self):
        return iter([1, 2])


class It2:
    def __init__(self):
        self.i = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.i += 1
        if self.i > 3:
            raise StopIteration
        return self.i


class It3:
    def __getitem__(self, i):
        if i > 1:
            raise IndexError
        return i * 10


for s in [It1(), It2(), It3()]:
    print(list(s), [x for x in s], sum(s))
    for a in s:
        print(a)


class Ctx1:
    def __enter__(self):
        print("in1")
        return self

    def __exit__(self, *a):
        print("out1", a[0] is None)
        return True


class Ctx2:
    def __enter__(self):
        print("in2")
        return 5

    def __exit__(self, t, v, tb):
        print("out2", v)


for c in [Ctx1(), Ctx2()]:
    try:
        with c as got:
            print(type(got).__name__)
            raise ValueError("x")
    except ValueError as e:
        print("caught", e)
from collections import namedtuple

P = namedtuple("P", "x y")
Q = namedtuple("Q", "a b")
for t in [P(1, 2), Q(3, 4)]:
    a, b = t
    print(a, b, t[0], t[-1], len(t), t, list(t), t == (1, 2), t + (1,))
from dataclasses import dataclass


@dataclass
class D1:
    v: int


@dataclass(order=True, frozen=True)
class D2:
    v: int


ds = [D1(1), D2(1), D2(0), D1(1)]
print([x == y for x in ds for y in ds])
try:
    print(sorted(ds))
except TypeError as e:
    print(e)
for d in ds:
    try:
        d.v += 1
    except Exception as e:
        print(type(e).__name__, e)
print(ds)
from enum import Enum


class E1(Enum):
    A = 1
    B = 2


class E2(Enum):
    A = "x"


for e in [E1.A, E2.A, E1.B]:
    print(e, e.name, e.value, e == E1.A, e is E2.A, repr(e))
d = {E1.A: 1, E2.A: 2}
print(d[E1.A], d[E2.A], E1.B in d)
abs_ = [abs, len]


class V:
    def __abs__(self):
        return 4

    def __round__(self, n=0):
        return 7 + n

    def __int__(self):
        return 9

    def __float__(self):
        return 2.5

    def __index__(self):
        return 1


class W:
    def __abs__(self):
        return "w"

    def __len__(self):
        return 2

    def __reversed__(self):
        return iter("ba")


for v in [V(), W()]:
    print(abs(v))
    for f in (int, float, round, len, reversed, list):
        try:
            r = f(v)
            print(f.__name__, r if isinstance(r, (int, float)) else list(r))
        except TypeError as e:
            print(e)
opt = [None, N(), M()]


def g(i):
    return opt[i]


for i in range(3):
    try:
        print(f"{g(i)}", format(g(i)), "%s" % (g(i),), f"{g(i)!s:>6}|")
    except TypeError as e:
        print(e)
best = None


def m(i):
    return M() if i else None


print(f"{m(1)} {m(0)}", format(m(1)), f"{m(1):abc}")
