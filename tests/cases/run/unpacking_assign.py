"""Assignment targets: nested, starred, chained, attributes and items, order."""


class P:
    def __init__(self):
        self.x = 0
        self.y = 0


log: list[str] = []


def item(name, value):
    log.append(name)
    return value


a = b = c = 5
print(a, b, c)
a, b = b + 1, a + 2
print(a, b)
[p, q], (r, *s) = (1, 2), [3, 4, 5]
print(p, q, r, s)
obj = P()
obj.x, obj.y = 3, 4
xs = [0] * 4
xs[0], xs[1], *xs[2:] = "abcd"
print(obj.x, obj.y, xs)
(first, second), third = "ab", "c"
print(first, second, third)
for i, (name, (lo, hi)) in enumerate([("n", (1, 2)), ("m", (3, 4))]):
    print(i, name, lo, hi)
for head, *tail in [[1, 2, 3], "xy", (9,)]:
    print(head, tail)
result = [item("a", 1), item("b", 2)][item("c", 0)]
d = {}
d[item("key", "k")] = item("value", "v")
print(result, log, d)
x = [1, 2, 3]
i = 0
i, x[i] = 1, 100
print(i, x)
x[i], i = 7, 2
print(i, x)
u, v, *w = range(2)
print(u, v, w)
m, n = {"k1": 1, "k2": 2}
print(m, n)
((deep,),) = ((42,),)
print(deep)
_, keep, _ = (1, 2, 3)
print(keep, _)
y = z = []
y.append(1)
print(z)
e, f = divmod(17, 5)
g, h = (e, f) if e > f else (f, e)
print(e, f, g, h)
lst = [3, 1, 2]
lo, mid, hi = sorted(lst)
print(lo, mid, hi)
k: int
k = 3
j: float = 2
print(k, j)
for bad in ([1], [1, 2, 3]):
    try:
        a, b = bad
    except ValueError as err:
        print(err)
