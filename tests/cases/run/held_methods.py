# Locals that hold methods or library functions, which CPython finds faster.
import bisect
import decimal
import heapq
import math
import operator
from collections import deque


def stack(n):
    items = []
    push = items.append
    pop = items.pop
    for i in range(n):
        push(i * i)
    items = [100]
    return pop(), pop(0), items


def inserts(n):
    row = list(range(n))
    put = row.insert
    take = row.pop
    for at in range(n):
        put(at, take(0))
    return row


def joined(words):
    join = ", ".join
    upper = str.upper
    return join(upper(w) for w in words)


def found(sorted_values, wanted):
    where = bisect.bisect_left
    root = math.sqrt
    return [(where(sorted_values, w), root(w)) for w in wanted]


def heaped(values):
    push = heapq.heappush
    heap = []
    pop = heapq.heappop
    for v in values:
        push(heap, v)
    return [pop(heap) for _ in range(len(heap))]


def nested(n):
    seen = set()
    add = seen.add

    def visit(i):
        if i:
            add(i % 5)
            visit(i - 1)

    visit(n)
    return sorted(seen)


def queue(n):
    waiting = deque()
    later = waiting.append
    soon = waiting.appendleft
    nxt = waiting.popleft
    for i in range(n):
        later(i)
        soon(-i)
    return [nxt() for _ in range(3)], len(waiting)


def looked_up(table, keys):
    get = table.get
    return [get(k, -1) for k in keys] + [get(keys[0])]


def words(text):
    split = text.split
    return split(), split("a"), split(sep="b", maxsplit=1)


class Log:
    def __init__(self):
        self.lines = []

    def append(self, line):
        self.lines.append(f"log {line}")


def either(target):
    put = target.append
    put("x")
    return target


def optional(items):
    try:
        put = items.append
        print("taken")
        put(1)
    except AttributeError as error:
        print(error)
    return items


def early():
    try:
        root(4)
    except UnboundLocalError as error:
        print(error)
    root = math.sqrt
    return root(9)


def kept(items):
    put = items.append
    calls = [put, put]
    for call in calls:
        call(3)
    return items


def in_loop(rows):
    total = 0
    for row in rows:
        count = row.count
        total += count(1)
    return total


def looped(gen):
    step = gen.send
    step(None)
    return step(3), step(4)


def doubling():
    got = yield 0
    while True:
        got = yield got * 2


print(stack(4), inserts(5), joined(["a", "b"]))
print(found([1, 3, 5], [0, 3, 4]), heaped([3, 1, 2]), nested(12), queue(3))
print(looked_up({"a": 1}, ["a", "b"]), words("xa by"))
print(either([1]), either(Log()).lines, in_loop([[1, 2], (1, 1)]))
print(optional([]), optional(None), kept([]), looped(doubling()), early())


class Scale:
    FACTOR = 3

    @staticmethod
    def by(value):
        return value * Scale.FACTOR


def of_a_module_and_a_class():
    number = decimal.Decimal
    scaled = Scale.by
    return number(1) / number(8), scaled(4), scaled(5)


print(of_a_module_and_a_class())
