"""A world to run the clerk in: a store that fails and crashes on order, an executor whose
units die, hang and come back from the dead."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portalis.core.clock import ManualClock
from portalis.core.ids import AttemptId
from portalis.storage.state_memory import MemoryState
from portalis.workload.model.changes import Changes
from portalis.workload.model.payload import Work, plan_bytes
from portalis.workload.model.retry import Cause
from portalis.workload.model.snapshot import Gpu
from portalis.workload.model.unit import Engine, UnitKind, UnitPlan
from portalis.workload.ports import (
    ASIDE,
    Alive,
    CacheStats,
    Finished,
    Lost,
    News,
    ObjectInfo,
    Task,
    Unavailable,
)
from tests.simulate.invariants import Checker

# As often as a real executor says what is alive.
HEARTBEAT_MS = 1_000


class Crash(BaseException):
    """The process ends here."""


@dataclass(slots=True)
class Odds:
    """How likely each fault is, each time that it could happen."""

    unavailable: float = 0.0
    crash_before: float = 0.0
    crash_after: float = 0.0
    full_disk: float = 0.0
    no_start: float = 0.0
    dies: float = 0.0
    hangs: float = 0.0
    memory: float = 0.0
    refused: float = 0.0
    zombie: float = 0.0

    @staticmethod
    def drawn(rng: random.Random) -> Odds:
        """Each history has its own weather."""
        return Odds(
            unavailable=rng.choice((0, 0, 0.02, 0.1)),
            crash_before=rng.choice((0, 0.01, 0.05)),
            crash_after=rng.choice((0, 0.01, 0.05)),
            full_disk=rng.choice((0, 0, 0.1)),
            no_start=rng.choice((0, 0, 0.1)),
            dies=rng.choice((0, 0.05, 0.2)),
            hangs=rng.choice((0, 0.03, 0.1)),
            memory=rng.choice((0, 0.03)),
            refused=rng.choice((0, 0, 0.05)),
            zombie=rng.choice((0, 0.5)),
        )


class FaultyState(MemoryState):
    """The store, with faults around its commits; `checker` looks at each that was made."""

    def __init__(self, rng: random.Random, odds: Odds, clock: ManualClock) -> None:
        super().__init__()
        self._rng = rng
        self.odds = odds
        self._clock = clock
        self.checker = Checker(self)
        self.commits = 0

    def commit(self, changes: Changes) -> None:
        if self._rng.random() < self.odds.unavailable:
            raise Unavailable("the database is away")
        if self._rng.random() < self.odds.crash_before:
            raise Crash
        super().commit(changes)
        self.commits += 1
        self.checker.committed(changes, self._clock.now_ms())
        if self._rng.random() < self.odds.crash_after:
            raise Crash


class DictObjects:
    """Objects in a dictionary; puts fail when the disk is full."""

    def __init__(self, rng: random.Random, odds: Odds) -> None:
        self._rng = rng
        self.odds = odds
        self._objects: dict[str, bytes] = {}

    def put(self, key: str, content: bytes) -> None:
        if self._rng.random() < self.odds.full_disk:
            raise Unavailable("the disk is full")
        self._objects[key] = content

    def put_new(self, key: str, content: bytes) -> bool:
        if key in self._objects:
            return False
        self.put(key, content)
        return True

    def get(self, key: str) -> bytes:
        if key not in self._objects:
            self._objects[key] = self._objects[f"{ASIDE}/{key}"]
        return self._objects[key]

    def put_aside(self, key: str) -> None:
        if key in self._objects:
            self._objects[f"{ASIDE}/{key}"] = self._objects.pop(key)

    def size_bytes(self, key: str) -> int | None:
        found = self._objects.get(key)
        return None if found is None else len(found)

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        return iter(
            ObjectInfo(key=key, size_bytes=len(self._objects[key]), modified_ms=0)
            for key in sorted(self._objects)
            if not prefix or key.startswith(f"{prefix}/")
        )

    def delete(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._objects.pop(key, None)


class DictCache:
    """A cache that forgets half of what it is told."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._values: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self._values.get(key)

    def put(self, key: str, value: bytes, span_ms: int) -> None:
        del span_ms
        if self._rng.random() < 0.5:
            self._values[key] = value

    def delete(self, key: str) -> None:
        self._values.pop(key, None)

    def stats(self) -> CacheStats:
        return CacheStats()

    def fault(self) -> str:
        return ""

    def close(self) -> None:
        """Nothing is to be closed."""


@dataclass(slots=True)
class _Run:
    task: Task
    place: str
    since_ms: int
    ends_ms: int
    fate: str
    stopped: Cause | None = None


