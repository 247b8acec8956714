"""What `**` gathers, looked up by name, handed on, mixed with named parameters."""


class Base:
    def __init__(self, **options):
        self.size = options.get("size", 1)
        self.color = options.get("color", (1, 1, 1))
        self.label = options.get("label")
        self.weight = 1.0 - self.size * 0.25


class Derived(Base):
    def __init__(self, **kw):
        Base.__init__(self, **kw)
        self.other = kw.get("other", [0])
        self.flag = "flag" in kw


class Coop(Base):
    def __init__(self, extra, depth=2, **kw):
        super().__init__(size=3, **kw)
        self.extra = extra
        self.depth = depth


def area(**dims):
    try:
        return dims["w"] * dims["h"]
    except KeyError as e:
        return e.args[0]


def named(x, y=2.5, z="z"):
    return f"{x} {y} {z}"


def forward(**kw):
    return named(**kw)


def popping(**kw):
    first = kw.pop("first", None)
    second = kw.pop("second", 0.5)
    return first, second, named(**kw)


for b in [
    Base(),
    Base(size=2, label="L"),
    Derived(color=(0.5, 1, 0), other=[5, 6]),
    Derived(flag=None),
    Coop("e", color=(0, 0, 0)),
    Coop("f", 7, label=None),
]:
    print(
        type(b).__name__,
        b.size,
        b.color,
        b.label,
        b.weight,
        b.color[0] * 2,
        getattr(b, "other", None),
        getattr(b, "flag", None),
    )
print(area(w=2, h=3), area(w=2.5, h=2), area(w=1), area(h=2, q=9))
print(forward(x=1), forward(x="s", z=3), forward(y=0, x=None))
print(popping(x=1), popping(first=[1], x=2, second=2), popping(x=1, y=9, first="a"))
for bad in (
    lambda: forward(y=1),
    lambda: forward(x=1, q=2),
    lambda: Coop("a", size=4),
    lambda: popping(first=3),
):
    try:
        print(bad())
    except TypeError as e:
        print(e)
settings = {"size": 5, "label": "from dict"}
print(Base(**settings).size + 1, Base(**settings).label, Base(color=(9,), **settings).color)
d = Derived(other=[1.5, 2])
d.other.append("x")
print(d.other)


class Shape:
    def __init__(self, **options):
        self.width = options.get("width", 2)
        self.origin = options.get("origin", (0.0, 0.0))
        self.tags = options.pop("tags", None) or []

    def scaled(self, **options):
        return Shape(width=self.width * options["by"], **options)


class Box(Shape):
    def __init__(self, height=1, **options):
        super().__init__(**options)
        self.height = height
        self.solid = "solid" not in options

    def volume(self):
        return self.width * self.height + self.origin[0] * 0.5


for shape in (
    Box(),
    Box(3, width=4),
    Box(origin=(1.0, 2.0), height=2),
    Box(tags=["a"], solid=None),
):
    print(shape.volume(), shape.width + 1, shape.origin[1], shape.tags, shape.solid)
print(Shape(width=3).scaled(by=2).width, Shape().scaled(by=5, origin=(3.0, 4.0)).origin)


def lazily(**given):
    def look():
        return given.get("n", 10) * 2, "n" in given

    return look


print(lazily()(), lazily(n=4)())


def nobody(**given):
    print(given.get("unknown"), given.get("other", "default"), given.pop("third", 3) + 1)
    return given["missing"]


try:
    nobody(here=1)
except KeyError as e:
    print("KeyError", e)


def shapes(**given):
    kept = given.get("shape")
    return 0 if kept is None else kept.volume()


print(shapes(), shapes(shape=Box(7)), shapes(shape=Box(height=1, width=9)))


def outer(*args, **kw):
    return inner(*args, **kw)


def inner(a, b=2.5, *more, c="c", **rest):
    return a, b, more, c, rest.get("d", 0), rest.get("e")


print(outer(1), outer(1, 2, 3, c="x", d=4), outer(a=1, e=[1]), outer(0, d=2.5, b=None))
call = outer
print(call(5, c=6, d=7), [f(1, d=1) for f in (outer, inner)])
nested = {"d": 1.5, "c": "from dict"}
print(outer(9, **nested), inner(9, **nested, e=1))
shared = [1, 2]
holder = Shape(tags=shared)
holder.tags.append(3)
print(shared, holder.tags is shared)
