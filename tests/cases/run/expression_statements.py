"""Statements that only evaluate; docstrings in odd places; semicolons; ellipsis; pass; long lines."""

"a string that is not a docstring"
1 + 1
[1, 2][0]
(lambda: print("called"))()
...
None


def f():
    "docstring"
    "second string"
    ...
    pass
    x = 1
    y = 2
    return x + y
    print("unreachable")


class E:
    pass


class G:
    """Doc."""

    ...
    x = 1
    y = x + 1


if True:
    print("inline if")
    print("second")
for i in range(2):
    print(i, end=" ")
print()
while False:
    pass
else:
    print("while else")
try:
    pass
finally:
    print("finally inline")
value = 1 + 2 + 3
text = "one two"
items = [
    1,
    2,
]
chain = "  Text  ".strip().lower()
print(f(), f.__doc__, G.x, G.y, G.__doc__, value, text, items, chain, E.__doc__)
print(
    (1,),
    (1),
    (1),
    (),
    (
        1,
        2,
    ),
    [
        1,
    ],
    {
        1: 2,
    },
    not not 1,
    --1,
    +-1,
    ~~5,
    not 1 == 2,
)
a = b = c = []
a.append(1)
b.append(2)
print(c)
x = 5 if True else 6 if False else 7
y = (yield_ := 3) + 1
print(x, y, yield_, 1 if 0 else 2 if 0 else 3, (lambda x: lambda y: x + y)(1)(2))
print(
    1_000,
    0x_FF,
    1e3,
    1_0.0_1,
    0.5,
    0b1_0,
    0o17,
    00,
    "\x41\u0042\U00000043\N{DIGIT ONE}",
    r"\n",
    rb"\x",
    b"\x41",
    "u",
    R"\t",
    f"{1}" "a" r"\d",
)
print(
    """a
  b\
c""",
    """d"e""",
    "it''s",
    "tab\tx",
    "\\",
    "null\0end",
    "\a\b\f\v".encode(),
)
assert (1, "always true tuple message")[0], "fine"
del value, text
print(
    2**3**2,
    -(2**2),
    (-2) ** 2,
    2**-1,
    10 - 2 - 3,
    2 * 3 % 4,
    7 // 2 * 2,
    1 < 2 == True,
    5 & 3 | 4 ^ 1,
    1 << 2 + 1,
    not 0 or 1 and 0,
)