@dataclass(slots=True)
class SimExecutor:
    """Runs units in virtual time. It outlives controllers, as a cluster does."""

    clock: ManualClock
    rng: random.Random
    odds: Odds
    slots: int
    waiting: list[Task] = field(default_factory=list)
    running: list[_Run] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    dead: list[News] = field(default_factory=list)
    told_ms: int = 0
    gpus: tuple[Gpu, ...] = ()

    @property
    def spot_slots(self) -> int | None:
        """All but one, where there are some."""
        return self.slots - 1 if self.slots > 1 else None

    def start(self, batch: Sequence[Task]) -> None:
        if self.rng.random() < self.odds.no_start:
            raise Unavailable("the executor is away")
        known = self._known()
        self.waiting += [task for task in batch if task.attempt_id not in known]
        self.waiting.sort(key=lambda task: -task.urgency)

    def stop(self, attempt_id: AttemptId, cause: Cause) -> None:
        self.waiting = [task for task in self.waiting if task.attempt_id != attempt_id]
        for run in self.running:
            late = run.fate != "hangs" and self.rng.random() < 0.3
            if run.task.attempt_id == attempt_id and late:
                # It ends just now, with its result.
                run.ends_ms = min(run.ends_ms, self.clock.now_ms())
                return
        self.running = [run for run in self.running if run.task.attempt_id != attempt_id]
        self.news.append(Lost(attempt_id=attempt_id, cause=cause))

    @property
    def places(self) -> Mapping[str, int]:
        return {}

    def drain(self, places: Mapping[str, int]) -> None:
        """There are none."""

    def adopt(self, attempt_ids: Collection[AttemptId]) -> Collection[AttemptId]:
        return self._known().intersection(attempt_ids)

    def _known(self) -> set[AttemptId]:
        runs = {run.task.attempt_id for run in self.running}
        return runs | {task.attempt_id for task in self.waiting}

    def poll(self, timeout_ms: int) -> Sequence[News]:
        del timeout_ms
        self._advance()
        found, self.news = self.news, []
        if self.dead and self.rng.random() < 0.5:
            late = self.dead.pop()
            found.append(late)
            self.running = [r for r in self.running if r.task.attempt_id != late.attempt_id]
        return found

    def wake(self) -> None:
        """Nobody waits."""

    def close(self) -> None:
        self.crash()

    def crash(self) -> None:
        """All that runs here is gone, and what it had to say."""
        self.waiting.clear()
        self.running.clear()
        self.news.clear()

    def _advance(self) -> None:
        now_ms = self.clock.now_ms()
        for run in [run for run in self.running if run.ends_ms <= now_ms]:
            if run.fate != "hangs":
                self.running.remove(run)
                self._end(run)
        while self.waiting and len(self.running) < self.slots:
            self._begin(self.waiting.pop(0), now_ms)
        if now_ms - self.told_ms < HEARTBEAT_MS:
            return
        self.told_ms = now_ms
        self.news += [Alive(attempt_id=task.attempt_id) for task in self.waiting]
        self.news += [
            Alive(attempt_id=run.task.attempt_id, place=run.place, running_ms=run.since_ms)
            for run in self.running
            if run.fate != "hangs"
        ]

    def _begin(self, task: Task, now_ms: int) -> None:
        odds = self.odds
        fates = (odds.dies, odds.hangs, odds.memory, odds.refused)
        names = ("dies", "hangs", "memory", "refused", "ends")
        fate = self.rng.choices(names, (*fates, max(0.0, 1 - sum(fates))))[0]
        place = f"place-{self.rng.randrange(self.slots + 1)}"
        length_ms = self.rng.choice((5, 50, 200, 1000))
        self.running.append(_Run(task, place, now_ms, now_ms + length_ms, fate))
        self.news.append(Alive(attempt_id=task.attempt_id, place=place, running_ms=now_ms))
        if fate == "hangs" and self.rng.random() < odds.zombie:
            # It wakes when nobody waits for it any more.
            self.dead.append(self._finished(self.running[-1]))

    def _end(self, run: _Run) -> None:
        causes = {
            "dies": Cause.WORKER_DIED,
            "memory": Cause.OUT_OF_MEMORY,
            "refused": Cause.REFUSED,
        }
        if run.fate in causes:
            lost = Lost(
                attempt_id=run.task.attempt_id,
                cause=causes[run.fate],
                place=run.place,
                busy_ms=self.clock.now_ms() - run.since_ms,
            )
            self.news.append(lost)
        else:
            self.news.append(self._finished(run))
            if self.rng.random() < self.odds.zombie:
                self.dead.append(self._finished(run))

    def _finished(self, run: _Run) -> Finished:
        work = Work.from_bytes(run.task.payload)
        output = work.to_bytes()
        if work.kind is UnitKind.PLAN:
            output = plan_bytes(_plan(work))
        return Finished(
            attempt_id=run.task.attempt_id,
            output=output,
            place=run.place,
            busy_ms=self.clock.now_ms() - run.since_ms,
        )


def _plan(work: Work) -> list[UnitPlan]:
    """The same units for the same sources: some depend on earlier ones."""
    rng = random.Random(work.sources)
    units = []
    for number in range(1, rng.choice((0, 1, 2, 4, 8)) + 1):
        needs = [n for n in range(1, number) if rng.random() < 0.25]
        same = rng.randrange(4)
        units.append(
            UnitPlan(
                number=number,
                name=f"unit {number}",
                spec={"same": same},
                depends_on=tuple(needs),
                predicted_ms=rng.choice((1, 20, 100, 500)),
                cache_key=f"key-{same}" if same < 2 else "",
                engine=Engine.MODEL if rng.random() < 0.2 else Engine.RULES,
            )
        )
    return units
