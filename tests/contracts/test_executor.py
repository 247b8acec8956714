"""The contract of `Executor`, on the pool of processes of this machine and on a Ray cluster."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from portalis.core.clock import SystemClock
from portalis.core.ids import AttemptId
from portalis.resource.policy import TOP
from portalis.workload.executors.local import LocalExecutor
from portalis.workload.executors.ray import RayExecutor
from portalis.workload.executors.work import Done, run
from portalis.workload.model.payload import Work, parts_of, plan_of, sources_bytes
from portalis.workload.model.retry import Cause
from portalis.workload.model.unit import UnitKind
from portalis.workload.ports import Alive, Finished, Lost, News, Task
from tests.contracts.conftest import wait_for
from tests.ray_nodes import RayNodes

OneSlot = LocalExecutor | RayExecutor
WAIT_S = 60.0
QUICK = {"verify": "none", "name": "a"}


@pytest.fixture(scope="module")
def on_ray(ray_nodes: RayNodes) -> Iterator[RayExecutor]:
    """One for all: it takes seconds to start."""
    node = ray_nodes.add(cpus=1)
    found = RayExecutor(ray_nodes.address, SystemClock(), slots=1)
    yield found
    found.close()
    ray_nodes.kill(node)


@pytest.fixture(params=["local", "ray"])
def executor(request: pytest.FixtureRequest) -> Iterator[OneSlot]:
    if request.param == "local":
        local = LocalExecutor(1, SystemClock())
        yield local
        local.close()
        return
    ray: RayExecutor = request.getfixturevalue("on_ray")
    until = time.monotonic() + WAIT_S
    while not ray.slots:
        assert time.monotonic() < until
        ray.poll(100)
    ray.poll(0)
    yield ray


def _task(name: str, text: bytes = b"print(1)\n", kind: UnitKind = UnitKind.PLAN) -> Task:
    work = Work(kind=kind, sources=sources_bytes({"a.py": text}), options=QUICK, spec={"unit": "a"})
    return Task(attempt_id=AttemptId(name), payload=work.to_bytes())


def _part(name: str, text: str) -> Task:
    """A unit of a plan, as it is given to a worker."""
    plan = run(
        Work(kind=UnitKind.PLAN, sources=sources_bytes({"a.py": text.encode()}), options=QUICK)
    )
    assert isinstance(plan, Done)
    (part,) = parts_of(plan.output)
    work = Work(kind=UnitKind.TRANSLATE, sources=part, is_part=True)
    return Task(attempt_id=AttemptId(name), payload=work.to_bytes())


def _long(name: str, functions: int = 20_000) -> Task:
    """A translation that takes several seconds."""
    lines = [f"def f{n}(a: int) -> int:\n    return a + {n}\n" for n in range(functions)]
    return _task(name, "".join(lines).encode(), UnitKind.TRANSLATE)


class _Seen(list[News]):
    """later: what came with the news that were looked at last, and was not looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.later: deque[News] = deque()


def _until(executor: OneSlot, seen: _Seen, found: Callable[[News], bool]) -> News:
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        seen.later += executor.poll(0 if seen.later else 100)
        while seen.later:
            news = seen.later.popleft()
            seen.append(news)
            if found(news):
                return news
    raise AssertionError(f"nothing of the kind in {WAIT_S} s: {seen[-5:]}")


def _end(news: News) -> bool:
    return not isinstance(news, Alive)


def _runs(news: News) -> bool:
    return isinstance(news, Alive) and news.running_ms is not None


def test_a_unit_ends_with_what_it_made(executor: OneSlot) -> None:
    executor.start([_task("a1")])
    seen = _Seen()
    news = _until(executor, seen, _end)
    assert isinstance(news, Finished)
    assert [unit.name for unit in plan_of(news.output)] == ["a"]
    assert news.busy_ms >= 0
    assert any(_runs(each) for each in seen)


