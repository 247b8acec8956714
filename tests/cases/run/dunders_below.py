"""Dunders that only a subclass has, asked of a variable of the base."""


class Base:
    def __init__(self, n):
        self.n = n


class Sub(Base):
    def __bool__(self):
        return self.n > 0

    def __len__(self):
        return self.n

    def __iter__(self):
        return iter([1, 2])

    def __contains__(self, x):
        return x == self.n

    def __add__(self, o):
        return self.n + o

    def __getitem__(self, i):
        return i

    def __eq__(self, o):
        return True

    def __lt__(self, o):
        return True

    def __call__(self):
        return "called"

    def __int__(self):
        return 5

    def __str__(self):
        return "sub"

    def __hash__(self):
        return 1

    def __neg__(self):
        return "neg"

    def __enter__(self):
        return "entered"

    def __exit__(self, *a):
        return None

    def meth(self):
        return "meth"

    def __setitem__(self, i, v):
        self.n = v

    def __delitem__(self, i):
        self.n = -1

    def __format__(self, s):
        return "fmt"

    def __next__(self):
        raise StopIteration


def tests(x):
    print("truth", bool(x), "yes" if x else "no", not x)
    for f in (
        lambda: len(x),
        lambda: list(x),
        lambda: 3 in x,
        lambda: x + 1,
        lambda: x[2],
        lambda: x < Base(1),
        lambda: x(),
        lambda: int(x),
        lambda: -x,
        lambda: x.meth(),
        lambda: f"{x:>3}",
        lambda: next(x),
        lambda: x == Base(3),
        lambda: sorted([x, x]) and 1,
        lambda: [i for i in x],
        lambda: abs(x),
        lambda: x.__len__(),
    ):
        try:
            print(f())
        except Exception as e:
            print(type(e).__name__, e)
    if hasattr(x, "__enter__"):
        with x as y:
            print(y)
    try:
        x[1] = 5
    except Exception as e:
        print(type(e).__name__, e)
    try:
        del x[1]
    except Exception as e:
        print(type(e).__name__, e)
    try:
        for q in x:
            print(q)
    except Exception as e:
        print(type(e).__name__, e)
    try:
        a, b = x
        print(a, b)
    except Exception as e:
        print(type(e).__name__, e)
    print(x.n)


for x in (Base(0), Sub(0), Sub(3)):
    tests(x)
