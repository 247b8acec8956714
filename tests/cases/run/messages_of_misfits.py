"""Messages of operations that never fit: what a * spreads, numbers that may be floats."""


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def num(flag):
    x = 1
    if flag:
        x = 2.5
    return x


def a():
    return [*5]


def b():
    return (*None,)


def c():
    return {*3.5}


def d(flag=True):
    return print(nope if flag else nada)


def e():
    return num(True) + "s"


def f():
    return num(False)[0]


def g():
    return len(num(False))


def h():
    return num(False) < "a"


def i():
    for x in num(True):
        pass


def j():
    return -[]


def k():
    return "a" % 5


def l():
    return num(False).real, num(True)()


def m():
    x: float = 3
    return (
        "%d %s" % (x, x),
        f"{x}",
        x // 2,
        divmod(x, 2),
        [x][x - 3],
        round(x),
        x.__class__.__name__,
    )


def n():
    x = num(True)
    return [1, 2, 3][x]


def o():
    x = num(False)
    return [1, 2, 3][x], "ab" * x, range(x), chr(x + 64), x << 2, {x: 1}[1.0], hash(x) == hash(1)


def p():
    return "ab" * num(True)


def q():
    return range(num(True))


def r():
    return chr(num(True))


def s():
    return num(True) << 2


def u():
    return num(True).bit_length()


for z in (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, u):
    t(z)
