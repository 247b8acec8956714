"""What is stored of one job is gone, damaged or nonsense, or a bug of ours shows with it: that
job fails, with a reason that stays, and the job of another tenant is done. On every store."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from portalis.core.clock import ManualClock
from portalis.core.ids import JobId, TenantId, UnitId, new_id
from portalis.storage.objects import UrlObjects
from portalis.storage.state_memory import MemoryState
from portalis.storage.state_sql import SqlState
from portalis.workload.assembly import PlaneSettings, open_plane
from portalis.workload.control import jobs, keys
from portalis.workload.control.controller import Controller
from portalis.workload.control.draft import Draft
from portalis.workload.control.limits import Limits
from portalis.workload.desk import Desk
from portalis.workload.model.job import Job, Priority
from portalis.workload.model.retry import RULES, Cause
from portalis.workload.model.snapshot import World
from portalis.workload.model.transitions import ENDED_JOB, JobState, UnitEvent, UnitState
from portalis.workload.model.unit import Unit
from portalis.workload.ports import Finished, News, State, Task
from tests.simulate.world import DictCache, Odds, SimExecutor

ANN, BOB = TenantId("ann"), TenantId("bob")
LIMITS = Limits(lease_ms=5_000, lead_ms=3_000)
# Its plan has units.
BAD, GOOD = {"bad.py": b"x = 3\n"}, {"good.py": b"x = 5\n"}
STEPS = 2_000


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def state(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[State]:
    if request.param == "memory":
        yield MemoryState()
        return
    url = f"sqlite:///{tmp_path / 'state.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres")
    store = SqlState(url)
    yield store
    store.close()


class Picky(SimExecutor):
    """Knows attempts with which it fails by a bug of its own."""

    hated: Callable[[str], bool] = staticmethod(lambda _: False)

    def start(self, batch: Sequence[Task]) -> None:
        if any(self.hated(task.attempt_id) for task in batch):
            raise TypeError("not this one")
        super().start(batch)


@dataclass
class Two:
    """A bad job of Ann's, submitted first, and a good one of Bob's."""

    state: State
    objects: UrlObjects
    executor: Picky
    clock: ManualClock
    controller: Controller
    desk: Desk
    told: list[str] = field(default_factory=list)
    bad: JobId = field(init=False)
    good: JobId = field(init=False)

    def submit(self) -> None:
        self.bad = self.desk.submit(ANN, BAD).job.id
        self.good = self.desk.submit(BOB, GOOD).job.id

    def run(self, until: Callable[[], bool]) -> None:
        for _ in range(STEPS):
            self.controller.step(0)
            if until():
                return
            self.clock.advance(50)
        raise AssertionError(f"{self.job()}; {self.told[-3:]}")

    def job(self) -> Job:
        return self.desk.job(ANN, self.bad)

    def units(self) -> Sequence[Unit]:
        return self.state.units(self.bad)

    def ended(self) -> bool:
        return self.job().state in ENDED_JOB and self.is_good_done()

    def is_good_done(self) -> bool:
        return self.desk.job(BOB, self.good).state is JobState.DONE

    def check(self, cause: Cause, text: str) -> None:
        """The bad one failed, by this cause, and everybody can see it."""
        assert self.job().state is JobState.FAILED
        failed = [unit for unit in self.units() if unit.state is UnitState.FAILED]
        assert {unit.cause for unit in failed} == {cause}
        assert all(text in unit.message for unit in failed)
        failures = self.desk.failures(ANN, self.bad)
        assert [(each.units, each.cause) for each in failures] == [(len(failed), cause)]
        assert text in failures[0].text
        said = [event for event in self.desk.events(ANN, self.bad) if event.detail.get("cause")]
        assert said[-1].detail["cause"] == cause
        assert not self.state.open_attempts()
        assert not self.state.outgoing(10)


@pytest.fixture
def two(state: State, tmp_path: Path) -> Two:
    clock = ManualClock(1_000)
    rng = random.Random(5)
    objects = UrlObjects(f"file://{tmp_path / 'objects'}")
    executor = Picky(clock, rng, Odds(), 2)
    told: list[str] = []
    controller = Controller(
        state,
        objects,
        DictCache(rng),
        executor,
        clock,
        "controller",
        LIMITS,
        tell=told.append,
    )
    desk = Desk(state, objects, clock, rng)
    return Two(state, objects, executor, clock, controller, desk, told)


def _sources_under(two: Two, key: str) -> None:
    """The bad job is one whose record names another object."""
    draft = Draft(two.clock.now_ms())
    two.bad = JobId(new_id("job", draft.now_ms, random.Random(1)))
    asked = jobs.Submission(tenant_id=ANN, priority=Priority.BATCH, sources=key)
    jobs.submit(draft, two.bad, asked)
    two.state.commit(draft.changes())


RECORDS: Mapping[str, tuple[Callable[[Two], None], str]] = {
    "no key": (lambda two: _sources_under(two, "../out of here"), "no key of an object"),
    "empty key": (lambda two: _sources_under(two, ""), "no key of an object"),
    "gone": (lambda two: two.objects.delete([two.job().sources]), "is gone"),
    "damaged": (lambda two: two.objects.put(two.job().sources, b"\0{"), "is damaged"),
}


@pytest.mark.parametrize("record", RECORDS)
def test_sources_that_cannot_be_read(two: Two, record: str) -> None:
    spoil, text = RECORDS[record]
    two.submit()
    spoil(two)
    two.run(two.is_good_done)
    two.run(two.ended)
    two.check(Cause.BAD_RECORD, text)
    # It was tried again, in case somebody brings the object back.
    tried = two.state.attempts_of(two.bad)
    assert len(tried) == 1 + (RULES[Cause.BAD_RECORD].retries or 0)
    assert not two.told


@pytest.mark.parametrize("content", [None, b"", b'{"units": []}'])
def test_a_plan_that_was_lost(
    two: Two, content: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_new, spoiled = two.objects.put_new, keys.result(ANN, b"")[:-64]

    def put(key: str, given: bytes) -> bool:
        if not key.startswith(spoiled):
            return put_new(key, given)
        if content is not None:
            two.objects.put(key, content)
        return True

    monkeypatch.setattr(two.objects, "put_new", put)
    two.submit()
    two.run(two.ended)
    two.check(Cause.BAD_RECORD, "the object tenants/")
    assert two.units()[0].state is UnitState.DONE


def test_an_object_that_is_brought_back(two: Two) -> None:
    two.submit()
    content = two.objects.get(two.job().sources)
    two.objects.delete([two.job().sources])
    two.run(lambda: two.units()[0].state is UnitState.BACKOFF)
    two.objects.put(two.job().sources, content)
    two.run(two.ended)
    assert two.job().state is JobState.DONE


def test_a_retry_after_the_object_was_brought_back(two: Two) -> None:
    two.submit()
    content = two.objects.get(two.job().sources)
    two.objects.delete([two.job().sources])
    two.run(two.ended)
    two.objects.put(two.job().sources, content)
    two.desk.retry(ANN, two.bad)
    two.run(two.ended)
    assert two.job().state is JobState.DONE


def test_an_executor_that_fails_with_it(two: Two) -> None:
    two.submit()
    two.executor.hated = lambda attempt_id: attempt_id.startswith(two.bad)
    two.run(two.ended)
    two.check(Cause.FAULT, "TypeError: not this one")


def test_news_that_cannot_be_dealt_with(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    two.submit()
    poll = two.executor.poll

    def spoiled(timeout_ms: int) -> Sequence[News]:
        return [
            replace(each, busy_ms="long")  # type: ignore[arg-type]
            if isinstance(each, Finished) and each.attempt_id.startswith(two.bad)
            else each
            for each in poll(timeout_ms)
        ]

    monkeypatch.setattr(two.executor, "poll", spoiled)
    two.run(two.ended)
    two.check(Cause.FAULT, "TypeError")
    assert any("are void" in text for text in two.told)


class Spoiling:
    """A store that shows the scheduler what makes no sense: one job's units."""

    def __init__(self, state: State, job: Callable[[], JobId], spoil: Callable[..., object]):
        self._state = state
        self._job = job
        self._spoil = spoil

    def world(self, window: int, jobs: int) -> World:
        found = self._state.world(window, jobs)
        ready = tuple(
            self._spoil(unit) if unit.job_id == self._job() else unit for unit in found.ready
        )
        return replace(found, ready=ready)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> object:
        return getattr(self._state, name)


