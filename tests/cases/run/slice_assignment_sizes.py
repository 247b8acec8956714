"""Slices assigned in place: as long as before, longer, shorter, of the list itself."""


class Loud:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"Loud({self.name})"


def ints():
    xs = list(range(10))
    alias = xs
    xs[2:5] = [20, 30, 40]
    print(alias)
    xs[2:5] = xs[3:5] + xs[2:3]
    print(alias)
    xs[1:3] = [7]
    print(alias)
    xs[1:1] = [10**20, -(2**63), 2**63]
    print(alias, alias[:], alias[1:4], alias[-3:], alias[5:2], alias[100:], alias[:-100])
    xs[:] = xs
    print(alias)
    xs[2:6] = xs[:4]
    print(alias)
    xs[::2] = [0] * len(xs[::2])
    print(alias, xs[::-1], xs[::3])
    copy = xs[:]
    copy[0] = 99
    print(xs[0], copy[0], copy == xs)
    big = 2**70
    print(xs[-big:big] == xs, xs[big:], xs[:-big])


def objects():
    xs = [Loud(c) for c in "abcd"]
    xs[1:3] = [Loud("x"), Loud("y")]
    print(xs)
    xs[1:3] = []
    print(xs, tuple(xs[:1]), tuple(x.name for x in xs[:]))


def failing():
    def items():
        yield 1
        yield 2
        raise KeyError("late")

    xs = [5, 6, 7]
    try:
        xs[0:2] = items()
    except KeyError as e:
        print("KeyError", e, xs)
    try:
        print(tuple(items()))
    except KeyError as e:
        print("KeyError", e)
    try:
        print(sorted(items()))
    except KeyError as e:
        print("KeyError", e)
    try:
        xs[::0] = [1]
    except ValueError as e:
        print(e)
    try:
        xs[::2] = [1]
    except ValueError as e:
        print(e)


ints()
objects()
failing()
t = tuple(x * 2 for x in (1, 2, 3))
print(t, [x for x in t], list(reversed(t)), tuple(t[:2]))
