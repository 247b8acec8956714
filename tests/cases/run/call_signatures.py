def g(f, *args, **kw):
    try:
        return f(*args, **kw)
    except TypeError as e:
        return str(e)


class A:
    def __init__(self, x, y=2):
        self.x, self.y = x, y

    def m(self, a, b=5, *, k=1):
        return (a, b, k)

    @staticmethod
    def s(q, r):
        return q + r

    @classmethod
    def c(cls, z):
        return z


class B:
    pass


class E(Exception):
    pass


a = A(1)
print(g(A, 1).x, g(A), g(A, 1, 2, 3), g(A, 1, z=3), g(A, 1, x=3))
print(g(a.m, 1), g(a.m), g(a.m, 1, 2, 3), g(a.m, 1, k=5), g(a.m, 1, 2, k=3))
print(g(A.s, 1, 2), g(A.s, 1), g(a.s, 1, 2, 3), g(A.c, 1), g(A.c), g(A.c, 1, 2))
print(g(B, 1), g(B, x=1), g(E, 1, 2).args)


def two(a, b):
    return a + b


def outer():
    def inner(p):
        return p

    return inner, lambda u, v: u


i, l = outer()
print(g(i), g(i, 1, 2), g(l, 1), g(l, u=1, v=2), g(two, b=1, a=2), g(two, 1, c=2))
objs = [A(1), 5, "s"]
for o in objs:
    try:
        print(o.m(1))
    except AttributeError as e:
        print(e)
    except TypeError as e:
        print(e)
for o in [A(3), None]:
    if o is not None:
        for args in ((), (1,), (1, 2), (1, 2, 3)):
            print(g(o.m, *args))
f = a.m
print(f(1), f(1, 6), f(1, k=7))
