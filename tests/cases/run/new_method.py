"""`__new__`: what makes the object, and whether `__init__` runs on it."""


class Point:
    made = 0

    def __new__(cls, x, y=0):
        cls.made += 1
        print("new", cls.__name__, x, y)
        self = super().__new__(cls)
        self.tag = f"{x}/{y}"
        return self

    def __init__(self, x, y=0):
        print("init", self.tag)
        self.x = x
        self.y = y

    def __repr__(self):
        return f"{type(self).__name__}({self.x}, {self.y}, {self.tag})"


class Point3(Point):
    def __init__(self, x, y=0, z=5):
        super().__init__(x, y)
        self.z = z

    def __new__(cls, x, y=0, z=7):
        return Point.__new__(cls, x, y + z)


class Single:
    _instance = None

    def __new__(cls, *args, **kwargs):
        if cls._instance is None:
            cls._instance = object.__new__(cls)
            cls._instance.count = 0
        return cls._instance

    def __init__(self, name):
        self.name = name
        self.count += 1


class Line:
    def __new__(cls, items=None, key=None):
        if key is None:
            return object.__new__(cls)
        if cls is Line:
            return object.__new__(KeyLine)
        raise TypeError("inherit KeyLine for a key")

    def __init__(self, items=None, key=None):
        self.items = sorted(items or [])
        self.key = key

    def shown(self):
        return type(self).__name__, self.items


class KeyLine(Line):
    def __new__(cls, items=None, key=len):
        return object.__new__(cls)

    def __init__(self, items=None, key=len):
        self.key = key
        self.items = sorted(items or [], key=key)


class Results:
    def __new__(cls, tokens=None, **kwargs):
        if isinstance(tokens, Results):
            return tokens
        self = object.__new__(cls)
        self.tokens = list(tokens or ())
        self.named = sorted(kwargs)
        return self

    def __init__(self, tokens=None, name=None, flag=True):
        self.name = name
        self.runs = getattr(self, "runs", 0) + 1


class Maybe:
    def __new__(cls, value):
        return value * 2 if isinstance(value, int) else super().__new__(cls)

    def __init__(self, value):
        print("init", value)


class Lazy:
    def __init__(self):
        self.value = 1

    def twin(self):
        made = type(self).__new__(type(self))
        try:
            print(made.value)
        except AttributeError as error:
            print(error)
        made.value = self.value + 1
        return made

    @classmethod
    def of(cls, value):
        self = cls.__new__(cls)
        self.value = value
        return self


class Below(Lazy):
    pass


class Outer:
    class Inner(Line):
        def inner(self):
            return "inner", self.items

    def inners(self):
        return self.Inner([2, 1]).inner(), Outer.Inner([4, 3]).inner()


print(Outer().inners())
print(Point(1), Point(x=2, y=3), Point.made)
print(Point3(1), Point3(1, 2, 3).z, Point3.made)
a, b = Single("a"), Single("b")
print(a is b, a.name, a.count)
print(Line([3, 1]).shown(), Line(["ccc", "a"], key=len).shown(), KeyLine(["bb", "a"]).shown())


class Under(Line):
    pass


print(Under([2, 1]).shown())
try:
    Under([1], key=len)
except TypeError as error:
    print(error)
r = Results("ab", name="n", flag=False)
print(r.tokens, r.named, r.name, r.runs, Results(r) is r, r.runs, r.name)
print(Maybe(4), type(Maybe("s")).__name__)
print(Lazy().twin().value, Below().twin().value, Lazy.of(5).value, type(Below.of(6)).__name__)
for cls in (Point, Single, Line):
    try:
        print(type(cls(*([1] if cls is not Line else []))).__name__)
    except TypeError as error:
        print(error)
makers = {"point": Point, "line": Line}
print(makers["point"](4, y=1), makers["line"]([2]).shown())
