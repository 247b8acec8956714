"""Fields that methods assign that `__init__` calls, and those that are missed all the same."""

from __future__ import annotations

seen: list[object] = []


def attempt(make, read):
    try:
        print(read(make()))
    except (AttributeError, ValueError) as error:
        print(type(error).__name__, error)


class Clock:
    def __init__(self, start: int) -> None:
        self.reset(start)
        self.name = "clock"

    def reset(self, start: int) -> None:
        self.ticks = start
        self.fine = start / 2
        self.half()

    def half(self) -> None:
        self.fine = self.fine / 2
        self.big = self.ticks * 2**62

    def tick(self) -> float:
        self.ticks += 1
        return self.fine + self.ticks


clock = Clock(3)
print(clock.tick(), clock.tick(), clock.big, clock.name)
clock.reset(9)
print(clock.tick(), clock.ticks, clock.big)


class Leaves:
    def __init__(self, early: bool) -> None:
        self.setup(early)
        self.last = 1

    def setup(self, early: bool) -> None:
        self.first = 1
        if early:
            return
        self.second = 2


for early in (True, False):
    attempt(lambda: Leaves(early), lambda it: it.first)
    attempt(lambda: Leaves(early), lambda it: it.second)
    attempt(lambda: Leaves(early), lambda it: it.last)


class LeavesThenReads:
    def __init__(self, early: bool) -> None:
        self.setup(early)
        self.late = 1

    def setup(self, early: bool) -> None:
        if early:
            return
        print(self.late)


attempt(lambda: LeavesThenReads(True), lambda it: it.late)
attempt(lambda: LeavesThenReads(False), lambda it: it.late)


class Reads:
    def __init__(self) -> None:
        self.show()
        self.x = 4

    def show(self) -> None:
        try:
            print(self.x)
        except AttributeError as error:
            print(error)


print(Reads().x)


class Base:
    def __init__(self) -> None:
        self.setup()

    def setup(self) -> None:
        self.x = 1


class Forgets(Base):
    def setup(self) -> None:
        self.y = 2


attempt(lambda: Base(), lambda it: it.x)
attempt(lambda: Forgets(), lambda it: it.y)
print(hasattr(Forgets(), "x"))


class AsksSuper(Base):
    def __init__(self) -> None:
        self.total = self.sum()
        self.z = 3

    def sum(self) -> int:
        try:
            return self.z
        except AttributeError:
            return -1


class AsksAgain(AsksSuper):
    def __init__(self) -> None:
        got = super().sum()
        self.z = got


print(AsksSuper().total, AsksSuper().z, AsksAgain().z)


class Fails:
    def __init__(self, value: int) -> None:
        seen.append(self)
        self.setup(value)

    def setup(self, value: int) -> None:
        if value < 0:
            raise ValueError("below zero")
        self.value = value


def last() -> Fails:
    it = seen[-1]
    assert isinstance(it, Fails)
    return it


attempt(lambda: Fails(5), lambda it: it.value)
attempt(lambda: Fails(-5), lambda it: it.value)
attempt(last, lambda it: it.value)


class Itself:
    def __init__(self, depth: int) -> None:
        self.fill(depth)

    def fill(self, depth: int) -> None:
        if depth > 0:
            self.fill(depth - 1)
        self.depth = depth


print(Itself(3).depth)


class Other:
    def __init__(self, other: Other | None) -> None:
        self.take(other)

    def take(self, other: Other | None) -> None:
        if other is not None:
            self = other
        self.mark = 7


one = Other(None)
attempt(lambda: Other(one), lambda it: it.mark)
