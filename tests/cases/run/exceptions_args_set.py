class E(Exception):
    def __init__(self, version):
        self.args = (version,)
        self.version = version


class F(Exception):
    pass


def g(x):
    try:
        raise E(x)
    except E as e:
        print(e, repr(e), e.args)
        e.args = [1, 2]
        print(e, repr(e), e.args)
        try:
            e.args = 3
        except TypeError as t:
            print(t)
        e.__cause__ = F("why")
        print(repr(e.__cause__), e.__suppress_context__)
        try:
            e.__cause__ = 3
        except TypeError as t:
            print(t)
        return e


f = F("a")
f.args = ("b", "c")
print(f, f.args)
f.args = "xy"
print(f, f.args)
print(g("v"))


def pick(rest, seen):
    while rest:
        try:
            if len(rest) > 3:
                rest = rest[1:]
            else:
                raise KeyError(rest)
        except KeyError:
            raise ValueError("end")
        seen.append(rest)


s = []
try:
    pick(["a", "b", "c", "d", "e"], s)
except ValueError as e:
    print(e, s)


def conv(year: str):
    if isinstance(year, str):
        try:
            year = "".join([year, "!"])
        except UnicodeEncodeError:
            raise ValueError("bad")
    return [year, year]


print(conv("a"))
