"""The scheduler: a snapshot in, decisions with their reasons out. Pure.

Who goes first: the higher rank (class, raised by waiting, `classes.py`), then the tenant
that used less lately, then the older job; within a job the longest unit. The executor is
given a bounded window; the backlog stays here. What a tenant, a queue and a job may have of it
is the policy's (`room.py`).
"""

from __future__ import annotations

import functools
import heapq
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass

from portalis.core.ids import JobId, TenantId
from portalis.core.money import text as money
from portalis.workload.control.classes import rank
from portalis.workload.control.limits import Limits
from portalis.workload.control.room import Block, Line, Room, room_of, worth
from portalis.workload.model.job import Priority
from portalis.workload.model.snapshot import (
    Decisions,
    Grant,
    Group,
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
class _Lane:
    """The lines of one tenant and rank, the oldest job first. It is never empty in the heap."""

    lines: deque[Line]

    def key(self, room: Room) -> _Key:
        line = self.lines[0]
        usage_ms = room.usage_ms[line.tenant_id] if room.is_fair else 0.0
        return (-line.rank, usage_ms, line.job_ms, line.job_id)


def tick(seen: Snapshot, limits: Limits) -> Decisions:
    """What to lease, whom to ask to make room, and why the others wait."""
    if not seen.world.ready and all(unit.running_ms is not None for unit in seen.world.held):
        return Decisions()
    lines = _lines(seen, limits)
    room = room_of(seen, limits)
    grants: list[Grant] = []
    # Of those that are cut: lines that were not dealt with.
    todo = Counter(group for line in lines if (group := line.group) in seen.cut)
    short: set[Group] = set()
    lanes = _lanes(lines)
    heap = [(lane.key(room), number) for number, lane in enumerate(lanes)]
    heapq.heapify(heap)
    while heap:
        key, number = heapq.heappop(heap)
        lane = lanes[number]
        if key != lane.key(room):
            heapq.heappush(heap, (lane.key(room), number))
            continue
        line = lane.lines[0]
        block = room.blocked(line)
        if block is not None and block.of_lane:
            # What is in the way of one is in the way of all: room never grows.
            for each in lane.lines:
                _wait_for(each, block)
            continue
        grant = _granted(line, room) if block is None else None
        if block is not None:
            _wait_for(line, block)
        if grant is not None:
            grants.append(grant)
        if not (grant and line.units):
            lane.lines.popleft()
            if line.group in seen.cut:
                todo[line.group] -= 1
                if not todo[line.group] and room.is_open(line):
                    short.add(line.group)
        if lane.lines:
            heapq.heappush(heap, (lane.key(room), number))
    top = max((rank(limits.policy.queue(unit.priority), 0) for unit in seen.world.held), default=0)
    waits = tuple(_wait(line, room, top) for line in lines if line.units or line.behind)
    return Decisions(
        grants=tuple(grants),
        preempts=_preempts(seen, lines, limits),
        waits=waits,
        short=frozenset(short),
    )


def _lines(seen: Snapshot, limits: Limits) -> list[Line]:
    by_job: dict[tuple[JobId, bool], list[ReadyUnit]] = defaultdict(list)
    for unit in seen.world.ready:
        by_job[unit.job_id, unit.gpus > 0].append(unit)
    queues = {priority: limits.policy.queue(priority) for priority in Priority}
    lines = []
    for (job_id, _), units in sorted(by_job.items(), key=lambda item: item[0]):
        first = units[0]
        ready_ms = first.ready_ms
        if len(units) > 1:
            units.sort(key=lambda unit: (unit.predicted_ms, unit.id))
            first = units[0]
            ready_ms = min(unit.ready_ms for unit in units)
        waited_ms = seen.now_ms - ready_ms
        queue = queues[first.priority]
        lines.append(
            Line(
                job_id=job_id,
                tenant_id=first.tenant_id,
                priority=first.priority,
                size=first.size,
                rank=rank(queue, waited_ms),
                urgent=queue.is_urgent,
                job_ms=first.job_ms,
                units=units,
            )
        )
    return lines


def _lanes(lines: Iterable[Line]) -> list[_Lane]:
    lanes: dict[tuple[int, TenantId], list[Line]] = defaultdict(list)
    for line in lines:
        lanes[line.rank, line.tenant_id].append(line)
    return [
        _Lane(deque(sorted(found, key=lambda line: (line.job_ms, line.job_id))))
        for found in lanes.values()
    ]


def _wait_for(line: Line, block: Block) -> None:
    line.waiting_for, line.why = block.reason, block.why


def _granted(line: Line, room: Room) -> Grant | None:
    """The next batch of the line; None: nothing of it can run."""
    reason = f"rank {line.rank}, usage {room.usage_ms[line.tenant_id]:.0f} ms"
    spot = room.is_for_spot(line)
    if line.needs_gpus:
        return _on_gpus(line, room, reason)
    batch = _take_batch(line, room)
    if not batch:
        return None
    return Grant(units=tuple(unit.id for unit in batch), rank=line.rank, reason=reason, spot=spot)


def _on_gpus(line: Line, room: Room, reason: str) -> Grant | None:
    """One unit with its GPUs."""
    unit = line.units[-1]
    found = room.placed(unit)
    if not found.gpus:
        line.waiting_for, line.why = WaitReason.GPU, found.reason
        return None
    line.units.pop()
    room.take(unit, room.price(unit), found.gpus)
    room.begin(line, worth(unit.predicted_ms, room.limits))
    return Grant(
        units=(unit.id,), rank=line.rank, reason=f"{reason}, {found.reason}", gpus=found.gpus
    )


def _take_batch(line: Line, room: Room) -> list[ReadyUnit]:
    """The next units of the job, worth a batch. One whose result another unit in flight will
    bring stays behind."""
    batch: list[ReadyUnit] = []
    total = 0
    most = room.limits.tenant_units
    while line.units and total < room.batch:
        unit = line.units[-1]
        if batch and total + max(unit.predicted_ms, 1) > room.batch:
            break
        # What memory is set aside for runs by itself.
        if batch and unit.memory_mb:
            break
        if most and room.held[line.tenant_id] >= most:
            break
        price = room.price(unit)
        if not room.bears(line, price):
            break
        line.units.pop()
        if unit.cache_key and (unit.tenant_id, unit.cache_key) in room.keys:
            line.behind.append(unit)
            line.waiting_for = WaitReason.SAME_IN_FLIGHT
            continue
        if unit.cache_key:
            room.keys.add((unit.tenant_id, unit.cache_key))
        room.take(unit, price)
        batch.append(unit)
        total += max(unit.predicted_ms, 1)
        if unit.memory_mb:
            break
    if batch:
        room.begin(line, worth(total, room.limits))
    return batch


_TEXTS = {
    WaitReason.CAPACITY: "the window of {window} places is full",
    WaitReason.PRIORITY: "units of a higher rank than {rank} go first",
    WaitReason.BUDGET: "{wants} have to be held for its next unit, and a limit does not leave that",
    WaitReason.SAME_IN_FLIGHT: "the same translation is being made for another unit",
    WaitReason.NO_EXECUTOR: "no executor is there",
}


@functools.lru_cache(maxsize=256)
def _words(reason: WaitReason, window: int, rank: int, wants_microusd: int) -> str:
    """The same for most of what waits."""
    return _TEXTS[reason].format(window=window, rank=rank, wants=money(wants_microusd))


def _wait(line: Line, room: Room, top: int) -> Wait:
    """top: the highest rank of what is held."""
    reason, limits = line.waiting_for, room.limits
    if reason is WaitReason.CAPACITY and top > line.rank:
        reason = WaitReason.PRIORITY
    wants = room.price(line.units[-1]) if reason is WaitReason.BUDGET else 0
    text = line.why or _words(reason, room.seen.slots * limits.window, line.rank, wants)
    return Wait(
        job_id=line.job_id,
        units=len(line.units) + len(line.behind),
        reason=reason,
        text=text,
        wants_microusd=wants,
    )


def _preempts(seen: Snapshot, lines: Iterable[Line], limits: Limits) -> tuple[Preempt, ...]:
    """Victims for urgent units that have waited for half of their target, and for nothing but
    room: those that lose the least work, as many as are needed and not already on their way
    out."""
    policy = limits.policy
    late = [
        unit.id
        for line in lines
        if line.urgent and line.waiting_for is WaitReason.CAPACITY
        for unit in line.units
        if seen.now_ms - unit.ready_ms >= limits.patience_ms(unit.priority, unit.size)
    ] + [
        unit.id
        for unit in seen.world.held
        if policy.queue(unit.priority).is_urgent
        and unit.running_ms is None
        and seen.now_ms - unit.leased_ms >= limits.patience_ms(unit.priority, unit.size)
    ]
    if not late:
        return ()
    leaving = sum(unit.state is UnitState.YIELDING for unit in seen.world.held)
    running = sum(unit.running_ms is not None for unit in seen.world.held)
    needed = max(0, len(late) - leaving - max(0, seen.slots - running))
    if not needed:
        return ()
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
        and limits.policy.queue(unit.priority).allow_preemption
        and seen.now_ms - unit.running_ms >= limits.exempt_ms
    )
