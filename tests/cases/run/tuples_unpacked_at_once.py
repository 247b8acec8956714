def pair(n):
    return n, str(n)


def swap(a, b):
    a, b = b, a
    return a, b


def first(n):
    a, b = pair(n)
    c, d = b + "!", a + 1
    for k, v in {"x": 1, "y": 2}.items():
        d += v
        k += c
        print(k, d)
    for i, (p, q) in enumerate([(1, "a"), (2, "b")]):
        p += i
        print(i, p, q)
    x, y = 1, a
    x, y = y + x, x
    (e, f), g = (x, y), [a]
    g.append(e)
    h, (l, m) = g, pair(f)
    h.append(7)
    return x, y, c, d, e, f, g, l, m


print(first(3), swap(1, "q"))
for name, n in [("a", 1), ("b", 2)]:
    n *= 2
    print(name, n)
