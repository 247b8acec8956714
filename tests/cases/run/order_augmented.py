log = []


class Box:
    def __init__(self):
        self.v = 1

    @property
    def p(self):
        log.append("get")
        return self.v

    @p.setter
    def p(self, x):
        log.append(("set", x))
        self.v = x


b = Box()


def rhs():
    log.append("rhs")
    return 5


def obj():
    log.append("obj")
    return b


obj().p += rhs()
print(log, b.v)


class L:
    def __init__(self):
        self.d = {}

    def __getitem__(self, k):
        log.append(("gi", k))
        return self.d.get(k, 0)

    def __setitem__(self, k, v):
        log.append(("si", k, v))
        self.d[k] = v


log.clear()
l = L()


def key():
    log.append("key")
    return "k"


l[key()] += rhs()
l[key()] += rhs()
print(log, l.d)


class A:
    def __init__(self, n):
        self.n = n

    def __iadd__(self, o):
        print("iadd", self.n, o)
        self.n += o
        return self

    def __add__(self, o):
        print("add")
        return A(self.n + o)


a = A(1)
c = a
a += 2
print(a is c, a.n, c.n)
t = ([1], 2)
try:
    t[0] += [5]
except TypeError as e:
    print(e)
print(t)
x = 5


def chg():
    global x
    x = 100
    return 1


x += chg()
print(x)
y = [1, 2, 3]


def chl():
    y[0] = 50
    return 1


y[0] += chl()
print(y)


def f():
    z = 1

    def g():
        nonlocal z
        z = 100
        return 1

    z += g()
    print(z)
    z = 1
    z = z + g()
    print(z)
    z = 1
    z = g() + z
    print(z)
    z = 1
    print((z, g(), z))
    z = 1
    print([z, g(), z], z)
    z = 1
    print(z + g() * z)


f()
