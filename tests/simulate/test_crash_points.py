"""The controller ends at each commit of a job's life, before it and after it, and another one
goes on: on SQLite, whose file is opened anew."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portalis.core.clock import ManualClock
from portalis.core.ids import JobId, TenantId
from portalis.storage.state_sql import SqlState
from portalis.workload.control.controller import Controller
from portalis.workload.control.limits import Limits
from portalis.workload.desk import Desk
from portalis.workload.model.changes import Changes
from portalis.workload.model.transitions import JobState
from tests.simulate.invariants import Checker
from tests.simulate.world import Crash, DictCache, DictObjects, Odds, SimExecutor

ANN = TenantId("ann")
LIMITS = Limits(lease_ms=5_000, lead_ms=3_000)
MAX_ROUNDS = 400


class CrashingState(SqlState):
    """Crashes at one commit; `count` says how many there were."""

    def __init__(self, url: str, at: int, *, after: bool) -> None:
        super().__init__(url)
        self.at = at
        self.after = after
        self.count = 0
        self.checker = Checker(self)
        self.clock = ManualClock()

    def commit(self, changes: Changes) -> None:
        self.count += 1
        if self.count == self.at and not self.after:
            raise Crash
        super().commit(changes)
        self.checker.committed(changes, self.clock.now_ms())
        # One that was refused because somebody else wrote first was no commit.
        if self.after and 0 < self.at <= self.count:
            raise Crash


class Life:
    """A job, a second one that is cancelled, and a retry of that, under one controller at a
    time."""

    def __init__(self, folder: Path, at: int, *, after: bool, cluster_dies: bool) -> None:
        self.url = f"sqlite:///{folder / 'state.db'}"
        self.clock = ManualClock(1_000)
        self.cluster_dies = cluster_dies
        rng = random.Random(5)
        calm = Odds()
        self.objects = DictObjects(rng, calm)
        self.cache = DictCache(rng)
        self.executor = SimExecutor(self.clock, rng, calm, 2)
        self.rng = rng
        self.state = self._open(at, after=after)
        self.crashes = 0
        self.born = 0

    def _open(self, at: int, *, after: bool) -> CrashingState:
        state = CrashingState(self.url, at, after=after)
        state.clock = self.clock
        self.desk = Desk(state, self.objects, self.clock, self.rng)
        return state

    def _controller(self) -> Controller:
        self.born += 1
        return Controller(
            self.state,
            self.objects,
            self.cache,
            self.executor,
            self.clock,
            f"controller-{self.born}",
            LIMITS,
        )

    @contextmanager
    def _mortal(self) -> Iterator[None]:
        """What crashes here is begun again on the file as it was left."""
        try:
            yield
        except Crash:
            self.crashes += 1
            checker = self.state.checker
            self.state.close()
            count = self.state.count
            self.state = self._open(0, after=False)
            self.state.count = count
            # What the lost commit wrote is in the file, and in no checker.
            self.state.checker.charged |= checker.charged
            self.state.checker.opened |= checker.opened
            self.state.checker.results |= checker.results
            if self.cluster_dies:
                self.executor.crash()

    def run(self) -> int:
        """The number of commits."""
        one = self._submit("one", b"x = 3\n")
        two = self._submit("two", b"x = 5\n")
        controller = self._controller()
        retried = False
        for number in range(MAX_ROUNDS):
            before = self.crashes
            with self._mortal():
                controller.step(0)
                if number == 1:
                    self.desk.cancel(ANN, two)
                if not retried and self.desk.job(ANN, two).state is JobState.CANCELLED:
                    self.desk.retry(ANN, two)
                    retried = True
            if self.crashes != before:
                controller = self._controller()
            jobs = [self.desk.job(ANN, each) for each in (one, two)]
            if all(job.state is JobState.DONE for job in jobs):
                break
            self.clock.advance(100)
        assert [self.desk.job(ANN, each).state for each in (one, two)] == [JobState.DONE] * 2
        assert not self.state.open_attempts()
        for job_id in (one, two):
            attempts = {attempt.id for attempt in self.state.attempts_of(job_id)}
            assert attempts == {charge.attempt_id for charge in self.state.charges(job_id)}
        self.state.close()
        return self.state.count

    def _submit(self, key: str, text: bytes) -> JobId:
        for _ in range(3):
            with self._mortal():
                return self.desk.submit(ANN, {"a.py": text}, idempotency_key=key).job.id
        raise AssertionError("the submission crashed more than once")


def test_there_are_commits_to_crash_at(tmp_path: Path) -> None:
    assert Life(tmp_path, 0, after=False, cluster_dies=False).run() > 15


@pytest.mark.parametrize("cluster_dies", [False, True], ids=["cluster lives", "cluster dies"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_crash_at_each_commit_loses_nothing(
    tmp_path: Path, after: bool, cluster_dies: bool
) -> None:
    at = crashed = 1
    while crashed:
        folder = tmp_path / str(at)
        folder.mkdir()
        life = Life(folder, at, after=after, cluster_dies=cluster_dies)
        try:
            life.run()
        except AssertionError as error:
            raise AssertionError(f"crash at commit {at}") from error
        crashed = life.crashes
        at += 1
    assert at > 15
