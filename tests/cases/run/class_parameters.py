"""A class that is passed, kept and called where no other class can be, and where one can."""


class Grid:
    cells = 0

    def __init__(self, w, h, fill=None):
        Grid.cells += w * h
        self.w = w
        self.h = h
        self.data = [0] * (w * h)
        if fill is not None:
            self.load(fill)

    def load(self, rows):
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                self[x, y] = value
        return self

    def _at(self, x, y):
        if 0 <= x < self.w and 0 <= y < self.h:
            return y * self.w + x
        raise IndexError("outside")

    def __getitem__(self, place):
        (x, y) = place
        return self.data[self._at(x, y)]

    def __setitem__(self, place, value):
        (x, y) = place
        self.data[self._at(x, y)] = value

    def never_called(self, other):
        self.data[:] = other.data[:]
        self.w = other
        return other.h + self.w

    @classmethod
    def square(cls, n):
        return cls(n, n)

    @staticmethod
    def name():
        return "grid"


class Point:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f"Point({self.x})"


class Left(Point):
    side = "left"


class Right(Point):
    side = "right"


def run(make, n):
    grid = make(n, n)
    for i in range(n):
        grid[i, i] = i + 1
    print(make.__name__, make.cells, make.name(), make.square(2).w, isinstance(grid, make))
    try:
        grid[n, 0] = 1
    except IndexError as error:
        print(error)
    return grid[n - 1, n - 1], grid[0, 1]


class Factory:
    def __init__(self, made, default=Point):
        self.made = made
        self.default = default
        self.alias = made

    def build(self, x):
        return self.made(x), self.default(x + 1), self.alias is self.made


def optional(cls=None):
    return "nothing" if cls is None else cls(7)


def either(cls):
    made = cls(3)
    return made, cls.side, cls, made.__class__ is cls


def uncalled(cls, x):
    return cls(x).load(x)


print(run(Grid, 3))
print(Factory(Point).build(1), optional(), optional(Point))
print(either(Left), either(Right))
registry = {Point: 1, Left: 2}
print(registry[Point], registry.get(Right), Point in registry, len({Left, Right, Left}))
held = Point
print(held, held is Point, held == Left, held != Point, bool(held), held(2), f"{held}")
kept = [Grid]
print(kept[0](1, 1).data, kept, [c.__name__ for c in (Left, Right, Point)])
print([cls(1) for cls in (Left, Right)], list(map(Point, range(3))))
print(isinstance(Left(1), held), issubclass(Left, held), type(held))
try:
    held()
except TypeError as error:
    print(error)
try:
    print(held.missing)
except AttributeError as error:
    print(error)
