"""Named tuples compared with what is no tuple."""

from collections import namedtuple

P = namedtuple("P", "x y")
Q = namedtuple("Q", "x y")
try:
    print(sorted([P(1, 2), P("a", 2)]))
except TypeError as error:
    print(error)
for other in ([1], 3, None, "a"):
    try:
        print(P(1, 2) < other)
    except TypeError as error:
        print(error)
    try:
        print(P(1, 2) >= other)
    except TypeError as error:
        print(error)
    print(P(1, 2) == other, P(1, 2) != other)
try:
    print(P(1, 2) < [1])
except TypeError as error:
    print(error)
try:
    print(3 > P(1, 2))
except TypeError as error:
    print(error)
print(P(1, 2) < Q(1, 3), P(1, 2) < (1, 3), (1, 3) > P(1, 2), P(1, 2) <= P(1, 2))
