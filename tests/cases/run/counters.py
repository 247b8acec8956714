"""collections.Counter: construction, missing keys, most_common, arithmetic, comparison, repr."""

from collections import Counter

letters = Counter("mississippi")
print(letters, len(letters), letters["s"], letters["z"], "z" in letters)
print(letters.most_common(), letters.most_common(2), letters.most_common(0))
words = ["a", "b", "a", "c", "b", "a"]
count = Counter(words)
count["d"] += 2
count["a"] -= 5
print(count, dict(count), sorted(count.elements()), count.total())
print(Counter({"x": 2, "y": -1}), Counter(a=3, b=1), Counter(), Counter([]))
for key, n in sorted(Counter([3, 1, 3, 2, 3]).items()):
    print(key, n)
a, b = Counter(a=3, b=1, z=0), Counter(a=1, b=2, c=-4)
print(a + b, a - b, a & b, a | b, +b, -b)
print(a == Counter(a=3, b=1), a == {"a": 3, "b": 1}, a != b, a <= b, Counter(a=1) < Counter(a=2))
c = Counter("abca")
alias = c
c.update("aab")
c.update({"b": 10})
c.subtract("aaaa")
c.subtract({"c": 7})
print(c, alias is c, alias)
c += Counter(b=1)
print(c, alias is c)
c -= Counter(b=20)
c |= Counter(q=2)
c &= Counter(q=1)
print(c, alias)
del c["nothing"]
try:
    c.pop("nothing")
except KeyError as e:
    print("KeyError", e)
copy = letters.copy()
copy["m"] = 100
print(copy.most_common(1), letters["m"], type(copy).__name__)
pairs = Counter(zip("abab", [1, 2, 1, 2]))
print(pairs, pairs[("a", 1)])


def total(d: dict) -> int:
    return sum(d.values())


def same_letters(s: str, t: str) -> bool:
    return Counter(s) == Counter(t)


print(total(letters), same_letters("listen", "silent"), same_letters("aab", "abb"))
print(max(letters.items(), key=lambda kv: kv[1]), max(letters, key=letters.get))
print([k for k, v in letters.items() if v == 1], isinstance(letters, dict))
weights = Counter()
weights["half"] += 0.5
weights["one"] += 1
print(weights, weights.most_common(1))
