"""An elastic executor follows the demand: what the scheduler saw in, a number of nodes out.

`resource/scale.py` decides; here the snapshot is read as the demand of a pool. A scheduler that
saw nothing new for a while, since a store does not answer, leaves the demand unknown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portalis.core.ids import TenantId
from portalis.cost.budgets import ceiling
from portalis.resource.scale import (
    Demand,
    Pool,
    ScaleDecision,
    ScaleMemory,
    ScalePolicy,
    decide,
    nodes_for,
)
from portalis.resource.spot import MarketMemory, SpotPolicy, SpotReason, request
from portalis.workload.control.limits import Limits
from portalis.workload.model.snapshot import HeldUnit, ReadyUnit, Snapshot
from portalis.workload.model.tally import Choice, Chosen
from portalis.workload.ports import ANY, ON_DEMAND, SPOT, UNSCALED, Elastic, Fleet, Sight

# How often it is decided.
STEP_MS = 500
# What the scheduler saw is not known any more after this long.
STALE_MS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolSettings:
    """policy: of the pool. places: slots of a node. spot: how markets are chosen; None: nodes
    are not told apart."""

    policy: ScalePolicy
    places: int
    spot: SpotPolicy | None = None


class Scaling:
    """told: called with each change and its reasons."""

    def __init__(
        self,
        executor: Elastic,
        pool: PoolSettings,
        limits: Limits,
        told: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._executor = executor
        self._pool = pool
        self._limits = limits
        self._told = told
        self._next_ms = 0
        self._memory = ScaleMemory()
        self._markets = MarketMemory()
        self._fleet: Fleet = {}
        # Why the markets are as they are; None: they are not told apart.
        self._reason: SpotReason | None = None
        self.decided: ScaleDecision | None = None
        self.seen = UNSCALED
        # Of changes, since somebody took them away.
        self.chosen: Counter[Choice] = Counter()

    def rest(self) -> None:
        """Another controller leads, and asks."""
        self._memory = ScaleMemory()
        self._markets = MarketMemory()
        self.seen = UNSCALED
        self._executor.scale(None)

    def is_due(self, now_ms: int) -> bool:
        """Whether it is time to decide."""
        return now_ms >= self._next_ms

    def step(self, seen: Snapshot | None, now_ms: int) -> None:
        """Decide, if it is time to. seen: what there is to do; None: it is not known."""
        if not self.is_due(now_ms):
            return
        self._next_ms = now_ms + STEP_MS
        fresh = seen if seen is not None and now_ms - seen.now_ms < STALE_MS else None
        nodes = self._executor.nodes
        pool = Pool(
            now_ms=now_ms,
            places=self._pool.places,
            rate_microusd_h=self._limits.tariff.rate_microusd_h * self._pool.places,
            nodes=None if nodes is None else sum(nodes.values()),
            demand=None if fresh is None else demand_of(fresh, self._limits),
            utilisation=None if fresh is None else _utilisation(fresh),
            latency_ms=None if fresh is None else _latency_ms(fresh),
            memory=self._memory,
        )
        self.decided = decide(pool, self._pool.policy)
        self._memory = self.decided.memory
        fleet, because = self._asked(self.decided, nodes, now_ms)
        self._executor.scale(fleet)
        self.seen = Sight(demand=_filled(pool), wanted=fleet, there=nodes)
        if fleet != self._fleet:
            self._count(fleet, self.decided)
            self._fleet = fleet
            asked = " and ".join(f"{count} {name}".strip() for name, count in fleet.items())
            self._told(f"{asked or 'no'} nodes are asked for: {because}")

    def _count(self, fleet: Fleet, decision: ScaleDecision) -> None:
        """Note what becomes of the fleet that was asked for before."""
        before, after = sum(self._fleet.values()), sum(fleet.values())
        if before != after:
            # The last one is what bounded it.
            settled = decision.reasons[-1].code
            self.chosen[Chosen.SCALE, "up" if after > before else "down", settled] += 1
        if self._reason is not None and fleet.keys() != self._fleet.keys():
            is_both = {SPOT, ON_DEMAND} <= fleet.keys()
            one = next(iter(fleet), "none").replace("-", "_")
            self.chosen[Chosen.MARKET, "both" if is_both else one, self._reason] += 1

    def _asked(
        self, decision: ScaleDecision, nodes: Fleet | None, now_ms: int
    ) -> tuple[Fleet, str]:
        """The fleet to ask for, and why."""
        because = "; ".join(map(str, decision.reasons))
        policy = self._pool.spot
        if policy is None:
            return ({ANY: decision.nodes} if decision.nodes else {}), because
        if nodes is None:
            return self._fleet, because
        asked = request(decision.nodes, nodes.get(SPOT, 0), self._markets, policy, now_ms)
        self._markets, self._reason = asked.memory, asked.reason.code
        fleet = {SPOT: asked.spot, ON_DEMAND: asked.on_demand}
        return {name: count for name, count in fleet.items() if count}, f"{because}; {asked.reason}"


def demand_of(seen: Snapshot, limits: Limits) -> tuple[Demand, ...]:
    """What each tenant wants, in batches: of small units one slot runs many."""
    ready: dict[TenantId, list[ReadyUnit]] = defaultdict(list)
    for unit in seen.world.ready:
        left = seen.left_microusd.get(unit.job_id)
        if left is None or left >= _price(unit, seen, limits):
            ready[unit.tenant_id].append(unit)
    held: dict[TenantId, list[HeldUnit]] = defaultdict(list)
    for each in seen.world.held:
        held[each.tenant_id].append(each)
    return tuple(
        Demand(
            tenant_id=tenant_id,
            queued=_batches([unit.predicted_ms for unit in ready[tenant_id]], limits),
            running=_batches([unit.predicted_ms for unit in held[tenant_id]], limits),
            quota_left=_quota_left(tenant_id, ready[tenant_id], held[tenant_id], limits),
            headroom_microusd=seen.left_microusd.get(tenant_id),
            hold_microusd=_hold(ready[tenant_id], seen, limits),
        )
        for tenant_id in sorted(ready.keys() | held.keys())
    )


def _filled(pool: Pool) -> int | None:
    """Nodes that all of the demand would fill."""
    if pool.demand is None:
        return None
    return nodes_for(sum(each.queued + each.running for each in pool.demand), pool.places)


def _batches(predicted_ms: Sequence[int], limits: Limits) -> int:
    most_ms = max(1, limits.batch_ms)
    return -(-sum(min(most_ms, max(1, each)) for each in predicted_ms) // most_ms)


def _quota_left(
    tenant_id: TenantId, ready: Sequence[ReadyUnit], held: Sequence[HeldUnit], limits: Limits
) -> int | None:
    """Batches, of as many units as one has on average; and so many slots as the tier has."""
    left: list[int] = []
    if limits.tenant_units:
        units = max(0, limits.tenant_units - len(held))
        batches = _batches([unit.predicted_ms for unit in ready], limits)
        left.append(-(-units * batches // len(ready)) if ready else units)
    cores = limits.policy.multi_tenant.quota(tenant_id).max_cpu_cores
    if cores is not None:
        left.append(max(0, cores - len({unit.batch or unit.id for unit in held})))
    return min(left, default=None)


def _hold(ready: Sequence[ReadyUnit], seen: Snapshot, limits: Limits) -> int:
    """What has to be held for a batch, on average."""
    batches = _batches([unit.predicted_ms for unit in ready], limits)
    return -(-sum(_price(unit, seen, limits) for unit in ready) // max(1, batches))


def _price(unit: ReadyUnit, seen: Snapshot, limits: Limits) -> int:
    """What has to be held for the unit."""
    most_ms = limits.longest_ms(unit.priority)
    return ceiling(unit.predicted_ms, most_ms, seen.rate_microusd_h).hold_microusd


def _utilisation(seen: Snapshot) -> float | None:
    """Slots at work, of all that there are."""
    if not seen.slots:
        return None
    running = sum(unit.running_ms is not None for unit in seen.world.held)
    return min(1.0, running / seen.slots)


def _latency_ms(seen: Snapshot) -> float:
    """For how long units have been ready, on average."""
    waited = [seen.now_ms - unit.ready_ms for unit in seen.world.ready]
    return sum(waited) / len(waited) if waited else 0.0
