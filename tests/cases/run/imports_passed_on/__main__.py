"""Star imports, names passed on through modules, and values kept as they were when imported."""

from math import *
from between import LIMIT, names, show, count
import between, base
from between import *
from listed import *
from collections import *
from string import *
from functools import *

print(LIMIT, names, between.LIMIT, between.count, count, pi, sqrt(2.25))
names.append("y")
print(show(), base.names, between.names is names)
inc()
inc()
print(count, between.count, base.count)
base.count = 50
print(count, between.count, base.count)


def later():
    from base import count as now

    inc()
    return now, base.count


print(later())
print(later())
LIMIT = 99
print(LIMIT, between.LIMIT, base.LIMIT)
print(pow(2, 3), Shape(), isinstance(Shape(), base.Shape))
print(first, _second)
try:
    print(third)
except NameError as error:
    print(error)
try:
    print(_hidden)
except NameError as error:
    print(error)
print(Counter("abca"), deque([1, 2]), digits, reduce(lambda a, b: a * b, [1, 2, 3]))
