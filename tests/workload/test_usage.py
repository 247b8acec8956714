"""What a period was like: figures from nodes and charges that are values."""

from __future__ import annotations

from dataclasses import replace

from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.core.money import HOUR_MS
from portalis.cost.catalog import PriceTag, PricingModel
from portalis.cost.recommend import cheaper
from portalis.cost.shipped import shipped
from portalis.resource.policy import OPEN
from portalis.storage.policies import shipped as shipped_policy
from portalis.storage.state_memory import MemoryState
from portalis.workload.model.attempt import Charge
from portalis.workload.model.changes import Changes
from portalis.workload.model.job import Job, Priority
from portalis.workload.model.ledger import Node
from portalis.workload.model.transitions import JobState, UnitState
from portalis.workload.model.unit import Unit, UnitKind
from portalis.workload.usage import Spread, memory, reservations, sizing, utilisation

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


def of_size(state: MemoryState, size: str, peaks: list[int], price: str) -> list[Charge]:
    """A job with a unit for each peak, a second and a cent each."""
    job_id = JobId(size)
    units = tuple(
        Unit(
            id=UnitId(f"{size}{number}"),
            job_id=job_id,
            number=number,
            kind=UnitKind.TRANSLATE,
            state=UnitState.DONE,
            summary={"peak_mb": peak} if peak else {},
        )
        for number, peak in enumerate(peaks)
    )
    job = Job(
        id=job_id,
        tenant_id=TenantId("t"),
        priority=Priority.BATCH,
        state=JobState.DONE,
        created_ms=0,
        sources="s",
        size=size,
    )
    state.commit(Changes(jobs=(job,), units=units, new_units=frozenset(u.id for u in units)))
    return [
        replace(
            charge(number, 1_000 * (number + 1)),
            attempt_id=AttemptId(unit.id),
            unit_id=unit.id,
            job_id=job_id,
            cost_microusd=10_000,
            price=price,
        )
        for number, unit in enumerate(units)
    ]


def test_sizes_are_told_what_would_have_done() -> None:
    state = MemoryState()
    charges = of_size(state, "large", [300, 900, 100], str(PRICE.tag))
    charges += of_size(state, "medium", [3_000], str(PRICE.tag))
    charges += of_size(state, "tiny", [0], str(shipped().price("local").tag))
    large, medium, tiny = sizing(state, charges, shipped(), shipped_policy())
    assert (large.size, large.jobs, large.units, large.peak_mb) == ("large", 1, 3, 900)
    assert large.busy == Spread(count=3, p50_ms=2_000, p95_ms=3_000, max_ms=3_000)
    # A gigabyte is what the policy gives the smallest; the machine has eight times that a slot.
    assert (large.fits, large.instance) == ("tiny", "dgxa100.80g")
    assert large.machine == "c7i.large"
    assert 0 < large.saves_microusd < large.cost_microusd == 30_000
    # Three gigabytes a slot are more than the cheapest machine has.
    assert (medium.fits, medium.machine) == ("large", "g4dn.xlarge")
    # Of what nothing is known nothing is said.
    assert (tiny.fits, tiny.machine, tiny.saves_microusd) == ("", "local", 0)
    assert sizing(state, charges, shipped(), OPEN)[0].fits == ""
    assert [(each.size, each.peak_mb) for each in memory(state, charges)] == [
        ("large", 900),
        ("medium", 3_000),
        ("tiny", 0),
    ]


def test_the_cheaper_machine_is_the_cheapest_of_all_that_fit() -> None:
    """By trying all, for each machine, way to pay and need."""
    catalog = shipped()
    cost = 1_000_000_000
    for used in catalog.instances.values():
        for model, rate in used.rates.items():
            for memory_mb in (0, 1_000, 2_048, 3_000, 10_000, 99_999):
                for gpu_mb in (0, 10_000, 40_960, 60_000):
                    tag = catalog.price(used.name, model).tag
                    name, saves = cheaper(catalog, tag, cost, memory_mb, gpu_mb)
                    costs = [
                        cost * each.rates[model] * used.vcpus // (rate * each.vcpus)
                        for each in catalog.instances.values()
                        if each.memory_gb * 1024 / each.vcpus >= memory_mb
                        and each.gpu_memory_gb * 1024 >= gpu_mb
                    ]
                    assert cost - saves == min([*costs, cost])
                    assert (name == used.name) == (saves == 0)
    unknown = PriceTag("moon", "moon", PricingModel.SPOT, PRICE.as_of)
    assert cheaper(catalog, unknown, cost, 0, 0) == ("moon", 0)
