"""print: separators, ends, nested containers, files and many arguments."""

import sys

print()
print("a", "b", sep="")
print("a", "b", sep=", ", end="!\n")
print(1, 2.0, None, True, "s", [1], (2,), {"k": 3}, sep="|")
print("no newline", end="")
print("", end="\n")
print(*[1, 2, 3])
print(*"abc", sep="-")
print("x", end=" ")
print("y", end="\t")
print("z")
print("multi\nline", "tab\there", 'quote"')
print(["a\n", "it's", "\\", "é", "\x00"])
print([[], [[]], {}, {"a": []}, (), ((),), [None], set()])
print({"nested": {"list": [1, (2, 3)], "none": None}, 4: 5.0, (1, 2): "t"})
print([1.0, 1e100, -0.0, float("inf")], [True, False], [b"bytes"], range(3), [range(1, 2)])
print("to stdout", file=sys.stdout, flush=True)
print("to stderr", file=sys.stderr)
sys.stdout.write("written\n")
print(print("inner"))
print(
    "abc",
    """d
e""",
)
print("sep none", "end none", sep=None, end=None)
print("%s" % "old", "{}".format("new"), f"{'f'}")
x = [1, 2]
x.append(x[0])
print(x, str(x), repr(x), len(str(x)))
selfref: list = [1]
selfref.append(selfref)
print(selfref)
d: dict = {}
d["me"] = d
print(d)
