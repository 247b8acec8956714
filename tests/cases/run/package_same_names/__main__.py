"""Packages whose modules and classes share names: a relative import means the nearest."""

import left
import right
import right.base
from left import base as left_base
from right import compose
from right.deep import Writer

print(left.make())
print(right.make())
print(Writer("w").text(), [c.__name__ for c in Writer.__mro__])
print(left_base.Kind(1), right.base.Kind(x=2))
match right.base.Kind(3):
    case right.base.Kind(n):
        print("right", n)
print(right.base.Movie(title="t", year=1))
print(compose(3), right.compose(4), right.deep.Writer("z").text())


class Deepest(right.deep.Writer):
    pass


print(Deepest("q").text())
