"""Tuples: packing, unpacking, comparison, nesting, as keys and as records."""


def min_max(values: list[int]) -> tuple[int, int]:
    return min(values), max(values)


def swap(pair: tuple[str, int]) -> tuple[int, str]:
    name, number = pair
    return number, name


print(min_max([3, 1, 4, 1, 5]), swap(("a", 1)))
low, high = min_max([9, 8, 7])
print(low, high)
t = (1, "two", 3.0, None, (4, 5))
print(t, len(t), t[1], t[-1][0], t[1:3], t.index("two"), t.count(1), 3.0 in t)
print((), (1,), (1, 2) + (3,), (0,) * 3, tuple("abc"), tuple([1, 2]), tuple(range(3)))
a, (b, c), *rest = 1, (2, 3), 4, 5, 6
print(a, b, c, rest)
first, *middle, last = range(6)
print(first, middle, last)
*init, end = "xyz"
print(init, end)
x, y = 10, 20
x, y = y, x
print(x, y)
(p, q), r = [1, 2], 3
print(p, q, r)
print((1, 2) < (1, 3), (1,) < (1, 0), (2,) > (1, 9, 9), (1, 2) == (1, 2), (1, "a") != (1, "b"))
points = [(3, "c"), (1, "a"), (2, "b"), (1, "Z")]
print(sorted(points), min(points), max(points), sorted(points, key=lambda p: p[1]))
for i, (n, s) in enumerate(points):
    print(i, n, s)
pairs = list(zip([1, 2, 3], "abc"))
print(pairs, list(zip(*pairs)), dict(pairs))
distance = {(0, 0): 0, (0, 1): 5}
distance[1, 1] = 7
print(distance, sum(distance.values()))
for key, value in distance.items():
    (i, j) = key
    print(i + j + value)
print(hash((1, 2)) == hash((1, 2)), ("a", 1) in {("a", 1)}, {t[0:2]: 1})
try:
    m, n = [1, 2, 3]
except ValueError as e:
    print(e)
try:
    m, n, o = [1, 2]
except ValueError as e:
    print(e)
try:
    m, *n, o = [1]
except ValueError as e:
    print(e)
u = (1, [2])
u[1].append(3)
print(u)
