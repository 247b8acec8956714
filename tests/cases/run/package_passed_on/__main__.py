"""What a module of the program passes on is what it was; a local name hides an import there."""

import dataclasses as d
import re

import compat
from compat import Enum, dataclass, lru_cache, t


class Shade(Enum):
    DARK = 0
    LIGHT = 1


@dataclass
class Point:
    x: int
    y: int = 0


@d.dataclass(order=True)
class Level:
    value: int


class Pair(t.NamedTuple):
    left: str
    right: str = "r"


class Tone(compat.Enum):
    LOW = 1


@t.overload
def twice(x: int) -> int: ...
@t.overload
def twice(x: str) -> str: ...
def twice(x):
    return x + x


@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


class Adder:
    @t.overload
    def add(self, x: int, y: int = ...) -> int: ...
    @t.overload
    def add(self, x: str, y: str = ...) -> str: ...
    def add(self, x, y=None):
        return x if y is None else x + y


def hides(re, t):
    d = {"dataclass": re}
    return [re.upper() for re in t], d


def words(text):
    return re.findall(r"\w+", text)


print(Shade.LIGHT, Shade(0), Tone.LOW, list(Shade))
print(Point(1), Level(1) < Level(2), Pair("l"), compat.Named(1))
print(twice(2), twice("a"), fib(30), Adder().add("a"), Adder().add(1, 2))
print(hides("r", ["a", "b"]), words("to be"))
