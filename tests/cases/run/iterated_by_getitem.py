"""A class that is iterated over by __getitem__ alone, where its instances are dynamic values."""


class Seven:
    def __init__(self, v):
        self.v = v

    def __len__(self):
        return abs(self.v) % 5

    def __getitem__(self, i):
        if i >= len(self):
            raise IndexError(i)
        return i * 7


class Words:
    def __getitem__(self, at):
        return ["a", "b", "c"][at]


def cut(v):
    return v[:2]


def walk(v):
    return [x for x in v], list(v), max(v), 7 in v


first, second = Seven(-1), Seven(3)
print(list(first), [*second], cut([1, 2, 3]), cut("abc"), cut(Words()))
print(walk(second), walk([7, 2]), sum(second), sorted(Words()), dict(enumerate(Words())))
