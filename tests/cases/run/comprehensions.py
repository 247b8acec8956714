"""List, set, dict comprehensions and generator expressions; scope and order."""

print([x * x for x in range(6)], [x for x in range(20) if x % 2 if x % 3])
print([(x, y) for x in range(3) for y in range(x)], [[j * i for j in range(3)] for i in range(3)])
print({w: len(w) for w in ("a", "bb", "ccc")}, sorted({x % 3 for x in range(10)}))
print(
    sum(x * x for x in range(10)),
    max(len(w) for w in ["a", "bcd"]),
    ",".join(str(i) for i in range(5)),
)
print(
    any(x > 3 for x in [1, 2, 5]),
    all(x > 0 for x in [1, 2, 5]),
    list(x + 1 for x in (1, 2)),
    tuple(c for c in "ab"),
)
x = "outer"
squares = [x for x in range(3)]
print(x, squares)
matrix = [[1, 2, 3], [4, 5, 6]]
print(
    [[row[i] for row in matrix] for i in range(3)], [v for row in matrix for v in row if v % 2 == 0]
)
print(
    [a + b for a, b in zip([1, 2], [10, 20])],
    {k: v for k, v in enumerate("abc")},
    {v: k for k, v in {"a": 1}.items()},
)
print(["even" if n % 2 == 0 else "odd" for n in range(4)], [n if n else None for n in range(3)])
print([y for n in range(5) if (y := n * n) > 3], [last for last in [1, 2, 3]][-1])


def primes(limit: int) -> list[int]:
    return [n for n in range(2, limit) if all(n % d for d in range(2, int(n**0.5) + 1))]


def pythagorean(limit):
    return [
        (a, b, c)
        for c in range(1, limit)
        for b in range(1, c)
        for a in range(1, b)
        if a * a + b * b == c * c
    ]


print(primes(50), pythagorean(30))
words = "the quick brown fox the lazy dog the end".split()
print({w: words.count(w) for w in dict.fromkeys(words)}, [w.upper() for w in words if len(w) > 3])
print({k: [w for w in words if len(w) == k] for k in sorted({len(w) for w in words})})
trace: list[int] = []


def note(n):
    trace.append(n)
    return n


gen = (note(n) for n in [1, 2, 3])
print(trace, next(gen), trace, list(gen), trace, list(gen))
print(all(note(n) < 5 for n in [4, 5, 6]), trace)
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
flat = [ch for word in ["ab", "cd"] for ch in word]
print(flat, len([_ for _ in range(7)]), [[]] * 2, [[] for _ in range(2)])
print(
    dict((k, k * 2) for k in range(3)),
    set(n // 2 for n in range(4)) == {0, 1},
    sorted(w[::-1] for w in words)[:3],
)
