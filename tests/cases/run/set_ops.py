"""Sets and frozensets; printed sorted."""


def show(s: set[int]) -> None:
    print(sorted(s), len(s))


a = {1, 2, 3, 4}
b = set([3, 4, 5, 5])
show(a | b)
show(a & b)
show(a - b)
show(a ^ b)
show(a.union([9], (8,)))
show(a.intersection(b))
show(a.difference(b))
show(a.symmetric_difference(b))
print(
    a <= b,
    {3} <= a,
    a < a,
    a >= {1},
    a > {1},
    a == {4, 3, 2, 1},
    a != b,
    a.isdisjoint({7}),
    {1}.issubset(a),
    a.issuperset({1}),
)
a.add(10)
a.add(1)
a.discard(99)
a.discard(2)
a.remove(3)
show(a)
a |= {20, 30}
a &= {1, 4, 20, 30}
a -= {1}
a ^= {4, 5}
show(a)
a.update(range(3), [100])
a.intersection_update(range(50))
a.difference_update([0, 1])
show(a)
c = a.copy()
c.clear()
print(c, set(), bool(c), len(a), {7}, {"x"}, frozenset(), frozenset({1}))
try:
    c.remove(1)
except KeyError as e:
    print("KeyError", e)
try:
    c.pop()
except KeyError as e:
    print("KeyError", e)
print(sorted(set("hello world")), len(set("mississippi")), 3 in b, 7 not in b)
print(sorted({x % 5 for x in range(20)}), sorted({(x, y) for x in range(2) for y in "ab"}))
f = frozenset([1, 2])
print(
    {f: "frozen"}[frozenset([2, 1])],
    f | {3} == {1, 2, 3},
    f == {1, 2},
    hash(f) == hash(frozenset([2, 1])),
)
seen: set[str] = set()
unique = []
for word in "a b a c b d".split():
    if word not in seen:
        seen.add(word)
        unique.append(word)
print(unique, {1, 1.0, True}, len({0, False, 0.0, -0.0}))
print(sorted(set([1, 2]) | set((2, 3)), reverse=True), min({4, 2}), max({4, 2}), sum({4, 2}))