def test_a_batch_runs_in_order_and_an_urgent_one_goes_first(executor: OneSlot) -> None:
    executor.start([_long("long")])
    seen = _Seen()
    _until(executor, seen, _runs)
    executor.start([_task("b1"), _task("b2")])
    urgent = _task("urgent")
    executor.start([Task(attempt_id=urgent.attempt_id, payload=urgent.payload, urgency=100)])
    executor.stop(AttemptId("long"), Cause.STOPPED)
    ends: list[str] = []
    until = time.monotonic() + WAIT_S
    while len(ends) < 4 and time.monotonic() < until:
        ends += [news.attempt_id for news in executor.poll(100) if _end(news)]
    assert ends == ["long", "urgent", "b1", "b2"]


def test_units_of_a_plan_run_together_and_end_each_by_itself(executor: OneSlot) -> None:
    """One is stopped, and one is no task: the others are done."""
    executor.start([_long("long"), *(_part(f"b{n}", f"x = {n}\n") for n in range(3))])
    bad = Work(kind=UnitKind.TRANSLATE, sources=b"{}", is_part=True)
    executor.start(
        [Task(attempt_id=AttemptId("bad"), payload=bad.to_bytes()), _part("b3", "y = 1")]
    )
    seen = _Seen()
    _until(executor, seen, _runs)
    executor.stop(AttemptId("long"), Cause.STOPPED)
    ends = {news.attempt_id: news for news in (_until(executor, seen, _end) for _ in range(6))}
    assert {name for name, news in ends.items() if isinstance(news, Finished)} == {
        *("b0", "b1", "b2", "b3")
    }
    causes = {name: news.cause for name, news in ends.items() if isinstance(news, Lost)}
    assert causes == {"long": Cause.STOPPED, "bad": Cause.FAULT}


def test_of_a_batch_that_a_process_died_of_only_the_culprit_is_lost(
    executor: OneSlot,
) -> None:
    executor.start([_long("long"), _part("b0", "x = 0\n")])
    seen = _Seen()
    _until(executor, seen, _runs)
    killed = _kill_all(executor)
    _until(executor, seen, lambda news: news == Alive(attempt_id=AttemptId("b0")))
    _until(executor, seen, _runs)
    _kill_all(executor, killed)
    ends = {news.attempt_id: news for news in (_until(executor, seen, _end) for _ in range(2))}
    assert isinstance(ends[AttemptId("b0")], Finished)
    lost = ends[AttemptId("long")]
    assert isinstance(lost, Lost)
    assert lost.cause is Cause.WORKER_DIED


def _kill_all(executor: OneSlot, but: Collection[int] = ()) -> Collection[int]:
    """Those that run, as soon as the executor knows of one that is not among `but`."""
    until = time.monotonic() + WAIT_S
    while not (found := set(executor.processes()) - set(but)) and time.monotonic() < until:
        time.sleep(0.05)
    for process in found:
        os.kill(process, signal.SIGKILL)
    return found


def test_an_attempt_is_started_once(executor: OneSlot) -> None:
    executor.start([_task("a1")])
    executor.start([_task("a1")])
    seen = _Seen()
    _until(executor, seen, _end)
    executor.start([_task("a2")])
    assert _until(executor, seen, _end).attempt_id == "a2"


def test_what_runs_and_what_waits_is_stopped(executor: OneSlot) -> None:
    executor.start([_long("a1")])
    executor.start([_task("a2")])
    seen = _Seen()
    _until(executor, seen, _runs)
    executor.stop(AttemptId("a2"), Cause.PREEMPTED)
    news = _until(executor, seen, _end)
    assert isinstance(news, Lost)
    assert (news.attempt_id, news.cause, news.busy_ms) == ("a2", Cause.PREEMPTED, 0)
    started = time.monotonic()
    executor.stop(AttemptId("a1"), Cause.STOPPED)
    news = _until(executor, seen, _end)
    assert isinstance(news, Lost)
    assert (news.attempt_id, news.cause) == ("a1", Cause.STOPPED)
    assert time.monotonic() - started < 2
    executor.start([_task("a3")])
    assert isinstance(_until(executor, seen, _end), Finished)


