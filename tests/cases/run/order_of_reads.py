class S:
    def __init__(self):
        self.n = 1

    def bump(self):
        self.n += 10
        return self.n


s = S()
print(s.n, s.bump(), s.n)
print([s.n, s.bump(), s.n])
print({s.n: s.bump(), s.bump(): s.n})
print(s.n + s.bump() * s.n)
print(s.n < s.bump() < s.n)


def f(a, b, c):
    return (a, b, c)


print(f(s.n, s.bump(), s.n))
print(f(c=s.n, b=s.bump(), a=s.n))
print(f"{s.n} {s.bump()} {s.n}")
print("%d %d %d" % (s.n, s.bump(), s.n))
print(max(s.n, s.bump(), s.n))
xs = [1, 2, 3]


def pop():
    return xs.pop()


print(xs, pop(), xs)
print(len(xs), pop(), len(xs))
xs = [1, 2, 3]
print(xs[0], xs.insert(0, 9), xs[0])
print(xs[-1] + xs.pop() + xs[-1])
a = [1, 2, 3, 4]
a[a.pop() - 2], b = a.pop(), a.pop()
print(a, b)
n = 0


def inc():
    global n
    n += 1
    return n


print(n, inc(), n, inc(), n)
print(n + inc() + n + inc() + n)
print((n, inc()) == (n, inc()))
d = {"a": 1}
print(d["a"], d.update(a=2), d["a"])
print(d["a"] - d.pop("a") if "a" in d else "gone", d)
q = [5, 6, 7]
q[inc() % 3] = inc()
print(q, n)
