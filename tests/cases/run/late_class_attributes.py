"""Class attributes set from outside and through subclasses; methods called on anything."""


class A:
    made = 0

    def __init__(self, n):
        self.n = n

    def all(self, *xs, sep="-", **kw):
        return sep.join(map(str, (self.n, *xs))) + str(sorted(kw.items()))

    def only(self, *, key):
        return key

    @classmethod
    def make(cls, n):
        cls.made += 1
        return cls(n)

    @staticmethod
    def st(x, y=2):
        return x + y

    def pos(self, a, /, b):
        return a, b

    def __hash__(self):
        return hash((self.n, "a"))

    def __eq__(self, o):
        return self.n == o.n


class B(A):
    pass


things = [A(1), 3, "x", B(2)]
for t in things:
    for call in (
        lambda: t.all(1, 2),
        lambda: t.all(sep="+", q=1),
        lambda: t.only(key=3),
        lambda: t.only(3),
        lambda: t.make(7).n,
        lambda: t.st(4),
        lambda: t.pos(1, b=2),
        lambda: t.pos(a=1, b=2),
        lambda: t.all.__name__,
        lambda: t.pos(1),
    ):
        try:
            print(call())
        except (TypeError, AttributeError) as e:
            print(type(e).__name__, e)
print(A.made, B.made, len({A(1), A(1), B(1), A(2)}), hash(A(5)) == hash((5, "a")))


class Count:
    total = 0

    def __init__(self):
        type(self).total += 1
        self.__class__.last = self

    @classmethod
    def reset(cls):
        cls.total = 0


class Sub(Count):
    pass


Count()
Sub()
Sub()
print(Count.total, Sub.total, Count().total, Sub().total)
Sub.reset()
print(Count.total, Sub.total)
Count.reset()
Count.total = 10
print(Count.total, Sub.total, type(Sub.last).__name__, type(Count.last).__name__)


class Vec:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f"Vec({self.x})"


Vec.ZERO = Vec(0)
Vec.ONE = Vec(1)
print(Vec.ZERO, Vec.ONE, Vec(3).ZERO is Vec.ZERO)


def later():
    Vec.LATE = Vec(9)


try:
    print(Vec.LATE)
except AttributeError as e:
    print(e)
try:
    print(Vec(1).LATE)
except AttributeError as e:
    print(e)
later()
print(Vec.LATE, Vec(1).LATE, hasattr(Vec(1), "LATE"))
