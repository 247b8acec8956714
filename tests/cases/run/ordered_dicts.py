"""collections.OrderedDict: order, move_to_end, popitem from both ends, equality, an LRU cache."""

from collections import OrderedDict

d = OrderedDict([("b", 2), ("a", 1)])
d["c"] = 3
print(d, list(d), d["a"], OrderedDict())
d.move_to_end("b")
print(list(d.items()))
d.move_to_end("c", last=False)
print(list(d))
try:
    d.move_to_end("missing")
except KeyError as e:
    print("KeyError", e)
print(d.popitem(last=False), d.popitem(), d)
x = OrderedDict([(1, "p"), (2, "q")])
y = OrderedDict([(2, "q"), (1, "p")])
print(x == y, x == {2: "q", 1: "p"}, dict(x) == dict(y), list(reversed(x)))


class Lru:
    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.held: OrderedDict[int, int] = OrderedDict()

    def get(self, key: int) -> int:
        if key not in self.held:
            return -1
        self.held.move_to_end(key)
        return self.held[key]

    def put(self, key: int, value: int) -> None:
        if key in self.held:
            self.held.move_to_end(key)
        self.held[key] = value
        if len(self.held) > self.capacity:
            self.held.popitem(last=False)


cache = Lru(2)
cache.put(1, 1)
cache.put(2, 2)
print(cache.get(1))
cache.put(3, 3)
print(cache.get(2), cache.get(3), cache.held)
