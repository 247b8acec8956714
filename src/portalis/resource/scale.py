"""How many nodes a pool should have: what is seen of it in, a number with its reasons out. Pure.

    demand --bounded by quota, budget--> places that could be used
        --rules that held for their time, wake, idle--> nodes wanted --bounds--> nodes

A pool is a kind of nodes. What is not known is never read as zero: a pool of which demand or
nodes are not known keeps what it has. Who calls gives back the memory of the last decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from portalis.core.ids import TenantId
from portalis.core.money import text as money
from portalis.resource.reasons import Because


class Metric(StrEnum):
    """What a rule looks at."""

    QUEUE_LENGTH = "queue_length"
    UTILISATION = "avg_gpu_utilization"
    LATENCY_MS = "avg_latency_ms"
    IDLE_MINUTES = "idle_time_minutes"


# Above which it grows, below which it shrinks; idle time is the other way round.
HIGHER_IS_BUSIER: Final = {
    Metric.QUEUE_LENGTH: True,
    Metric.UTILISATION: True,
    Metric.LATENCY_MS: True,
    Metric.IDLE_MINUTES: False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UpRule:
    """metric above threshold for duration_ms: nodes more, up to most_nodes."""

    metric: Metric
    threshold: float
    duration_ms: int
    nodes: int = 1
    most_nodes: int | None = None

    @property
    def name(self) -> str:
        return f"up:{self.metric}>{self.threshold:g}"

    def holds(self, value: float) -> bool:
        return value > self.threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class DownRule:
    """The pool is that little used for duration_ms: nodes fewer, down to least_nodes. A metric
    of use is below the threshold, idle time above it."""

    metric: Metric
    threshold: float
    duration_ms: int
    nodes: int = 1
    least_nodes: int = 0

    @property
    def name(self) -> str:
        return f"down:{self.metric}:{self.threshold:g}"

    def holds(self, value: float) -> bool:
        if HIGHER_IS_BUSIER[self.metric]:
            return value < self.threshold
        return value > self.threshold


UP: Final = (
    UpRule(metric=Metric.QUEUE_LENGTH, threshold=10, duration_ms=60_000, nodes=2),
    UpRule(metric=Metric.UTILISATION, threshold=0.8, duration_ms=300_000),
    UpRule(metric=Metric.LATENCY_MS, threshold=5_000, duration_ms=120_000, nodes=2),
)
DOWN: Final = (DownRule(metric=Metric.UTILISATION, threshold=0.3, duration_ms=600_000),)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalePolicy:
    """least_nodes, most_nodes: the pool has never fewer, never more.
    wake_nodes: how many an empty pool gets as soon as something could run.
    idle_ms: a pool with nothing to do for this long goes down to least_nodes, at once; None: only
    by rules.
    up_cooldown_ms: from one growth to the next; waking does not wait.
    down_cooldown_ms: from any change to a shrinking by a rule.
    most_rate_microusd_h: what all nodes may cost together; None: no limit."""

    least_nodes: int = 0
    most_nodes: int = 8
    wake_nodes: int = 1
    idle_ms: int | None = 120_000
    up: tuple[UpRule, ...] = UP
    down: tuple[DownRule, ...] = DOWN
    up_cooldown_ms: int = 180_000
    down_cooldown_ms: int = 300_000
    most_rate_microusd_h: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What one tenant wants of the pool. queued, running: units. quota_left: how many more it
    may have in flight; headroom_microusd: what its budgets still bear; hold_microusd: what has
    to be held for one unit; None: no limit."""

    tenant_id: TenantId
    queued: int
    running: int = 0
    quota_left: int | None = None
    headroom_microusd: int | None = None
    hold_microusd: int = 0


@dataclass(frozen=True, slots=True)
class ScaleMemory:
    """What the last decision leaves for the next. nodes: what was asked for. since_ms: since
    when each rule holds. idle_ms: since when nothing is to be done."""

    nodes: int = 0
    since_ms: Mapping[str, int] = field(default_factory=dict)
    idle_ms: int | None = None
    grown_ms: int | None = None
    shrunk_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """What is seen of a pool. places: units that a node runs at once. rate_microusd_h: of a
    node. nodes: that are there. demand, nodes, utilisation (0 to 1), latency_ms: None is not
    known."""

    now_ms: int
    places: int
    rate_microusd_h: int = 0
    nodes: int | None
    demand: Sequence[Demand] | None
    utilisation: float | None = None
    latency_ms: float | None = None
    memory: ScaleMemory = ScaleMemory()


