"""Class attributes against instance attributes, counters, constants, class methods on state."""


class Counter:
    total = 0
    registry = {}
    DEFAULT = "none"

    def __init__(self, name):
        self.name = name
        self.count = 0
        Counter.total += 1
        Counter.registry[name] = self

    def hit(self):
        self.count += 1
        Counter.total += 1
        return self

    @classmethod
    def reset(cls):
        cls.total = 0
        cls.registry.clear()


class Special(Counter):
    total = 100

    def label(self):
        return self.DEFAULT + ":" + self.name


a = Counter("a").hit().hit()
b = Counter("b")
print(a.count, b.count, Counter.total, a.total, sorted(Counter.registry))
a.total = -1
print(a.total, b.total, Counter.total)
s = Special("s")
s.hit()
print(Special.total, Counter.total, s.total, s.label())
Special.DEFAULT = "special"
print(s.label(), Counter.DEFAULT)
Special.reset()
print(Special.total, Counter.total, Counter.registry)


class Shared:
    items = []
    sizes = {"s": 1}
    threshold = 5

    def add(self, x):
        self.items.append(x)
        self.sizes[x] = len(x)
        self.threshold -= 1
        return self.threshold


p, q = Shared(), Shared()
print(p.add("one"), p.add("three"), q.add("x"))
print(p.items is q.items, q.items, q.sizes, Shared.threshold, p.threshold, q.threshold)
p.items = ["own"]
print(p.items, q.items, Shared.items)


class Chain:
    def __init__(self):
        self.parts: list[str] = []
        self.closed = False

    def add(self, text):
        if self.closed:
            raise RuntimeError("closed")
        self.parts.append(text)
        return self

    def close(self):
        self.closed = True
        return " ".join(self.parts)


print(Chain().add("x").add("y").close())
c = Chain()
c.close()
try:
    c.add("z")
except RuntimeError as e:
    print(e)
try:
    c.missing
except AttributeError as e:
    print(e)
try:
    c.missing()
except AttributeError as e:
    print(e)
