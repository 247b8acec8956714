def t(x):
    print("t", x)
    return x


class L:
    def __init__(self, name):
        self.name = name

    def __setitem__(self, k, v):
        print("set", self.name, k, v)

    def __getitem__(self, k):
        print("get", self.name, k)
        return 7

    def __delitem__(self, k):
        print("del", self.name, k)


a, b = L("a"), L("b")
a[t(0)], b[t(1)] = t("x"), t("y")
a[t(2)] = b[t(3)] = t("z")
a[t(4)] += t(5)
del a[t(6)], b[t(7)]
for a[t(8)] in [1, 2]:
    pass
(a[0], (b[1], *a[2:3])) = 1, (2, 3, 4)
[a[0], b[0]] = "pq"
try:
    a[0], b[0] = [1, 2, 3]
except ValueError as e:
    print(e)
try:
    a[0], *b[0], a[1] = [1]
except ValueError as e:
    print(e)
x = [1, 2, 3]
i = 0
i, x[i], x[2] = 2, "i", "last"
print(i, x)
x[0], x[1] = x[1], x[0]
print(x)


def gen():
    print("g1")
    yield 1
    print("g2")
    yield 2
    print("g3")


p, q = gen()
print(p, q)
try:
    (p,) = gen()
except ValueError as e:
    print(e)
d = {}
d["a"], d["b"], *d["c"] = "hello"
print(d)
k = "k"
k, d[k] = "new", k
print(k, d)
j = m = n = []
j += [1]
print(m, n, j is m)
(u), v = 1, 2
print(u, v)
a1 = b1 = c1 = t(9)


class P:
    pass


p = P()
p.x = p.y = p
print(p.x.y.x is p)
w = [0, 1, 2]
w[0], w[w[0]] = 1, 9
print(w)
w[w[0]], w[0] = 5, 6
print(w)
