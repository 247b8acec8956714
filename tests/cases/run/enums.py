"""Enum, IntEnum, auto, members, methods, lookup and iteration."""

from enum import Enum, IntEnum, auto


class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1

    def mixed(self) -> bool:
        return self is not Color.RED

    @property
    def hex(self) -> str:
        return {1: "#f00", 2: "#0f0", 3: "#00f"}[self.value]


class Priority(IntEnum):
    LOW = 10
    MEDIUM = 20
    HIGH = 30


class State(Enum):
    IDLE = auto()
    RUNNING = auto()
    DONE = "done"


class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)

    def __init__(self, mass: float, radius: float) -> None:
        self.mass = mass
        self.radius = radius

    def density(self) -> float:
        return self.mass / self.radius**3


TRANSITIONS = {State.IDLE: [State.RUNNING], State.RUNNING: [State.IDLE, State.DONE], State.DONE: []}


def move(a: State, b: State) -> State:
    if b not in TRANSITIONS[a]:
        raise ValueError(f"{a.name} -> {b.name}")
    return b


print(
    Color.RED,
    repr(Color.RED),
    Color.RED.name,
    Color.GREEN.value,
    Color.CRIMSON,
    Color.CRIMSON is Color.RED,
)
print(
    list(Color),
    [c.hex for c in Color],
    len(Color),
    Color(2),
    Color["BLUE"],
    Color.BLUE.mixed(),
    Color.RED in Color,
)
print(
    Color.RED == Color.RED,
    Color.RED == 1,
    Color.RED != Color.BLUE,
    f"{Color.RED} {Color.GREEN!r}",
    [Color.RED],
)
for bad in (lambda: Color(9), lambda: Color["PINK"]):
    try:
        bad()
    except (ValueError, KeyError) as e:
        print(type(e).__name__, e)
print(
    Priority.HIGH > Priority.LOW,
    Priority.LOW == 10,
    Priority.MEDIUM + 1,
    sorted([Priority.HIGH, Priority.LOW]),
    max(Priority),
)
print(
    repr(Priority.LOW),
    Priority(20).name,
    int(Priority.HIGH),
    f"{Priority.LOW:>4}",
    [10, 20][Priority.LOW == 10],
)
print(
    State.IDLE.value,
    State.RUNNING.value,
    State.DONE.value,
    {State.IDLE: "i"}[State.IDLE],
    hash(State.DONE) == hash(State.DONE),
)
state = State.IDLE
state = move(state, State.RUNNING)
state = move(state, State.DONE)
print(state)
try:
    move(state, State.IDLE)
except ValueError as e:
    print(e)
print(
    [(p.name, round(p.density(), 4)) for p in Planet],
    Planet.MARS.mass,
    isinstance(Color.RED, Color),
)
