"""is against ==; equality across types; containers compare by value."""


class Plain:
    def __init__(self, v):
        self.v = v


class Valued:
    def __init__(self, v):
        self.v = v

    def __eq__(self, other):
        if not isinstance(other, Valued):
            return NotImplemented
        return self.v == other.v


class Strange:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return True


a, b = Plain(1), Plain(1)
print(a == b, a is b, a == a, a != b, a in [b], a in [a, b], [a, b].index(b))
x, y = Valued(1), Valued(1)
print(
    x == y,
    x is y,
    x != y,
    x in [y],
    [x].count(y),
    x == 1,
    x != "1",
    [x] == [y],
    (x, 2) == (y, 2),
    {"k": x} == {"k": y},
)
s = Strange()
print(s == 1, s != 1, 1 == s, [s] == [5], s is s)
print(
    1 == 1.0,
    1 == True,
    "1" == 1,
    None == 0,
    None == False,
    [] == (),
    [1] == [1.0],
    (1, 2) == [1, 2],
    {1: 2} == {1.0: 2.0},
    {1} == frozenset([1]),
)
print(
    1 != "a",
    "a" != "a",
    [1, [2]] == [1, [2]],
    0.1 + 0.2 == 0.3,
    10**20 == 1e20,
    2**53 + 1 == float(2**53),
)
xs = [1, 2]
ys = xs
zs = list(xs)
print(xs is ys, xs is zs, xs == zs, xs is not zs, id(xs) == id(ys), id(xs) == id(zs))
none = None
print(none is None, none is not None, not none)
try:
    {x: 1}
except TypeError as e:
    print(e)
try:
    {[1]: 2}
except TypeError as e:
    print(e)
try:
    {1, {2}}
except TypeError as e:
    print(e)
print({1, True, 1.0}, {True: "t", 1: "one"}, {0: "a", False: "b", 0.0: "c"}, len({"1", 1}))
print(a == None, None == a, a is not None, (None,) == (None,))
