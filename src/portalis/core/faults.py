"""Our own bugs as values: the one place where any exception is caught.

A unit of work (a function, a pass, a reading of the sources) that ends in an exception
of ours becomes a `Fault`, and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
E = TypeVar("E", bound=Exception)


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong, and where in our own code. too_deep: it was the recursion limit."""

    text: str
    too_deep: bool = False

    @property
    def code(self) -> str:
        return "PT801" if self.too_deep else "PT903"

    def __str__(self) -> str:
        return "the code is nested too deeply" if self.too_deep else self.text


def attempt(work: Callable[[], T], *outcomes: type[E]) -> T | E | Fault:
    """What `work` makes, or how it failed. `outcomes`: exceptions that it may end with by right;
    who keeps one does not keep the frames that it went through."""
    try:
        return work()
    except outcomes as ended:
        return ended.with_traceback(None)
    except RecursionError as error:
        return Fault(describe(error), too_deep=True)
    except Exception as error:  # noqa: BLE001 - our bugs are reported, once a unit
        return Fault(describe(error))


def describe(error: BaseException) -> str:
    """The exception and the line that raised it, in one line of text."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = ""
    if last is not None:
        name = last.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2]
        where = f" ({name}:{last.tb_lineno})"
    said = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {said}{where}"
