import functools
from contextlib import contextmanager, suppress, closing, nullcontext
from dataclasses import dataclass, field, InitVar, FrozenInstanceError
import dataclasses
from enum import Enum, IntEnum, StrEnum, auto, unique
from functools import lru_cache, cache, wraps, total_ordering, cached_property, partial
from typing import NamedTuple, ClassVar


@total_ordering
class Version:
    def __init__(self, major, minor):
        self.major = major
        self.minor = minor

    def __eq__(self, other):
        if not isinstance(other, Version):
            return NotImplemented
        return (self.major, self.minor) == (other.major, other.minor)

    def __lt__(self, other):
        if not isinstance(other, Version):
            return NotImplemented
        return (self.major, self.minor) < (other.major, other.minor)


print(Version(1, 2) < Version(1, 3), Version(1, 2) >= Version(1, 3), Version(2, 0) > Version(1, 9), Version(1, 0) <= Version(1, 0))
print(max(Version(1, 2), Version(3, 0)).major, sorted([Version(2, 1), Version(1, 5)])[0].minor)


@total_ordering
class Card:
    def __init__(self, rank):
        self.rank = rank

    def __eq__(self, other):
        return self.rank == other.rank

    def __lt__(self, other):
        return self.rank < other.rank


print(Card(1) <= Card(2), Card(3) > Card(2), Card(3) >= Card(3))


class Circle:
    def __init__(self, r):
        self.r = r

    @cached_property
    def area(self):
        print("computing")
        return 3 * self.r * self.r


c = Circle(2)
print(c.area, c.area)


@lru_cache(maxsize=2)
def square(n):
    print("square", n)
    return n * n


print(square(1), square(2), square(1), square(3), square(2))
print(square.cache_info())
square.cache_clear()
print(square(1))
print(square.cache_info())


@cache
def grid(r, c):
    if r == 0 or c == 0:
        return 1
    return grid(r - 1, c) + grid(r, c - 1)


print(grid(10, 10))


def solve(items):
    @lru_cache(None)
    def best(i, left):
        if i == len(items):
            return 0
        w, v = items[i]
        out = best(i + 1, left)
        if w <= left:
            out = max(out, v + best(i + 1, left - w))
        return out

    return best(0, 10)


print(solve([(3, 4), (4, 5), (7, 10)]))


def timer(func):
    """Counts."""
    count = 0

    @wraps(func)
    def wrapper(*args, **kwargs):
        nonlocal count
        count += 1
        result = func(*args, **kwargs)
        print(f"{func.__name__} call {count} -> {result}")
        return result

    return wrapper


def retry(times=3, *, verbose=False):
    def deco(fn):
        @functools.wraps(fn)
        def inner(*a, **k):
            last = None
            for attempt in range(times):
                try:
                    return fn(*a, **k)
                except ValueError as e:
                    last = e
                    if verbose:
                        print("retry", attempt, e)
            raise RuntimeError(f"failed after {times}") from last

        return inner

    return deco


@timer
def add(a, b=2):
    return a + b


@timer
def greet(name, *, greeting="hi"):
    return f"{greeting} {name}"


attempts = 0


@retry(times=4, verbose=True)
def flaky(n):
    global attempts
    attempts += 1
    if attempts < n:
        raise ValueError(f"attempt {attempts}")
    return attempts


@retry()
def hopeless():
    raise ValueError("no")


print(add(1), add(1, 5), add(b=1, a=9))
print(greet("bob"), greet("al", greeting="yo"))
print(flaky(3))
try:
    hopeless()
except RuntimeError as e:
    print(e, repr(e.__cause__))


def validate(func):
    def wrapper(self, value):
        if value < 0:
            raise ValueError("negative")
        return func(self, value)

    return wrapper


def logged(func):
    def wrapper(*args, **kwargs):
        print("log", func.__name__)
        return func(*args, **kwargs)

    return wrapper


class Account:
    def __init__(self):
        self.balance = 0

    @logged
    def deposit(self, amount, note=""):
        self.balance += amount
        return note or "ok"


acc = Account()
print(acc.deposit(5), acc.deposit(6, note="x"), acc.balance)


class Mode(StrEnum):
    READ = auto()
    WRITE = "w"


