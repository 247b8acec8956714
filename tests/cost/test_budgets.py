"""Ceilings, refusals and alarms, as pure functions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portalis.core.ids import JobId, TenantId
from portalis.core.money import price_of
from portalis.cost.budgets import (
    PATIENCE_MS,
    STOP_MS,
    ceiling,
    exceeded,
    is_alarming,
    job_exceeded,
    left,
)
from portalis.cost.windows import account_of_job, accounts_of
from portalis.workload.model.ledger import Account, AccountKey, Budget, Window

ANN = TenantId("ann")
NOW_MS = 1_796_000_000_000
KEYS = accounts_of(ANN, NOW_MS)


def accounts(window: Window, posted: int, held: int = 0) -> dict[AccountKey, Account]:
    key = KEYS[window]
    return {key: Account(key=key, posted_microusd=posted, held_microusd=held)}


@given(st.integers(0, 10**7), st.integers(1, 10**7), st.integers(0, 10**9), st.integers(0, 10**12))
def test_nothing_costs_more_than_its_ceiling(
    predicted_ms: int, longest_ms: int, rate: int, from_ms: int
) -> None:
    bound = ceiling(predicted_ms, longest_ms, rate)
    assert bound.run_ms <= longest_ms
    longest = price_of(rate, from_ms, from_ms + bound.run_ms + STOP_MS)
    assert longest <= bound.hold_microusd


def test_an_attempt_that_overran_gets_more_the_next_time() -> None:
    first, second = (ceiling(1_000, 10**9, 3_600_000, overruns).run_ms for overruns in (0, 1))
    assert PATIENCE_MS < first < second == 4 * first


def test_what_is_free_holds_nothing() -> None:
    assert ceiling(1_000, 10**9, 0).hold_microusd == 0


def test_the_broadest_window_is_named() -> None:
    budget = Budget(tenant_id=ANN, limits={Window.DAY: 50, Window.MONTH: 60})
    state = {**accounts(Window.DAY, 50), **accounts(Window.MONTH, 60)}
    over = exceeded(budget, state, ANN, NOW_MS, 10)
    assert over is not None
    assert (over.window, over.limit_microusd, over.posted_microusd) == (Window.MONTH, 60, 60)
    assert over.resets_ms is not None
    assert over.resets_ms > NOW_MS


def test_what_fits_exactly_fits() -> None:
    budget = Budget(tenant_id=ANN, limits={Window.DAY: 100})
    assert exceeded(budget, accounts(Window.DAY, 60, 30), ANN, NOW_MS, 10) is None
    over = exceeded(budget, accounts(Window.DAY, 60, 30), ANN, NOW_MS, 11)
    assert over is not None
    assert over.waits
    assert str(over) == (
        "the day budget of $0.0001 does not bear $0.000011 more: $0.00006 spent and $0.00003 held"
    )
    spent = exceeded(budget, accounts(Window.DAY, 95), ANN, NOW_MS, 10)
    assert spent is not None
    assert not spent.waits


def test_a_limit_of_nothing_is_a_limit() -> None:
    budget = Budget(tenant_id=ANN, limits={Window.LIFETIME: 0})
    assert exceeded(budget, {}, ANN, NOW_MS, 1) is not None


def test_a_soft_budget_bears_everything() -> None:
    budget = Budget(tenant_id=ANN, limits={Window.DAY: 1}, hard_stop=False)
    assert exceeded(budget, accounts(Window.DAY, 5), ANN, NOW_MS, 10) is None
    assert left(budget, accounts(Window.DAY, 5), ANN, NOW_MS) is None
    assert is_alarming(budget, accounts(Window.DAY, 5)[KEYS[Window.DAY]])


@given(st.dictionaries(st.sampled_from(list(KEYS)), st.integers(0, 100)), st.integers(0, 120))
def test_what_is_left_is_what_is_borne(limits: dict[Window, int], taken: int) -> None:
    budget = Budget(tenant_id=ANN, limits=limits)
    state = {key: Account(key=key, posted_microusd=taken) for key in KEYS.values()}
    rest = left(budget, state, ANN, NOW_MS)
    assert (rest is None) == (not limits)
    if rest:
        assert exceeded(budget, state, ANN, NOW_MS, rest) is None
    if rest is not None:
        assert exceeded(budget, state, ANN, NOW_MS, rest + 1) is not None


def test_a_job_has_a_limit_of_its_own() -> None:
    job = JobId("job-1")
    key = account_of_job(job)
    state = {key: Account(key=key, posted_microusd=7)}
    assert job_exceeded(job, None, state, 10**9) is None
    assert job_exceeded(job, 10, state, 3) is None
    over = job_exceeded(job, 10, state, 4)
    assert over is not None
    assert "the job's own limit" in str(over)


def test_an_alarm_is_given_once_and_again_for_another_limit() -> None:
    budget = Budget(tenant_id=ANN, limits={Window.DAY: 100})
    key = KEYS[Window.DAY]
    assert not is_alarming(budget, Account(key=key, posted_microusd=79))
    assert is_alarming(budget, Account(key=key, posted_microusd=80))
    assert not is_alarming(budget, Account(key=key, posted_microusd=99, alerted_microusd=100))
    raised = Budget(tenant_id=ANN, limits={Window.DAY: 110})
    assert is_alarming(raised, Account(key=key, posted_microusd=99, alerted_microusd=100))
    assert not is_alarming(None, Account(key=key, posted_microusd=99))
