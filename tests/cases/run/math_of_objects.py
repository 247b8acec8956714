"""Functions of math on objects that say their float, floor, ceiling and integral part."""

import math


class Angle:
    def __init__(self, degrees):
        self.degrees = degrees

    def __float__(self):
        return math.radians(self.degrees)

    def __floor__(self):
        return "floor of " + str(self.degrees)

    def __ceil__(self):
        return self.degrees + 1

    def __trunc__(self):
        return self

    def __mul__(self, other):
        return Angle(self.degrees * other)

    __rmul__ = __mul__


class Whole:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


right = Angle(90)
print(
    math.sin(right),
    math.cos(Angle(180)),
    math.hypot(right, 1),
    math.log(right),
    math.sqrt(Whole(16)),
)
print(math.floor(right), math.ceil(right), math.trunc(right) is right)
print(math.prod([2, 3, Angle(10)]).degrees, math.prod([Angle(1)], start=4).degrees)
things = [4, 2.25, True, "a", None, Whole(9), right, -0.5, 10**400, float("nan"), [1]]
for thing in things:
    for name, function in (
        ("sqrt", lambda x: math.sqrt(x)),
        ("log", lambda x: math.log(x)),
        ("floor", lambda x: math.floor(x)),
        ("ceil", lambda x: math.ceil(x)),
        ("trunc", lambda x: math.trunc(x)),
        ("exp", lambda x: math.exp(x)),
        ("log2", lambda x: math.log2(x)),
    ):
        try:
            made = function(thing)
            print(name, "right" if made is right else made)
        except (TypeError, ValueError, OverflowError) as error:
            print(name, type(error).__name__, error)
for items in ([2, "a", 1.5], ["a", "b"], []):
    try:
        print(math.prod(items))
    except TypeError as error:
        print(error)
