"""The transition table: reachable, ending, and as documented."""

from __future__ import annotations

import random
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalis.workload.model.retry import POISON_PLACES, RULES, Cause, History, judge
from portalis.workload.model.transitions import (
    ENDED_JOB,
    HELD,
    JOB,
    OPEN_UNIT,
    UNIT,
    IllegalTransition,
    JobEvent,
    JobState,
    Machine,
    Order,
    UnitEvent,
    UnitState,
)
from portalis.workload.model.transitions_table import document

ROOT = Path(__file__).parents[2]
MACHINES = pytest.mark.parametrize(
    ("machine", "states", "events"),
    [(JOB, JobState, JobEvent), (UNIT, UnitState, UnitEvent)],
    ids=["job", "unit"],
)


def _reachable(machine: Machine[Any, Any], start: StrEnum) -> set[StrEnum]:
    seen: set[StrEnum] = set()
    waiting = [start]
    while waiting:
        state = waiting.pop()
        if state not in seen:
            seen.add(state)
            waiting += [edge.to for (at, _), edge in machine.edges.items() if at is state]
    return seen


def test_the_documentation_is_generated_from_the_table() -> None:
    assert (ROOT / "docs" / "transitions.md").read_text("utf-8") == document()


@MACHINES
def test_every_state_is_reachable(
    machine: Machine[Any, Any], states: type[StrEnum], events: type[StrEnum]
) -> None:
    assert _reachable(machine, machine.start) == set(states)
    assert {event for _, event in machine.edges} == set(events)


def test_every_job_can_end() -> None:
    assert all(_reachable(JOB, state) & ENDED_JOB for state in JobState)


def test_every_unit_can_end() -> None:
    assert all(_reachable(UNIT, state) - OPEN_UNIT for state in UnitState)


def test_each_way_out_of_being_held_charges_and_nothing_else_does() -> None:
    for (state, _), edge in UNIT.edges.items():
        leaves = state in HELD and edge.to not in HELD
        assert (Order.CHARGE in edge.orders) == leaves


def test_only_a_lease_starts_an_attempt() -> None:
    starts = {
        event for (_, event), edge in UNIT.edges.items() if Order.START_ATTEMPT in edge.orders
    }
    assert starts == {UnitEvent.LEASED}


def test_whoever_becomes_done_has_a_result_and_wakes_its_dependents() -> None:
    for edge in UNIT.edges.values():
        done = edge.to is UnitState.DONE
        assert (Order.RECORD_RESULT in edge.orders) == done
        assert (Order.WAKE_DEPENDENTS in edge.orders) == done


def test_the_end_of_a_job_is_told() -> None:
    for edge in JOB.edges.values():
        assert (Order.NOTIFY in edge.orders) == (edge.to in ENDED_JOB)


def test_done_is_for_ever() -> None:
    assert not [state for state, _ in JOB.edges if state is JobState.DONE]
    assert not [state for state, _ in UNIT.edges if state is UnitState.DONE]


def test_what_the_table_does_not_know_is_refused() -> None:
    with pytest.raises(IllegalTransition, match="unit: leased in done"):
        UNIT.step(UnitState.DONE, UnitEvent.LEASED)


def test_every_cause_has_a_rule() -> None:
    assert RULES.keys() == set(Cause)


@pytest.mark.parametrize("cause", list(Cause))
def test_a_cause_is_retried_as_often_as_its_rule_says(cause: Cause) -> None:
    rule = RULES[cause]
    history, again = History({}), 0
    for _ in range(20):
        after = judge(cause, "here", history)
        history = after.history
        if not after.again:
            break
        again += 1
    assert again == (20 if rule.retries is None else rule.retries)


def test_a_unit_that_kills_places_is_quarantined() -> None:
    history = History({})
    causes = (Cause.NODE_DIED, Cause.WORKER_DIED, Cause.LEASE_EXPIRED)
    for number in range(1, POISON_PLACES + 1):
        after = judge(causes[number % 3], f"place-{number}", history)
        history = after.history
    assert (after.again, after.cause) == (False, Cause.POISON)


@given(st.lists(st.sampled_from(list(Cause)), max_size=60), st.integers(0, 2**32))
def test_delays_are_bounded_and_places_are_avoided_once(causes: list[Cause], seed: int) -> None:
    rng = random.Random(seed)
    history = History({})
    for cause in causes:
        after = judge(cause, rng.choice(["a", "b", ""]), history)
        history = after.history
        assert 0 <= after.delay_ms <= 60_000
        assert len(set(history.avoid)) == len(history.avoid)
        assert "" not in history.avoid
