"""How many nodes: rules and their times, bounds, what is not known, invariants on random pools."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portalis.core.ids import TenantId
from portalis.resource.scale import (
    Demand,
    DownRule,
    Metric,
    Pool,
    ScaleDecision,
    ScaleMemory,
    ScalePolicy,
    ScaleReason,
    UpRule,
    decide,
    leasable,
    nodes_for,
)

ANN, BOB = TenantId("ann"), TenantId("bob")
UP = (
    UpRule(metric=Metric.QUEUE_LENGTH, threshold=10, duration_ms=60_000, nodes=2, most_nodes=5),
    UpRule(metric=Metric.UTILISATION, threshold=0.8, duration_ms=300_000),
    UpRule(metric=Metric.LATENCY_MS, threshold=5_000, duration_ms=120_000, nodes=2),
)
DOWN = (
    DownRule(metric=Metric.UTILISATION, threshold=0.3, duration_ms=600_000, least_nodes=1),
    DownRule(metric=Metric.IDLE_MINUTES, threshold=5, duration_ms=0, nodes=2, least_nodes=1),
)
POLICY = ScalePolicy(up=UP, down=DOWN, idle_ms=900_000)


def pool(
    now_ms: int = 1_000_000,
    queued: int | None = 0,
    running: int = 0,
    nodes: int | None = 0,
    memory: ScaleMemory | None = None,
    utilisation: float | None = None,
    latency_ms: float | None = None,
) -> Pool:
    demand = None if queued is None else (Demand(tenant_id=ANN, queued=queued, running=running),)
    return Pool(
        now_ms=now_ms,
        places=4,
        rate_microusd_h=2_000_000,
        nodes=nodes,
        demand=demand,
        utilisation=utilisation,
        latency_ms=latency_ms,
        memory=memory or ScaleMemory(nodes=nodes or 0),
    )


def codes(decision: ScaleDecision) -> set[ScaleReason]:
    assert all(each.text for each in decision.reasons)
    return {each.code for each in decision.reasons}


def run(policy: ScalePolicy, *seen: tuple[int, Pool]) -> list[ScaleDecision]:
    """Decisions one after the other, with nodes that come at once."""
    found: list[ScaleDecision] = []
    memory = seen[0][1].memory
    for now_ms, each in seen:
        nodes = memory.nodes if each.nodes is not None else None
        found.append(decide(replace(each, now_ms=now_ms, memory=memory, nodes=nodes), policy))
        memory = found[-1].memory
    return found


def test_an_empty_pool_wakes_at_once_and_is_not_filled() -> None:
    decision = decide(pool(queued=100), POLICY)
    assert (decision.nodes, decision.change, codes(decision)) == (1, 1, {ScaleReason.WAKE})


def test_a_long_queue_grows_the_pool_after_its_time_and_then_it_rests() -> None:
    busy = pool(queued=100, running=4, nodes=1)
    before, just, after, resting, again = run(
        POLICY,
        *((at, busy) for at in (0, 59_999, 60_000, 239_999, 240_000)),
    )
    assert [each.nodes for each in (before, just, after, resting, again)] == [1, 1, 3, 3, 5]
    assert codes(after) == {ScaleReason.RULE}
    assert codes(resting) == {ScaleReason.COOLDOWN}


def test_a_rule_has_to_hold_all_the_time() -> None:
    busy, calm = pool(queued=11, running=4, nodes=1), pool(queued=10, running=4, nodes=1)
    assert [d.nodes for d in run(POLICY, (0, busy), (30_000, calm), (61_000, busy))] == [1, 1, 1]


@pytest.mark.parametrize(
    ("busy", "at_ms", "nodes"),
    [
        (pool(queued=9, running=4, nodes=1, utilisation=0.9), 300_000, 2),
        (pool(queued=9, running=4, nodes=1, latency_ms=6_000), 120_000, 3),
        (pool(queued=9, running=4, nodes=1, utilisation=0.9, latency_ms=6_000), 300_000, 3),
    ],
    ids=["utilisation", "latency", "the larger of two"],
)
def test_other_metrics(busy: Pool, at_ms: int, nodes: int) -> None:
    found = run(POLICY, (0, busy), (at_ms - 1, busy), (at_ms, busy))
    assert found[-1].nodes == nodes


def test_no_more_nodes_than_work() -> None:
    busy = pool(queued=3, running=4, nodes=1, latency_ms=6_000)
    found = run(POLICY, (0, busy), (120_000, busy))[-1]
    assert (found.nodes, codes(found)) == (2, {ScaleReason.RULE, ScaleReason.NO_MORE_DEMAND})


def test_nodes_that_are_on_their_way_count() -> None:
    busy = pool(queued=100, running=4, nodes=1, memory=ScaleMemory(nodes=3))
    memory = replace(busy.memory, since_ms={UP[0].name: 0})
    found = decide(replace(busy, memory=memory), POLICY)
    assert (found.nodes, codes(found)) == (3, {ScaleReason.PENDING})


def test_what_is_not_known_changes_nothing_and_begins_anew() -> None:
    idle, unknown = pool(nodes=3), pool(queued=None, nodes=3)
    found = run(POLICY, (0, idle), (899_999, unknown), (900_000, idle), (1_799_999, unknown))
    assert [each.nodes for each in found] == [3, 3, 3, 3]
    assert codes(found[1]) == {ScaleReason.DEMAND_UNKNOWN}
    away = decide(pool(queued=100, nodes=None, memory=ScaleMemory(nodes=3)), POLICY)
    assert (away.nodes, codes(away)) == (3, {ScaleReason.NODES_UNKNOWN})


def test_to_zero_when_idle() -> None:
    idle = pool(nodes=3)
    policy = replace(POLICY, down=())
    found = run(policy, (0, idle), (899_999, idle), (900_000, idle))
    assert [each.nodes for each in found] == [3, 3, 0]
    assert codes(found[-1]) == {ScaleReason.IDLE}
    kept = run(replace(policy, least_nodes=2), (0, idle), (900_000, idle))[-1]
    assert (kept.nodes, codes(kept)) == (2, {ScaleReason.IDLE, ScaleReason.LEAST_NODES})


def test_down_by_rules() -> None:
    slack = pool(queued=0, running=1, nodes=3, utilisation=0.1)
    found = run(POLICY, (0, slack), (600_000, slack), (899_999, slack), (900_000, slack))
    assert [each.nodes for each in found] == [3, 2, 2, 1]
    idle = pool(nodes=3)
    found = run(POLICY, (0, idle), (300_000, idle), (300_001, idle))
    assert [each.nodes for each in found] == [3, 3, 1]


def test_what_runs_keeps_its_nodes() -> None:
    slack = pool(running=9, nodes=3, utilisation=0.1)
    found = run(POLICY, (0, slack), (600_000, slack))[-1]
    assert (found.nodes, codes(found)) == (3, {ScaleReason.RULE, ScaleReason.IN_USE})


@pytest.mark.parametrize(
    ("wants", "code"),
    [
        (Demand(tenant_id=ANN, queued=50, running=8, quota_left=2), ScaleReason.QUOTA),
        (
            Demand(tenant_id=ANN, queued=50, running=8, headroom_microusd=299, hold_microusd=100),
            ScaleReason.BUDGET,
        ),
    ],
)
def test_what_no_limit_bears_is_no_demand(wants: Demand, code: ScaleReason) -> None:
    demand = (wants,)
    memory = ScaleMemory(nodes=2, since_ms={UP[2].name: 0})
    seen = replace(pool(nodes=2, latency_ms=9_000, memory=memory), demand=demand)
    found = decide(seen, POLICY)
    assert (found.nodes, codes(found)) == (3, {ScaleReason.RULE, code})
    none = replace(seen, demand=(replace(demand[0], running=0, quota_left=0),), nodes=0)
    asleep = decide(replace(none, memory=ScaleMemory()), POLICY)
    assert asleep.nodes == 0


def test_all_nodes_together_may_cost_so_much() -> None:
    policy = replace(POLICY, most_rate_microusd_h=5_000_000, wake_nodes=4)
    found = decide(pool(queued=100), policy)
    assert (found.nodes, codes(found)) == (2, {ScaleReason.WAKE, ScaleReason.RATE})


def test_leasable_by_brute_force() -> None:
    limits = (None, 0, 1, 3)
    for queued, quota, headroom, hold in product(range(5), limits, (None, -1, 0, 5, 9), (0, 3)):
        demand = Demand(
            tenant_id=BOB,
            queued=queued,
            quota_left=quota,
            headroom_microusd=headroom,
            hold_microusd=hold,
        )
        fits = [
            units
            for units in range(queued + 1)
            if (quota is None or units <= quota)
            and (headroom is None or units * hold <= headroom or not units * hold)
        ]
        assert leasable(demand) == max(fits)


def test_nodes_for_is_enough_and_not_too_much() -> None:
    for units, places in product(range(30), range(1, 9)):
        nodes = nodes_for(units, places)
        assert nodes * places >= units > (nodes - 1) * places or units == nodes == 0


whole = st.integers(0, 40)
demands = st.builds(
    Demand,
    tenant_id=st.sampled_from([ANN, BOB]),
    queued=whole,
    running=st.integers(0, 12),
    quota_left=st.none() | whole,
    headroom_microusd=st.none() | st.integers(-5, 500),
    hold_microusd=st.integers(0, 50),
)
times = st.integers(0, 2_000_000)
names = [rule.name for rule in (*UP, *DOWN)]
memories = st.builds(
    ScaleMemory,
    nodes=st.integers(0, 8),
    since_ms=st.dictionaries(st.sampled_from(names), times),
    idle_ms=st.none() | times,
    grown_ms=st.none() | times,
    shrunk_ms=st.none() | times,
)
pools = st.builds(
    Pool,
    now_ms=st.just(2_000_000),
    places=st.integers(1, 8),
    rate_microusd_h=st.integers(0, 3_000_000),
    nodes=st.none() | st.integers(0, 8),
    demand=st.none() | st.lists(demands, max_size=3).map(tuple),
    utilisation=st.none() | st.floats(0, 1),
    latency_ms=st.none() | st.floats(0, 10_000),
    memory=memories,
)
policies = st.builds(
    ScalePolicy,
    least_nodes=st.integers(0, 3),
    most_nodes=st.integers(1, 10),
    wake_nodes=st.integers(1, 4),
    idle_ms=times,
    up=st.just(UP),
    down=st.just(DOWN),
    up_cooldown_ms=times,
    down_cooldown_ms=times,
    most_rate_microusd_h=st.none() | st.integers(0, 20_000_000),
)


@given(pools, policies)
@settings(max_examples=500, deadline=None)
def test_invariants(seen: Pool, policy: ScalePolicy) -> None:
    found = decide(seen, policy)
    past = seen.memory.nodes
    assert found.reasons
    assert found.memory.nodes == found.nodes == past + found.change
    if seen.demand is None or seen.nodes is None:
        assert found.nodes >= past
        assert found.memory.idle_ms is None
        return
    assert 0 <= found.nodes <= policy.most_nodes
    if policy.most_rate_microusd_h is not None and found.nodes:
        assert found.nodes * seen.rate_microusd_h <= policy.most_rate_microusd_h
    running = sum(each.running for each in seen.demand)
    could = sum(leasable(each) for each in seen.demand)
    bounded = codes(found) & {ScaleReason.MOST_NODES, ScaleReason.RATE}
    if found.change > 0 and found.nodes > policy.least_nodes:
        assert (found.nodes - 1) * seen.places < running + could
    if found.change < 0 and not bounded:
        assert found.nodes >= nodes_for(running, seen.places)
    if found.nodes == 0 and past and not bounded:
        assert running + could == 0
    if running + could and past == 0 and not bounded:
        assert found.nodes > 0


@given(pools, policies, whole)
@settings(max_examples=300, deadline=None)
def test_more_demand_never_means_fewer_nodes(seen: Pool, policy: ScalePolicy, more: int) -> None:
    if seen.demand is None:
        return
    longer = replace(seen, demand=(*seen.demand, Demand(tenant_id=TenantId("cat"), queued=more)))
    assert decide(longer, policy).nodes >= decide(seen, policy).nodes


@given(pools, policies)
@settings(max_examples=200, deadline=None)
def test_the_same_is_decided_again(seen: Pool, policy: ScalePolicy) -> None:
    assert decide(seen, policy) == decide(seen, policy)
