# A named tuple among tuples, known and dynamic; a counter's signs.
from collections import Counter, namedtuple

Point = namedtuple("Point", "x y")
p = Point(1, 2)
print(p * 2, 2 * p, p + (3,), (0,) + p, p + p)


def each(v):
    found = []
    for act in (
        lambda: v * 2,
        lambda: 2 * v,
        lambda: v + (1,),
        lambda: (1,) + v,
        lambda: v < (9,),
        lambda: v + [1],
        lambda: v * "a",
        lambda: -v,
        lambda: +v,
    ):
        try:
            found.append(act())
        except TypeError as e:
            found.append(str(e))
    return found


print(each(p), each((1, 2)))
for v in (Counter(a=1, b=-2), 3, True):
    print(each(v)[-2:])
