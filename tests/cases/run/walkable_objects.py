"""Objects that can be walked, as arguments of builtins that walk them and of ones that do not."""

import heapq
from collections import Counter, deque
from functools import total_ordering


@total_ordering
class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __eq__(self, other):
        return isinstance(other, Vector) and (self.x, self.y) == (other.x, other.y)

    def __lt__(self, other):
        return (self.x, self.y) < (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

    def __iter__(self):
        return iter((self.x, self.y))

    def __len__(self):
        return 2

    def __repr__(self):
        return f"Vector({self.x}, {self.y})"


class Bag:
    def __init__(self, *items):
        self.items = list(items)

    def __iter__(self):
        yield from self.items


u, v = Vector(1, 2), Vector(3, -4)
print(sum([u, v], Vector(0, 0)), sum(u), sum(v, 10), max(u, v), min(u, v), max(u), min([v, u]))
print(sorted([v, u]), sorted(v), list(u), tuple(v), set(u), [*u, *v], any(u), all(Bag(1, 0)))
queue = deque([u])
queue.append(v)
queue.appendleft(u)
queue.extend(v)
print(queue, queue.count(u), queue.index(v))
heap = []
heapq.heappush(heap, v)
heapq.heappush(heap, u)
print(heap, heapq.nsmallest(1, v), heapq.heappop(heap))
kept = [u]
kept.append(v)
kept.insert(0, v)
kept.extend(u)
kept.remove(v)
print(kept, kept.index(u), kept.count(v))
seen = {u}
seen.add(v)
seen.update(Bag(u, u, v))
seen.discard(Vector(1, 2))
print(seen, v in seen, u in seen)
table = {}
table.setdefault(u, []).append(v)
print(table, table.get(u, v), table.get(v, u), table.pop(v, v), dict.fromkeys(u, v))
print(Counter(Bag("a", "b", "a")), list(zip(u, v)), list(enumerate(v, 5)), list(map(abs, v)))
print(" ".join(Bag("x", "y")), list(filter(None, Bag(0, 2))), list(reversed(list(u))), len(u))
print(sum(Bag(u, v), start=Vector(1, 1)), max(Bag(u, v)), max(Bag(), default=u))
print("%s" % v, "{} {}".format(u, v), str(u), repr(v), hash(u) == hash(Vector(1, 2)))
