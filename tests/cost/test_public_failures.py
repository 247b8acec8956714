"""Budget failures that others reported in public, each as a test: the number is LiteLLM's issue."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from portalis.core.clock import ManualClock
from portalis.core.ids import JobId, TenantId, UnitId, child_id, new_id
from portalis.cost.catalog import UnknownPrice
from portalis.cost.shipped import shipped
from portalis.cost.windows import accounts_of
from portalis.storage.state_sql import SqlState
from portalis.workload.control import attempts
from portalis.workload.control import jobs as verbs
from portalis.workload.control.draft import Draft
from portalis.workload.control.known import Knowledge
from portalis.workload.control.limits import Limits
from portalis.workload.control.money import Money
from portalis.workload.desk import Desk
from portalis.workload.model.attempt import Attempt
from portalis.workload.model.job import Priority
from portalis.workload.model.ledger import Account, AccountKey, Budget, Tariff, Window
from portalis.workload.model.retry import Cause
from portalis.workload.model.snapshot import Grant
from portalis.workload.ports import Conflict, Finished, JobQuery, Lost, State, Unavailable
from tests.simulate.world import DictObjects, Odds

ANN = TenantId("ann")
NOW_MS = 1_796_000_000_000
# A micro-dollar a millisecond.
LIMITS = Limits(unit_ms=60_000, tariff=Tariff(rate_microusd_h=3_600_000, price="test"))


class Unreachable(SqlState):
    """Its ledger does not answer while it is away; all else does."""

    is_away = False

    def accounts(self, keys: Collection[AccountKey]) -> Mapping[AccountKey, Account]:
        if self.is_away:
            raise Unavailable("the ledger is away")
        return super().accounts(keys)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    found = SqlState(f"sqlite:///{tmp_path / 'state.db'}")
    yield found
    found.close()


def _submit(state: State, number: int) -> UnitId:
    job_id = JobId(new_id("job", NOW_MS, random.Random(number)))
    draft = Draft(NOW_MS)
    asked = verbs.Submission(tenant_id=ANN, priority=Priority.BATCH, sources="s")
    verbs.submit(draft, job_id, asked)
    state.commit(draft.changes())
    return UnitId(child_id(job_id, "u", 0))


def _lease(state: State, unit_id: UnitId) -> Draft:
    draft = Draft(NOW_MS)
    Knowledge(state).read(draft, (unit_id,))
    Money(state, LIMITS).read(draft, ())
    attempts.lease(draft, (unit_id,), LIMITS, Grant(units=(unit_id,), rank=1, reason="r"))
    return draft


def _leased(state: State, number: int = 1) -> Attempt:
    draft = _lease(state, _submit(state, number))
    state.commit(draft.changes())
    return draft.changes().attempts[0]


def _end(state: State, attempt: Attempt, news: Finished | Lost) -> bool:
    """Whether anything came of it."""
    draft = Draft(NOW_MS + 10, node="node")
    draft.read(attempts=state.attempts_by_id((attempt.id,)).values())
    Knowledge(state).read(draft, (attempt.unit_id,))
    Money(state, LIMITS).read(draft, (attempt,))
    if isinstance(news, Lost):
        attempts.lose(draft, news, LIMITS)
    else:
        attempts.finish(draft, news, "result", (), LIMITS)
    changes = draft.changes()
    state.commit(changes)
    return not changes.is_empty


def _done(attempt: Attempt, tariff: Tariff | None = None, busy_ms: int = 7) -> Finished:
    return Finished(attempt_id=attempt.id, output=b"", place="p", busy_ms=busy_ms, tariff=tariff)


def _day(state: State) -> Account:
    key = accounts_of(ANN, NOW_MS)[Window.DAY]
    return state.accounts((key,)).get(key) or Account(key=key)


def _limit(state: State, microusd: int) -> None:
    state.put_budget(Budget(tenant_id=ANN, limits={Window.DAY: microusd}, hard_stop=True))


def test_40095_34732_of_all_that_passed_one_check_only_those_that_fit_are_taken(
    state: State,
) -> None:
    units = [_submit(state, number) for number in range(8)]
    hold = _lease(state, units[0]).changes().attempts[0].hold_microusd
    _limit(state, 3 * hold)
    drafts = [_lease(state, unit) for unit in units]
    taken = 0
    for draft in drafts:
        try:
            state.commit(draft.changes())
            taken += 1
        except Conflict:
            continue
    assert (taken, _day(state).held_microusd) == (3, 3 * hold)


def test_27639_a_lost_worker_leaves_no_hold(state: State) -> None:
    attempt = _leased(state)
    assert _day(state).held_microusd == attempt.hold_microusd > 0
    assert _end(state, attempt, Lost(attempt_id=attempt.id, cause=Cause.LEASE_EXPIRED))
    assert _day(state).taken_microusd == 0


@pytest.mark.parametrize("lost_first", [False, True])
def test_35569_a_cleanup_and_a_result_count_once(state: State, lost_first: bool) -> None:
    attempt = _leased(state)
    news: list[Finished | Lost] = [_done(attempt)]
    news.append(Lost(attempt_id=attempt.id, cause=Cause.LEASE_EXPIRED, busy_ms=7))
    if lost_first:
        news.reverse()
    heard = [_end(state, attempt, each) for each in news]
    assert heard == [True, False]
    assert (_day(state).posted_microusd, _day(state).held_microusd) == (7, 0)
    assert len(state.charges(attempt.job_id)) == 1


def test_35525_success_without_a_price_costs_what_was_held_for(state: State) -> None:
    attempt = _leased(state)
    _end(state, attempt, _done(attempt, tariff=None, busy_ms=900))
    assert _day(state).posted_microusd == 900


def test_40002_a_dearer_machine_than_was_held_for_costs_no_more_than_the_hold(
    state: State,
) -> None:
    attempt = _leased(state)
    dear = Tariff(rate_microusd_h=100 * 3_600_000, price="dear")
    _end(state, attempt, _done(attempt, dear, busy_ms=10 * attempt.run_ms))
    assert _day(state).posted_microusd == attempt.hold_microusd


def test_26845_what_does_not_fit_is_refused_and_not_cut_to_what_is_left(state: State) -> None:
    unit = _submit(state, 1)
    hold = _lease(state, unit).changes().attempts[0].hold_microusd
    _limit(state, hold - 1)
    assert not _lease(state, unit).changes().attempts
    assert _day(state).taken_microusd == 0


def test_36926_40050_what_is_enforced_is_what_was_charged(state: State) -> None:
    """Also after many ends; random ones are in `tests/simulate/ledger.py`."""
    for number in range(20):
        attempt = _leased(state, number)
        _end(state, attempt, _done(attempt, busy_ms=number))
        charges = state.charges_of(ANN, 0, 2**60)
        assert _day(state).posted_microusd == sum(charge.cost_microusd for charge in charges)
        assert _day(state).held_microusd == 0


def test_a_price_has_its_date_and_what_has_none_is_refused() -> None:
    """Clouds cut prices by half within a year."""
    price = shipped().price("dgxh100.80g")
    assert price.as_of > date(2025, 6, 1)
    assert price.as_of.isoformat() in price.tag.words()
    with pytest.raises(UnknownPrice):
        shipped().price("p6")


def test_33923_without_the_ledger_nothing_is_taken_and_nothing_runs(tmp_path: Path) -> None:
    """Fail closed: neither a submission that a budget would have to bear, nor a lease."""
    state = Unreachable(f"sqlite:///{tmp_path / 'state.db'}")
    rng = random.Random(1)
    desk = Desk(state, DictObjects(rng, Odds()), ManualClock(NOW_MS), rng, LIMITS)
    unit = _submit(state, 1)
    _limit(state, 10**9)
    state.is_away = True
    with pytest.raises(Unavailable):
        desk.submit(ANN, {"a.py": b"print(1)\n"})
    with pytest.raises(Unavailable):
        _lease(state, unit)
    state.is_away = False
    (job,) = state.jobs(JobQuery(tenant_id=ANN))
    assert not state.attempts_of(job.id)
    assert _day(state).taken_microusd == 0
    assert desk.submit(ANN, {"a.py": b"print(1)\n"}).fresh
    state.close()
