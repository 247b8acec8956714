"""operator functions as keys and values, getters, functools.partial of functions and builtins."""

import operator
from functools import partial, reduce
from operator import attrgetter, itemgetter, mul

pairs = [("b", 2), ("a", 3), ("c", 1)]
print(
    sorted(pairs, key=itemgetter(1)),
    sorted(pairs, key=operator.itemgetter(0)),
    max(pairs, key=itemgetter(1)),
)
print(
    reduce(mul, [1, 2, 3, 4]),
    reduce(operator.add, ["a", "b"]),
    list(map(operator.sub, [5, 6], [1, 2])),
)
print(
    operator.floordiv(7, 2),
    operator.neg(3),
    operator.contains([1, 2], 2),
    operator.not_(0),
    operator.eq(1, 1),
)


class Person:
    def __init__(self, name: str, age: int) -> None:
        self.name = name
        self.age = age


people = [Person("Bo", 30), Person("Al", 25)]
print(
    [p.name for p in sorted(people, key=attrgetter("age"))],
    [p.age for p in sorted(people, key=attrgetter("name"))],
)
print(list(map(itemgetter(0, 1), pairs)), list(map(operator.methodcaller("upper"), ["x", "y"])))
ops = {"+": operator.add, "-": operator.sub, "*": operator.mul}
for sign in "+-*":
    print(sign, ops[sign](6, 3))


def power(base: int, exponent: int = 2, offset: int = 0) -> int:
    return base**exponent + offset


square = partial(power, exponent=2)
cube_plus = partial(power, exponent=3, offset=1)
two_to = partial(power, 2)
print(
    square(5), cube_plus(2), two_to(10), square(3, exponent=4), list(map(partial(power, 3), [1, 2]))
)
binary = partial(int, base=2)
print(binary("1011"), [f(3) for f in (square, cube_plus)])
base = 10
add_base = partial(operator.add, base) if False else partial(power, base)
base = 20
print(add_base(2))
