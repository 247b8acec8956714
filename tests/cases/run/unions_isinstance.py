"""Values of several types: isinstance chains, heterogeneous lists, dispatch."""

from typing import Union

Number = Union[int, float]
Json = Union[None, bool, int, float, str, list, dict]


def describe(value: Union[int, str, float, list, None]) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return f"int {value + 1}"
    if isinstance(value, float):
        return f"float {value / 2}"
    if isinstance(value, str):
        return f"str {value.upper()}"
    return f"list {len(value)}"


def add(a: Number, b: Number) -> Number:
    return a + b


def dumps(value: Json) -> str:
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(dumps(v) for v in value) + "]"
    return "{" + ", ".join(f"{dumps(k)}: {dumps(v)}" for k, v in value.items()) + "}"


def double(x):
    return x * 2


def total(values):
    result = 0
    for v in values:
        if isinstance(v, str):
            if v.isdigit():
                result += int(v)
        elif isinstance(v, (list, tuple)):
            result += total(v)
        else:
            result += v
    return result


for v in (None, True, 5, 2.5, "abc", [1, 2]):
    print(describe(v))
print(
    add(1, 2),
    add(1, 2.5),
    add(0.5, 0.5),
    double(4),
    double("ab"),
    double([1]),
    double(1.5),
    double((1,)),
)
print(dumps({"a": [1, 2.5, None, True], "q": 'say "hi"', "n": {"x": []}}))
print(total([1, "2", [3, "x", (4.5,)], True]))
mixed = [1, "two", 3.0, None, [4], (5,), {"six": 6}]
print(mixed, [type(m).__name__ for m in mixed], [m for m in mixed if isinstance(m, (int, float))])
result = 1
result = "now a string"
print(result)
result = [result]
print(result)
value = 5 if len(mixed) > 3 else "five"
print(value, isinstance(value, int), type(value) == int, type(value) is str)
lookup = {"int": 1, "str": "s", "fn": len}
print(lookup["int"], lookup["str"], lookup["fn"]("abcd"))
try:
    print(double(None))
except TypeError as e:
    print(e)
for a, b in ((1, "a"), ("a", 1), ([1], (2,)), (None, 1), ({}, 2)):
    try:
        print(a + b)
    except TypeError as e:
        print(e)
for m in (b"a", bytearray(b"b"), "s", 3, None, [1]):
    print(isinstance(m, (bytes, bytearray, memoryview)), isinstance(m, memoryview))


def bytes_like(x: bytes):
    if isinstance(x, memoryview):
        return "view"
    return isinstance(x, (memoryview, bytes))


print(bytes_like(b""))
