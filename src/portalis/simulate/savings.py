"""What is recommended after a run, and what each recommendation saves when it is applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portalis.cost.catalog import Catalog
from portalis.cost.identity import node_costs
from portalis.cost.recommend import Bill, Saving, of_nodes, recommend
from portalis.simulate.report import Result
from portalis.simulate.scenario import Scenario
from portalis.simulate.simulation import Facts
from portalis.workload.books import WorkFacts, runs_of
from portalis.workload.model.job import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """A recommendation of the first run, and what the run with it cost less than the one before,
    in micro-dollars. of: the first bill."""

    kind: Saving
    stated_microusd: int
    simulated_microusd: int
    of_microusd: int


def bill_of(facts: Facts, scenario: Scenario, catalog: Catalog) -> Bill:
    """As the books make it from the same facts."""
    known = WorkFacts(
        keys={unit.id: unit.cache_key for unit in facts.units},
        urgent={job.id for job in facts.jobs if job.priority is Priority.INTERACTIVE},
        on_gpus=(),
    )
    bill = Bill(
        runs=runs_of(facts.charges, known, catalog),
        from_ms=facts.starts_ms,
        until_ms=facts.ends_ms,
        idle_ms=round(scenario.autoscaling.idle_s * 1000),
        boot_ms=round(scenario.cluster.boot_s * 1000),
    )
    costs = node_costs(facts.nodes, facts.charges, facts.starts_ms, facts.ends_ms + 1)
    return of_nodes(bill, costs.total_microusd)


def confirmed(
    scenario: Scenario, results: Sequence[Result], catalog: Catalog
) -> Sequence[Confirmed]:
    """Of a scenario whose variants apply one recommendation after the other. Those that were
    recommended and are not applied, or the other way round, save nothing there."""
    found = recommend(bill_of(results[0].facts, scenario, catalog), catalog)
    stated = {each.kind: each.savings_microusd for each in found}
    costs = [result.figures.costs.total_microusd for result in results]
    simulated = {
        result.variant.applies: before - after
        for result, before, after in zip(results[1:], costs, costs[1:], strict=False)
        if result.variant.applies is not None
    }
    return [
        Confirmed(
            kind=kind,
            stated_microusd=stated.get(kind, 0),
            simulated_microusd=simulated.get(kind, 0),
            of_microusd=costs[0],
        )
        for kind in Saving
        if kind in stated or kind in simulated
    ]
