"""What a priority means to the scheduler: a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portalis.workload.model.job import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityClass:
    """base: rank of a unit that has just become ready. top: what waiting can raise it to;
    below interactive's base for all others, so that no age overtakes an interactive unit.
    preempts: it may have others killed. killable: it may be killed for those; a class that
    is not gives way when a unit of it ends."""

    base: int
    top: int
    preempts: bool = False
    killable: bool = False


CLASSES: Final[Mapping[Priority, PriorityClass]] = {
    Priority.INTERACTIVE: PriorityClass(base=100, top=100, preempts=True),
    Priority.BATCH: PriorityClass(base=50, top=90),
    Priority.TRAINING: PriorityClass(base=30, top=90),
    Priority.LOW_PRIORITY: PriorityClass(base=10, top=90, killable=True),
}
BOOST: Final = 10
BOOST_EVERY_MS: Final = 60_000


def rank(priority: Priority, waited_ms: int) -> int:
    """The rank of something that has waited for this long: higher goes first."""
    found = CLASSES[priority]
    return min(found.top, found.base + BOOST * (max(waited_ms, 0) // BOOST_EVERY_MS))
