"""getattr, setattr, delattr, hasattr with computed names; vars and __dict__."""


class Config:
    debug = False

    def __init__(self, **kw):
        for k, v in kw.items():
            setattr(self, k, v)

    def show(self):
        return sorted(vars(self).items())

    @property
    def level(self):
        return self._level

    @level.setter
    def level(self, v):
        print("set level", v)
        self._level = v


c = Config(host="h", port=80, level=3)
print(c.host, c.port, c.level, c.debug, c.show())
setattr(c, "debu" + "g", True)
print(c.debug, Config.debug, Config().debug)
for n in ("host", "nope", "level", "show"):
    print(n, hasattr(c, n), getattr(c, n, "none") if n != "show" else getattr(c, n)())
try:
    print(c.missing)
except AttributeError as e:
    print(e)
delattr(c, "ho" + "st")
print(hasattr(c, "host"), vars(c))
try:
    delattr(c, "host")
except AttributeError as e:
    print(type(e).__name__)
try:
    setattr(c, 3, 1)
except TypeError as e:
    print(e)
try:
    getattr(c, 3)
except TypeError as e:
    print(e)


class Calc:
    def add(self, a, b=10):
        return a + b

    def neg(self, a):
        return -a

    def run(self, op, *args):
        m = getattr(self, "do_" + op, None) or getattr(self, op, None)
        return m(*args) if m else f"no {op}"


k = Calc()
print(k.run("add", 1), k.run("add", 1, 2), k.run("neg", 4), k.run("zap"))
print([getattr("abc", m)() for m in ("upper", "title", "strip")], getattr([3, 1], "cou" + "nt")(3))
try:
    getattr("abc", "no" + "pe")
except AttributeError as e:
    print(e)


class P:
    def __init__(self):
        self.a = 1
        self.b = [2]

    def __eq__(self, o):
        return self.__dict__ == o.__dict__

    def __repr__(self):
        return f"P({', '.join(f'{k}={v!r}' for k, v in self.__dict__.items())})"


p, q = P(), P()
print(p == q, p)
q.c = 5
print(p == q, q, {**vars(q)}, dict(vars(p), z=1), len(q.__dict__), "c" in vars(q))
del q.a
q.a = 9
print(q, list(vars(q)))
x = P()
attr = "b"
getattr(x, attr).append(7)
print(x.b)
