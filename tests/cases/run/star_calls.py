"""`*` and `**` in calls: several of them, counted at run time; functions as values kept in lists."""


def f(a, b=2, *rest, **kw):
    return (a, b, rest, sorted(kw.items()))


log = []


def t(x):
    log.append(x)
    return x


def m(x):
    log.append(x)
    return {"q": x}


print(f(t(1), *[t(2), t(3)], *[t(4)], t(5), k=t(6), **m(7)), log)
print(f(*[1], *"ab"), f(*(1, 2), 3, *[4]))
hs = []
for i in range(3):

    def g(x, i=i):
        return x + i

    hs.append(g)
hs.append(lambda x, k=len(hs): x * k)
print([h(10) for h in hs], g(1))
fs = []
for k in range(3):
    fs.append(lambda: k)
print([h() for h in fs])
print(list(map(lambda x, n=len(fs): x + n, [1, 2])))


def h(a, b=5):
    return a * 10 + b


for xs in ([1], [1, 2], [], [1, 2, 3]):
    try:
        print(h(*xs))
    except TypeError as e:
        print(e)
for d in ({"a": 1}, {"a": 1, "b": 3}, {"b": 1}, {"a": 1, "c": 3}):
    try:
        print(h(**d))
    except TypeError as e:
        print(e)
    try:
        print(h(7, **d))
    except TypeError as e:
        print(e)
print(h(*[4], **{"b": 1}))
print(sorted([3, 1, 2], key=lambda x, k=-1: x * k))
print(list(map(lambda *a: sum(a), [1, 2], [3, 4])))
