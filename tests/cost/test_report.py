"""Forecasts and recommendations, on small bills."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.cost.catalog import PriceTag, PricingModel
from portalis.cost.recommend import STEPS, Bill, Line, Saving, apply, recommend
from portalis.cost.report import forecast
from portalis.cost.shipped import shipped
from portalis.cost.windows import end_ms
from portalis.workload.model.attempt import Charge
from portalis.workload.model.ledger import Window

DAY_MS = 86_400_000
NOW_MS = 1_796_000_000_000

lines = st.builds(
    Line,
    instance=st.sampled_from(["local", "dgxa100.80g", "t4.xlarge", "gone"]),
    model=st.sampled_from(list(PricingModel)),
    cost_microusd=st.integers(0, 10**9),
    repeated=st.booleans(),
    flexible=st.booleans(),
    needs_gpu=st.booleans(),
)
bills = st.builds(
    Bill,
    lines=st.lists(lines, max_size=6).map(tuple),
    idle_microusd=st.integers(0, 10**9),
    busy_permille=st.integers(0, 1000),
)


@given(bills)
def test_savings_never_overlap(bill: Bill) -> None:
    """Applied together, in order, they save exactly their sum, and never more than there is."""
    found = recommend(bill, shipped())
    after = bill
    for each in found:
        before, after = after, apply(after, each.kind, shipped())
        assert before.total_microusd - after.total_microusd == each.savings_microusd > 0
    saved = sum(each.savings_microusd for each in found)
    assert saved == bill.total_microusd - after.total_microusd <= bill.total_microusd
    assert not recommend(Bill(lines=(), idle_microusd=0), shipped())


@pytest.mark.parametrize(
    ("bill", "kinds"),
    [
        (Bill(lines=(), idle_microusd=9), {Saving.IDLE}),
        (
            Bill(lines=(Line(instance="local", model=PricingModel.SPOT, cost_microusd=9),)),
            set(),
        ),
        (
            Bill(
                lines=(
                    Line(
                        instance="dgxa100.80g",
                        model=PricingModel.ON_DEMAND,
                        cost_microusd=10**6,
                        flexible=False,
                        needs_gpu=True,
                    ),
                ),
                busy_permille=900,
            ),
            {Saving.RESERVED},
        ),
        (
            Bill(
                lines=(
                    Line(
                        instance="dgxa100.80g",
                        model=PricingModel.ON_DEMAND,
                        cost_microusd=10**6,
                        flexible=False,
                    ),
                ),
            ),
            {Saving.RIGHT_SIZING},
        ),
    ],
)
def test_what_is_recommended(bill: Bill, kinds: set[Saving]) -> None:
    assert {each.kind for each in recommend(bill, shipped())} == kinds


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
