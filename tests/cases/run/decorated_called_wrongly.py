import functools, time


def seen(f):
    def wrapper(*args):
        n = len(args)
        return f(*args)

    return wrapper


def timed(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        t = time.perf_counter()
        r = f(*args, **kwargs)
        return r

    return wrapper


def bold(f):
    def wrapper(*args, **kwargs):
        return "<b>" + str(f(*args, **kwargs)) + "</b>"

    return wrapper


def one(f):
    @functools.wraps(f)
    def wrapper(x):
        return f(x)

    return wrapper


def times(n):
    def deco(f):
        def inner(x):
            return [f(x) for _ in range(n)]

        return inner

    return deco


@seen
def g(a, b):
    return a


@timed
def h(a, *, k=1):
    return a


@bold
@timed
def b(a):
    return a


@one
def o(a):
    return a


@times(2)
def t(a):
    return a


class K:
    @bold
    def m(self, a):
        return a

    @timed
    def w(self, a):
        return a


k = K()
for call in (
    lambda: g(1, 2),
    lambda: h(),
    lambda: h(1, 2),
    lambda: h(1, z=2),
    lambda: b(),
    lambda: b(1, 2),
    lambda: o(),
    lambda: o(1, 2),
    lambda: t(),
    lambda: t(1, 2),
    lambda: k.m(),
    lambda: k.w(1, 2),
):
    try:
        print(call())
    except TypeError as e:
        print(e)
print(
    g.__name__,
    g.__qualname__,
    h.__name__,
    h.__qualname__,
    o.__name__,
    o.__qualname__,
    t.__name__,
    t.__qualname__,
    k.m.__name__,
    K.w.__qualname__,
    b.__qualname__,
)
fs = [h, o, t]
for f in fs:
    print(f.__name__, f.__qualname__)
    try:
        f()
    except TypeError as e:
        print(e)