class ScaleReason(StrEnum):
    """Why a decision is as it is."""

    DEMAND_UNKNOWN = "demand_unknown"
    NODES_UNKNOWN = "nodes_unknown"
    WAKE = "wake"
    RULE = "rule"
    IDLE = "idle"
    STEADY = "steady"
    COOLDOWN = "cooldown"
    PENDING = "pending"
    IN_USE = "in_use"
    NO_MORE_DEMAND = "no_more_demand"
    QUOTA = "quota"
    BUDGET = "budget"
    MOST_NODES = "most_nodes"
    LEAST_NODES = "least_nodes"
    RATE = "rate"


Reason = Because[ScaleReason]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleDecision:
    """nodes: how many to ask for; 0: ask for nothing. change: against what was asked for."""

    nodes: int
    change: int
    reasons: tuple[Reason, ...]
    memory: ScaleMemory


def leasable(demand: Demand) -> int:
    """Units of the queue that quota and budget would let run now."""
    found = demand.queued
    if demand.quota_left is not None:
        found = min(found, max(0, demand.quota_left))
    if demand.headroom_microusd is not None and demand.hold_microusd > 0:
        found = min(found, max(0, demand.headroom_microusd) // demand.hold_microusd)
    return found


def nodes_for(units: int, places: int) -> int:
    """Nodes that run so many units at once."""
    return -(-units // max(1, places))


def decide(pool: Pool, policy: ScalePolicy) -> ScaleDecision:
    """How many nodes to ask for now. More than the bounds of the policy is never asked for,
    unless something is not known; what runs on nodes that are not asked for any more ends there
    in its time."""
    past = pool.memory
    bound, bounded = _bound(pool, policy)
    if pool.demand is None or pool.nodes is None:
        return _unknown(pool, policy, bound)
    running = sum(each.running for each in pool.demand)
    could = sum(leasable(each) for each in pool.demand)
    idle_ms = None
    if running + could == 0:
        idle_ms = pool.now_ms if past.idle_ms is None else past.idle_ms
    since_ms = _since(pool, policy, could, idle_ms)
    useful = nodes_for(running + could, pool.places)
    wanted, reasons = _wanted(pool, policy, since_ms, idle_ms, useful)
    if wanted > past.nodes and wanted > useful:
        wanted = max(past.nodes, useful)
        reasons.append(_short(pool.demand, useful))
    in_use = min(nodes_for(running, pool.places), past.nodes)
    if wanted < in_use:
        wanted = in_use
        reasons.append(Because(ScaleReason.IN_USE, f"{running} units run on {in_use} nodes"))
    if wanted < policy.least_nodes:
        wanted = policy.least_nodes
        text = f"the pool has at least {policy.least_nodes} nodes"
        reasons.append(Because(ScaleReason.LEAST_NODES, text))
    if wanted > bound:
        wanted = bound
        reasons.append(bounded)
    return _decided(pool, wanted, reasons, since_ms, idle_ms)


def _bound(pool: Pool, policy: ScalePolicy) -> tuple[int, Reason]:
    """How many nodes the pool may have at most, and why."""
    bound = policy.most_nodes
    reason = Because(ScaleReason.MOST_NODES, f"the pool has at most {bound} nodes")
    limit = policy.most_rate_microusd_h
    if limit is not None and pool.rate_microusd_h and limit // pool.rate_microusd_h < bound:
        bound = limit // pool.rate_microusd_h
        text = f"{money(limit)} an hour bear {bound} nodes of {money(pool.rate_microusd_h)}"
        reason = Because(ScaleReason.RATE, text)
    return bound, reason


def _unknown(pool: Pool, policy: ScalePolicy, bound: int) -> ScaleDecision:
    """The pool keeps what it has; what has to hold for a time begins anew."""
    wanted = max(pool.memory.nodes, min(policy.least_nodes, bound))
    if pool.demand is None:
        reason = Because(ScaleReason.DEMAND_UNKNOWN, "the demand is not known")
    else:
        reason = Because(ScaleReason.NODES_UNKNOWN, "the nodes are not known")
    return _decided(pool, wanted, [reason], {}, None)


def _since(pool: Pool, policy: ScalePolicy, could: int, idle_ms: int | None) -> Mapping[str, int]:
    """The rules that hold now, and since when."""
    values: Mapping[Metric, float | None] = {
        Metric.QUEUE_LENGTH: could,
        Metric.UTILISATION: pool.utilisation,
        Metric.LATENCY_MS: pool.latency_ms,
        Metric.IDLE_MINUTES: 0.0 if idle_ms is None else (pool.now_ms - idle_ms) / 60_000,
    }
    found = {}
    rules: tuple[UpRule | DownRule, ...] = (*policy.up, *policy.down)
    for rule in rules:
        value = values[rule.metric]
        if value is not None and rule.holds(value):
            found[rule.name] = pool.memory.since_ms.get(rule.name, pool.now_ms)
    return found


_Wanted = tuple[int, list[Reason]]


def _wanted(
    pool: Pool,
    policy: ScalePolicy,
    since_ms: Mapping[str, int],
    idle_ms: int | None,
    useful: int,
) -> _Wanted:
    """What is wanted before any bound."""
    past, now_ms = pool.memory, pool.now_ms
    assert pool.nodes is not None
    if past.nodes == 0 and useful:
        text = f"an empty pool, and work for {useful} nodes"
        return max(1, policy.wake_nodes), [Because(ScaleReason.WAKE, text)]
    if idle_ms is not None and _is_over(policy.idle_ms, now_ms - idle_ms) and past.nodes:
        return 0, [Because(ScaleReason.IDLE, f"nothing to do for {now_ms - idle_ms} ms")]
    up = [rule for rule in policy.up if _is_due(rule, since_ms, now_ms)]
    if up:
        return _grown(pool, policy, up)
    down = [rule for rule in policy.down if _is_due(rule, since_ms, now_ms)]
    if down:
        return _shrunk(pool, policy, down)
    return past.nodes, [Because(ScaleReason.STEADY, "no rule says otherwise")]


def _is_over(limit_ms: int | None, idled_ms: int) -> bool:
    return limit_ms is not None and idled_ms >= limit_ms


def _is_due(rule: UpRule | DownRule, since_ms: Mapping[str, int], now_ms: int) -> bool:
    return rule.name in since_ms and now_ms - since_ms[rule.name] >= rule.duration_ms


def _grown(pool: Pool, policy: ScalePolicy, rules: Sequence[UpRule]) -> _Wanted:
    """By the rule that asks for most: rules are not added up, they see the same cause."""
    past, now_ms = pool.memory, pool.now_ms
    assert pool.nodes is not None
    if pool.nodes < past.nodes:
        text = f"{past.nodes - pool.nodes} nodes that were asked for are not there yet"
        return past.nodes, [Because(ScaleReason.PENDING, text)]
    if past.grown_ms is not None and now_ms - past.grown_ms < policy.up_cooldown_ms:
        text = f"it grew {now_ms - past.grown_ms} ms ago"
        return past.nodes, [Because(ScaleReason.COOLDOWN, text)]

    def goal(rule: UpRule) -> int:
        most = policy.most_nodes if rule.most_nodes is None else rule.most_nodes
        return max(past.nodes, min(past.nodes + rule.nodes, most))

    rule = max(rules, key=goal)
    text = f"{rule.metric} above {rule.threshold:g} for {rule.duration_ms} ms"
    return goal(rule), [Because(ScaleReason.RULE, text)]


def _shrunk(pool: Pool, policy: ScalePolicy, rules: Sequence[DownRule]) -> tuple[int, list[Reason]]:
    """By the rule that gives up least; a pool without work goes by its own ones."""
    past, now_ms = pool.memory, pool.now_ms
    changed = [each for each in (past.grown_ms, past.shrunk_ms) if each is not None]
    if changed and now_ms - max(changed) < policy.down_cooldown_ms:
        text = f"it changed {now_ms - max(changed)} ms ago"
        return past.nodes, [Because(ScaleReason.COOLDOWN, text)]

    def goal(rule: DownRule) -> int:
        return min(past.nodes, max(past.nodes - rule.nodes, rule.least_nodes))

    idle = [rule for rule in rules if rule.metric is Metric.IDLE_MINUTES]
    rule = max(idle or rules, key=goal)
    side = "below" if HIGHER_IS_BUSIER[rule.metric] else "above"
    text = f"{rule.metric} {side} {rule.threshold:g} for {rule.duration_ms} ms"
    return goal(rule), [Because(ScaleReason.RULE, text)]


def _short(demand: Sequence[Demand], useful: int) -> Reason:
    """Why there is no use for more nodes."""
    text = f"what may run fills {useful} nodes"
    queued = sum(each.queued for each in demand)
    if sum(leasable(each) for each in demand) == queued:
        return Because(ScaleReason.NO_MORE_DEMAND, text)
    by_quota = sum(
        each.queued if each.quota_left is None else min(each.queued, max(0, each.quota_left))
        for each in demand
    )
    code = ScaleReason.QUOTA if by_quota < queued else ScaleReason.BUDGET
    return Because(code, f"{text}: the {code} of tenants bears no more")


def _decided(
    pool: Pool,
    nodes: int,
    reasons: Sequence[Reason],
    since_ms: Mapping[str, int],
    idle_ms: int | None,
) -> ScaleDecision:
    past = pool.memory
    change = nodes - past.nodes
    return ScaleDecision(
        nodes=nodes,
        change=change,
        reasons=tuple(reasons),
        memory=ScaleMemory(
            nodes=nodes,
            since_ms=since_ms,
            idle_ms=idle_ms,
            grown_ms=pool.now_ms if change > 0 else past.grown_ms,
            shrunk_ms=pool.now_ms if change < 0 else past.shrunk_ms,
        ),
    )
