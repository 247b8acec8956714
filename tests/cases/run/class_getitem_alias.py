"""Classes of which CPython makes types, `C[int]`, that are called."""

import types
from types import GenericAlias


class Box:
    def __init__(self, item=None):
        self.item = item

    __class_getitem__ = classmethod(GenericAlias)


class Crate(Box):
    __class_getitem__ = classmethod(types.GenericAlias)




def use(box: Box[int]) -> Box[str]:
    return Box(str(box.item))


print(use(Box(3)).item, Box[int](4).item, Crate(2).item)
print(isinstance(Crate[int](1), Box))
