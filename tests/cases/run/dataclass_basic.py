"""Dataclasses: repr, equality, defaults, order, frozen and methods."""

from dataclasses import dataclass, field


@dataclass
class Point:
    x: int
    y: int = 0

    def moved(self, dx: int, dy: int) -> "Point":
        return Point(self.x + dx, self.y + dy)


@dataclass
class Order:
    name: str
    price: float
    tags: list[str] = field(default_factory=list)
    history: dict[str, int] = field(default_factory=dict)
    active: bool = True

    def total(self, quantity: int) -> float:
        self.history[self.name] = self.history.get(self.name, 0) + quantity
        return self.price * quantity


@dataclass(order=True, frozen=True)
class Version:
    major: int
    minor: int = 0
    label: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        return f"v{self.major}.{self.minor}"


@dataclass
class Rectangle:
    width: float
    height: float
    area: float = field(init=False)

    def __post_init__(self) -> None:
        self.area = self.width * self.height


p = Point(1)
q = p.moved(2, 3)
print(p, q, p == Point(1, 0), p != q, p is Point(1), [p, q], Point(y=5, x=6))
p.x += 10
print(p, p.x, p == Point(11))
a, b = Order("pen", 1.5), Order("ink", 2.25, ["blue"])
a.tags.append("new")
print(a.total(4), b.total(2), a.total(1))
print(a, b, a == Order("pen", 1.5, ["new"], {"pen": 5}), a.tags is b.tags)
versions = [Version(1, 5), Version(1, 2, "beta"), Version(0, 9)]
print(
    sorted(versions),
    max(versions).text,
    Version(1) < Version(1, 1),
    Version(2) >= Version(2),
    Version(1, 2) == Version(1, 2, "x"),
)
print({Version(1): "one"}[Version(1, 0)], len({Version(1), Version(1), Version(2)}))
try:
    versions[0].major = 7
except AttributeError as e:
    print(type(e).__name__, e)
print(Rectangle(2.0, 3.5), Rectangle(1.0, 1.0).area)
