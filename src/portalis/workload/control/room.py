"""What one tick may still give away: the window, and what the policy leaves of it to whom.

A worker has a batch at a time, so batches are what slots are counted by. Room never grows in a
tick.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Final

from portalis.core.ids import JobId, TenantId
from portalis.cost.budgets import ceiling
from portalis.resource.gpus import MINUTE_MS, Placement, Use, Wish, place
from portalis.resource.memory import MB_OF_GB
from portalis.resource.policy import Quota
from portalis.resource.reserve import Kept, kept, may_begin
from portalis.workload.control.limits import Limits
from portalis.workload.model.job import Priority
from portalis.workload.model.snapshot import Group, ReadyUnit, Snapshot, WaitReason

# Long batches of a slot that are to come when one is made.
_SHARES: Final = 4


@dataclass(slots=True)
class Line:
    """The ready units of one job, the longest at the end; those that need GPUs are a line of
    their own, for they may wait while the others go on."""

    job_id: JobId
    tenant_id: TenantId
    priority: Priority
    size: str
    rank: int
    urgent: bool
    job_ms: int
    units: list[ReadyUnit]
    behind: list[ReadyUnit] = field(default_factory=list)
    waiting_for: WaitReason = WaitReason.CAPACITY
    why: str = ""

    @property
    def group(self) -> Group:
        return self.tenant_id, self.priority

    @property
    def needs_gpus(self) -> bool:
        return bool(self.units and self.units[-1].gpus)


@dataclass(frozen=True, slots=True)
class Block:
    """What is in the way. of_lane: in the way of all of the tenant's of this rank, too."""

    reason: WaitReason
    of_lane: bool = False
    why: str = ""


