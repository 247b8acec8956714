"""The contract of `State`, on every store there is."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from portalis.core.ids import JobId, TenantId, UnitId, new_id
from portalis.storage.state_memory import MemoryState
from portalis.storage.state_sql import SqlState
from portalis.workload.control import attempts, jobs
from portalis.workload.control.draft import Draft
from portalis.workload.control.limits import Limits
from portalis.workload.model.changes import Changes
from portalis.workload.model.job import Job, Priority
from portalis.workload.model.ledger import Account, AccountKey, Budget, Entry, Node, Window
from portalis.workload.model.snapshot import Grant
from portalis.workload.model.tally import Chosen
from portalis.workload.model.transitions import JobEvent, JobState, Order, UnitState
from portalis.workload.model.unit import Unit, UnitPlan
from portalis.workload.model.worker import Worker
from portalis.workload.ports import (
    GONE_MS,
    Alive,
    Conflict,
    Deposed,
    Finished,
    JobQuery,
    State,
    Unavailable,
)

LIMITS = Limits()
ANN, BOB = TenantId("ann"), TenantId("bob")
STORES = ["memory", "sqlite", "postgres"]


@pytest.fixture(params=STORES)
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


GRANT = Grant(units=(), rank=1, reason="asked for")


def _submit(state: State, tenant: TenantId = ANN, at_ms: int = 1000, key: str = "") -> JobId:
    job_id = JobId(new_id("job", at_ms, random.Random(at_ms)))
    draft = Draft(at_ms)
    asked = jobs.Submission(
        tenant_id=tenant,
        priority=Priority.BATCH,
        sources="tenants/x",
        options={"verify": "none"},
        idempotency_key=key,
        request_digest="d",
    )
    jobs.submit(draft, job_id, asked)
    state.commit(draft.changes())
    return job_id


def _draft(state: State, job_id: JobId, at_ms: int = 2000) -> Draft:
    draft = Draft(at_ms)
    units = state.units(job_id)
    draft.read(jobs=[_job(state, job_id)], units=units, attempts=state.attempts_of(job_id))
    draft.read(dependents=state.dependents([unit.id for unit in units]))
    return draft


def _job(state: State, job_id: JobId) -> Job:
    job = state.job(job_id)
    assert job is not None
    return job


def _unit(state: State, job_id: JobId, number: int) -> Unit:
    return state.units(job_id)[number]


def _lease(state: State, job_id: JobId, number: int, at_ms: int = 2000) -> str:
    draft = _draft(state, job_id, at_ms)
    unit = _unit(state, job_id, number)
    attempts.lease(draft, [unit.id], LIMITS, GRANT)
    state.commit(draft.changes())
    return state.open_attempts()[-1].id


def _plan(state: State, job_id: JobId, *plan: UnitPlan) -> None:
    _lease(state, job_id, 0)
    draft = _draft(state, job_id)
    news = Finished(attempt_id=state.attempts_of(job_id)[0].id, output=b"", place="here", busy_ms=5)
    assert attempts.finish(draft, news, "key", plan, LIMITS)
    state.commit(draft.changes())


def test_a_job_is_read_as_it_was_written(state: State) -> None:
    job_id = _submit(state)
    job = _job(state, job_id)
    assert (job.tenant_id, job.priority, job.state) == (ANN, Priority.BATCH, JobState.QUEUED)
    assert (job.options, job.version) == ({"verify": "none"}, 1)
    assert job.units == {UnitState.READY: 1}
    assert [event.number for event in state.events(job_id)] == [1, 2]
    assert [event.number for event in state.events(job_id, after=1)] == [2]
    assert state.job(JobId("job_none")) is None


def test_units_attempts_and_charges_are_read_as_they_were_written(state: State) -> None:
    job_id = _submit(state)
    plans = (
        UnitPlan(number=1, name="a", spec={"unit": "a"}, predicted_ms=7, cache_key="k"),
        UnitPlan(number=2, name="b", depends_on=(1,)),
    )
    _plan(state, job_id, *plans)
    plan, first, second = state.units(job_id)
    assert (plan.state, plan.result) == (UnitState.DONE, "key")
    assert (first.state, first.spec, first.cache_key) == (UnitState.READY, {"unit": "a"}, "k")
    assert (second.state, second.depends_on) == (UnitState.WAITING, (first.id,))
    assert [unit.id for unit in state.dependents([first.id])[first.id]] == [second.id]
    (charge,) = state.charges(job_id)
    assert (charge.slot_ms, charge.useful, charge.place) == (5, True, "here")
    assert list(state.charges_since(2000)) == [charge]
    assert not state.charges_since(2001)
    (attempt,) = state.attempts_of(job_id)
    assert (attempt.ended_ms, attempt.place) == (2000, "here")
    assert not state.open_attempts()


def test_the_second_of_two_commits_on_one_version_is_refused_whole(state: State) -> None:
    job_id = _submit(state)
    one, two = _draft(state, job_id), _draft(state, job_id)
    assert jobs.cancel(one, job_id)
    assert jobs.cancel(two, job_id)
    state.commit(one.changes())
    events = state.events(job_id)
    with pytest.raises(Conflict):
        state.commit(two.changes())
    assert state.events(job_id) == events


def test_each_commit_is_told_once_it_is_made(state: State) -> None:
    told: list[Changes] = []
    state.on_commit(told.append)
    job_id = _submit(state)
    assert [[job.id for job in changes.jobs] for changes in told] == [[job_id]]
    job = _job(state, job_id)
    state.commit(Changes(jobs=(job,)))
    with pytest.raises(Conflict):
        state.commit(Changes(jobs=(job,)))
    assert len(told) == 2


def test_no_attempt_is_charged_twice(state: State) -> None:
    job_id = _submit(state)
    _plan(state, job_id)
    with pytest.raises(Conflict):
        state.commit(Changes(charges=tuple(state.charges(job_id))))


def test_an_old_epoch_writes_nothing(state: State) -> None:
    old = state.lead("one", 0, 1000)
    assert old is not None
    assert state.lead("two", 999, 1000) is None
    new = state.lead("two", 1000, 1000)
    assert new is not None
    assert new > old
    assert state.epoch() == new
    job_id = _submit(state)
    draft = Draft(5, epoch=old)
    draft.read(jobs=[_job(state, job_id)], units=state.units(job_id))
    jobs.cancel(draft, job_id)
    with pytest.raises(Deposed):
        state.commit(draft.changes())
    assert _job(state, job_id).state is JobState.QUEUED


def test_a_leader_stays_and_may_resign(state: State) -> None:
    assert state.leader() == ""
    first = state.lead("one", 0, 1000)
    assert state.leader() == "one"
    assert state.lead("one", 900, 1000) == first
    assert state.lead("two", 1500, 1000) is None
    state.resign("two")
    assert state.lead("two", 1500, 1000) is None
    state.resign("one")
    assert state.lead("two", 1500, 1000) == (first or 0) + 1


def test_an_idempotency_key_is_used_once_a_tenant(state: State) -> None:
    job_id = _submit(state, key="k", at_ms=1)
    with pytest.raises(Conflict):
        _submit(state, key="k", at_ms=2)
    other = _submit(state, BOB, key="k", at_ms=3)
    found = state.promise(ANN, "k")
    assert found is not None
    assert (found.job_id, found.request_digest) == (job_id, "d")
    assert len(state.jobs(JobQuery(tenant_id=None))) == 2
    assert [job.id for job in state.jobs(JobQuery(tenant_id=BOB))] == [other]


def test_jobs_are_listed_newest_first_in_pages(state: State) -> None:
    made = [_submit(state, at_ms=at) for at in range(1, 6)]
    first = state.jobs(JobQuery(tenant_id=ANN, limit=2))
    assert [job.id for job in first] == made[:2:-1]
    rest = state.jobs(JobQuery(tenant_id=ANN, before=first[-1].id))
    assert [job.id for job in rest] == made[2::-1]
    assert not state.jobs(JobQuery(tenant_id=ANN, states=[JobState.DONE]))
    assert len(state.jobs(JobQuery(tenant_id=ANN, states=[JobState.QUEUED]))) == 5


def test_jobs_that_had_ended_by_then_are_left_out(state: State) -> None:
    ended, going = _submit(state, at_ms=1), _submit(state, at_ms=2)
    draft = Draft(5)
    draft.read(jobs=[_job(state, ended)])
    draft.step_job(ended, JobEvent.UNITS_DONE, ended_ms=5)
    state.commit(draft.changes())
    for since_ms, expected in ((5, [going, ended]), (6, [going])):
        found = state.jobs(JobQuery(tenant_id=None, since_ms=since_ms))
        assert [job.id for job in found] == expected


def test_orders_wait_until_they_are_delivered(state: State) -> None:
    job_id = _submit(state)
    attempt_id = _lease(state, job_id, 0)
    (order,) = state.outgoing(10)
    assert (order.order, order.subject) == (Order.START_ATTEMPT, attempt_id)
    assert order.detail["urgency"] == 1
    state.commit(Changes(delivered=(order.key,)))
    assert not state.outgoing(10)


def test_a_heartbeat_extends_an_open_attempt_only(state: State) -> None:
    job_id = _submit(state)
    _lease(state, job_id, 0)
    (attempt,) = state.open_attempts()
    draft = _draft(state, job_id, 5000)
    assert attempts.alive(draft, Alive(attempt_id=attempt.id, place="p", running_ms=4), LIMITS)
    beats = draft.changes()
    state.commit(beats)
    (found,) = state.open_attempts()
    assert (found.expires_ms, found.place, found.running_ms) == (5000 + LIMITS.lease_ms, "p", 4)
    assert state.world(9, 9).held[0].running_ms == 4
    draft = _draft(state, job_id, 6000)
    attempts.finish(
        draft, Finished(attempt_id=attempt.id, output=b"", place="p", busy_ms=1), "r", (), LIMITS
    )
    state.commit(draft.changes())
    state.commit(beats)
    assert not state.open_attempts()


def test_the_world_shows_the_longest_units_of_active_jobs(state: State) -> None:
    job_id = _submit(state)
    plans = [UnitPlan(number=n, predicted_ms=n * 10) for n in range(1, 6)]
    _plan(state, job_id, *plans)
    assert sorted(unit.predicted_ms for unit in state.world(2, 2).ready) == [40, 50]
    _lease(state, job_id, 5)
    world = state.world(100, 100)
    assert [unit.predicted_ms for unit in world.held] == [50]
    assert len(world.ready) == 4
    draft = _draft(state, job_id)
    jobs.cancel(draft, job_id)
    state.commit(draft.changes())
    assert not state.world(100, 100).ready
    assert state.world(100, 100).held[0].state is UnitState.STOPPING


def test_the_world_shows_the_oldest_jobs_of_each_tenant_and_class(state: State) -> None:
    anns = [_submit(state, ANN, at_ms=at) for at in range(1, 6)]
    bobs = [_submit(state, BOB, at_ms=at) for at in range(6, 8)]
    shown = {unit.job_id for unit in state.world(9, jobs=3).ready}
    assert shown == {*anns[:3], *bobs}
    of_bob = state.ready(9, 1, [(BOB, Priority.BATCH), (ANN, Priority.TRAINING)])
    assert [unit.job_id for unit in of_bob] == bobs[:1]
    assert not state.ready(9, 1, [])
    ahead = [state.ahead(job) for job in map(state.job, [*anns, *bobs]) if job is not None]
    assert ahead == [0, 1, 2, 3, 4, 0, 1]


def test_of_commits_made_together_each_has_its_own_outcome(tmp_path: Path) -> None:
    """Three wait while another one writes; one of them is refused."""
    state = SqlState(f"sqlite:///{tmp_path / 'state.db'}")
    outcomes: dict[int, str] = {}

    def submit(at_ms: int) -> None:
        try:
            _submit(state, at_ms=at_ms)
            outcomes[at_ms] = "done"
        except Conflict:
            outcomes[at_ms] = "refused"

    _submit(state, at_ms=2)
    threads = [threading.Thread(target=submit, args=(at_ms,)) for at_ms in (1, 2, 3)]
    assert state._turn is not None
    with state._turn:
        for thread in threads:
            thread.start()
        until = time.monotonic() + 10
        while len(state._together._waiting) < 3 and time.monotonic() < until:  # type: ignore[union-attr]
            time.sleep(0.01)
    for thread in threads:
        thread.join()
    assert outcomes == {1: "done", 2: "refused", 3: "done"}
    assert len(state.jobs(JobQuery(tenant_id=ANN))) == 3
    state.close()


def test_many_at_once_lose_nothing(state: State) -> None:
    """Submissions from several threads, with one that polls."""
    failures: list[BaseException] = []

    def submit(start: int) -> None:
        try:
            for number in range(10):
                _submit(state, at_ms=start * 100 + number)
                state.world(10, 10)
        except BaseException as error:  # noqa: BLE001 - shown below
            failures.append(error)

    threads = [threading.Thread(target=submit, args=(start,)) for start in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(state.jobs(JobQuery(tenant_id=ANN))) == 40


def test_units_by_id_leaves_out_what_is_not_there(state: State) -> None:
    job_id = _submit(state)
    unit = _unit(state, job_id, 0)
    found = state.units_by_id([unit.id, UnitId("none")])
    assert found == {unit.id: unit}


def test_what_was_committed_is_there_after_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'state.db'}"
    one = SqlState(url)
    job_id = _submit(one)
    one.close()
    two = SqlState(url)
    assert _job(two, job_id).id == job_id
    two.close()


def _entry(held: int = 0, posted: int = 0, limit: int | None = None, scope: str = ANN) -> Entry:
    key = AccountKey(scope, Window.DAY, 86_400_000)
    return Entry(key=key, held_microusd=held, posted_microusd=posted, limit_microusd=limit)


def test_accounts_count_what_is_entered(state: State) -> None:
    key = _entry().key
    assert state.accounts((key,)) == {}
    state.commit(Changes(entries=(_entry(held=70), _entry(held=5, scope=BOB))))
    state.commit(Changes(entries=(replace(_entry(held=-70, posted=30), alerted_microusd=9),)))
    state.commit(Changes(entries=(_entry(held=1),)))
    assert state.accounts((key,)) == {
        key: Account(key=key, posted_microusd=30, held_microusd=1, alerted_microusd=9)
    }


def test_no_commit_takes_an_account_above_its_limit(state: State) -> None:
    job_id = _submit(state)
    state.commit(Changes(entries=(_entry(held=60, limit=100),)))
    state.commit(Changes(entries=(_entry(held=40, limit=100),)))
    draft = _draft(state, job_id)
    jobs.cancel(draft, job_id)
    refused = replace(draft.changes(), entries=(_entry(held=1, limit=100),))
    with pytest.raises(Conflict):
        state.commit(refused)
    assert _job(state, job_id).state is JobState.QUEUED
    # What gives money back is never refused, whatever the limit is by now.
    state.commit(Changes(entries=(_entry(held=-60, posted=60, limit=None),)))
    assert state.accounts((_entry().key,))[_entry().key].taken_microusd == 100


def test_concurrent_holds_never_overshoot(state: State) -> None:
    """A hundred clerks, each of whom believes that there is room."""
    taken: list[int] = []

    def hold(amount: int) -> None:
        try:
            state.commit(Changes(entries=(_entry(held=amount, limit=1_000),)))
        except (Conflict, Unavailable):
            return
        taken.append(amount)

    threads = [threading.Thread(target=hold, args=(7 + number,)) for number in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    account = state.accounts((_entry().key,))[_entry().key]
    assert account.held_microusd == sum(taken) <= 1_000
    assert account.held_microusd > 1_000 - 107


def test_a_budget_replaces_the_one_before(state: State) -> None:
    assert state.budgets() == {}
    first = Budget(tenant_id=ANN, limits={Window.DAY: 5, Window.LIFETIME: 9})
    other = Budget(tenant_id=BOB)
    for budget in (first, other):
        state.put_budget(budget)
    assert state.budgets((ANN,)) == {ANN: first}
    second = replace(first, limits={Window.WEEK: 7}, hard_stop=False, alert_permille=500)
    state.put_budget(second)
    assert state.budgets() == {ANN: second, BOB: other}


def test_jobs_that_have_not_ended_are_counted(state: State) -> None:
    for at_ms in (1000, 2000, 3000):
        _submit(state, at_ms=at_ms)
    bob = _submit(state, BOB, at_ms=4000)
    assert state.open_jobs(None, None, 10) == 4
    assert state.open_jobs(Priority.BATCH, None, 2) == 2
    assert state.open_jobs(Priority.TRAINING, None, 10) == 0
    assert state.open_jobs(None, ANN, 10) == 3
    draft = _draft(state, bob)
    jobs.cancel(draft, bob)
    state.commit(draft.changes())
    assert state.open_jobs(Priority.BATCH, BOB, 10) == 0


def test_charges_are_found_by_the_lease(state: State) -> None:
    job_id = _submit(state)
    draft = _draft(state, job_id, at_ms=5_000)
    attempts.lease(draft, [unit.id for unit in state.units(job_id)], LIMITS, GRANT)
    state.commit(draft.changes())
    draft = _draft(state, job_id, at_ms=9_000)
    attempt = state.attempts_of(job_id)[0]
    news = Finished(attempt_id=attempt.id, output=b"", place="p", busy_ms=3)
    assert attempts.finish(draft, news, "tenants/r", (), LIMITS)
    state.commit(draft.changes())
    assert [c.attempt_id for c in state.charges_of(ANN, 5_000, 5_001)] == [attempt.id]
    assert list(state.charges_of(None, 0, 10_000)) == list(state.charges(job_id))
    assert list(state.charges_of(ANN, 5_001, 10_000)) == []
    assert list(state.charges_of(BOB, 0, 10_000)) == []


def test_nodes_are_seen_until_they_are_gone(state: State) -> None:
    def node(name: str, from_ms: int, until_ms: int) -> Node:
        return Node(
            name=name, from_ms=from_ms, until_ms=until_ms, slots=2, rate_microusd_h=7, price="p"
        )

    state.commit(Changes(nodes=(node("a", 100, 100), node("b", 50, 60))))
    state.commit(Changes(nodes=(node("a", 100, 250), node("a", 250, 300))))
    assert list(state.nodes(0, 1000)) == [
        node("b", 50, 60),
        node("a", 100, 250),
        node("a", 250, 300),
    ]
    assert list(state.nodes(60, 100)) == []
    assert list(state.nodes(249, 251)) == [node("a", 100, 250), node("a", 250, 300)]


def test_workers_come_and_go(state: State) -> None:
    assert list(state.workers()) == []
    state.keep_workers({"a": 1, "b": 4}, 1_000)
    assert not state.drain_worker("c", 5_000)
    assert state.drain_worker("b", 5_000)
    a, b = Worker(place="a", slots=1), Worker(place="b", slots=4, drain_ms=5_000)
    assert list(state.workers()) == [a, b]
    state.keep_workers({"b": 2, "c": 1}, 2_000)
    c = Worker(place="c", slots=1)
    assert list(state.workers()) == [replace(b, slots=2), c]
    # Of what was drained it is told for a while that it is gone.
    state.keep_workers({"c": 1}, 5_000 + GONE_MS)
    assert list(state.workers()) == [replace(b, slots=0), c]
    assert state.drain_worker("b", None)
    state.keep_workers({"c": 1}, 6_000)
    assert list(state.workers()) == [c]
    state.drain_worker("c", 7_000)
    state.keep_workers({}, 7_001 + GONE_MS)
    assert list(state.workers()) == []


def test_what_was_chosen_is_counted(state: State) -> None:
    assert state.choices() == {}
    wait, scale = (Chosen.WAIT, "", "quota"), (Chosen.SCALE, "up", "wake")
    state.add_choices({wait: 2})
    state.add_choices({wait: 3, scale: 1})
    assert state.choices() == {wait: 5, scale: 1}
