import json
from io import StringIO
from collections import OrderedDict, defaultdict, Counter, namedtuple


class P:
    def __init__(self, x, y):
        self.x, self.y = x, y


def enc(o):
    if isinstance(o, P):
        return {"x": o.x, "y": o.y}
    if isinstance(o, complex):
        return [o.real, o.imag]
    raise TypeError(f"no {type(o).__name__}")


print(
    json.dumps([P(1, [2]), 3], default=enc),
    json.dumps({"p": P(1, 2)}, default=lambda o: [o.x, o.y], indent=1),
)
try:
    json.dumps([{1, 2}], default=enc)
except TypeError as e:
    print(e)
try:
    json.dumps(P(1, 2))
except TypeError as e:
    print(e)
for bad in ({1}, b"x", 1j, range(3), {"a": object}, [print]):
    try:
        print(json.dumps(bad))
    except TypeError as e:
        print(e)
s = StringIO()
json.dump({"a": [1, 2]}, s, indent=2)
print(s.getvalue())
print(json.load(StringIO('[1, {"b": null}]')))
print(
    json.dumps([]),
    json.dumps({}),
    json.dumps([[], {}], indent=2),
    json.dumps({"a": []}, indent=0),
    json.dumps([1, [2, [3]]], indent="\t"),
)
print(
    json.dumps("\x00\x1f\x7f\u2028é😀/\\"), json.dumps("\x00\x1f\x7f\u2028é😀", ensure_ascii=False)
)
print(
    json.dumps(
        [
            0.1,
            1e16,
            1e-7,
            -0.0,
            123456789012345678901234567890,
            True,
            False,
            None,
            float("nan"),
            float("-inf"),
        ]
    )
)
try:
    json.dumps(float("nan"), allow_nan=False)
except ValueError as e:
    print(e)
try:
    json.dumps([float("inf")], allow_nan=False, indent=1)
except ValueError as e:
    print(e)
l = [1]
l.append(l)
try:
    json.dumps(l)
except ValueError as e:
    print(e)
print(
    json.dumps({"b": 1, "a": {"d": 2, "c": 3}}, sort_keys=True),
    json.dumps({2: "x", 10: "y", 1: "z"}, sort_keys=True),
    json.dumps({(1, 2): 3, "a": 1}, skipkeys=True),
)
try:
    json.dumps({1: 1, "a": 2}, sort_keys=True)
except TypeError as e:
    print(e)
N = namedtuple("N", "a b")
print(
    json.dumps(list(N(1, "x"))),
    json.dumps(OrderedDict(z=1, a=2)),
    json.dumps(Counter("aab")),
    json.dumps(defaultdict(int, k=1)),
    json.dumps((1, (2, 3))),
)
cases = [
    "",
    "{",
    "[1,]",
    '{"a" 1}',
    '{"a": }',
    "nul",
    '"abc',
    "[1 2]",
    "{'a': 1}",
    '"\\x"',
    "1 2",
    '{"a":1,}',
    '"\\u12"',
    '"\\u12zz"',
    '"a\nb"',
    '"\\',
    "[",
    "[1",
    '{"a":1',
    "-",
    "01",
    "1.",
    "1e",
    ".5",
    '{"a":1 "b"',
    "\ufeff1",
    "[1,\n\n  x]",
    '"\\u00e9\\ud83d\\ude00"',
    "tru",
    "-Infinity",
    "NaN",
    "-x",
    '"abc\\',
    '"\\u',
    '{"a',
    '{"a"',
    "{,}",
    "[,]",
    "{1:2}",
    "  ",
    "1.5e+3",
    "-0",
    "-0.0",
    "1E400",
    " [ 1 , 2 ] ",
    '{"a":{"b":[]}}',
    '"\\b\\f\\n\\r\\t\\/\\""',
]
for c in cases:
    try:
        print(repr(c), repr(json.loads(c)))
    except json.JSONDecodeError as e:
        print(repr(c), e, "|", e.msg, e.pos, e.lineno, e.colno, e.doc == c)
try:
    json.loads("[")
except ValueError as e:
    print(type(e).__name__, e.args)
d = json.loads(
    '{"users": [{"name": "Ann", "age": 30, "tags": ["x", "y"]}, {"name": "Bob", "age": 25, "tags": []}], "n": 2}'
)
for u in d["users"]:
    print(u["name"], u["age"] + 1, len(u["tags"]), ",".join(u["tags"]))
print(
    sum(u["age"] for u in d["users"]) / d["n"],
    sorted(d),
    d.get("zz"),
    "users" in d,
    isinstance(d["users"], list),
)
print(
    json.loads('{"a": {"x": 1}}', object_hook=lambda m: sorted(m.items())),
    json.loads(b'{"k": "\xc3\xa9"}'),
)
a = json.loads('{"a": 1, "a": 2}')
print(a)
a["b"] = [1.5]
print(json.dumps(a, separators=(",", ":")))


def depth(n):
    return [depth(n - 1)] if n else []


print(json.dumps(depth(5)), json.loads(json.dumps(depth(50))) == depth(50))
json.loads("{bad")
