"""Imports inside functions, under if and try, aliases, and names of modules as values."""

import math as m
from collections import OrderedDict as OD
from typing import TYPE_CHECKING, Any, List

if TYPE_CHECKING:
    from decimal import Decimal

try:
    import surely_not_a_module
except ImportError:
    surely_not_a_module = None

try:
    from math import prod
except ImportError:

    def prod(xs):
        result = 1
        for x in xs:
            result *= x
        return result


def area(r: float) -> float:
    from math import pi

    return round(pi * r * r, 4)


def convert(x: "Decimal | float") -> Any:
    return float(x)


def typed(values: List[int]) -> "List[int]":
    import functools
    import operator as op

    return [functools.reduce(op.add, values, 0)]


print(m.sqrt(16), area(2), prod([2, 3, 4]), surely_not_a_module is None)
print(convert(2), typed([1, 2, 3]), list(OD([("b", 1), ("a", 2)])))
if m.pi > 3:
    from math import floor, ceil
else:
    floor = ceil = int
print(floor(2.5), ceil(2.5))
