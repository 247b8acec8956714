def t(x):
    print("t", x)
    return x

print(*(t(i) for i in range(3)), sep=t(","))
print(0, *(t(i) for i in range(3)), sep=t(","))

def f(*a, k=0, **kw):
    print(a, k, kw)
class It:
    def __iter__(self):
        print("iter")
        return iter([1, 2])
f(*It(), k=t(1))
f(5, *It(), k=t(2))
f(*It(), 5, k=t(2))
f(*It(), *It(), k=t(2))
f(*It(), **{"k": t(3)})
f(*(t(i) for i in "ab"), k=t(4))
def g(a, b, k=0):
    print(a, b, k)
g(*(t(i) for i in "ab"), k=t(5))
g(*It(), k=t(6))
print(*It(), sep=t("-"))
print(max(*It(), key=lambda x: -x))
print(max(*(t(i) for i in range(3)), key=t(None)))
print("--")
f(5, *(t(i) for i in "ab"), k=t(4))
h = [f, g][0]
h(*(t(i) for i in "ab"), k=t(4))
h(8, *(t(i) for i in "ab"), k=t(4))
h(8, *(t(i) for i in "ab"), k=t(4), **{"z": t(9)})
xs = [1]
f(*xs, k=xs.append(2))
print(*xs, sep=xs.append("+") or xs[-1])
f(0, *xs, k=xs.append(3))
class A:
    def m(self, *a, k=1):
        print(a, k)
        return self
A().m(*It(), k=t(3)).m(*It(), k=t(5))
print(dict(*(t(p) for p in [[("a", 1)]]), k=t(1)))
"{} {k}".format(*(t(i) for i in "ab"), k=t(1))
n = 0
def gen():
    global n
    n += 1
    yield n
f(*gen(), k=n)
f(n, *gen(), k=n)
def kw(*args, **kws):
    f(*args, **kws)
    f(*gen(), **kws)
    return n
kw(1, k=n)
