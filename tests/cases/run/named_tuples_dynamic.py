"""Named tuples where only the running program knows that they are."""

from collections import namedtuple
from typing import NamedTuple
import json

P = namedtuple("P", "x y")


class Q(NamedTuple):
    a: int
    b: str = "z"

    def both(self):
        return self.b * self.a


def kind(v):
    if isinstance(v, tuple):
        return "tuple of %d" % len(v)
    if isinstance(v, (list, dict)):
        return "container"
    return type(v).__name__


for v in (P(1, 2), Q(3), (1,), [1], {}, "s", 5):
    print(kind(v))
items = [P(1, 2), (1, 2), Q(1), 5, "x"]
for v in items:
    print(v == (1, 2), (1, 2) == v, isinstance(v, tuple), isinstance(v, P))
print("%s-%s" % P(1, 2))


def show(v):
    return "%s and %s" % v


print(show(P(1, 2)), show((3, 4)))
print(issubclass(P, tuple), P.__mro__[1] is tuple)
print(
    json.dumps({"k": [P(1, "é"), Q(2, "b")], "n": None}),
    json.dumps(P([P(1, 2)], {"a": Q(1)}), indent=1),
)
try:
    json.dumps({P(1, 2): 3})
except TypeError as e:
    print(e)


def deep(v):
    if isinstance(v, (list, tuple)):
        return [deep(x) for x in v]
    return v


print(deep([P(1, (2, Q(3, "k"))), 4]))


def m(v):
    match v:
        case P(x, y) if x == y:
            return "same"
        case (a, b):
            return f"pair {a} {b}"
        case _:
            return "other"


print(m(P(1, 1)), m(P(1, 2)), m((3, 4)), m([5, 6]), m(7))
print(
    P(1, 2) + (3,),
    P(1, 2) * 2 if False else "",
    sorted([P(2, 1), P(1, 5)]),
    P(1, 2) < (1, 3),
    hash(P(1, 2)) == hash((1, 2)),
    {(1, 2): "t"}[P(1, 2)],
)
d = dict([P("a", 1), Q(2, "b")])
print(d)
x, y = P(5, 6)
print(x, y, P(1, 2)._asdict(), P(1, 2)._replace(x=9), P._fields, P(*[1, 2]), P(**{"x": 1, "y": 2}))
