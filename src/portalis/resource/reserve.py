"""What is kept for whom at an instant. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from portalis.resource.policy import Policy
from portalis.workload.model.job import Priority

HOUR_MS: Final = 3_600_000


@dataclass(frozen=True, slots=True)
class Kept:
    """slots, gpus: for each queue that something is kept for. alone: queues whose units have
    their GPUs for themselves. names: of the reservations, by queue."""

    slots: Mapping[Priority, int] = field(default_factory=dict)
    gpus: Mapping[Priority, int] = field(default_factory=dict)
    alone: frozenset[Priority] = frozenset()
    names: Mapping[Priority, str] = field(default_factory=dict)

    def by(self, others_than: Priority) -> str:
        """The reservations of the other queues, in words."""
        return ", ".join(name for queue, name in self.names.items() if queue != others_than)


NOTHING: Final = Kept()


def kept(policy: Policy, now_ms: int, slots: int, gpus: int) -> Kept:
    """By the reservations that run now. slots, gpus: how many there are: more cannot be kept."""
    rules = policy.reservations
    if not rules.enabled or not rules.schedules:
        return NOTHING
    of_slots: dict[Priority, int] = {}
    of_gpus: dict[Priority, int] = {}
    names: dict[Priority, str] = {}
    alone: set[Priority] = set()
    for each in rules.schedules:
        if not each.cron.covers(now_ms, int(each.duration_hours * HOUR_MS)):
            continue
        queue = Priority(each.resources.priority_queue)
        names[queue] = f"{names[queue]} and {each.name}" if queue in names else each.name
        if each.resources.exclusive:
            alone.add(queue)
        for found, wanted, there in (
            (of_slots, each.resources.cpu_cores, slots),
            (of_gpus, each.resources.gpus, gpus),
        ):
            count = there if wanted == "all" else min(int(wanted), there)
            found[queue] = max(found.get(queue, 0), count)
    return Kept(of_slots, of_gpus, frozenset(alone), names)


def may_begin(queue: Priority, at_work: Mapping[Priority, int], slots: int, held: Kept) -> bool:
    """Whether one more unit of the queue leaves what is kept for the others. at_work: how many
    of each queue there are."""
    own = at_work.get(queue, 0)
    if own < held.slots.get(queue, 0):
        return True
    others = sum(
        max(at_work.get(each, 0), held.slots.get(each, 0)) for each in Priority if each != queue
    )
    return not any(held.slots.get(each) for each in Priority if each != queue) or (
        own + others < slots
    )
