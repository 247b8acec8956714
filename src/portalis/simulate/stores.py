"""The stores of a simulated plane: in memory, with nothing that a disk would add."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from portalis.storage.state_memory import MemoryState
from portalis.workload.model.changes import Changes
from portalis.workload.model.job import Job
from portalis.workload.model.retry import Cause
from portalis.workload.model.transitions import UnitState
from portalis.workload.ports import CacheStats, ObjectInfo


class WatchedState(MemoryState):
    """The facts; `on_job` is told of each job that is written."""

    def __init__(self, on_job: Callable[[Job], None]) -> None:
        super().__init__()
        self._on_job = on_job
        self.preempted = 0

    @property
    def ready_units(self) -> int:
        """Of all jobs."""
        return len(self._in_state[UnitState.READY])

    def commit(self, changes: Changes) -> None:
        super().commit(changes)
        self.preempted += sum(each.cause is Cause.PREEMPTED for each in changes.attempts)
        for job in changes.jobs:
            self._on_job(job)


class DictObjects:
    """Objects in a dictionary."""

    def __init__(self) -> None:
        self._objects: dict[str, bytes] = {}

    def put(self, key: str, content: bytes) -> None:
        self._objects[key] = content

    def put_new(self, key: str, content: bytes) -> bool:
        if key in self._objects:
            return False
        self._objects[key] = content
        return True

    def get(self, key: str) -> bytes:
        return self._objects[key]

    def size_bytes(self, key: str) -> int | None:
        found = self._objects.get(key)
        return None if found is None else len(found)

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        return iter(
            ObjectInfo(key=key, size_bytes=len(content), modified_ms=0)
            for key, content in sorted(self._objects.items())
            if not prefix or key.startswith(f"{prefix}/")
        )

    def delete(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._objects.pop(key, None)

    def put_aside(self, key: str) -> None:
        """Nothing is ever put aside here."""


class DictCache:
    """A cache that forgets nothing, or, with `keeps` not set, everything."""

    def __init__(self, keeps: bool) -> None:
        self._keeps = keeps
        self._values: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self._values.get(key)

    def put(self, key: str, value: bytes, span_ms: int) -> None:
        del span_ms
        if self._keeps:
            self._values[key] = value

    def delete(self, key: str) -> None:
        self._values.pop(key, None)

    def stats(self) -> CacheStats:
        return CacheStats(entries=len(self._values))

    def fault(self) -> str:
        return ""

    def close(self) -> None:
        """Nothing is to be closed."""
