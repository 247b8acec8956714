"""Truth of objects by __bool__ and __len__; containers with __contains__, __iter__, __getitem__."""


class Bag:
    def __init__(self, *items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __contains__(self, x):
        return any(x == i for i in self.items)

    def __iter__(self):
        return iter(self.items)

    def __getitem__(self, i):
        if isinstance(i, slice):
            return Bag(*self.items[i])
        return self.items[i]

    def __add__(self, other):
        return Bag(*self.items, *other)

    def __eq__(self, other):
        return isinstance(other, Bag) and sorted(self.items) == sorted(other.items)

    def __repr__(self):
        return f"Bag({', '.join(map(repr, self.items))})"


class Switch:
    def __init__(self, on):
        self.on = on
        self.asked = 0

    def __bool__(self):
        self.asked += 1
        return self.on

    def __len__(self):
        return 99


class Temperature:
    def __init__(self, t):
        self.t = t

    def __int__(self):
        return int(self.t)

    def __float__(self):
        return float(self.t)

    def __index__(self):
        return int(self.t)

    def __round__(self, n=0):
        return round(self.t, n)

    def __abs__(self):
        return Temperature(abs(self.t))

    def __str__(self):
        return f"{self.t}°"


empty, bag = Bag(), Bag(3, 1, 2)
print(
    bool(empty),
    bool(bag),
    not empty,
    "full" if bag else "empty",
    empty or "fallback",
    bag and "and",
)
print(
    len(bag),
    2 in bag,
    9 not in bag,
    list(bag),
    bag[0],
    bag[-1],
    bag[1:],
    bag[::-1],
    sorted(bag),
    max(bag),
    sum(bag),
)
print(
    bag + [7],
    bag + (8,),
    bag == Bag(1, 2, 3),
    bag != Bag(1),
    [x * 2 for x in bag],
    dict.fromkeys(bag, 0),
    tuple(bag),
    set(bag) == {1, 2, 3},
)
a, b, c = bag
print(a, b, c, *bag, ", ".join(str(x) for x in bag))
s = Switch(False)
if s or not s:
    print("asked", s.asked)
while not s and s.asked < 6:
    pass
print(s.asked, len(s), bool(s), s.asked, [x for x in (Switch(True), Switch(False)) if x][0].on)
t = Temperature(-3.7)
print(
    int(t),
    float(t),
    round(t, 0),
    abs(t),
    str(t),
    f"{t}",
    "{}".format(t),
    "%s" % t,
    ["a", "b", "c", "d"][Temperature(2.9)],
    hex(Temperature(255)),
)
print(
    any([empty, bag]),
    all([bag, s]),
    [bool(v) for v in (empty, bag, t)],
    filter(None, [empty, bag]) is not None,
    list(filter(None, [empty, bag])),
)
print(list(reversed(bag.items)), list(enumerate(bag)), list(zip(bag, "xyz")), list(map(str, bag)))
