import sys


def f(n):
    return f(n + 1)


try:
    f(0)
except RecursionError as e:
    print(type(e).__name__, e)


def depth(n):
    try:
        return depth(n + 1)
    except RecursionError:
        return n


print(depth(0) > 900)


class N:
    def __init__(self):
        self.a = self

    def __repr__(self):
        return f"N({self.a})"


try:
    print(N())
except RecursionError as e:
    print("RE")


class E:
    def __eq__(self, o):
        return self == o


try:
    E() == E()
except RecursionError as e:
    print("RE2", e)
a = []
a.append(a)
print(a, [a], a == a)
b = []
b.append(b)
try:
    print(a == b)
except RecursionError as e:
    print(e)
d = {}
d["d"] = d
d["l"] = [d, (d,)]
print(d)
x = []
for _ in range(50):
    x = [x]
print(x)
s = "x"


def g():
    return h()


def h():
    return g()


try:
    g()
except RecursionError as e:
    print(e)
print(sys.getrecursionlimit())


def ok(n):
    return 0 if n == 0 else 1 + ok(n - 1)


print(ok(900))
try:
    ok(1001)
except RecursionError as e:
    print(e)
sys.setrecursionlimit(5000)
print(ok(4000))
