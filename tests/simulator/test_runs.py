"""Runs against what is known otherwise: closed formulas, the ledger, themselves."""

from __future__ import annotations

import itertools

import pytest

from portalis.core.documents import DocumentError
from portalis.core.money import price_of
from portalis.cost.identity import node_costs
from portalis.simulate.figures import figures, percentile
from portalis.workload.model.transitions import JobState
from tests.simulator.runs import RATE, figures_of, run, scenario

BUSY = """
    title: busy
    load:
      - {name: people, tenant: p, tenants: 3, jobs: 4, arrivals: random, every_s: 20,
         priority: interactive, lines: 300, unit_lines: 100, repeats: 0.5}
      - {name: bulk, tenant: b, tenants: 2, jobs: 2, lines: 9000, unit_lines: 600, spread: 0.4}
      - {name: cheap, tenant: c, jobs: 2, lines: 4000, unit_lines: 400, priority: low_priority}
    cluster: {instance: c7i.large, nodes: 1, boot_s: 30}
    autoscaling: {most: 6, up_for_s: 5, up_cooldown_s: 10, idle_s: 20, down_for_s: 10}
    spot: {mean_up_h: 0.01, mean_down_h: 0.002, notice_s: 1, fallback_s: 5}
    stops_h: 24
    variants:
      - {name: plain}
      - {name: all, features: [spot, autoscaling, caching]}
"""


@pytest.mark.parametrize("variant", [0, 1])
def test_a_seed_is_a_history(variant: int) -> None:
    asked = scenario(BUSY)
    assert run(asked, 7, variant) == run(asked, 7, variant)
    assert run(asked, 7, variant) != run(asked, 8, variant)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("variant", [0, 1])
def test_what_nodes_cost_is_work_idle_and_overhead(seed: int, variant: int) -> None:
    """Each machine is paid for from the request to its end; to the micro-dollar."""
    facts = run(scenario(BUSY), seed, variant)
    paid = sum(
        node.slots * price_of(node.rate_microusd_h, node.from_ms, node.until_ms)
        for node in facts.nodes
    )
    costs = node_costs(facts.nodes, facts.charges, facts.starts_ms, facts.ends_ms + 1)
    assert costs.holds
    assert costs.total_microusd == paid
    assert costs.work_microusd + costs.overhead_microusd == sum(
        charge.cost_microusd for charge in facts.charges
    )
    found = figures(facts)
    assert found.done == found.jobs
    assert all(job.state is JobState.DONE for job in facts.jobs)
    assert bool(found.interruptions) == bool(variant)


def test_one_slot_does_one_thing_after_the_other() -> None:
    """Nothing is lost but the plan and the time of a commit, and the bill is that of the span."""
    found = figures_of("""
        title: one slot
        step_ms: 1
        load: [{name: job, lines: 1000, unit_lines: 100}]
        cluster: {instance: c7i.large, slots: 1}
    """)
    work_ms = 10 * (RATE.unit_ms + 100 * RATE.line_us // 1000)
    assert work_ms <= found.work_ms <= work_ms + 100
    assert found.utilisation > 0.95


def test_waiting_is_that_of_a_queue_with_one_server() -> None:
    """Poisson arrivals and equal times (M/D/1): job by job Lindley's recursion, and on average
    near Pollaczek and Khinchine's formula."""
    service_ms, load = 1000, 0.6
    facts = run(
        scenario(f"""
        title: M/D/1
        step_ms: 1
        stops_h: 1000
        load:
          - {{name: job, jobs: 800, arrivals: random, every_s: {service_ms / 1000 / load},
             units: 1, unit_ms: {service_ms}}}
        cluster: {{instance: c7i.large, slots: 1}}
    """)
    )
    begun = {charge.unit_id: charge.from_ms for charge in facts.charges}
    came = [job.created_ms for job in facts.jobs]
    # The plan, which takes no time here, waits as well.
    waits = [begun[each.id] - at for each, at in zip(facts.units[1::2], came, strict=True)]
    free_ms = 0
    for wait, at_ms in zip(waits, came, strict=True):
        assert 0 <= wait - max(0, free_ms - at_ms) <= 10
        free_ms = at_ms + wait + service_ms
    expected = service_ms * load / (2 * (1 - load))
    assert sum(waits) / len(waits) == pytest.approx(expected, rel=0.3)


@pytest.mark.parametrize("deciding", ["free", "charged"])
def test_what_it_takes_to_decide_passes_on_the_virtual_clock_if_it_is_charged(
    deciding: str,
) -> None:
    """Each round takes two seconds here: one to plan, one to lease the unit, at least."""
    hours = itertools.count()
    facts = run(
        scenario(f"""
        title: slow to decide
        deciding: {deciding}
        step_ms: 1
        load: [{{name: job, units: 1, unit_ms: 100}}]
        cluster: {{instance: c7i.large, slots: 1}}
    """),
        watch=lambda: float(next(hours)),
    )
    first, second = sorted(charge.from_ms - facts.starts_ms for charge in facts.charges)
    round_ms = 1000 * facts.deciding.clerk_s / facts.deciding.rounds
    assert round_ms >= 1000
    assert (first >= round_ms, second >= 2 * round_ms) == ((deciding == "charged",) * 2)
    assert figures(facts).done == 1


def test_percentiles_are_of_the_values() -> None:
    assert [percentile([3, 1, 2], each) for each in (0, 50, 99, 100)] == [1, 2, 3, 3]
    assert percentile([], 50) == 0


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("title: x\nload: [{name: a, units: 1}]\nnodes: 3\n", 3, "nodes: is no key here"),
        ("title: x\ntitle: y\nload: []\n", 2, "given before, in line 1"),
        ("title: x\nload:\n  - name: a\n    lines: many\n", 4, "integer"),
        ("load:\n  - name: a\n    lines: 1\ntitel: x\n", 4, "titel: is no key here"),
        ("title: x\nload:\n  - name: a\n    lines: 1\n    units: 1\n", 3, "either lines"),
    ],
)
def test_a_wrong_scenario_is_refused_with_its_line(text: str, line: int, why: str) -> None:
    with pytest.raises(DocumentError, match=rf"test.yaml:{line}: .*{why}"):
        scenario(text)
