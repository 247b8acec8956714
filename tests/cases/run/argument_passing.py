"""Positional-only and keyword-only parameters, several stars, slices as objects, scopes."""


def f(a, b, /, c, *, d, e=5, **kw):
    return (a, b, c, d, e, kw)


print(f(1, 2, 3, d=4), f(1, 2, c=3, d=4, e=6, z=7), f(1, 2, 3, d=1, a=9))
for call in (lambda: f(1, 2, 3), lambda: f(a=1, b=2, c=3, d=4), lambda: f(1, 2, 3, 4, d=5)):
    try:
        call()
    except TypeError as e:
        print(e)


def g(*args, sep="-", **kw):
    return sep.join(map(str, args)) + str(sorted(kw.items()))


print(
    g(1, 2, 3),
    g(*[1, 2], *(3, 4), sep="+"),
    g(*"ab", **{"x": 1}, **{"y": 2}),
    g(1, *[2], 3, *[4, 5], sep="", q=0),
)


def h(x, acc=[]):
    acc.append(x)
    return acc


print(h(1), h(2), h(3, []), h(4))


def counter():
    n = 0

    def inc(by=1):
        nonlocal n
        n += by
        return n

    def get():
        return n

    return inc, get


inc, get = counter()
inc()
inc(5)
print(get())
print([y := 1, y**2], [z for x in range(5) if (z := x * x) > 3], y)
if (m := len("hello")) > 3:
    print(m)
while line := next(iter([])) if False else None:
    pass
s = slice(1, 10, 2)
print(s.start, s.stop, s.step, list(range(20))[s], s, slice(None, 3), s.indices(6), "abcdefgh"[s])


class Sl:
    def __getitem__(self, k):
        if isinstance(k, slice):
            return ("slice", k.start, k.stop, k.step)
        return ("item", k)


print(Sl()[1:2], Sl()[::3], Sl()[4], Sl()[1, 2])


def pos(a, b=2, *c):
    return a, b, c


print(pos(*range(5)), pos(*[1]), pos(*{"k": 1}))
d = {"a": 1}
print({**d, "b": 2, **{"c": 3}}, [*d, *range(2)], (*d, 5), {*d, 3} == {"a", 3})
print(max(*[3, 1, 2]), max(*[[1, 2], [3]], key=len), print(*[1, 2], *[3], sep=","), min(1, *[0, 5]))
