"""Forecasts and recommendations, on small bills."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.cost.catalog import PriceTag, PricingModel
from portalis.cost.recommend import (
    STEPS,
    Bill,
    Run,
    Saving,
    apply,
    machines,
    of_nodes,
    recommend,
)
from portalis.cost.report import forecast
from portalis.cost.shipped import shipped
from portalis.cost.windows import end_ms
from portalis.workload.model.attempt import Charge
from portalis.workload.model.ledger import Window

DAY_MS = 86_400_000
NOW_MS = 1_796_000_000_000

HOUR_MS = 3_600_000


def run(
    instance: str = "dgxa100.80g",
    model: PricingModel = PricingModel.ON_DEMAND,
    hours: tuple[float, float] = (0, 1),
    rate: int = 1_000_000,
    *,
    slots: int = 1,
    repeated: bool = False,
    flexible: bool = False,
    needs_gpu: bool = True,
) -> Run:
    """rate: micro-dollars an hour of its slot."""
    begin, end = (round(each * HOUR_MS) for each in hours)
    return Run(
        instance=instance,
        model=model,
        from_ms=begin,
        until_ms=end,
        rate_microusd_h=rate,
        cost_microusd=rate * (end - begin) // HOUR_MS,
        slots=slots,
        repeated=repeated,
        flexible=flexible,
        needs_gpu=needs_gpu,
    )


runs = st.builds(
    run,
    instance=st.sampled_from(["local", "dgxa100.80g", "t4.xlarge", "gone"]),
    model=st.sampled_from(list(PricingModel)),
    hours=st.tuples(st.integers(0, 10), st.integers(0, 4)).map(lambda h: (h[0], h[0] + h[1])),
    rate=st.integers(1, 10**8),
    slots=st.sampled_from([1, 2, 16]),
    repeated=st.booleans(),
    flexible=st.booleans(),
    needs_gpu=st.booleans(),
)


@st.composite
def bills(draw: st.DrawFn) -> Bill:
    bill = Bill(runs=tuple(draw(st.lists(runs, max_size=6))), until_ms=24 * HOUR_MS)
    nodes = draw(st.none() | st.integers(0, 10**9))
    return bill if nodes is None else of_nodes(bill, nodes)


@given(bills())
def test_savings_never_overlap(bill: Bill) -> None:
    """Applied together, in order, they save exactly their sum, and never more than there is."""
    if bill.nodes_microusd is not None:
        assert bill.total_microusd == bill.nodes_microusd
    found = recommend(bill, shipped())
    after = bill
    for each in found:
        before, after = after, apply(after, each.kind, shipped())
        assert before.total_microusd - after.total_microusd == each.savings_microusd > 0
    saved = sum(each.savings_microusd for each in found)
    assert saved == bill.total_microusd - after.total_microusd <= bill.total_microusd


def _kinds(bill: Bill) -> list[Saving]:
    return [each.kind for each in recommend(bill, shipped())]


@pytest.mark.parametrize(
    ("runs", "kinds"),
    [
        ((), []),
        ((run("local", PricingModel.SPOT),), []),
        ((run("gone", flexible=True),), []),
        # A tenant has no machines to scale down or to reserve.
        ((run(hours=(0, 23)),), []),
        ((run(repeated=True),), [Saving.CACHING]),
        ((run(flexible=True),), [Saving.SPOT]),
        ((run(needs_gpu=False),), [Saving.RIGHT_SIZING]),
        ((run(needs_gpu=False, flexible=True),), [Saving.RIGHT_SIZING, Saving.SPOT]),
    ],
)
def test_what_is_recommended_to_a_tenant(runs: tuple[Run, ...], kinds: list[Saving]) -> None:
    assert _kinds(Bill(runs=runs, until_ms=24 * HOUR_MS)) == kinds


def test_what_is_recommended_to_who_pays_for_machines() -> None:
    """One hour of work on a machine that was there all day; it could wait for spot, or not."""
    rate = shipped().price("c7i.large").rate_microusd_h // 2
    day = 24 * HOUR_MS
    work = run("c7i.large", hours=(1, 2), rate=rate, slots=2, flexible=True)
    bill = of_nodes(Bill(runs=(work,), until_ms=day), 24 * 2 * rate)
    found = recommend(bill, shipped())
    assert [each.kind for each in found] == [Saving.IDLE, Saving.SPOT]
    hour = 2 * rate
    # An hour of the machine, its start, and how long it is kept.
    stays = hour + hour * (bill.boot_ms + bill.idle_ms) // HOUR_MS
    assert found[0].savings_microusd == 24 * hour - stays
    assert found[1].savings_microusd == pytest.approx(stays * 0.9 * 0.7, rel=1e-4)
    # What is there nearly all the time and cannot wait is reserved, at 60 % of the price here.
    busy = run("c7i.large", hours=(0, 23), rate=rate, slots=2)
    found = recommend(of_nodes(Bill(runs=(busy,), until_ms=day), 24 * hour), shipped())
    assert [each.kind for each in found][-1] is Saving.RESERVED
    assert sum(each.savings_microusd for each in found) == pytest.approx(24 * hour * 0.4, rel=1e-4)
    # Not what is there for half of the time.
    half = run("c7i.large", hours=(0, 12), rate=rate, slots=2)
    assert _kinds(of_nodes(Bill(runs=(half,), until_ms=day), 24 * hour)) == [Saving.IDLE]


def test_machines_that_are_there_for_less_than_is_reckoned() -> None:
    """A laptop neither starts nor waits: of what it costs, spot saves the same share."""
    rate = shipped().price("local").rate_microusd_h // 2
    work = [run("local", hours=(0, 0.01), rate=rate, slots=2, flexible=True, needs_gpu=False)]
    (spot,) = recommend(of_nodes(Bill(runs=tuple(work), until_ms=HOUR_MS), 2_000), shipped())
    assert spot.kind is Saving.SPOT
    assert spot.savings_microusd == pytest.approx(0.9 * 0.7 * 2_000, abs=5)


def test_what_was_done_before_leaves_no_hole() -> None:
    """Of ten minutes each, on two slots, every second one was done before: half of the hour."""
    rate = 1_000_000
    work = [
        run("gone", hours=(n / 6, (n + 1) / 6), rate=rate, slots=2, repeated=bool(n % 2))
        for n in range(6)
        for _ in range(2)
    ]
    bill = of_nodes(Bill(runs=tuple(work), until_ms=2 * HOUR_MS, idle_ms=0, boot_ms=0), 2 * rate)
    found = recommend(bill, shipped())
    assert [each.kind for each in found] == [Saving.CACHING]
    assert found[0].savings_microusd == rate


def test_machines_are_there_as_long_as_something_needs_them() -> None:
    """Three slots of work on machines of two: a second one for a while, and again later."""
    work = [run(hours=hours, slots=2) for hours in ((0, 2), (0, 2), (1, 2), (4, 5), (4, 5), (4, 5))]
    found = machines(work, slots=2, idle_ms=HOUR_MS // 2, boot_ms=HOUR_MS // 4)
    spans = [(each.works_ms / HOUR_MS, each.waits_ms / HOUR_MS) for each in found]
    assert spans == [(3, 1.5), (2, 1.5)]
    kept = machines(work, slots=2, idle_ms=3 * HOUR_MS, boot_ms=0)
    assert [each.waits_ms / HOUR_MS for each in kept] == [5, 5]


def test_every_kind_has_one_step() -> None:
    assert [name for name, _, _ in STEPS] == list(Saving)


def charge(number: int, cost: int, leased_ms: int) -> Charge:
    return Charge(
        attempt_id=AttemptId(f"a{number}"),
        unit_id=UnitId("u"),
        job_id=JobId("j"),
        tenant_id=TenantId("ann"),
        at_ms=leased_ms,
        slot_ms=1,
        leased_ms=leased_ms,
        cost_microusd=cost,
    )


def test_a_forecast_goes_on_at_the_pace_of_the_last_days() -> None:
    charges = [charge(day, 1_000_000, NOW_MS - day * DAY_MS) for day in range(1, 8)]
    ends = {window: end_ms(window, NOW_MS) for window in Window}
    month = ends[Window.MONTH]
    assert month is not None
    posted = {Window.MONTH: 10_000_000, Window.LIFETIME: 50_000_000, Window.DAY: 0}
    limits = {Window.MONTH: 12_000_000, Window.LIFETIME: 57_000_000, Window.DAY: 5_000_000}
    found = forecast(charges, posted, limits, ends, NOW_MS)
    assert found.per_day_microusd == 1_000_000
    assert found.month_microusd == 10_000_000 + 1_000_000 * (month - NOW_MS) // DAY_MS
    assert found.reached_ms[Window.LIFETIME] == NOW_MS + 7 * DAY_MS
    assert Window.DAY not in found.reached_ms


def test_a_tag_is_read_as_it_was_written() -> None:
    for name, model in itertools.product(["local", "dgxh100.80g"], PricingModel):
        tag = shipped().price(name, model).tag
        assert PriceTag.parse(str(tag)) == tag
        assert tag.as_of.isoformat() in tag.words()
