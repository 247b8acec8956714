"""operator.index, itemgetter of places that are counted at run time, and what 3.11 does not have."""

import math
import operator
import sys
from operator import index as whole

try:
    from math import sumprod
except ImportError as error:
    print(error.name)

    def sumprod(p, q):
        return sum(a * b for a, b in zip(p, q))


try:
    from heapq import heappush_max
except ImportError:
    kept = False
else:
    kept = True

if sys.hexversion >= 0x030D00A2:
    from itertools import batched
else:

    def batched(xs, n):
        return [xs[i : i + n] for i in range(0, len(xs), n)]


class Place:
    def __index__(self):
        return 3


def places(*at):
    return operator.itemgetter(*at)


print(sumprod([1, 2], [3, 4]), kept, batched("abcde", 2), sys.hexversion > 0x030B0000)
print(whole(5), whole(True), operator.index(Place()), whole(10**20), type(whole(False)))
for wrong in (1.0, "a", None):
    try:
        print(whole(wrong))
    except TypeError as error:
        print(error)
print(places(1)("abc"), places(2, 0)("abc"), places("k", "l", "k")({"k": 1, "l": 2}))
print(sorted([(1, "b", 3), (0, "c", 3), (2, "a", 1)], key=places(*[2, 1])))
for at in ([], [7], [1, 7]):
    try:
        print(operator.itemgetter(*at)("abc"))
    except (TypeError, IndexError) as error:
        print(type(error).__name__, error)
try:
    print(math.fma(1.0, 2.0, 3.0))
except AttributeError as error:
    print(error)
