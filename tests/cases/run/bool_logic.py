"""Booleans: short circuits, and/or as values, bool as an int, truthiness."""

calls: list[str] = []


def mark(name: str, value: bool) -> bool:
    calls.append(name)
    return value


print(mark("a", True) and mark("b", False) and mark("c", True))
print(mark("d", False) or mark("e", True) or mark("f", True))
print(not mark("g", False), calls)

print("" or "default", "given" or "default", 0 or 5, 3 and 4, 0 and 4)
print([] or [1], [2] and [3], None or "x", () or (1,))
print(True + True, True * 3, sum([True, False, True]), True == 1, False == 0.0, True is True)
print(int(True), float(False), str(True), repr(False), f"{True}", f"{True:d}", f"{False:>7}")
print(True & False, True | False, True ^ True, ~True, -True, True << 2)
print(True < 2, False <= False, True > 0.5)

for value in (0, 1, -1):
    print(value, bool(value), not value)
for text in ("", " ", "False"):
    print(repr(text), bool(text), "yes" if text else "no")
print(
    bool([]),
    bool([0]),
    bool({}),
    bool({1: 2}),
    bool(set()),
    bool(()),
    bool((0,)),
    bool(None),
    bool(range(0)),
)


def classify(n: int) -> str:
    return "zero" if n == 0 else "negative" if n < 0 else "small" if n < 10 else "large"


print([classify(n) for n in (0, -5, 5, 50)])
print(any([False, True]), all([True, False]), any([]), all([]), any(n > 2 for n in (1, 2, 3)))
flags = {"x": True, "y": False}
print([name for name, on in flags.items() if on], sum(flags.values()))
a, b = True, False
print(a != b, a == b, a and not b, (a or b) and (a and b))
print(["even", "odd"][7 % 2 == 1], "abc"[True])
