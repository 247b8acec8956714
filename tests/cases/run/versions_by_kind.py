"""One function, called with arguments of several kinds."""


class Grid:
    def __init__(self, width, height):
        self.width = width
        self.rows = [[0.0] * width for _ in range(height)]

    def __getitem__(self, where):
        if isinstance(where, tuple):
            return self.rows[where[1]][where[0]]
        else:
            return self.rows[where]

    def __setitem__(self, where, value):
        if isinstance(where, tuple):
            x, y = where
            self.rows[y][x] = value
        elif isinstance(where, int):
            self.rows[where] = value
        else:
            raise TypeError(f"no place: {where!r}")

    def __contains__(self, what):
        if isinstance(what, list):
            return what in self.rows
        return any(what in row for row in self.rows)


class Wide(Grid):
    def __getitem__(self, where):
        if isinstance(where, str):
            return self.rows[int(where)][0]
        return super().__getitem__(where)


def describe(x):
    if isinstance(x, bool):
        return "bool", x
    if isinstance(x, int):
        return "int", x + 1
    if isinstance(x, str):
        return "str", x.upper()
    if isinstance(x, list):
        return "list", len(x)
    if x is None:
        return "none", None
    return "other", repr(x)


def first(items):
    return items[0]


def pair(a, b="-"):
    return (a, b)


def add(a, b):
    a += b
    return a


def collect(item, into=[]):
    into.append(item)
    return into


def depth(x):
    if isinstance(x, list):
        return 1 + max([depth(y) for y in x], default=0)
    return 0


def swap(xs, i, j):
    xs[i], xs[j] = xs[j], xs[i]
    return xs


def join(xs, sep):
    if isinstance(sep, str):
        return sep.join(str(x) for x in xs)
    return [sep, *xs]


def fails(x):
    return x.missing + 1


def even(n):
    return True if not n else odd(n - 1 if isinstance(n, int) else n[1:])


def odd(n):
    return False if not n else even(n - 1 if isinstance(n, int) else n[1:])


total = 0


def note(x):
    global total
    total += 1
    count = total
    for item in x:
        count += len(str(item))
    return count


g = Grid(3, 2)
g[1, 0] = 2.5
g[1] = [1.0, 2.0, 3.0]
g[1][2] += g[1, 0]
print(g[0], g[1], g[1, 0], g[2, 1], 2.5 in g, [1.0, 2.0, 5.5] in g, 9.0 in g)
g[0], g[1] = g[1], g[0]
print(g.rows)
try:
    g["x"] = 1
except TypeError as error:
    print(error)
try:
    g[5, 5]
except IndexError as error:
    print(error)
w = Wide(2, 2)
w[0, 1] = 7.0
for item in (g, w):
    print(item[0, 1], item[0])
print(w["1"])

for value in (True, 3, "abc", [1], None, 2.5, (1, 2)):
    print(describe(value))
print(describe(True), describe(3), describe("abc"), describe([1, 2]), describe(None), describe(2.5))
print(describe([]), describe(["a"]))
print(first([1, 2]) + 1, first(["a"]) + "b", first("xyz"), first((3.5,)) * 2, first([[1], [2]]))
print(pair(1), pair("a", 2), pair([1], None), pair(b=1, a="z"), pair(2.5))
xs = [1]
print(add(xs, [2]), xs, add(1, 2), add("a", "b"), add((1,), (2,)), add(1.5, 2))
print(collect(1), collect("a"), collect(2.5), collect([1]))
print(depth([1, [2, [3]]]), depth([]), depth(5))
print(swap([1, 2, 3], 0, 2), swap(["a", "b"], 0, 1), swap([[1], [2]], 0, 1))
same = [1.5, 2.5]
print(swap(same, 0, 1) is same, same)
print(join([1, 2], "-"), join(["a"], 0), join((1.5, 2), ", "), join("ab", None))
print(even(4), odd(3), even("abc"), odd([1, 2, 3]))
print(note([1, 22]), note("abc"), note(("x", 1.5)), note({"k": 1}), note([[1], [2]]), total)
for bad in (1, "a", None):
    try:
        fails(bad)
    except AttributeError as error:
        print(error)
try:
    fails([1])
except AttributeError as error:
    print(error)
f = describe
print(f(1), f("a"), list(map(describe, [1, 2])), [h(x) for h, x in [(first, [1]), (first, "q")]])


def kinds(a, b):
    return f"{type(a).__name__}/{type(b).__name__}"


print(
    kinds(1, "a"), kinds("a", 1), kinds([1], {}), kinds({}, [1]), kinds((1,), 2.5), kinds(None, b"")
)


class Vec:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __mul__(self, k):
        if isinstance(k, Vec):
            return self.x * k.x + self.y * k.y
        return Vec(self.x * k, self.y * k)

    def __eq__(self, other):
        return isinstance(other, Vec) and self.x == other.x and self.y == other.y

    def scaled(self, *factors, by=1):
        return self * by if not factors else self * factors[0]

    def __repr__(self):
        return f"Vec({self.x}, {self.y})"

    @staticmethod
    def of(x):
        if isinstance(x, (list, tuple)):
            return Vec(*x)
        return Vec(x, x)


v = Vec(1, 2)
print(v * 3, v * v, (v * 2) * (v * 2), v == Vec(1, 2), v == 1, v != "v", [v] == [Vec(1, 2)])
print(Vec.of(3), Vec.of([1, 2]), Vec.of((4, 5)), v.scaled(2), v.scaled(by=4), v.scaled())


def walk(tree, path=()):
    if isinstance(tree, dict):
        for key, value in tree.items():
            walk(value, path + (key,))
    elif isinstance(tree, list):
        for i, value in enumerate(tree):
            walk(value, path + (i,))
    else:
        print(path, tree)


walk({"a": [1, 2.5, {"b": None}], "c": "x"})
walk([1])
walk(3)


def shape(x):
    """A list of lists or a number."""
    if isinstance(x, list):
        if len(x) == 0:
            return (0,)
        return (len(x),) + shape(x[0])
    return ()


print(shape([[1, 2], [3, 4]]), shape([1.5]), shape(3), shape([]))


def broken(x):
    if isinstance(x, str):
        return x + 1
    return x + 1


print(broken(1))
try:
    broken("a")
except TypeError as error:
    print(error)


def is_flag(x):
    return isinstance(x, bool), isinstance(x, (bool, float)), isinstance(x, (bool, int))


for number in (1, 2.5, -0.0):
    print(is_flag(number))
