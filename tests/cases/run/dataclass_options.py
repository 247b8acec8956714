"""Dataclass inheritance, order, frozen replace, kw_only, class variables, asdict."""

from dataclasses import asdict, astuple, dataclass, field, fields, replace
from typing import ClassVar, Optional


@dataclass
class Animal:
    name: str
    legs: int = 4
    population: ClassVar[int] = 0

    def __post_init__(self) -> None:
        Animal.population += 1

    def speak(self) -> str:
        return "..."


@dataclass
class Dog(Animal):
    breed: str = "mutt"
    tricks: list[str] = field(default_factory=list, repr=False)

    def speak(self) -> str:
        return f"{self.name} says woof"


@dataclass(order=True)
class Task:
    priority: int
    name: str = field(compare=False)
    done: bool = field(default=False, compare=False, repr=False)


@dataclass(frozen=True)
class Coord:
    lat: float
    lon: float

    def __add__(self, other: "Coord") -> "Coord":
        return Coord(self.lat + other.lat, self.lon + other.lon)


@dataclass(kw_only=True)
class Options:
    verbose: bool = False
    level: int


@dataclass(eq=False)
class Entity:
    id: int


@dataclass
class TreeNode:
    value: int
    left: Optional["TreeNode"] = None
    right: Optional["TreeNode"] = None

    def total(self) -> int:
        return self.value + sum(c.total() for c in (self.left, self.right) if c)


d = Dog("Rex", breed="lab")
d.tricks.append("sit")
print(
    d,
    d.speak(),
    d == Dog("Rex", 4, "lab", ["sit"]),
    d == Dog("Rex", 4, "lab"),
    Animal.population,
    Animal("x").speak(),
)
tasks = [Task(3, "c"), Task(1, "a"), Task(2, "b"), Task(1, "z")]
print(sorted(tasks), min(tasks), Task(1, "q") == Task(1, "r"), Task(1, "a") <= Task(1, "b"))
c = Coord(1.5, 2.0)
print(
    c + c,
    replace(c, lon=9.0),
    hash(c) == hash(Coord(1.5, 2.0)),
    {c: 1}[Coord(1.5, 2.0)],
    asdict(c),
    astuple(c),
)
try:
    c.lat = 2.0
except Exception as e:
    print(type(e).__name__, e)
print(Options(level=3), Options(verbose=True, level=0), Entity(1) == Entity(1))
tree = TreeNode(1, TreeNode(2), TreeNode(3, TreeNode(4)))
print(tree, tree.total(), [f.name for f in fields(d)], asdict(d))
try:
    Dog()
except TypeError as e:
    print(e)
