"""What of the store one tick sees: the oldest jobs of each tenant and class, at first a few.

So a tick costs what may begin in it and how many tenants there are, not how much waits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final, Protocol

from portalis.core.ids import JobId
from portalis.workload.model.snapshot import Decisions, Group, ReadyUnit, World

# So many times as many jobs are looked at as before.
FURTHER: Final = 8


class Seen(Protocol):
    """What of `State` is looked at."""

    def world(self, window: int, jobs: int) -> World: ...

    def ready(self, window: int, jobs: int, groups: Collection[Group]) -> Sequence[ReadyUnit]: ...


class Look:
    """window: units of each job. jobs: of each tenant and class, at first.

    world: what is seen. cut: groups of which there may be more jobs that have something ready.
    """

    def __init__(self, state: Seen, window: int, jobs: int) -> None:
        self._state = state
        self._window = window
        self._jobs = jobs
        self.world: World = state.world(window, jobs)
        self.cut = _with_as_many(self.world.ready, jobs)

    def further(self, groups: Collection[Group], most: int, jobs: int = 0) -> bool:
        """See more of these: `jobs` of each, or several times as many as before, at most `most`.
        False: so many were seen already."""
        wanted = min(most, max(jobs, 0) or self._jobs * FURTHER)
        if wanted <= self._jobs:
            return False
        self._jobs = wanted
        more = self._state.ready(self._window, wanted, groups)
        kept = (unit for unit in self.world.ready if (unit.tenant_id, unit.priority) not in groups)
        self.world = replace(self.world, ready=(*kept, *more))
        self.cut = frozenset(self.cut.difference(groups) | _with_as_many(more, wanted))
        return True


def decided(look: Look, tick: Callable[[Look], Decisions], most: int) -> Decisions:
    """What is decided once enough is seen: of a group that has room beyond what is seen of it
    more jobs are looked at, up to `most`."""
    while True:
        found = tick(look)
        if not found.short or not look.further(found.short, most):
            return found


def _with_as_many(ready: Iterable[ReadyUnit], jobs: int) -> frozenset[Group]:
    found: dict[Group, set[JobId]] = defaultdict(set)
    for unit in ready:
        found[unit.tenant_id, unit.priority].add(unit.job_id)
    return frozenset(group for group, seen in found.items() if len(seen) >= jobs)
