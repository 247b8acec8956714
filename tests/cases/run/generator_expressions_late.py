# A generator expression sees the variables around it as they are when it runs.
n = 10
gen = (n + i for i in range(2))
n = 20
print(list(gen))


def lazy():
    xs = [1, 2, 3]
    ge = (x for x in xs if x in ys)
    ys = [2, 3]
    xs = [9]
    return list(ge)


print(lazy())


def loop():
    gens = []
    for i in range(3):
        gens.append(i * x for x in range(3))
    return [list(g) for g in gens]


print(loop())


def during(k):
    out = []
    for v in (k * x for x in range(4)):
        k += 1
        out.append(v)
    return out, k


print(during(1))


def param(k):
    g = (k + x for x in [1, 2])
    k = 100
    return list(g)


print(param(1))


def fine(k):
    g = (k + x for x in [1, 2])
    return g


print(list(fine(5)))


def chained():
    t = 1
    a = map(lambda v: v + t, (t * x for x in [1, 2, 3]))
    t = 10
    return list(a)


print(chained())


def walrus():
    last = None
    g = ((last := x) for x in [1, 2, 3])
    next(g)
    first = last
    list(g)
    return first, last


print(walrus())


def take(it):
    return it


def through():
    m = 1
    g = take(m + x for x in [1, 2])
    h = enumerate(m + x for x in [1, 2])
    m = 50
    return list(g), list(h)


print(through())


def whil():
    i = 0
    fs = []
    while i < 3:
        fs.append((i, (j + i for j in [0])))
        i += 1
    return [(a, list(b)) for a, b in fs]


print(whil())


def nested():
    q = 1
    g = ((a + b + q for b in [q, 1]) for a in [10, 20])
    q = 5
    return [list(x) for x in g]


print(nested())


def lists():
    xs = [1, 2]
    g = (len(xs) + i for i in range(2))
    xs.append(3)
    first = next(g)
    xs = []
    return first, next(g)


print(lists())


def ok(words, n):
    total = 0
    for w in words:
        total += sum(len(w) * n for _ in range(2))
        n += 1
        if any(c == w for c in words):
            total += 1
    return total, ",".join(str(n) for _ in range(2))


print(ok(["a", "bb"], 2))
