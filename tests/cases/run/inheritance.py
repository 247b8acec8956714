"""Base classes, overriding, super, virtual calls, isinstance, class attributes."""

from __future__ import annotations


class Shape:
    kind = "shape"
    created: list[str] = []

    def __init__(self, name: str) -> None:
        self.name = name
        Shape.created.append(name)

    def area(self) -> float:
        raise NotImplementedError("area")

    def describe(self) -> str:
        return f"{self.kind} {self.name}: {self.area():.2f}"

    def __lt__(self, other: Shape) -> bool:
        return self.area() < other.area()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name})"


class Rectangle(Shape):
    kind = "rect"

    def __init__(self, name: str, w: float, h: float) -> None:
        super().__init__(name)
        self.w = w
        self.h = h

    def area(self) -> float:
        return self.w * self.h


class Square(Rectangle):
    def __init__(self, side: float) -> None:
        super().__init__(f"sq{side}", side, side)

    def describe(self) -> str:
        return "[" + super().describe() + "]"


class Circle(Shape):
    kind = "circle"

    def __init__(self, r: float) -> None:
        Shape.__init__(self, "c")
        self.r = r

    def area(self) -> float:
        return 3.14 * self.r**2


class Label(Shape):
    pass


shapes: list[Shape] = [Rectangle("r", 2, 3), Square(2.0), Circle(1.0), Label("l")]
for s in shapes:
    try:
        print(
            s.describe(),
            s.kind,
            isinstance(s, Rectangle),
            isinstance(s, Shape),
            type(s) is Rectangle,
        )
    except NotImplementedError as e:
        print(repr(s), "has no", e)
print(sorted(shapes[:3]), max(shapes[:3]), Shape.created, Square.created is Shape.created)
print(
    issubclass(Square, Shape),
    issubclass(Circle, (int, Rectangle)),
    Square.kind,
    Square.__name__,
    Square.__bases__[0].__name__,
)
Rectangle.kind = "oblong"
print(Square.kind, Shape.kind, shapes[1].kind)
shapes[1].kind = "mine"
print(shapes[1].kind, Square.kind, [c.__name__ for c in Square.__mro__])


class A:
    def run(self):
        return ["A"] + self.hook()

    def hook(self):
        return ["A.hook"]


class B(A):
    def hook(self):
        return ["B.hook"] + super().hook()


class C(A):
    def hook(self):
        return ["C.hook"] + super().hook()


class D(B, C):
    def run(self):
        return ["D"] + super().run()


print(D().run(), B().run(), [k.__name__ for k in D.__mro__])
