"""What a period was like: figures from nodes and charges that are values."""

from __future__ import annotations

from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.core.money import HOUR_MS
from portalis.cost.catalog import PricingModel
from portalis.cost.shipped import shipped
from portalis.workload.model.attempt import Charge
from portalis.workload.model.ledger import Node
from portalis.workload.usage import Spread, reservations, utilisation

PRICE = shipped().price("dgxa100.80g")


def node(from_h: int, until_h: int, machines: int = 1, name: str = "n") -> Node:
    return Node(
        name=name,
        from_ms=from_h * HOUR_MS,
        until_ms=until_h * HOUR_MS,
        slots=8 * machines,
        rate_microusd_h=PRICE.slot_rate_microusd_h(8),
        price=str(PRICE.tag),
    )


def charge(from_ms: int, slot_ms: int, *, useful: bool = True) -> Charge:
    return Charge(
        attempt_id=AttemptId(f"a{from_ms}"),
        unit_id=UnitId("u"),
        job_id=JobId("j"),
        tenant_id=TenantId("t"),
        at_ms=from_ms + slot_ms,
        from_ms=from_ms,
        slot_ms=slot_ms,
        useful=useful,
    )


def test_spread_is_by_nearest_rank() -> None:
    assert Spread.of([]) == Spread()
    assert Spread.of(range(1, 101)) == Spread(count=100, p50_ms=50, p95_ms=95, max_ms=100)
    assert Spread.of([7]) == Spread(count=1, p50_ms=7, p95_ms=7, max_ms=7)


def test_utilisation_counts_what_lies_in_the_period() -> None:
    # Half an hour before the period does not count.
    charges = [charge(HOUR_MS // 2, HOUR_MS), charge(HOUR_MS * 3 // 2, HOUR_MS, useful=False)]
    found = utilisation([node(0, 3)], charges, HOUR_MS, 3 * HOUR_MS)
    assert found.room_ms == 16 * HOUR_MS
    assert (found.work_ms, found.overhead_ms) == (HOUR_MS // 2, HOUR_MS)
    assert found.permille == 93
    # One of eight slots all of the second hour.
    assert found.highest_permille == 125
    assert "fewer nodes" in found.advice
    assert utilisation([], [], 0, HOUR_MS).advice == "no slot was there"


def test_the_machine_that_is_always_there_is_reserved() -> None:
    # One all the time, two more for a tenth of it: a reserved one costs 60 % of one on demand.
    nodes = [node(0, 100), node(20, 30, machines=2, name="m")]
    (found,) = reservations(nodes, shipped(), 0, 100 * HOUR_MS)
    assert (found.instance, found.count, found.break_even_permille) == ("dgxa100.80g", 1, 600)
    reserved = shipped().price("dgxa100.80g", PricingModel.RESERVED).rate_microusd_h
    assert found.saves_microusd == 100 * (PRICE.rate_microusd_h - reserved)
    assert found.paid_microusd == 120 * PRICE.rate_microusd_h


def test_what_is_there_for_an_hour_is_not_reserved() -> None:
    (found,) = reservations([node(0, 50)], shipped(), 0, 100 * HOUR_MS)
    assert (found.count, found.saves_microusd) == (0, 0)
    assert reservations([], shipped(), 0, HOUR_MS) == ()
