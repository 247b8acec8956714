"""`isinstance` with the classes of collections."""

from collections import deque
from collections import Counter, defaultdict, OrderedDict
import collections


def kinds(v):
    return [isinstance(v, c) for c in ()] + [
        isinstance(v, dict),
        isinstance(v, Counter),
        isinstance(v, defaultdict),
        isinstance(v, (OrderedDict, deque)),
        isinstance(v, collections.deque),
        isinstance(v, list),
    ]


for v in ({}, Counter("a"), defaultdict(int), OrderedDict(), deque(), [1], 3):
    print(kinds(v))
c = Counter("ab")
print(
    isinstance(c, Counter),
    isinstance(c, defaultdict),
    isinstance(c, dict),
    isinstance(deque([1]), deque),
    isinstance(5, Counter),
    isinstance([], deque),
)
