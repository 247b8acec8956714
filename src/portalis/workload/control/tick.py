"""The scheduler: a snapshot in, decisions with their reasons out. Pure.

Who goes first: the higher rank (class, raised by waiting, `classes.py`), then the tenant
that used less lately, then the older job; within a job the longest unit. The executor is
given a bounded window; the backlog stays here.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from portalis.core.ids import JobId, TenantId
from portalis.core.money import text as money
from portalis.cost.budgets import ceiling
from portalis.workload.control.classes import CLASSES, rank
from portalis.workload.control.limits import Limits
from portalis.workload.model.snapshot import (
    Decisions,
    Grant,
    HeldUnit,
    Preempt,
    ReadyUnit,
    Snapshot,
    Wait,
    WaitReason,
)
from portalis.workload.model.transitions import UnitState

_Key = tuple[int, float, int, JobId]


@dataclass(slots=True)
class _Queue:
    """The ready units of one job, the longest at the end."""

    job_id: JobId
    tenant_id: TenantId
    rank: int
    urgent: bool
    job_ms: int
    units: list[ReadyUnit]
    behind: list[ReadyUnit] = field(default_factory=list)
    waiting_for: WaitReason = WaitReason.CAPACITY


@dataclass(slots=True)
class _Room:
    """What the window still takes, in milliseconds of work. Urgent units find room for one more
    batch a slot. batch: the work of one batch."""

    left: int
    extra: int
    batch: int
    usage_ms: dict[TenantId, float]
    held: dict[TenantId, int]
    keys: set[tuple[TenantId, str]] = field(default_factory=set)
    left_microusd: dict[str, int] = field(default_factory=dict)

    def bears(self, queue: _Queue, price_microusd: int) -> bool:
        """Whether the limits of tenant and job leave this much."""
        left = (self.left_microusd.get(each) for each in (queue.tenant_id, queue.job_id))
        return all(each is None or each >= price_microusd for each in left)

    def hold(self, queue: _Queue, price_microusd: int) -> None:
        for each in (queue.tenant_id, queue.job_id):
            if each in self.left_microusd:
                self.left_microusd[each] -= price_microusd

    def open(self, queue: _Queue) -> bool:
        return self.left + (self.extra if queue.urgent else 0) > 0


@dataclass(slots=True)
class _Lane:
    """The queues of one tenant and rank, the oldest job first. It is never empty in the heap."""

    queues: deque[_Queue]

    def key(self, room: _Room) -> _Key:
        queue = self.queues[0]
        return (-queue.rank, room.usage_ms[queue.tenant_id], queue.job_ms, queue.job_id)


def tick(seen: Snapshot, limits: Limits) -> Decisions:
    """What to lease, whom to ask to make room, and why the others wait."""
    queues = _queues(seen)
    room = _room(seen, limits)
    grants: list[Grant] = []
    lanes = _lanes(queues)
    heap = [(lane.key(room), number) for number, lane in enumerate(lanes)]
    heapq.heapify(heap)
    while heap:
        key, number = heapq.heappop(heap)
        lane = lanes[number]
        if key != lane.key(room):
            heapq.heappush(heap, (lane.key(room), number))
            continue
        queue = lane.queues[0]
        blocked = _blocked(queue, room, seen, limits)
        if blocked is WaitReason.BUDGET:
            # Others of the lane may need less, or have no limit of their own.
            lane.queues.popleft().waiting_for = blocked
            if lane.queues:
                heapq.heappush(heap, (lane.key(room), number))
            continue
        if blocked is not None:
            # What is in the way of one is in the way of all: room never grows.
            for each in lane.queues:
                each.waiting_for = blocked
            continue
        batch = _take_batch(queue, room, seen, limits)
        if batch:
            text = f"rank {queue.rank}, usage {room.usage_ms[queue.tenant_id]:.0f} ms"
            grants.append(
                Grant(units=tuple(unit.id for unit in batch), rank=queue.rank, reason=text)
            )
        if not (batch and queue.units):
            lane.queues.popleft()
        if lane.queues:
            heapq.heappush(heap, (lane.key(room), number))
    waits = tuple(_wait(queue, seen, limits) for queue in queues if queue.units or queue.behind)
    return Decisions(grants=tuple(grants), preempts=_preempts(seen, queues, limits), waits=waits)


def _queues(seen: Snapshot) -> list[_Queue]:
    by_job: dict[JobId, list[ReadyUnit]] = defaultdict(list)
    for unit in seen.world.ready:
        by_job[unit.job_id].append(unit)
    queues = []
    for job_id, units in sorted(by_job.items()):
        units.sort(key=lambda unit: (unit.predicted_ms, unit.id))
        first = units[0]
        waited_ms = seen.now_ms - min(unit.ready_ms for unit in units)
        urgent = CLASSES[first.priority].preempts
        place = rank(first.priority, waited_ms)
        queues.append(_Queue(job_id, first.tenant_id, place, urgent, first.job_ms, units))
    return queues


def _room(seen: Snapshot, limits: Limits) -> _Room:
    usage = defaultdict(float, seen.usage_ms)
    held: dict[TenantId, int] = defaultdict(int)
    for unit in seen.world.held:
        usage[unit.tenant_id] += unit.predicted_ms
        held[unit.tenant_id] += 1
    taken = sum(_worth(unit.predicted_ms, limits) for unit in seen.world.held)
    keys = {(unit.tenant_id, unit.cache_key) for unit in seen.world.held if unit.cache_key}
    places = seen.slots * limits.batch_ms
    return _Room(
        places * limits.window - taken,
        places,
        _batch_ms(seen, limits),
        usage,
        held,
        keys,
        dict(seen.left_microusd),
    )


def _batch_ms(seen: Snapshot, limits: Limits) -> int:
    """Small enough that no slot idles while another one has all of what is ready."""
    ready_ms = sum(_worth(unit.predicted_ms, limits) for unit in seen.world.ready)
    fair_ms = -(-ready_ms // max(1, seen.slots))
    return min(limits.batch_ms, max(limits.least_batch_ms, fair_ms))


def _lanes(queues: Iterable[_Queue]) -> list[_Lane]:
    lanes: dict[tuple[int, TenantId], list[_Queue]] = defaultdict(list)
    for queue in queues:
        lanes[queue.rank, queue.tenant_id].append(queue)
    return [
        _Lane(deque(sorted(found, key=lambda queue: (queue.job_ms, queue.job_id))))
        for found in lanes.values()
    ]


def _worth(predicted_ms: int, limits: Limits) -> int:
    """How much of the window a unit takes; a place of it has room for one batch."""
    return min(limits.batch_ms, max(predicted_ms, 1))


def _blocked(queue: _Queue, room: _Room, seen: Snapshot, limits: Limits) -> WaitReason | None:
    if not seen.slots:
        return WaitReason.NO_EXECUTOR
    if limits.tenant_units and room.held[queue.tenant_id] >= limits.tenant_units:
        return WaitReason.QUOTA
    if queue.units and not room.bears(queue, _price(queue.units[-1], seen, limits)):
        return WaitReason.BUDGET
    if not room.open(queue):
        return WaitReason.CAPACITY
    return None


def _price(unit: ReadyUnit, seen: Snapshot, limits: Limits) -> int:
    """What has to be held for the unit, in micro-dollars."""
    return ceiling(unit.predicted_ms, limits.unit_ms, seen.rate_microusd_h).hold_microusd


def _take_batch(queue: _Queue, room: _Room, seen: Snapshot, limits: Limits) -> list[ReadyUnit]:
    """The next units of the job, worth a batch. One whose result another unit in flight will
    bring stays behind."""
    batch: list[ReadyUnit] = []
    worth = 0
    while queue.units and worth < room.batch:
        unit = queue.units[-1]
        if batch and worth + _worth(unit.predicted_ms, limits) > room.batch:
            break
        if limits.tenant_units and room.held[queue.tenant_id] >= limits.tenant_units:
            break
        price = _price(unit, seen, limits)
        if not room.bears(queue, price):
            break
        queue.units.pop()
        if unit.cache_key and (unit.tenant_id, unit.cache_key) in room.keys:
            queue.behind.append(unit)
            queue.waiting_for = WaitReason.SAME_IN_FLIGHT
            continue
        if unit.cache_key:
            room.keys.add((unit.tenant_id, unit.cache_key))
        room.hold(queue, price)
        batch.append(unit)
        worth += _worth(unit.predicted_ms, limits)
        room.held[unit.tenant_id] += 1
        room.usage_ms[unit.tenant_id] += unit.predicted_ms
    room.left -= worth
    return batch


_TEXTS = {
    WaitReason.CAPACITY: "the window of {window} places is full",
    WaitReason.PRIORITY: "units of a higher rank than {rank} go first",
    WaitReason.QUOTA: "the tenant has {quota} units in flight, as many as it may",
    WaitReason.BUDGET: "{wants} have to be held for its next unit, and a limit does not leave that",
    WaitReason.SAME_IN_FLIGHT: "the same translation is being made for another unit",
    WaitReason.NO_EXECUTOR: "no executor is there",
}


def _wait(queue: _Queue, seen: Snapshot, limits: Limits) -> Wait:
    reason = queue.waiting_for
    higher = any(rank(unit.priority, 0) > queue.rank for unit in seen.world.held)
    if reason is WaitReason.CAPACITY and higher:
        reason = WaitReason.PRIORITY
    is_short = reason is WaitReason.BUDGET
    wants = _price(queue.units[-1], seen, limits) if is_short else 0
    text = _TEXTS[reason].format(
        window=seen.slots * limits.window,
        rank=queue.rank,
        quota=limits.tenant_units,
        wants=money(wants),
    )
    return Wait(
        job_id=queue.job_id,
        units=len(queue.units) + len(queue.behind),
        reason=reason,
        text=text,
        wants_microusd=wants,
    )


def _preempts(seen: Snapshot, queues: Iterable[_Queue], limits: Limits) -> tuple[Preempt, ...]:
    """Victims for urgent units that have waited for longer than the grace: those that lose the
    least work, as many as are needed and not already on their way out."""
    late = [
        unit.id
        for queue in queues
        if queue.urgent
        for unit in queue.units
        if seen.now_ms - unit.ready_ms >= limits.grace_ms
    ] + [
        unit.id
        for unit in seen.world.held
        if CLASSES[unit.priority].preempts
        and unit.running_ms is None
        and seen.now_ms - unit.leased_ms >= limits.grace_ms
    ]
    leaving = sum(unit.state is UnitState.YIELDING for unit in seen.world.held)
    running = sum(unit.running_ms is not None for unit in seen.world.held)
    needed = max(0, len(late) - leaving - max(0, seen.slots - running))
    victims = sorted(
        (unit for unit in seen.world.held if _may_be_killed(unit, seen, limits)),
        key=lambda unit: (seen.now_ms - (unit.running_ms or 0), -unit.leased_ms, unit.id),
    )
    return tuple(
        Preempt(
            attempt_id=victim.attempt_id,
            unit_id=victim.id,
            for_unit=wanting,
            reason=f"{seen.now_ms - (victim.running_ms or 0)} ms of work are lost",
        )
        for victim, wanting in zip(victims[:needed], late, strict=False)
    )


def _may_be_killed(unit: HeldUnit, seen: Snapshot, limits: Limits) -> bool:
    return (
        unit.state is UnitState.LEASED
        and unit.running_ms is not None
        and CLASSES[unit.priority].killable
        and seen.now_ms - unit.running_ms >= limits.exempt_ms
    )