@dataclass(slots=True)
class Room:
    """left: what the window still takes, in milliseconds of work; urgent units find room for
    one more batch a slot (extra). batch: the work of one batch.

    of_job, of_tenant, of_queue: batches, so workers at most. at_work: jobs of each queue that have
    units held; at_work_for: of each tenant. is_fair: who used less goes first.
    """

    seen: Snapshot
    limits: Limits
    left: int
    extra: int
    batch: int
    usage_ms: dict[TenantId, float]
    is_fair: bool
    kept: Kept
    held: Counter[TenantId] = field(default_factory=Counter)
    keys: set[tuple[TenantId, str]] = field(default_factory=set)
    left_microusd: dict[str, int] = field(default_factory=dict)
    of_job: Counter[JobId] = field(default_factory=Counter)
    of_tenant: Counter[TenantId] = field(default_factory=Counter)
    of_queue: Counter[Priority] = field(default_factory=Counter)
    at_work: dict[Priority, set[JobId]] = field(default_factory=lambda: defaultdict(set))
    at_work_for: dict[TenantId, set[JobId]] = field(default_factory=lambda: defaultdict(set))
    memory_mb: Counter[TenantId] = field(default_factory=Counter)
    gpus: Counter[TenantId] = field(default_factory=Counter)
    uses: list[Use] = field(default_factory=list)
    quotas: dict[TenantId, Quota] = field(default_factory=dict)

    def price(self, unit: ReadyUnit) -> int:
        """What has to be held for the unit, in micro-dollars."""
        if not self.seen.rate_microusd_h:
            return 0
        longest_ms = self.limits.longest_ms(unit.priority)
        return ceiling(unit.predicted_ms, longest_ms, self.seen.rate_microusd_h).hold_microusd

    def bears(self, line: Line, price_microusd: int) -> bool:
        """Whether the limits of tenant and job leave this much."""
        left = self.left_microusd
        return not left or (
            left.get(line.tenant_id, price_microusd) >= price_microusd
            and left.get(line.job_id, price_microusd) >= price_microusd
        )

    def quota(self, tenant_id: TenantId) -> Quota:
        found = self.quotas.get(tenant_id)
        if found is None:
            found = self.limits.policy.multi_tenant.quota(tenant_id)
            self.quotas[tenant_id] = found
        return found

    def blocked(self, line: Line) -> Block | None:
        """What is in the way of the line's next batch."""
        if not self.seen.slots:
            return Block(WaitReason.NO_EXECUTOR, of_lane=True)
        return (
            self._by_quota(line)
            or self._by_queue(line)
            or self._by_size(line)
            or self._by_reservation(line)
            or self._by_market(line)
            or self._by_money(line)
            or (None if self.is_open(line) else Block(WaitReason.CAPACITY, of_lane=True))
        )

    def is_open(self, line: Line) -> bool:
        """Whether the window takes something of the line."""
        return self.left + (self.extra if line.urgent else 0) > 0

    def _by_quota(self, line: Line) -> Block | None:
        tenant_id, quota = line.tenant_id, self.quota(line.tenant_id)
        most = self.limits.tenant_units
        if most and self.held[tenant_id] >= most:
            why = f"the tenant has {most} units in flight, as many as it may"
            return Block(WaitReason.QUOTA, of_lane=True, why=why)
        cores = quota.max_cpu_cores
        if cores is not None and cores < self.seen.slots and self.of_tenant[tenant_id] >= cores:
            why = f"the tenant's tier has {cores} slots at once"
            return Block(WaitReason.QUOTA, of_lane=True, why=why)
        jobs = quota.max_concurrent_jobs
        if jobs is not None and _is_one_more(line, self.at_work_for[tenant_id], jobs):
            why = f"the tenant's tier has {jobs} jobs at work at once"
            return Block(WaitReason.QUOTA, why=why)
        unit = line.units[-1]
        memory_mb = (quota.max_memory_gb or 0) * MB_OF_GB
        if memory_mb and unit.memory_mb and self.memory_mb[tenant_id] + unit.memory_mb > memory_mb:
            why = f"{unit.memory_mb} MB are wanted; the tenant's tier has {memory_mb} MB at once"
            return Block(WaitReason.QUOTA, why=why)
        gpus = quota.max_gpus
        if gpus is not None and unit.gpus and self.gpus[tenant_id] + unit.gpus > gpus:
            why = f"{unit.gpus} GPUs are wanted; the tenant's tier has {gpus} at once"
            return Block(WaitReason.QUOTA, why=why)
        return None

    def _by_queue(self, line: Line) -> Block | None:
        jobs = self.limits.policy.queue(line.priority).max_concurrent_jobs
        if jobs is None or not _is_one_more(line, self.at_work[line.priority], jobs):
            return None
        why = f"{jobs} jobs of {line.priority} are at work, as many as may be"
        return Block(WaitReason.QUEUE, why=why)

    def _by_size(self, line: Line) -> Block | None:
        cores = self.limits.policy.job_size_thresholds.of(line.size).cpu_cores
        if cores is None or cores >= self.seen.slots or self.of_job[line.job_id] < cores:
            return None
        why = f"a {line.size} job has {cores} slots at once"
        return Block(WaitReason.SIZE, why=why)

    def _by_reservation(self, line: Line) -> Block | None:
        if not self.kept.slots:
            return None
        if may_begin(line.priority, self.of_queue, self.seen.slots, self.kept):
            return None
        why = f"slots are kept for {self.kept.by(line.priority)}"
        return Block(WaitReason.RESERVED, why=why)

    def _by_market(self, line: Line) -> Block | None:
        """Spot nodes only, until none was there for too long."""
        spot = self.seen.spot_slots
        if spot is None or not self.is_for_spot(line) or self.of_queue[line.priority] < spot:
            return None
        why = f"{line.priority} is for spot nodes only, and their {spot} slots are taken"
        return Block(WaitReason.SPOT, why=why)

    def is_for_spot(self, line: Line) -> bool:
        """Whether its next unit may run on spot nodes only, where nodes are of a market."""
        policy = self.limits.policy
        queue = policy.queue(line.priority)
        if self.seen.spot_slots is None or queue.gpu_share_policy != "spot_only":
            return False
        rule = policy.gpu_allocation.spot_only
        waited_ms = self.seen.now_ms - line.units[-1].ready_ms
        late = waited_ms >= rule.fallback_threshold_minutes * MINUTE_MS
        return not (rule.fallback_to_on_demand and late)

    def _by_money(self, line: Line) -> Block | None:
        price = self.price(line.units[-1])
        # Others of the lane may need less, or have no limit of their own.
        return None if self.bears(line, price) else Block(WaitReason.BUDGET)

    def placed(self, unit: ReadyUnit) -> Placement:
        """GPUs for the unit."""
        policy = self.limits.policy
        wish = Wish(
            gpus=unit.gpus,
            queue=unit.priority,
            strategy=policy.strategy(unit.priority),
            memory_mb=unit.gpu_mb,
            waited_ms=self.seen.now_ms - unit.ready_ms,
        )
        fraction = policy.gpu_memory.dynamic.max_fraction
        return place(wish, self.seen.gpus, self.uses, policy.gpu_allocation, fraction, self.kept)

    def take(self, unit: ReadyUnit, price_microusd: int, gpus: tuple[str, ...] = ()) -> None:
        """The unit is given away."""
        for each in (unit.tenant_id, unit.job_id):
            if each in self.left_microusd:
                self.left_microusd[each] -= price_microusd
        self.held[unit.tenant_id] += 1
        self.usage_ms[unit.tenant_id] += unit.predicted_ms
        self._note(unit.priority, unit.tenant_id, unit.job_id, unit.memory_mb)
        self._use(unit.priority, unit.tenant_id, gpus, unit.gpu_mb)

    def begin(self, line: Line, worth: int) -> None:
        """A worker has begun with a batch of the line."""
        self.left -= worth
        self.of_job[line.job_id] += 1
        self.of_tenant[line.tenant_id] += 1
        self.of_queue[line.priority] += 1

    def _note(self, queue: Priority, tenant_id: TenantId, job_id: JobId, memory_mb: int) -> None:
        self.at_work[queue].add(job_id)
        self.at_work_for[tenant_id].add(job_id)
        self.memory_mb[tenant_id] += memory_mb

    def _use(
        self, queue: Priority, tenant_id: TenantId, gpus: tuple[str, ...], memory_mb: int
    ) -> None:
        if gpus:
            strategy = self.limits.policy.strategy(queue)
            self.uses.append(Use(gpus=gpus, queue=queue, strategy=strategy, memory_mb=memory_mb))
            self.gpus[tenant_id] += len(gpus)

    def see_held(self) -> None:
        """Count what is held."""
        batches: set[str] = set()
        for unit in self.seen.world.held:
            self.usage_ms[unit.tenant_id] += unit.predicted_ms
            self.held[unit.tenant_id] += 1
            if not unit.batch or unit.batch not in batches:
                batches.add(unit.batch)
                self.of_job[unit.job_id] += 1
                self.of_tenant[unit.tenant_id] += 1
                self.of_queue[unit.priority] += 1
            if unit.cache_key:
                self.keys.add((unit.tenant_id, unit.cache_key))
            self._note(unit.priority, unit.tenant_id, unit.job_id, unit.memory_mb)
            if unit.gpus:
                ids = tuple(unit.gpus.split())
                self._use(unit.priority, unit.tenant_id, ids, unit.gpu_mb)


