"""enumerate, zip, range, reversed, sorted, map, filter, iter and next."""

names = ["Ann", "Bob", "Cid"]
ages = [30, 25]
print(
    list(enumerate(names)),
    list(enumerate(names, 1)),
    list(zip(names, ages)),
    list(zip(names, ages, "xy")),
)
for i, (name, age) in enumerate(zip(names, ages)):
    print(i, name, age)
print(
    list(reversed(names)), list(reversed(range(4))), list(reversed("abc")), list(reversed((1, 2)))
)
print(
    sorted([3, 1, 2]),
    sorted("bca"),
    sorted({"b": 1, "a": 2}),
    sorted([2, 1], reverse=True),
    sorted((3, 1)),
)
print(
    list(map(str, range(3))),
    list(map(max, [1, 5], [4, 2])),
    list(filter(None, [0, 1, "", "a", [], [0]])),
)
print(list(filter(str.isdigit, "a1b2")), list(map(lambda p: p[0] * p[1], zip([1, 2], [3, 4]))))
print(
    sum(range(101)),
    sum([[1], [2]], []),
    min(4, 2, 8),
    max("abc"),
    min([3, 1], default=0),
    max([], default=-1),
)
print(
    min(names, key=len),
    max(names, key=lambda n: n[-1]),
    len(range(5)),
    abs(-3),
    divmod(17, 5),
    pow(2, 5),
)
it = iter(names)
print(next(it), next(it), next(it), next(it, "end"))
try:
    next(it)
except StopIteration as e:
    print("StopIteration", e.args)
z = zip([1, 2, 3], it)
print(list(z))
lines = iter(["a=1", "b=2", "", "rest"])
for line in lines:
    if not line:
        break
    key, value = line.split("=")
    print(key, int(value))
print("remaining", list(lines))
print(
    all([]), any([]), all([1, 0]), any([0, 1]), list(zip()), list(zip([1])), dict(enumerate("ab"))
)
pairs = sorted(zip([2, 1, 2], ["b", "a", "a"]))
print(pairs, [k for k, _ in pairs], list(zip(*pairs)))
print(
    isinstance(3, int),
    isinstance(True, int),
    isinstance("s", (int, str)),
    isinstance(3.0, int),
    callable(len),
)
print(
    repr("x"),
    str(3),
    ascii("é"),
    chr(65),
    ord("A"),
    hex(16),
    bin(3),
    oct(8),
    hash(1) == hash(1.0),
    type(3).__name__,
)
print(
    round(3.14159, 2),
    round(7),
    int("7") + float("0.5"),
    bool("x"),
    list(),
    dict(),
    tuple(),
    str(),
    int(),
    float(),
)
matrix = [[1, 2], [3, 4], [5, 6]]
print([list(col) for col in zip(*matrix)], [sum(row) for row in matrix], sum(map(sum, matrix)))
print(
    list(range(10))[slice(2, 8, 3)],
    slice(1, 2),
    list(iter(range(3))),
    [*range(3), *"ab"],
    {**{"a": 1}},
    (*[1], 2),
)
