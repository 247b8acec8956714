"""sort and sorted: stability, keys, reverse, tuples, errors in the key."""


class Item:
    def __init__(self, name: str, weight: int) -> None:
        self.name = name
        self.weight = weight

    def __lt__(self, other: "Item") -> bool:
        return self.weight < other.weight

    def __repr__(self) -> str:
        return f"{self.name}:{self.weight}"


records = [("b", 2), ("a", 1), ("c", 2), ("d", 1), ("e", 3)]
print(sorted(records, key=lambda r: r[1]))
print(sorted(records, key=lambda r: r[1], reverse=True))
print(sorted(records, key=lambda r: (-r[1], r[0])), sorted(records, reverse=True))
items = [Item("x", 3), Item("y", 1), Item("z", 3), Item("w", 2), Item("v", 1)]
print(sorted(items), sorted(items, reverse=True), min(items), max(items))
items.sort(key=lambda i: i.name)
print(items)
words = "the Quick brown fox Jumps over The lazy Dog".split()
print(
    sorted(words),
    sorted(words, key=str.lower),
    sorted(words, key=len),
    sorted(words, key=lambda w: (len(w), w.lower())),
)
print(
    sorted([3.5, 1, 2.25, -1, True]),
    sorted([[2, 1], [1, 9], [1]]),
    sorted(["10", "9", "2"], key=int),
)
print(
    sorted([(1, "b"), (1, "a"), (0, "z")]),
    sorted("hello", reverse=True),
    sorted([True, False, True]),
)
calls = []


def key(n):
    calls.append(n)
    return -n


xs = [3, 1, 2]
xs.sort(key=key)
print(xs, calls)


def bad(n: int) -> int:
    return 10 // n


ys = [2, 0, 1]
try:
    ys.sort(key=bad)
except ZeroDivisionError as e:
    print(e, sorted(ys))
try:
    sorted([1, "a"])
except TypeError as e:
    print(e)
big = [(i * 7919) % 101 for i in range(60)]
print(
    sorted(big) == sorted(reversed(big)), sorted(big)[:10], sorted(big, key=lambda n: n % 10)[:12]
)
from functools import cmp_to_key

print(sorted(words, key=cmp_to_key(lambda a, b: (a > b) - (a < b)))[:3])
