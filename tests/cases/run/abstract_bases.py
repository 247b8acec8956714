"""Classes that derive from the abstract classes of collections.abc."""

from collections.abc import (
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    MutableSequence,
    MutableSet,
    Sequence,
    Sized,
)


class Countdown(Iterator):
    def __init__(self, n):
        self.n = n

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n


class Squares(Sequence):
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n

    def __getitem__(self, i):
        if i < 0:
            i += self.n
        if not 0 <= i < self.n:
            raise IndexError(i)
        return i * i


class Stack(MutableSequence):
    def __init__(self, items=()):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i]

    def __setitem__(self, i, value):
        self.items[i] = value

    def __delitem__(self, i):
        del self.items[i]

    def insert(self, i, value):
        self.items.insert(i, value)

    def __repr__(self):
        return f"Stack({self.items})"


class Lower(MutableMapping):
    def __init__(self, data=(), **more):
        self.store = {}
        self.update(dict(data, **more))

    def __getitem__(self, key):
        return self.store[key.lower()]

    def __setitem__(self, key, value):
        self.store[key.lower()] = value

    def __delitem__(self, key):
        del self.store[key.lower()]

    def __iter__(self):
        return iter(self.store)

    def __len__(self):
        return len(self.store)


class Frozen(Mapping):
    def __init__(self, data):
        self.data = data

    def __getitem__(self, key):
        return self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __len__(self):
        return len(self.data)


class Bag(MutableSet):
    def __init__(self, items=()):
        self.items = []
        for item in items:
            self.add(item)

    def __contains__(self, item):
        return item in self.items

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def add(self, item):
        if item not in self.items:
            self.items.append(item)

    def discard(self, item):
        if item in self.items:
            self.items.remove(item)

    def __repr__(self):
        return f"Bag({self.items})"


class Broken(Sequence):
    def __len__(self):
        return 0


def kinds(x):
    return [
        isinstance(x, Sequence),
        isinstance(x, MutableSequence),
        isinstance(x, (Mapping, int)),
        isinstance(x, MutableMapping),
        isinstance(x, Iterable),
        isinstance(x, Sized),
    ]


print(list(Countdown(3)), sum(Countdown(4)), next(iter(Countdown(1))))
s = Squares(5)
print(list(s), 9 in s, 10 in s, list(reversed(s)), s.index(4), s.count(16), s[-1])
try:
    s.index(7)
except ValueError as error:
    print("ValueError", error)
t = Stack("ab")
t.append("c")
t.extend(["d", "e"])
t += ["f"]
print(t, t.pop(), t.pop(0), "c" in t, len(t))
t.reverse()
t.remove("c")
print(t, t.index("b"))
t.clear()
print(t, bool(t))
m = Lower({"A": 1}, b=2)
m["C"] = 3
print(dict(m), m["c"], m.get("zz"), "B" in m, list(m.keys()), list(m.values()), list(m.items()))
print(m.pop("a"), m.pop("a", None), m.setdefault("d", 4), sorted(m), len(m))
try:
    m.pop("nope")
except KeyError as error:
    print("KeyError", error)
print(m.popitem(), m == {"c": 3, "d": 4}, m == Lower(c=3, d=4), m != {"c": 3})
f = Frozen({"x": 1, "y": [2]})
print(f.get("x"), f["y"], len(f), sorted(f.keys()), ("x", 1) in f.items(), 1 in f.values())
print(f.keys() == {"x", "y"}, f.keys() & {"x", "z"}, sorted(f.keys() | {"z"}))
b = Bag([3, 1, 3, 2])
print(b, b & {1, 2, 9}, b | [7], b - {3}, b ^ {1, 8}, b <= {1, 2, 3}, b == {1, 2, 3}, b < {1})
b |= {5}
b -= [1]
b.remove(3)
try:
    b.remove(3)
except KeyError as error:
    print("KeyError", error)
print(b, b.pop(), b, b.isdisjoint([9]), {5, 6} & b, {5, 6} >= b, isinstance(b, MutableSet))
print(f == {"x": 1, "y": [2]}, {**f})
try:
    Broken()
except TypeError as error:
    print(error)
for x in (s, t, m, f, [1], {}, "s", (1,), 3, Countdown(1)):
    print(kinds(x))