@unique
class Shape(Enum):
    SQUARE = "square"
    ROUND = "round"

    @classmethod
    def parse(cls, text):
        for s in cls:
            if s.value == text.lower():
                return s
        raise ValueError(f"bad shape {text}")

    @staticmethod
    def default():
        return Shape.SQUARE

    def __str__(self):
        return self.value.title()


print(Mode.READ, repr(Mode.WRITE), Mode.WRITE == "w", Mode("read"))
print(Shape.parse("ROUND"), Shape.default(), [str(s) for s in Shape], Shape["ROUND"].name, Shape("square") is Shape.SQUARE)
print({s: i for i, s in enumerate(Shape)}[Shape.ROUND], len(Shape), Shape.SQUARE in Shape, list(Shape.__members__))


@dataclass
class Base:
    id: int
    tags: list = field(default_factory=list)
    scale: InitVar[int] = 1
    kind: ClassVar[str] = "base"
    total: int = field(init=False, default=0)

    def __post_init__(self, scale):
        self.total = self.id * scale


@dataclass
class Derived(Base):
    name: str = "d"
    grid: list[list[int]] = field(default_factory=lambda: [[0] * 2 for _ in range(2)])


b = Base(2, scale=5)
d = Derived(3, ["t"], name="q")
d.grid[0][1] = 7
print(b, d, Derived(1).grid, Base.kind, b == Base(2, scale=5), b != d)


@dataclass(frozen=True, order=True)
class Money:
    amount: int
    currency: str = "EUR"

    def __post_init__(self):
        if self.amount < 0:
            raise ValueError("negative money")
        object.__setattr__(self, "currency", self.currency.upper())


m = Money(5, "usd")
try:
    m.amount = 6
except FrozenInstanceError as e:
    print("frozen", e)
try:
    m.amount = 7
except dataclasses.FrozenInstanceError as e:
    print("frozen", e)
print(m, Money(1) < Money(2), {m: 1}[Money(5, "USD")], m == (5, "USD"))
try:
    Money(1) < 3
except TypeError as e:
    print(e)
try:
    Money()
except TypeError as e:
    print(e)


@contextmanager
def managed(name, log):
    log.append(f"open {name}")
    yield len(log)
    log.append(f"close {name}")


log = []
with managed("a", log) as n:
    print(n)
with suppress(KeyError, IndexError):
    [][0]
    print("not here")


class Res:
    def __init__(self, n):
        self.n = n

    def close(self):
        print("closed", self.n)


with closing(Res(1)) as r:
    print(r.n)
with nullcontext(5) as five:
    print(five)
print(log)


class Point(NamedTuple):
    x: int
    y: int = 0
    label: str = ""

    def norm(self):
        return self.x**2 + self.y**2


def where(p):
    match p:
        case Point(x=0, y=0):
            return "origin"
        case Point(x=x, y=0):
            return f"x axis {x}"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case Point(label=str() as s) if s:
            return f"named {s}"
        case _:
            return "elsewhere"


for p in [Point(0), Point(3), Point(2, 2), Point(1, 2, "q"), Point(1, 2)]:
    print(where(p), p.norm())


def ev(e):
    match e:
        case ("num", n):
            return n
        case ("add", a, b):
            return ev(a) + ev(b)
        case ("mul", *args):
            out = 1
            for a in args:
                out *= ev(a)
            return out
        case ("neg", ("num", n)):
            return -n
        case [first, *_, last] if first == last:
            return 0
    return None


print(ev(("add", ("num", 1), ("mul", ("num", 2), ("num", 3), ("neg", ("num", 4))))), ev(["a", 1, "a"]), ev("zzz"))


def command(d):
    match d:
        case {"op": "move", "to": [x, y], **rest} if not rest:
            return f"move {x},{y}"
        case {"op": "say", "text": str(t) | int(t)}:
            return f"say {t}"
        case {"op": op}:
            return f"op {op}"
        case {}:
            return "empty"


print(command({"op": "move", "to": [1, 2]}), command({"op": "say", "text": 5}), command({"op": "x"}), command({}))


def counter():
    counter.calls += 1
    return counter.calls


counter.calls = 0
counter()
print(counter(), counter.calls)