def _is_one_more(line: Line, jobs: set[JobId], most: int) -> bool:
    """Whether the line's job would be one more at work than there may be."""
    return len(jobs) >= most and line.job_id not in jobs


def room_of(seen: Snapshot, limits: Limits) -> Room:
    """As it is before anything is given away."""
    places = seen.slots * limits.batch_ms
    room = Room(
        seen=seen,
        limits=limits,
        left=places * limits.window - _taken(seen, limits),
        extra=places,
        batch=_batch_ms(seen, limits),
        usage_ms=defaultdict(float, seen.usage_ms),
        is_fair=limits.policy.multi_tenant.fair_share.enabled,
        kept=kept(limits.policy, seen.now_ms, seen.slots, len(seen.gpus)),
        left_microusd=dict(seen.left_microusd),
    )
    room.see_held()
    return room


def _taken(seen: Snapshot, limits: Limits) -> int:
    """What of the window is held: a batch has a place, however long it was made."""
    batches: defaultdict[str, int] = defaultdict(int)
    for unit in seen.world.held:
        batches[unit.batch or unit.attempt_id] += max(unit.predicted_ms, 1)
    return sum(min(limits.batch_ms, each) for each in batches.values())


def _batch_ms(seen: Snapshot, limits: Limits) -> int:
    """Small enough that no slot idles while another one has all of what is ready, and that the
    last long ones of a job end at about the same time, however wrong predictions are. Where some
    of what is ready is not seen there is enough: the rest is looked at until the window is full."""
    longest_ms = limits.calm_batch_ms if _is_calm(seen, limits) else 0
    if seen.cut:
        return max(limits.batch_ms, longest_ms)
    ready_ms = sum(max(unit.predicted_ms, 1) for unit in seen.world.ready)
    fair_ms = -(-ready_ms // max(1, seen.slots))
    short_ms = min(limits.batch_ms, max(limits.least_batch_ms, fair_ms))
    return max(short_ms, min(longest_ms, fair_ms // _SHARES))


def _is_calm(seen: Snapshot, limits: Limits) -> bool:
    """Whether nothing urgent would wait for the end of a long batch."""
    world = seen.world
    queues = {unit.priority for unit in world.ready} | {unit.priority for unit in world.held}
    return not any(limits.policy.queue(each).is_urgent for each in queues)


def worth(predicted_ms: int, limits: Limits) -> int:
    """How much of the window a unit takes; a place of it has room for one batch."""
    return min(limits.batch_ms, max(predicted_ms, 1))
