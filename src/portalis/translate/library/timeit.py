"""Timing of functions; code in texts is not run."""

from __future__ import annotations

import time
from typing import Any

default_number = 1000000
default_repeat = 5


def default_timer() -> float:
    return time.perf_counter()


def _checked(what: Any) -> Any:
    if isinstance(what, str):
        raise NotImplementedError("timeit: code in a text is not translated")
    if not callable(what):
        raise ValueError("stmt is neither a string nor callable")
    return what


def _nothing() -> None:
    pass


class Timer:
    def __init__(self, stmt: Any = _nothing, setup: Any = _nothing) -> None:
        self._stmt = _checked(stmt)
        self._setup = _checked(setup)

    def timeit(self, number: int = default_number) -> float:
        self._setup()
        run = self._stmt
        started = time.perf_counter()
        for _ in range(number):
            run()
        return time.perf_counter() - started

    def repeat(self, repeat: int = default_repeat, number: int = default_number) -> list[float]:
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self) -> tuple[int, float]:
        size = 1
        while True:
            for digit in (1, 2, 5):
                number = size * digit
                taken = self.timeit(number)
                if taken >= 0.2:
                    return (number, taken)
            size *= 10


def timeit(stmt: Any = _nothing, setup: Any = _nothing, *, number: int = default_number) -> float:
    return Timer(stmt, setup).timeit(number)


def repeat(
    stmt: Any = _nothing, setup: Any = _nothing, *, repeat: int = default_repeat,
    number: int = default_number,
) -> list[float]:  # fmt: skip
    return Timer(stmt, setup).repeat(repeat, number)
