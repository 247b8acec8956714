"""str, int, float, bool, list, tuple, set, dict of each other, and repr round trips."""

print(
    int("5") + int(5.9) + int(True),
    float("5") + float(5),
    str(5) + str(5.0) + str(True) + str(None),
)
print(bool("False"), bool("0"), bool(0.0), bool([]), bool([[]]), bool(None), bool("") or bool(" "))
print(
    list("héy"),
    list((1, 2)),
    list({"a": 1, "b": 2}),
    list(range(3)),
    list(enumerate("ab")),
    list(map(int, "123")),
)
print(
    tuple([1, 2]),
    tuple("ab"),
    tuple({"k": 1}),
    tuple(range(2)),
    sorted(set("hello")),
    sorted(set([1, 1, 2])),
)
print(
    dict([(1, 2), (3, 4)]),
    dict(a=1),
    dict({"x": 1}, y=2),
    dict(zip("ab", range(2))),
    dict(["ab", "cd"]),
)
print(
    str([1, "a", None]),
    str((1,)),
    str({"a": (1, 2)}),
    str({1}),
    repr("a'b"),
    repr('a"b'),
    repr("a'\"b"),
    repr("\\n\n"),
)
print(
    [str(v) for v in (1, 1.0, "s", None, True, [], ())],
    [repr(v) for v in (1, 1.0, "s", None, True, [], ())],
)
print(
    int("0b11", 2),
    int("-0x1f", 16),
    int("z", 36),
    float("1e-3"),
    float("-inf"),
    int(-0.9),
    int("٤٢"),
    round(2.567, 1),
    round(-2.5),
)
print(
    ord("A"),
    chr(8364),
    hex(255),
    oct(8),
    bin(5),
    int(hex(255), 16),
    int(bin(5), 2),
    format(255, "x"),
    f"{255:#b}",
)
print(
    ", ".join(map(str, [1, 2.5, None, "x"])),
    "-".join("abc"),
    "".join(str(d) for d in divmod(17, 5)),
    [int(d) for d in str(2**20)],
)
for text in ("12", "-3", "4.5", "abc", "", " 7 ", "1e2", "0x1", "inf", "True"):
    results = []
    for convert in (int, float):
        try:
            results.append(repr(convert(text)))
        except ValueError as e:
            results.append("!")
    print(repr(text), *results, text.isdigit(), text.strip().lstrip("-").isnumeric())
print(
    int(2**53 + 1.0),
    int(float(2**53 + 1)),
    int(1e22),
    float(10**22),
    float(2**63),
    int(float(2**63 - 1)),
    2**63 == float(2**63),
)
print(
    True + 1,
    True == 1,
    [1, 2][True],
    {True: "a"}[1],
    sum([True, 2.5]),
    True / 2,
    -True,
    str(True).lower(),
    int("1" + "0" * 20),
)
print(
    type(1 + 1.0).__name__,
    type(True + True).__name__,
    type(4 / 2).__name__,
    type(4 // 2).__name__,
    type(4.0 // 2).__name__,
    type(2**-1).__name__,
    type(round(2.5)).__name__,
    type(round(2.5, 0)).__name__,
)
