"""What was decided, counted: why jobs wait, why nodes are asked for, in which market.

    decisions, scaling -> counts, written to the store now and then

A controller that dies leaves out the last moment's: they are for people, nothing is decided by
them.
"""

from __future__ import annotations

from collections import Counter

from portalis.workload.control.scaling import Scaling
from portalis.workload.model.snapshot import Decisions
from portalis.workload.model.tally import Choice, Chosen
from portalis.workload.ports import State

WRITE_MS = 1_000


class Choices:
    """What the leading controller notes."""

    def __init__(self, state: State, scaling: Scaling | None) -> None:
        self._state = state
        self._scaling = scaling
        self._waiting: frozenset[tuple[str, str]] = frozenset()
        self._counts: Counter[Choice] = Counter()
        self._write_ms = 0

    def step(self, decided: Decisions, now_ms: int) -> None:
        """decided: the last ones. Raises Unavailable."""
        waiting = frozenset((wait.job_id, wait.reason.value) for wait in decided.waits)
        for _, reason in waiting - self._waiting:
            self._counts[Chosen.WAIT, "", reason] += 1
        self._waiting = waiting
        if self._scaling is not None:
            self._counts += self._scaling.chosen
            self._scaling.chosen.clear()
        if self._counts and now_ms >= self._write_ms:
            self._write_ms = now_ms + WRITE_MS
            self._state.add_choices(self._counts)
            self._counts.clear()
