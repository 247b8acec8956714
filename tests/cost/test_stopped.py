"""Jobs that a budget stopped: when they go on, and that each is looked at."""

from __future__ import annotations

import random

import pytest

from portalis.core.ids import JobId, TenantId, new_id
from portalis.cost.windows import accounts_of, end_ms
from portalis.storage.state_memory import MemoryState
from portalis.workload.control import jobs as verbs
from portalis.workload.control.draft import Draft
from portalis.workload.control.limits import Limits
from portalis.workload.control.money import MOST_STOPPED, Money
from portalis.workload.model.changes import Changes
from portalis.workload.model.job import Priority
from portalis.workload.model.ledger import Budget, Entry, Tariff, Window
from portalis.workload.model.transitions import JobState

ANN, BOB = TenantId("ann"), TenantId("bob")
NOW_MS = 1_796_000_000_000
WANTS = 1_000
LIMITS = Limits(tariff=Tariff(rate_microusd_h=3_600_000, price="test"))


def _stopped(state: MemoryState, money: Money, number: int, tenant_id: TenantId = ANN) -> JobId:
    """A job whose next unit the tenant's limit does not bear."""
    job_id = JobId(new_id("job", NOW_MS + number, random.Random(number)))
    draft = Draft(NOW_MS)
    asked = verbs.Submission(tenant_id=tenant_id, priority=Priority.BATCH, sources="s")
    verbs.submit(draft, job_id, asked)
    state.commit(draft.changes())
    draft = Draft(NOW_MS)
    money.stop(job_id, WANTS, draft)
    state.commit(draft.changes())
    assert _state(state, job_id) is JobState.STOPPED_BUDGET
    return job_id


def _state(state: MemoryState, job_id: JobId) -> JobState:
    job = state.job(job_id)
    assert job is not None
    return job.state


def _looked_at(state: MemoryState, money: Money, now_ms: int) -> None:
    for job_id in money.stopped():
        draft = Draft(now_ms)
        money.resume(job_id, draft)
        state.commit(draft.changes())


def _limit(state: MemoryState, microusd: int, window: Window, tenant_id: TenantId = ANN) -> None:
    state.put_budget(Budget(tenant_id=tenant_id, limits={window: microusd}, hard_stop=True))


@pytest.mark.parametrize("window", [Window.DAY, Window.WEEK, Window.MONTH])
def test_it_goes_on_when_the_window_turns_and_not_a_moment_before(window: Window) -> None:
    state = MemoryState()
    money = Money(state, LIMITS)
    _limit(state, WANTS, window)
    key = accounts_of(ANN, NOW_MS)[window]
    state.commit(Changes(entries=(Entry(key=key, posted_microusd=1),)))
    job_id = _stopped(state, money, 1)
    turns_ms = end_ms(window, NOW_MS)
    assert turns_ms is not None
    _looked_at(state, money, turns_ms - 1)
    assert _state(state, job_id) is JobState.STOPPED_BUDGET
    _looked_at(state, money, turns_ms)
    assert _state(state, job_id) is not JobState.STOPPED_BUDGET


def test_it_goes_on_when_the_limit_is_raised_enough() -> None:
    state = MemoryState()
    money = Money(state, LIMITS)
    _limit(state, WANTS - 2, Window.LIFETIME)
    job_id = _stopped(state, money, 1)
    _limit(state, WANTS - 1, Window.LIFETIME)
    _looked_at(state, money, NOW_MS)
    assert _state(state, job_id) is JobState.STOPPED_BUDGET
    _limit(state, WANTS, Window.LIFETIME)
    _looked_at(state, money, NOW_MS)
    assert _state(state, job_id) is not JobState.STOPPED_BUDGET


def test_none_waits_for_ever_behind_jobs_of_a_limit_that_stays() -> None:
    """However many jobs of another tenant are stopped: the oldest is looked at, too."""
    state = MemoryState()
    money = Money(state, LIMITS)
    for tenant_id in (ANN, BOB):
        _limit(state, 0, Window.DAY, tenant_id)
    oldest = _stopped(state, money, 0, BOB)
    for number in range(1, 2 * MOST_STOPPED + 1):
        _stopped(state, money, number)
    _limit(state, WANTS, Window.DAY, BOB)
    for _ in range(3):
        assert _state(state, oldest) is JobState.STOPPED_BUDGET
        _looked_at(state, money, NOW_MS)
    assert _state(state, oldest) is not JobState.STOPPED_BUDGET
    # And then from the beginning again.
    assert len(money.stopped()) == MOST_STOPPED
