def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e, "|", repr(e))


d = {"a": 1}
l = [1, 2]
for f in (
    lambda: d["b"],
    lambda: d[1],
    lambda: d[(1, 2)],
    lambda: l[5],
    lambda: l[-3],
    lambda: l["a"],
    lambda: l[1.0],
    lambda: l.pop(9),
    lambda: [].pop(),
    lambda: {}.popitem(),
    lambda: set().pop(),
    lambda: l.remove(9),
    lambda: l.index(9),
    lambda: {1}.remove(2),
    lambda: d.pop("z"),
    lambda: del_(d),
    lambda: (1, 2)[3],
    lambda: "abc".foo,
    lambda: None.x,
    lambda: (5).y,
    lambda: l.zz,
    lambda: None + 1,
    lambda: 1 + None,
    lambda: [] + (),
    lambda: "a" + 1,
    lambda: 1 + "a",
    lambda: [1] * "a",
    lambda: {} + {},
    lambda: -"a",
    lambda: ~1.5,
    lambda: not_callable(),
    lambda: len(5),
    lambda: int([]),
    lambda: int("a"),
    lambda: int("1.5"),
    lambda: float("x"),
    lambda: iter(5),
    lambda: next(iter([])),
    lambda: sum(["a"]),
    lambda: max(),
    lambda: [1, 2, 3].index(4),
    lambda: "a".join(5),
    lambda: {[]: 1},
    lambda: {{}},
    lambda: hash([]),
    lambda: 1 < "a",
    lambda: [] < 1,
    lambda: None < None,
    lambda: {} < {},
    lambda: sorted([1, "a"]),
    lambda: abs("a"),
    lambda: round("a"),
    lambda: chr("a"),
    lambda: ord("ab"),
    lambda: ord(5),
    lambda: 1 / 0,
    lambda: 1 // 0,
    lambda: 1 % 0,
    lambda: 1.0 / 0,
    lambda: 0**-1,
    lambda: divmod(1, 0),
    lambda: 5 in 5,
    lambda: [1][None],
    lambda: range(1, 2, 0),
    lambda: range("a"),
    lambda: list(5),
    lambda: dict([1]),
    lambda: dict([(1, 2, 3)]),
    lambda: dict(5),
    lambda: tuple(5),
    lambda: set(5),
    lambda: str(1, 2),
    lambda: bool(1, 2),
    lambda: isinstance(1, 5),
    lambda: l.append(),
    lambda: l.append(1, 2),
    lambda: l.sort(5),
    lambda: l.insert(1),
    lambda: d.get(),
    lambda: d.update(5),
    lambda: "a".replace("b"),
    lambda: "a".split(5),
    lambda: "{".format(),
    lambda: "{}{1}".format(1, 2),
    lambda: "{a}".format(),
    lambda: "%d" % "a",
    lambda: "%s %s" % 1,
    lambda: "%s" % (),
    lambda: "a" % 1,
    lambda: f"{1:q}",
    lambda: format(1, "s"),
    lambda: format("a", "d"),
    lambda: format([], "d"),
    lambda: unpack2(),
    lambda: unpack3(),
    lambda: unpack4(),
    lambda: raise_str(),
    lambda: l[::0],
    lambda: setitem_t(),
    lambda: slice_assign(),
    lambda: enumerate(5),
    lambda: zip(5),
    lambda: map(5, 5),
    lambda: list(map(5, [1])),
    lambda: reversed(5),
    lambda: reversed({1}),
    lambda: min([], [1], key=5),
    lambda: pow(2, -1, 4),
    lambda: pow(1, 2, 0),
    lambda: 1 << -1,
    lambda: "abc"["a"],
    lambda: b"a" + "a",
    lambda: bytes([300]),
    lambda: int(None),
    lambda: float(None),
    lambda: int("9" * 5000),
):
    t(f)


def del_(x):
    del x["zz"]


def unpack2():
    a, b = 1, 2, 3


def unpack3():
    a, b = [1]


def unpack4():
    a, b = 5


def raise_str():
    raise "abc"


def setitem_t():
    x = (1, 2)
    x[0] = 5


def slice_assign():
    x = [1]
    x[0:1] = 5


for f in (lambda: del_(d), unpack2, unpack3, unpack4, raise_str, setitem_t, slice_assign):
    t(f)
