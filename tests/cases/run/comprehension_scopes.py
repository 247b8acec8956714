"""Names in comprehensions, nested functions in them, class bodies and evaluation order."""

x = "global"


def f():
    x = "local"
    inner = [x for _ in range(1)]
    shadow = [x for x in (1, 2)]
    return inner, shadow, x


print(f(), x)
matrix = [[i * 3 + j for j in range(3)] for i in range(3)]
print(
    [sum(row[i] for row in matrix) for i in range(3)], [[v for v in row if v % 2] for row in matrix]
)
order = []


def t(v):
    order.append(v)
    return v


pairs = [(t(i), t(j)) for i in (t(1), t(2)) for j in (t(i * 10),)]
print(pairs, order)
order.clear()
d = {t(k): t(v) for k, v in [("a", 1), ("b", 2)]}
print(d, order)
fs = [lambda y, n=n: (n, y) for n in range(3)]
print([g(0) for g in fs], [(lambda: n)() for n in range(3)])
gen = (n * base for n in range(3) for base in [10])
base = 99
print(list(gen))
source = [1, 2]
lazy = (v for v in source)
source.append(3)
print(list(lazy))
source = [7]
print(list(v for v in source if v in source))


class Table:
    size = 3
    cells = [0] * size
    squares = [n * n for n in range(3)]
    first, *rest = squares


print(Table.cells, Table.squares, Table.first, Table.rest)
print(
    [a if a else b for a, b in [(0, "b"), ("a", 0)]],
    [not v for v in (0, 1)],
    [v for v in "abc" if v != "b" if v < "d"],
)
print(
    {len(w): w for w in ["a", "bb", "cc"]},
    {w[0] for w in ["ax", "ay"]} == {"a"},
    sorted({(w, len(w)) for w in ["q", "rr"]}),
)
print(
    [i for i in range(5) if i not in [j for j in range(0, 5, 2)]],
    sum(1 for _ in "abc"),
    max((len(w), w) for w in ["aa", "b"]),
)
flat = [
    leaf
    for tree in [[1, [2]], [[3], 4]]
    for leaf in (n if isinstance(n, int) else n[0] for n in tree)
]
print(
    flat,
    [*(n for n in range(2))],
    list(zip(*[(1, 2), (3, 4)])),
    dict(((k, v) for k, v in zip("ab", [1, 2]))),
)
n = 5
print([n for n in range(n)], n, any(n > 4 for n in [1, 2]), n)