def test_the_end_of_a_process_is_noticed_and_mended(executor: OneSlot) -> None:
    executor.start([_long("a1")])
    seen = _Seen()
    _until(executor, seen, _runs)
    _kill_all(executor)
    news = _until(executor, seen, _end)
    assert isinstance(news, Lost)
    assert (news.attempt_id, news.cause) == ("a1", Cause.WORKER_DIED)
    assert news.place
    executor.start([_task("a2")])
    assert isinstance(_until(executor, seen, _end), Finished)


def test_of_what_it_does_not_know_it_says_that_it_is_lost(executor: OneSlot) -> None:
    executor.stop(AttemptId("none"), Cause.DRAINED)
    seen = _Seen()
    assert _until(executor, seen, _end) == Lost(
        attempt_id=AttemptId("none"), cause=Cause.DRAINED, message="not known here"
    )
    assert not executor.adopt([AttemptId("none")])


def test_a_hung_process_is_silent(executor: OneSlot) -> None:
    executor.start([_long("a1")])
    seen = _Seen()
    _until(executor, seen, _runs)
    (process,) = executor.processes()
    os.kill(process, signal.SIGSTOP)
    time.sleep(3.5)
    executor.poll(0)
    silent = [news for _ in range(3) for news in executor.poll(1000)]
    assert not silent
    executor.stop(AttemptId("a1"), Cause.LEASE_EXPIRED)
    assert isinstance(_until(executor, seen, _end), Lost)


_TALKS_NONSENSE = """
import sys, struct
from portalis.workload.executors import frames
tasks, news = frames.own_pipes()
while (frame := frames.read(tasks)) is not None:
    for attempt in frame[0]["attempts"]:
        frames.write(news, {"attempt": "of nobody"}, b"")
"""


def test_a_worker_that_talks_nonsense_is_replaced() -> None:
    """The slot goes on, and each unit ends with words."""
    executor = LocalExecutor(1, SystemClock(), (sys.executable, "-c", _TALKS_NONSENSE))
    seen = _Seen()
    try:
        for name in ("one", "two"):
            executor.start([_task(name)])
            lost = _until(executor, seen, _end)
            assert isinstance(lost, Lost)
            assert (lost.attempt_id, lost.cause) == (name, Cause.WORKER_DIED)
    finally:
        executor.close()


def test_what_is_urgent_waits_for_no_batch_and_the_slot_is_paid_once() -> None:
    executor, seen = LocalExecutor(1, SystemClock()), _Seen()
    try:
        began_s = time.monotonic()
        executor.start([_long("long")])
        _until(executor, seen, _runs)
        (process,) = executor.processes()
        os.kill(process, signal.SIGSTOP)
        executor.start([replace(_task("late"), urgency=TOP)])
        executor.start([replace(_task("urgent"), urgency=TOP + 1)])
        first = _until(executor, seen, _end)
        os.kill(process, signal.SIGCONT)
        others = [_until(executor, seen, _end), _until(executor, seen, _end)]
        spent_ms = (time.monotonic() - began_s) * 1000
    finally:
        executor.close()
    ended = [each for each in (first, *others) if isinstance(each, Finished)]
    assert [each.attempt_id for each in ended] == ["urgent", "long", "late"]
    assert ended[0].place != ended[1].place == ended[2].place
    assert sum(each.busy_ms for each in ended) <= spent_ms


