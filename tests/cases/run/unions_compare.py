"""Comparisons, hashes and order between instances of unrelated classes."""

import functools


class Metres:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        if isinstance(other, Feet):
            return self.n == other.feet * 0.25
        if isinstance(other, Metres):
            return self.n == other.n
        return NotImplemented

    def __hash__(self):
        return hash(float(self.n))

    def __lt__(self, other):
        if isinstance(other, Feet):
            return self.n < other.feet * 0.25
        return self.n < other.n

    def __add__(self, other):
        if isinstance(other, Feet):
            return Metres(self.n + other.feet * 0.25)
        return Metres(self.n + other.n)

    def __sub__(self, other):
        if isinstance(other, Metres):
            return Gap(self.n - other.n)
        return Metres(self.n - other.width)

    def __repr__(self):
        return f"{self.n}m"


class Feet:
    def __init__(self, feet):
        self.feet = feet

    def __eq__(self, other):
        if isinstance(other, Feet):
            return self.feet == other.feet
        return NotImplemented

    def __hash__(self):
        return hash(self.feet * 0.25)

    def __gt__(self, other):
        return self.feet * 0.25 > (other.n if isinstance(other, Metres) else other.feet * 0.25)

    def __lt__(self, other):
        return not self.__gt__(other)

    def __repr__(self):
        return f"{self.feet}ft"


class Gap:
    def __init__(self, width):
        self.width = width

    def __repr__(self):
        return f"<{self.width}>"


class Odd:
    def __eq__(self, other):
        return isinstance(other, Gap)


lengths = [Metres(3), Feet(8), Metres(2), Feet(20), Metres(1)]
for a in lengths:
    print([a == b for b in lengths], [a != b for b in lengths], [a < b for b in lengths])
print(Feet(8) == Metres(2), Metres(2) == Feet(8), Feet(8) in lengths, Metres(5) in lengths)
print(lengths.index(Metres(2)), lengths.count(Feet(8)), sorted(lengths), max(lengths), min(lengths))
seen = {}
for x in lengths + [Feet(4)]:
    seen[x] = seen.get(x, 0) + 1
print(seen, len(set(lengths)), Feet(4) in seen)
print(
    lengths == list(lengths),
    lengths == lengths[:2],
    (lengths[0], lengths[1]) == (Metres(3), Feet(8)),
)
print([type(a - b).__name__ for a in lengths[::2] for b in (Metres(1), Gap(2))])
moved = Metres(10) - Gap(3)
for step in (Gap(1), Gap(2)):
    moved = moved - step
print(moved, moved - Metres(1))
total = Metres(0)
for x in lengths:
    total = total + x
print(total)

gaps = [Gap(1), Metres(1), Odd()]
print([a == b for a in gaps for b in gaps])
print([a is b for a in gaps for b in gaps])
print([a != b for a in gaps for b in gaps][1:4])
for a in gaps:
    try:
        print(sorted([a, Gap(0)]))
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
    try:
        print(a >= gaps[0])
    except TypeError as e:
        print(e)
    try:
        print(len({a, 1}))
    except TypeError as e:
        print(e)
print(sorted(gaps[:2] + [Gap(5)], key=lambda g: g.width if isinstance(g, Gap) else g.n))
by = functools.cmp_to_key(lambda a, b: (a > b) - (a < b) if isinstance(a, Feet) else 0)
print(sorted([Feet(3), Feet(1), Metres(1)], key=by))
print(None == gaps[0], gaps[0] == None, gaps[1] != None, gaps[1] == 1, gaps[2] == 1)
pairs = {(1, gaps[0]): "a", (2, lengths[0]): "b"}
print(pairs[(1, gaps[0])], pairs[(2, Feet(12))], (1, Gap(1)) in pairs)
