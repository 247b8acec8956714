"""One job's fault is that job's: what fails for all at once is done again in ever smaller parts,
until what fails by itself is alone.

What the world does (a store that is away, another controller that leads) is nobody's fault, and
is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from portalis.core.faults import Fault, attempt
from portalis.workload.ports import Deposed, Unavailable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _OfTheWorld:
    error: Exception


def attempted(work: Callable[[], T]) -> T | Fault:
    """What `work` makes, or how it failed by a bug of ours or by what is stored. Raises
    Unavailable, Deposed."""
    found = attempt(partial(_with_the_world, work))
    if isinstance(found, _OfTheWorld):
        raise found.error
    return found


def _with_the_world(work: Callable[[], T]) -> T | _OfTheWorld:
    try:
        return work()
    except (Unavailable, Deposed) as error:
        return _OfTheWorld(error)


def apart(pieces: Sequence[T], work: Callable[[Sequence[T]], object]) -> Sequence[tuple[T, Fault]]:
    """Do the work on all of them, and on halves where that fails: the pieces on which it fails
    alone, with how. It has to be all or nothing, or the same when it is done again."""
    if not pieces:
        return ()
    found = attempted(partial(work, pieces))
    if not isinstance(found, Fault):
        return ()
    if len(pieces) == 1:
        return ((pieces[0], found),)
    middle = len(pieces) // 2
    return (*apart(pieces[:middle], work), *apart(pieces[middle:], work))