def test_what_is_urgent_is_begun_again_where_its_process_ends() -> None:
    executor, seen = LocalExecutor(1, SystemClock()), _Seen()
    try:
        executor.start([_long("long")])
        _until(executor, seen, _runs)
        (own,) = executor.processes()
        os.kill(own, signal.SIGSTOP)
        executor.start([replace(each, urgency=TOP + 1) for each in (_long("one"), _task("two"))])
        _until(executor, seen, lambda news: _runs(news) and news.attempt_id == "one")
        (spare,) = set(executor.processes()) - {own}
        os.kill(spare, signal.SIGKILL)
        os.kill(own, signal.SIGKILL)
        ended = {(each := _until(executor, seen, _end)).attempt_id: each for _ in range(3)}
    finally:
        executor.close()
    assert isinstance(ended[AttemptId("long")], Lost)
    assert isinstance(ended[AttemptId("one")], Finished)
    assert isinstance(ended[AttemptId("two")], Finished)


def test_on_ray_what_is_urgent_works_beside_a_batch(on_ray: RayExecutor) -> None:
    seen, until = _Seen(), time.monotonic() + WAIT_S
    while not on_ray.slots:
        assert time.monotonic() < until
        on_ray.poll(100)
    on_ray.poll(0)
    began_s = time.monotonic()
    on_ray.start([_long("beside", functions=100_000)])
    _until(on_ray, seen, _runs)
    on_ray.start([replace(_task("urgent"), urgency=TOP + 1)])
    first = _until(on_ray, seen, _end)
    assert on_ray.slots == sum(on_ray.places.values()) == 1
    on_ray.stop(AttemptId("beside"), Cause.PREEMPTED)
    second = _until(on_ray, seen, _end)
    spent_ms = (time.monotonic() - began_s) * 1000
    assert isinstance(first, Finished)
    assert isinstance(second, Lost)
    assert (first.attempt_id, second.attempt_id) == ("urgent", "beside")
    assert first.busy_ms + (second.busy_ms or 0) <= spent_ms


def test_sources_that_are_none_are_refused(executor: OneSlot) -> None:
    executor.start([_task("a1", b"def broken(:\n")])
    seen = _Seen()
    news = _until(executor, seen, _end)
    assert isinstance(news, Lost)
    assert news.cause is Cause.REFUSED
    assert "PT001" in news.message


def _two() -> LocalExecutor:
    return LocalExecutor(2, SystemClock())


def test_a_place_that_is_drained_ends_what_it_does_and_is_gone() -> None:
    with closing(_two()) as executor:
        wait_for(lambda: len(executor.processes()) == 2)
        executor.start([_long("long")])
        seen = _Seen()
        place = _place(_until(executor, seen, _runs))
        far_ms = SystemClock().now_ms() + 600_000
        executor.drain({place: far_ms})
        assert (executor.slots, executor.places[place]) == (1, 1)
        # What comes next goes elsewhere.
        executor.start([_task("next")])
        other = _until(executor, seen, _end)
        assert isinstance(other, Finished)
        assert (other.attempt_id, other.place != place) == ("next", True)
        done = _until(executor, seen, _end)
        assert (done.attempt_id, _place(done)) == ("long", place)
        assert isinstance(done, Finished)
        wait_for(lambda: executor.places[place] == 0 and len(executor.processes()) == 1)
        executor.drain({})
        wait_for(lambda: executor.slots == 2 and len(executor.processes()) == 2)


def test_what_does_not_end_in_time_is_handed_back() -> None:
    with closing(_two()) as executor:
        executor.start([_long("long"), _task("behind")])
        seen = _Seen()
        place = _place(_until(executor, seen, _runs))
        executor.drain({place: SystemClock().now_ms()})
        ends = [_until(executor, seen, _end) for _ in range(2)]
        assert all(isinstance(each, Lost) and each.cause is Cause.DRAINED for each in ends)
        assert {each.attempt_id for each in ends} == {"long", "behind"}
        wait_for(lambda: executor.places[place] == 0)
        # Only the other one is left.
        executor.start([_task("again")])
        again = _until(executor, seen, _end)
        assert isinstance(again, Finished)
        assert again.place != place


def _place(news: News) -> str:
    return news.place
