"""Chance is an argument: what a simulation draws from. `random.Random` is one."""

from __future__ import annotations

from typing import Protocol


class Chance(Protocol):
    """The same seed, the same draws."""

    def random(self) -> float:
        """From 0 up to, but not, 1."""
        ...

    def expovariate(self, lambd: float) -> float:
        """The time to the next of events that come `lambd` times in a unit of time."""
        ...

    def uniform(self, a: float, b: float) -> float: ...

    def randrange(self, stop: int, /) -> int: ...

    def getrandbits(self, count: int, /) -> int: ...
