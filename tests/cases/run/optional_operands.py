"""Values that may be None where builtins, methods and operators want others."""

import math


class T:
    def __init__(self):
        self.n = None
        self.f = None
        self.s = None
        self.l = None

    def put(self):
        self.n = 5
        self.f = 2.5
        self.s = "a"
        self.l = [1]


def tries(t):
    for f in (
        lambda: int(t.n),
        lambda: float(t.n),
        lambda: round(t.f),
        lambda: chr(t.n),
        lambda: ord(t.s),
        lambda: bin(t.n),
        lambda: hex(t.n),
        lambda: divmod(t.n, 2),
        lambda: pow(t.n, 2),
        lambda: math.sqrt(t.n),
        lambda: math.floor(t.f),
        lambda: range(t.n),
        lambda: int(t.s),
        lambda: float(t.s),
        lambda: "x".join(t.l),
        lambda: "a,b".split(t.s),
        lambda: t.s.upper(),
        lambda: t.l + [1],
        lambda: [1] + t.l,
        lambda: "abc"[t.n],
        lambda: [1, 2][t.n],
        lambda: t.s * 2,
        lambda: 2 * t.n,
        lambda: t.n < 3,
        lambda: 3 < t.n,
        lambda: "a" in t.s,
        lambda: 1 in t.l,
        lambda: -t.n,
        lambda: abs(t.f),
        lambda: len(t.s),
        lambda: t.l[0],
        lambda: [9] * t.n,
        lambda: "a" + t.s,
        lambda: t.s + "a",
        lambda: "abc".count(t.s),
        lambda: "abc".startswith(t.s),
        lambda: [1].index(t.n),
        lambda: max(t.n, 3),
        lambda: min(t.l),
        lambda: sum([t.n, 1]),
        lambda: math.gcd(t.n, 4),
        lambda: math.factorial(t.n),
        lambda: format(t.n, "d"),
        lambda: f"{t.n:>5}",
        lambda: f"{t.f:.2f}",
        lambda: "%d" % t.n,
        lambda: "abc".replace(t.s, "b"),
        lambda: "abc".ljust(t.n),
        lambda: round(3.14, t.n),
        lambda: [1, 2][t.n :],
        lambda: t.l.append(1),
        lambda: dict(t.l),
        lambda: isinstance(t.n, int),
        lambda: t.n // 2,
        lambda: t.n & 1,
        lambda: ~t.n,
        lambda: t.n << 1,
        lambda: math.log(t.f),
        lambda: math.pow(t.f, 2),
        lambda: int("12", t.n),
        lambda: list(map(ord, t.s)),
        lambda: sorted(t.l, key=None),
    ):
        try:
            print(f())
        except Exception as e:
            print(type(e).__name__, e)


t = T()
tries(t)
t.put()
tries(t)


class Row:
    def __init__(self, size):
        self.items = [None] * size
        self.left = None
        self.right = None
        self.words = [None, "b"]


def totals(row, digits=None):
    for step in (
        lambda: sum(row.items),
        lambda: row.left + row.right,
        lambda: row.left < row.right,
        lambda: ",".join(row.words),
        lambda: "-".join(row.words[1:]),
        lambda: round(row.left / 3, digits),
        lambda: [1, 2, 3][row.left],
    ):
        try:
            print(step())
        except TypeError as error:
            print(error)


row = Row(2)
row.items[0] = 4
totals(row)
row.items[1] = 5
row.left = 1
totals(row, 2)
row.right = 7
totals(row)
