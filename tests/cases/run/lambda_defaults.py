"""Mutable defaults, default evaluation time, late binding in loops and closures."""


def collect(item, bucket=[]):
    bucket.append(item)
    return bucket


def tally(key, counts={}):
    counts[key] = counts.get(key, 0) + 1
    return counts


def fresh(item, bucket=None):
    if bucket is None:
        bucket = []
    bucket.append(item)
    return bucket


first = collect(1)
second = collect(2)
own = collect(3, [])
print(first, second, first is second, own, collect(4))
print(tally("a"), tally("b"), tally("a"), tally("z", {}))
print(fresh(1), fresh(2))
n = 5


def captured(x, n=n):
    return x + n


n = 100
print(captured(1), captured(1, 2))


def log(msg):
    print("evaluated", msg)
    return msg


def with_default(a, b=log("b"), c=log("c")):
    return a + b + c


print(with_default("x"), with_default("x", "y"))
late = []
early = []
for i in range(3):
    late.append(lambda: i)
    early.append(lambda i=i: i)
print([f() for f in late], [f() for f in early], i)


class Stack:
    def __init__(self, items=[]):
        self.items = items

    def push(self, x):
        self.items.append(x)
        return self


a, b = Stack(), Stack()
a.push(1)
b.push(2)
print(a.items, b.items, a.items is b.items, Stack([9]).push(8).items)


class Config:
    options = []
    level = 1

    def add(self, o):
        self.options.append(o)
        self.level += 1


x, y = Config(), Config()
x.add("p")
y.add("q")
print(x.options, y.level, Config.level, Config.options is x.options, x.level)


def make(n):
    return [lambda m, k=k: (m + k) * n for k in range(3)]


print([f(1) for f in make(10)], [f(1, 5) for f in make(2)])
adders = {name: (lambda v, d=d: v + d) for name, d in [("one", 1), ("ten", 10)]}
print({k: f(5) for k, f in adders.items()})