def test_a_unit_that_the_scheduler_fails_on(two: Two) -> None:
    spoiling = Spoiling(two.state, lambda: two.bad, lambda unit: replace(unit, predicted_ms="long"))
    two.controller._state = spoiling  # type: ignore[assignment]
    two.submit()
    two.run(two.ended)
    two.check(Cause.FAULT, "TypeError")
    assert any("is given up" in text for text in two.told)
    (failed,) = [e for e in two.desk.events(ANN, two.bad) if e.event == UnitEvent.BROKEN]
    assert failed.unit_id == two.units()[0].id


def test_what_cannot_even_be_given_up_is_left_alone(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.submit()
    known = two.controller._known
    read = known.read

    def picky(draft: object, unit_ids: Collection[UnitId], state: object = None) -> None:
        if any(unit_id.startswith(two.bad) for unit_id in unit_ids):
            raise ValueError("a row that nobody can read")
        read(draft, unit_ids, state)  # type: ignore[arg-type]

    monkeypatch.setattr(known, "read", picky)
    two.run(two.is_good_done)
    assert two.job().state is JobState.QUEUED
    # Nobody is told of it at every round.
    assert len(two.told) < 20
    monkeypatch.setattr(known, "read", read)
    two.run(two.ended)
    assert two.job().state is JobState.DONE


def test_the_service_goes_on(tmp_path: Path) -> None:
    """The plane as it is served, with real processes."""
    with open_plane(PlaneSettings(home=tmp_path, slots=1)) as plane:
        options = {"verify": "none"}
        bad = plane.desk.submit(ANN, BAD, options=options).job.id
        good = plane.desk.submit(BOB, GOOD, options=options).job.id
        plane.objects.delete([plane.desk.job(ANN, bad).sources])
        assert plane.wait(BOB, good, 60).state is JobState.DONE
        assert plane.wait(ANN, bad, 60).state in (JobState.FAILED, JobState.DONE)
