# One handler for exceptions of several classes: each is asked for what its class has.
class AppError(Exception):
    kind = "app"

    def __init__(self, code):
        super().__init__(f"code {code}")
        self.code = code

    @property
    def half(self):
        return self.code // 2

    def describe(self, more="!"):
        return f"{type(self).__name__} {self.code}{more}"


class NotFound(AppError):
    kind = "missing"


class Other(ValueError):
    def __init__(self, code, extra):
        super().__init__(code, extra)
        self.code = code
        self.extra = extra

    def describe(self, more="?"):
        return f"other {self.extra}{more}"


def run(f):
    try:
        f()
    except (KeyError, AppError, Other) as e:
        try:
            print(type(e).__name__, e.code, e.args, e)
            print(e.describe(), e.describe("."), e.describe(more="#"))
            print(e.half)
            print(e.kind)
        except AttributeError as a:
            print(a)


def a():
    raise AppError(4)


def b():
    raise NotFound(5)


def c():
    raise Other("x", [1])


def d():
    {}["k"]


for f in (a, b, c, d):
    run(f)
for f in (a, b, c, d):
    try:
        f()
    except Exception as e:
        if hasattr(e, "code"):
            print(e.code, getattr(e, "extra", None))
        else:
            print("no code", e)
        e2 = e
    print(getattr(e2, "code", "none"))
try:
    try:
        raise NotFound(7)
    except NotFound as e:
        raise RuntimeError("x") from e
except RuntimeError as e:
    print(e.__cause__.code, e.__cause__.describe(), e.__context__.kind)
last = None
for f in (a, c):
    try:
        f()
    except (AppError, Other) as e:
        last = e
        last.code = 99
        print(e.code, last.describe())
