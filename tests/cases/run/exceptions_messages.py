"""The texts of the errors of the language."""


def attempt(label, action):
    try:
        print(label, action())
    except Exception as e:
        print(label, type(e).__name__, "|", e)


def raise_stop():
    return next(iter([]))


zero = 0
fzero = 0.0
empty: list[int] = []
words = ["a", "b"]
table = {"k": 1, 2: "two"}
attempt("int div", lambda: 1 // zero)
attempt("int mod", lambda: 1 % zero)
attempt("true div", lambda: 1 / zero)
attempt("float div", lambda: 1.5 / fzero)
attempt("float floordiv", lambda: 1.5 // fzero)
attempt("float mod", lambda: 1.5 % fzero)
attempt("divmod", lambda: divmod(1, zero))
attempt("zero power", lambda: zero**-1)
attempt("float zero power", lambda: fzero**-1.0)
attempt("overflow", lambda: 10.0**400)
attempt("shift", lambda: 1 << -1)
attempt("list index", lambda: words[2])
attempt("str index", lambda: "abc"[3])
attempt("tuple index", lambda: (1, 2)[-3])
attempt("key str", lambda: table["x"])
attempt("key int", lambda: table[99])
attempt("int parse", lambda: int("12a"))
attempt("int parse empty", lambda: int(""))
attempt("int base", lambda: int("9", 8))
attempt("float parse", lambda: float("1.2.3"))
attempt("inf to int", lambda: int(float("inf")))
attempt("nan to int", lambda: int(float("nan")))
attempt("max empty", lambda: max(empty))
attempt("min empty", lambda: min(empty))
attempt("pop empty", lambda: empty.pop())
attempt("remove", lambda: words.remove("z"))
attempt("list.index", lambda: words.index("z"))
attempt("str.index", lambda: "abc".index("z"))
attempt("substring", lambda: "abc".rindex("zz"))
attempt("chr", lambda: chr(-1))
attempt("chr big", lambda: chr(0x110000))
attempt("range step", lambda: list(range(0, 5, 0)))
attempt("split", lambda: "abc".split(""))
attempt("stop", raise_stop)
attempt("next default", lambda: next(iter(empty), "none"))
attempt("huge", lambda: float(10**400))
attempt("huge div", lambda: 10**400 / 3)
attempt("round nan", lambda: round(float("nan")))
attempt("repeat", lambda: pow(2, -1, 4))
