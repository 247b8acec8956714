"""Workers: which there are goes from the executor to the store, which are drained back from it."""

from __future__ import annotations

from collections.abc import Mapping

from portalis.workload.ports import Executor, State

# Whoever drains one waits for seconds at least.
LOOK_MS = 500


class Staff:
    """What the leading controller does about workers."""

    def __init__(self, state: State, executor: Executor) -> None:
        self._state = state
        self._executor = executor
        self._told: Mapping[str, int] | None = None
        self._look_ms = 0

    def forget(self) -> None:
        """Another controller may have told of others."""
        self._told = None
        self._look_ms = 0

    def step(self, now_ms: int) -> None:
        """Raises Unavailable."""
        if now_ms < self._look_ms:
            return
        self._look_ms = now_ms + LOOK_MS
        places = dict(self._executor.places)
        if places != self._told:
            self._state.keep_workers(places, now_ms)
            self._told = places
        workers = self._state.workers()
        self._executor.drain({w.place: w.drain_ms for w in workers if w.drain_ms is not None})
