"""hasattr of classes: dunders, what object gives, what nothing gives."""

from pathlib import Path


class Sized:
    def __len__(self):
        return 3


class Plain:
    limit = 2

    def __init__(self):
        self.width = 1


def sized(thing):
    return hasattr(thing, "__len__")


print(sized(int), sized(list), sized(float), sized([]), sized(Sized()), sized(Plain()))
cls = type([])
print(hasattr(cls, "__len__"), hasattr(cls, "__next__"))
print(hasattr(Sized, "__len__"), hasattr(Plain, "__len__"), hasattr(Plain, "__init__"))
print(hasattr(Plain, "__call__"), hasattr(Plain, "__name__"), hasattr(Plain(), "__call__"))
print(hasattr(Plain, "limit"), hasattr(Plain, "width"), hasattr(Plain(), "width"))
print(hasattr(Path("a"), "name"), hasattr(Path, "suffix"), hasattr(Path("a"), "nothing"))
