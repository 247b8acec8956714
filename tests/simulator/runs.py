"""A scenario from its text, run."""

from __future__ import annotations

import random
from collections.abc import Callable
from textwrap import dedent

from portalis.core.documents import parse
from portalis.cost.shipped import shipped
from portalis.resource.rates import Rate
from portalis.simulate.figures import Figures, figures
from portalis.simulate.scenario import Scenario
from portalis.simulate.simulation import Facts, simulate

RATE = Rate(start_ms=0, unit_ms=100, line_us=1000)


def scenario(text: str) -> Scenario:
    return parse(Scenario, dedent(text), "test.yaml")


def free() -> float:
    """A stopwatch on which nothing takes time."""
    return 0.0


def run(
    asked: Scenario,
    seed: int = 1,
    variant: int = 0,
    rate: Rate = RATE,
    watch: Callable[[], float] = free,
) -> Facts:
    chances = {name: random.Random(f"{seed}:{name}") for name in ("jobs", "market", "ids")}
    chosen = asked.all_variants()[variant]
    return simulate(asked, chosen, rate, shipped(), chances, watch)


def figures_of(text: str, seed: int = 1, variant: int = 0) -> Figures:
    return figures(run(scenario(text), seed, variant))
