"""What is recommended is what the simulator says: each step, and all of them together."""

from __future__ import annotations

import pytest

from portalis.app import scenarios
from portalis.cost.recommend import Saving
from portalis.cost.shipped import shipped
from portalis.simulate.savings import Confirmed, confirmed
from portalis.simulate.scenario import Scenario


def _found(asked: Scenario) -> dict[Saving, Confirmed]:
    results = list(scenarios.run(asked, scenarios.calibration(None), shipped(), 1))
    assert all(result.figures.holds for result in results)
    return {each.kind: each for each in confirmed(asked, results, shipped())}


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("savings", {Saving.IDLE, Saving.CACHING, Saving.RIGHT_SIZING, Saving.SPOT}),
        ("reserved", {Saving.RESERVED}),
    ],
)
def test_each_figure_is_confirmed(name: str, kinds: set[Saving]) -> None:
    found = _found(scenarios.scenario(name))
    assert found.keys() == kinds
    for each in found.values():
        assert each.simulated_microusd == pytest.approx(each.stated_microusd, rel=0.2), each
    stated = sum(each.stated_microusd for each in found.values())
    simulated = sum(each.simulated_microusd for each in found.values())
    assert simulated == pytest.approx(stated, rel=0.02)


def test_nothing_is_recommended_that_saves_nothing() -> None:
    """The cheapest line of the table, as it is: what is left was on demand while there was no
    spot."""
    asked = scenarios.scenario("savings")
    last = asked.variants[-1].model_copy(update={"applies": None})
    found = _found(asked.model_copy(update={"variants": (last,)}))
    assert found.keys() <= {Saving.SPOT}, found
