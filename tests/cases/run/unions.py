"""Objects of unrelated classes in one slot: lists, fields, parameters, results, dicts, sets."""

import copy
import math


class Circle:
    sides = 0

    def __init__(self, r):
        self.r = r
        self.tag = None

    def area(self):
        return math.pi * self.r * self.r

    def scaled(self, k):
        return Circle(self.r * k)

    def __repr__(self):
        return f"Circle({self.r})"


class Square:
    sides = 4

    def __init__(self, s, name="sq"):
        self.s = s
        self.name = name
        self.tag = 0

    def area(self):
        return self.s * self.s

    def scaled(self, k, *, name=None):
        return Square(self.s * k, name or self.name)

    def diagonal(self):
        return math.sqrt(2) * self.s

    @property
    def perimeter(self):
        return 4 * self.s

    def __repr__(self):
        return f"Square({self.s}, {self.name!r})"

    def __str__(self):
        return "[]"

    def __len__(self):
        return self.s

    def __bool__(self):
        return self.s > 2


class Cube(Square):
    def area(self):
        return 6 * super().area()

    def __str__(self):
        return "[[]]"


class Plain:
    def area(self):
        return None

    def __repr__(self):
        return "plain"


shapes = [Circle(1), Square(2), Cube(3, "cube"), Circle(0.5), Plain()]
for shape in shapes:
    area = shape.area()
    print(type(shape).__name__, area if area is None else round(area, 3), bool(shape))
print(shapes[0], shapes[1], shapes[2], shapes[:3])
print([type(s) is Square for s in shapes], [isinstance(s, Square) for s in shapes])
print([isinstance(s, (Circle, Plain)) for s in shapes], isinstance(shapes[0], object))


def describe(shape):
    if isinstance(shape, Circle):
        return f"round {shape.r}"
    if isinstance(shape, Cube):
        return f"cube {shape.s} {shape.perimeter}"
    if isinstance(shape, Square):
        return f"square {shape.s} {shape.diagonal():.3f}"
    return "nothing"


for shape in shapes:
    print(describe(shape))


def pick(shape):
    match shape:
        case Circle(r=r) if r > 0.7:
            return ("big", r)
        case Circle(r=r):
            return ("small", r)
        case Square(s=s, name=name):
            return ("square", s, name)
        case _:
            return None


print([pick(s) for s in shapes])
print(sorted(shapes[:4], key=lambda s: s.area()))
print(max(shapes[:4], key=lambda s: s.area()), min(shapes[:3], key=lambda s: -s.area()))
print([s.sides if hasattr(s, "sides") else "?" for s in shapes])

# One attribute, several types; stored and read through the slot.
for i, shape in enumerate(shapes[:4]):
    shape.tag = i * 10
    shape.note = "n" + str(i)
print([(s.tag, s.note) for s in shapes[:4]])
for shape in shapes[:4]:
    shape.tag += 1
print([s.tag for s in shapes[:4]])
del shapes[0].note
try:
    print([s.note for s in shapes[:2]])
except AttributeError as e:
    print(e)

# Methods with different signatures.
for shape in shapes[:3]:
    print(shape.scaled(2))
    try:
        print(shape.scaled(3, name="big"))
    except TypeError as e:
        print(e)

# None, dicts, sets, tuples, identity.
best = None
for shape in shapes[:4]:
    if best is None or shape.area() > best.area():
        best = shape
print(
    best, best is shapes[2], best is shapes[0], best == shapes[2], best != shapes[1], best in shapes
)
count = {}
for shape in shapes + shapes[1:3]:
    count[shape] = count.get(shape, 0) + 1
print(list(count.values()), count[shapes[1]], shapes[3] in count)
print(len({*shapes, shapes[0]}), len(set(shapes) & {shapes[1]}))
pairs = [(s, s.area()) for s in shapes[:3]] + [(None, 0)]
for s, a in pairs:
    print("none" if s is None else s, round(a, 2))
first, *rest = shapes[:3]
print(first, rest)
by_name = {"c": shapes[0], "s": shapes[1]}
print(by_name["s"], by_name.get("c"), by_name.get("x"), f"{by_name['s']!s:>4}{by_name['c']!r:>12}")


class Holder:
    def __init__(self, inner):
        self.inner = inner

    def swap(self, other):
        self.inner, old = other, self.inner
        return old


holder = Holder(shapes[0])
print(holder.swap(shapes[1]), holder.inner, holder.inner.sides, len(holder.inner))
nested = Holder(Holder(Circle(9)))
print(nested.inner.inner)
holders = [Holder(Circle(1)), Holder(Square(5))]
print(sum(h.inner.area() for h in holders) > 28, [h.inner for h in holders])
copied = copy.deepcopy(holders)
copied[0].inner.r = 100
print(holders[0].inner, copied[0].inner, copied[1].inner)
print(copy.copy(shapes[1]), copy.copy(shapes)[1] is shapes[1])

# Into dynamic code and back.
mixed = [*shapes[:3], 7, "text", None]
back = [m for m in mixed if isinstance(m, (Circle, Square))]
print(mixed[:3], back, [m.area() for m in back[1:]])
anything = {"shape": shapes[1], "n": 3}
anything["shape"].s = 11
print(shapes[1], anything["shape"] is shapes[1], anything)
name = "area"
print([round(getattr(s, name)(), 2) for s in shapes[:3]], getattr(shapes[0], "zzz", "default"))
methods = [s.area for s in shapes[:3]]
print([round(m(), 2) for m in methods])
print(any(shapes), all(shapes), [s for s in shapes if s])


def make(kind):
    return Circle(2) if kind == "c" else Square(2) if kind == "s" else None


for kind in "csx":
    made = make(kind)
    print(made and made.area(), "yes" if made else "no", made is None)


def swap(a, b):
    return b, a


print(swap(Circle(1), Square(1)), swap(Square(1), Circle(1)))
while shapes:
    last = shapes.pop()
    if isinstance(last, Square) and not isinstance(last, Cube):
        break
print(last.s, len(shapes))
last = make("x")
print(last.area())
