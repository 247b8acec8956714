"""What nodes cost = work + idle + overhead, to the micro-dollar."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.core.money import price_of
from portalis.cost.identity import node_costs
from portalis.workload.model.attempt import Charge
from portalis.workload.model.ledger import Node

BEGIN_MS = 1_796_000_000_000


def charge(from_ms: int, slot_ms: int, rate: int, *, useful: bool = True) -> Charge:
    return Charge(
        attempt_id=AttemptId("a"),
        unit_id=UnitId("u"),
        job_id=JobId("j"),
        tenant_id=TenantId("t"),
        at_ms=from_ms + slot_ms,
        slot_ms=slot_ms,
        useful=useful,
        from_ms=from_ms,
        leased_ms=from_ms,
        node="n",
        cost_microusd=price_of(rate, from_ms, from_ms + slot_ms),
        rate_microusd_h=rate,
    )


def node(slots: int, life_ms: int, rate: int, name: str = "n") -> Node:
    return Node(
        name=name,
        from_ms=BEGIN_MS,
        until_ms=BEGIN_MS + life_ms,
        slots=slots,
        rate_microusd_h=rate,
        price="p",
    )


@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.booleans()), max_size=8
        ),
        min_size=1,
        max_size=4,
    ),
    st.integers(0, 10**9),
    st.integers(0, 10**6),
)
def test_the_identity_holds(
    slots: list[list[tuple[int, int, bool]]], rate: int, after_ms: int
) -> None:
    charges, end = [], BEGIN_MS
    for spans in slots:
        at = BEGIN_MS
        for gap, length, useful in spans:
            charges.append(charge(at + gap, length, rate, useful=useful))
            at += gap + length
        end = max(end, at)
    life_ms = end - BEGIN_MS + after_ms
    costs = node_costs([node(len(slots), life_ms, rate)], charges, 0, 2 * BEGIN_MS)
    assert costs.holds, costs
    assert costs.total_microusd == len(slots) * price_of(rate, BEGIN_MS, BEGIN_MS + life_ms)
    assert costs.work_microusd + costs.overhead_microusd == sum(c.cost_microusd for c in charges)


def test_only_what_lies_in_the_period_counts() -> None:
    life = node(1, 1000, 3_600_000)
    work = charge(BEGIN_MS + 400, 200, 3_600_000)
    costs = node_costs([life], [work], BEGIN_MS + 500, BEGIN_MS + 700)
    assert (costs.total_microusd, costs.work_microusd, costs.idle_microusd) == (200, 100, 100)
    assert costs.holds


def test_work_that_the_slots_had_no_time_for_breaks_it() -> None:
    life = node(1, 1000, 3_600_000)
    twice = [charge(BEGIN_MS, 600, 3_600_000), charge(BEGIN_MS, 600, 3_600_000)]
    costs = node_costs([life], twice, 0, 2 * BEGIN_MS)
    assert not costs.holds
    assert costs.broken == ("n: 1200 ms of work in 1000 ms of its slots",)


def test_work_of_a_node_that_was_not_there_breaks_it() -> None:
    stray = replace(charge(BEGIN_MS, 5, 3_600_000), node="gone")
    assert not node_costs([node(1, 10, 3_600_000)], [stray], 0, 2 * BEGIN_MS).holds
