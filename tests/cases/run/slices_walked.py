"""Comprehensions over slices: of what the list was, whatever the loop does."""


class Noisy:
    def __init__(self, items):
        self.items = items

    def __add__(self, other):
        self.items.append(other)
        return other


def quiet():
    pool = (10, 20, 30, 40, 50)
    indices = [3, 1, 4, 1, 0, 2]
    r = 3
    print([pool[i] for i in indices[:r]], tuple(pool[i] for i in indices[:r]))
    print([i + 1 for i in indices[1:]], [i * 2 for i in indices[::-1]], [-i for i in indices[-2:]])
    print([i for i in indices[4:2]], [i for i in indices[100:]], [[i] for i in indices[::4]])
    names = ["ab", "cde", ""]
    print([len(n) for n in names[1:]], [n + "!" for n in names[:2]], [n[0] for n in names[:2]])
    rows = [[1, 2], [3], [4, 5, 6]]
    print([len(row) for row in rows[1:]], [row + [0] for row in rows[:2]])
    print([x for x in indices[r:] if x], [x + y for x in indices[:2] for y in indices[2:4]])


def loud():
    xs = [1, 2, 3, 4]
    noisy = Noisy(xs)
    print([noisy + x for x in xs[1:]], xs)

    def push(x):
        xs.append(x)
        return len(xs)

    print([push(x) for x in xs[:3]], xs)
    print([xs.pop() for _ in xs[:4]], xs)
    print([(xs.clear(), x)[1] for x in xs[:2]], xs)


def failing():
    xs = [0, 1, 7]
    for step in (1, 0):
        try:
            print([xs[i] for i in xs[::step]])
        except (IndexError, ValueError) as e:
            print(type(e).__name__, e)


quiet()
loud()
failing()
