"""pprint: nested values, widths, depth, compact and sorted, texts and bytes over lines."""

import io
import pprint
from collections import Counter, OrderedDict, defaultdict, deque
from pprint import PrettyPrinter, pformat, pp

data = {
    "name": "Ada Lovelace",
    "tags": ["mathematician", "writer", "programmer", "countess", "analyst", "visionary"],
    "nested": {"b": [1, 2, {"c": (3, 4.5, None), "a": True}], "a": {"x": list(range(30))}},
    "empty": [[], {}, (), set(), frozenset(), "", b""],
    3: "int key",
}
pprint.pprint(data)
pprint.pprint(data, width=40, indent=4)
pprint.pprint(data, compact=True, width=60)
pprint.pprint(data, depth=2)
pprint.pprint(data, sort_dicts=False)
pp({"z": 1, "a": [2] * 40})
print(pformat([[10**12, 5], -12345678], underscore_numbers=True))
pprint.pprint("short")
pprint.pprint("lorem ipsum dolor sit amet " * 8)
pprint.pprint(
    ["lorem ipsum dolor sit amet " * 6, "first line\nsecond line\n" * 4, "x" * 100], width=50
)
pprint.pprint(bytes(range(80)))
pprint.pprint([bytearray(b"abc" * 30), b"abc"], width=30)
pprint.pprint({frozenset(range(40)), frozenset("ab"[:1])}, width=50)
pprint.pprint(
    {"s": {f"word{i}" for i in range(12)}, "t": (1,), "u": ("y" * 40, "z" * 40), "v": ("w" * 90,)}
)
pprint.pprint(OrderedDict((f"key{i}", i * 10**9) for i in range(6)))
pprint.pprint(Counter({"apple" * 3: 5, "pear" * 4: 9, "fig" * 10: 1, "kiwi" * 3: 2}))
default = defaultdict(list)
for i in range(20):
    default[f"group{i % 4}"].append(i * 1000)
pprint.pprint(default)
pprint.pprint(deque(range(100, 130)))
pprint.pprint(deque(range(100, 130), maxlen=30), width=30)
pprint.pprint([None, True, 1.5, 2 + 3j, ..., int, 10**30])
pprint.pprint({1: "a", "b": 2, (1, 2): 3, None: 4})
pprint.pprint([{"a": 1, "b": [1, 2]}] * 2 + [{"c": "d" * 70}])
loop = [1, 2]
loop.append(loop)
print(pformat(loop).split(" with id=")[0])
out = io.StringIO()
pprint.pprint({"k": list(range(40))}, stream=out)
print(out.getvalue(), end="")
printer = PrettyPrinter(indent=2, width=20, compact=True)
printer.pprint(list(range(20)))
print(printer.pformat({"a": {"b": {"c": {}}}}))
for wrong in ({"indent": -1}, {"depth": 0}, {"width": 0}):
    try:
        PrettyPrinter(**wrong)
    except ValueError as error:
        print(error)
print(pprint.saferepr({"b": 1, "a": [2]}))


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __repr__(self):
        return f"<Point {self.x}, {self.y}>"


pprint.pprint([Point(i, "p" * 20) for i in range(4)])
pprint.pprint(Point(1, "q" * 100))
