"""match: literals, captures, sequences, mappings, classes, guards, or, as."""

from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int


class Circle:
    __match_args__ = ("radius",)

    def __init__(self, radius):
        self.radius = radius


def describe(value):
    match value:
        case None:
            return "none"
        case True | False:
            return f"bool {value}"
        case 0:
            return "zero"
        case int() if value < 0:
            return "negative int"
        case int(n):
            return f"int {n}"
        case float():
            return "float"
        case "" | "empty":
            return "empty string"
        case str() as s:
            return f"str of {len(s)}"
        case []:
            return "empty list"
        case [x]:
            return f"one {x}"
        case [first, second]:
            return f"two {first} {second}"
        case [first, *rest]:
            return f"many {first} +{len(rest)}"
        case {"type": "circle", "r": r}:
            return f"circle map {r}"
        case {"type": kind, **others}:
            return f"map {kind} {sorted(others)}"
        case Point(x=0, y=0):
            return "origin"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case Point(x=px):
            return f"point at x={px}"
        case Circle(r):
            return f"circle {r}"
        case _:
            return "something else"


values = [
    None,
    True,
    0,
    -5,
    7,
    2.5,
    "",
    "word",
    [],
    [1],
    [1, 2],
    (1, 2, 3),
    {"type": "circle", "r": 2},
    {"type": "sq", "side": 1},
    {},
    Point(0, 0),
    Point(2, 2),
    Point(1, 9),
    Circle(3),
    {1, 2},
]
for v in values:
    print(describe(v))


def run(command: str) -> str:
    match command.split():
        case ["quit" | "exit"]:
            return "bye"
        case ["go", ("north" | "south" | "east" | "west") as direction]:
            return f"going {direction}"
        case ["go", other]:
            return f"cannot go {other}"
        case ["take", *items] if items:
            return "took " + ", ".join(items)
        case [verb, _, _]:
            return f"{verb} with two"
        case _:
            return f"what is {command!r}?"


for command in ("quit", "go north", "go up", "take a b", "take", "put x y", ""):
    print(run(command))
status = 404
match status:
    case 200:
        print("ok")
    case 404 | 410:
        print("gone")
