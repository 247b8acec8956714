class A:
    def __init__(self, k):
        self.k = k

    def m(self, a, b=5, *, k=1):
        return (self.k, a, b, k)

    def st(self, *xs, **kw):
        return (self.k, xs, kw)

    def one(self, a):
        return a + self.k

    @staticmethod
    def s(q, r):
        return q + r

    @classmethod
    def c(cls, z):
        return (cls.__name__, z)


class B(A):
    def one(self, a):
        return a * self.k


a, b = A(3), B(4)
fs = [a.m, a.st, a.one, b.one, A.s, a.s, A.c, b.c, B.c]
print(
    fs[0](1),
    fs[0](1, 2),
    fs[0](1, k=9),
    fs[1](),
    fs[1](1, 2, z=3),
    fs[2](1),
    fs[3](5),
    fs[4](1, 2),
    fs[5](3, 4),
    fs[6](1),
    fs[7](2),
    fs[8](3),
)
f = a.m
print(
    f(1),
    f(1, 6),
    f(1, k=7),
    list(map(a.one, [1, 2])),
    list(map(b.one, [1, 2])),
    sorted([3, 1], key=b.one),
    max([1, 2], key=a.one),
)
g = a.st
print(g(1), g(), g(x=1))
h = A.one
print(h(a, 1), h(b, 2), A.one(b, 3))
c = A.c
print(c(5), (B.c)(6))


class N:
    class Inner:
        def name(self):
            return type(self).__name__


print(N.Inner().name(), N.Inner.__qualname__)
print(bool(), bool([0]), str(), int(), float(), list(), dict(), tuple(), set())
for th in (
    lambda: bool(1, 2),
    lambda: len(),
    lambda: len([], []),
    lambda: abs(),
    lambda: int(1, 2, 3),
    lambda: str("a", "b", "c", "d"),
):
    try:
        print(th())
    except TypeError as e:
        print(e)


class L:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


for n in (3, -1):
    try:
        print(len(L(n)), bool(L(n)))
    except ValueError as e:
        print(e)


class DM:
    def __divmod__(self, o):
        return ("dm", o)

    def __rdivmod__(self, o):
        return ("rdm", o)

    def __pow__(self, o, m=None):
        return ("pow", o, m)

    def __rpow__(self, o):
        return ("rpow", o)

    def __round__(self, n=None):
        return ("round", n)

    def __abs__(self):
        return "abs"

    def __floordiv__(self, o):
        return "fd"

    def __rshift__(self, o):
        return "rs"

    def __invert__(self):
        return "inv"

    def __pos__(self):
        return "pos"

    def __trunc__(self):
        return 5


print(
    divmod(DM(), 1),
    divmod(2, DM()),
    pow(DM(), 2),
    pow(DM(), 2, 3),
    2 ** DM(),
    DM() ** 3,
    round(DM()),
    round(DM(), 2),
    abs(DM()),
    DM() // 1,
    DM() >> 1,
    ~DM(),
    +DM(),
)


class Machine:
    """States are methods that give the next state."""

    def start(self, text):
        if text == "go":
            return self.run
        if text == "end":
            return None
        return self.start

    def run(self, text):
        return self.run if text == "go" else self.start


machine = Machine()
state = machine.start
trace = []
for text in ["x", "go", "go", "stop", "end"]:
    trace.append(state.__name__)
    state = state(text)
print(trace, state)
print(machine.start("end"), machine.start("x")("end"), machine.run("stop")("go").__name__)
