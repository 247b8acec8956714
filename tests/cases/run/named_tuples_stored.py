"""Named tuples as items of containers and arguments of builtins."""

from typing import NamedTuple
from collections import deque
import bisect, heapq


class Pt(NamedTuple):
    x: int
    y: int


q = deque()
q.append(Pt(1, 2))
q.appendleft(Pt(0, 1))
print(q, q.popleft().x)
xs = [Pt(1, 1), Pt(3, 3)]
bisect.insort(xs, Pt(2, 2))
print(xs, bisect.bisect_left(xs, Pt(2, 2)), xs.index(Pt(3, 3)), xs.count(Pt(1, 1)))
h = []
heapq.heappush(h, Pt(5, 1))
heapq.heappush(h, Pt(2, 1))
print(
    heapq.heappop(h),
    max(Pt(1, 2), Pt(1, 3)),
    min(Pt(1, 2), Pt(0, 3), Pt(9, 9)),
    max(Pt(4, 7)),
    sum(Pt(1, 2)),
    sorted(Pt(3, 1)),
)
s = {Pt(1, 2)}
s.add(Pt(1, 2))
s.update(Pt(7, 8))
print(
    len(s),
    list(zip(Pt(1, 2), "ab")),
    dict.fromkeys(Pt(1, 2), 0),
    list(map(str, Pt(3, 4))),
    [*enumerate(Pt(5, 6))],
)
xs.extend(Pt(9, 9))
xs.insert(0, Pt(0, 0))
xs.remove(Pt(0, 0))
print(
    xs[-1],
    xs[0],
    ",".join(map(str, Pt(1, 2))),
    any(Pt(0, 0)),
    list(reversed(Pt(1, 2))),
    set(Pt(1, 1)),
)
