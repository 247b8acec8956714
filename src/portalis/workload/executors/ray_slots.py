"""Slots as the pool of a Ray cluster counts them, and how the spare one of a node gets its time.

A spare slot has no time of its own: one at the same node, which works on what is not urgent, lends
it some. What that one works on goes on beside, and does not pay for it (docs/adr/0017).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from portalis.resource.policy import TOP
from portalis.workload.ports import Task


@dataclass(slots=True, eq=False)
class Slot:
    """An actor. pid: of its process; 0: it has not begun. tasks: what it works on, since
    `since_ms`. asked: it owes an answer. lender: of a spare slot at work, whose time it has.
    lent_from_ms: since when it is lent; lent_ms: for how long of what it works on it was."""

    node: str
    memory_mb: int
    actor: Any
    heard_ms: int
    is_spare: bool = False
    pid: int = 0
    asked: bool = False
    since_ms: int = 0
    tasks: list[Task] = field(default_factory=list)
    lender: Slot | None = None
    lent_from_ms: int | None = None
    lent_ms: int = 0

    @property
    def is_idle(self) -> bool:
        """Whether it has nothing to do, and time for it."""
        return not self.tasks and self.lent_from_ms is None

    def begin(self, tasks: Sequence[Task], now_ms: int) -> None:
        self.tasks = list(tasks)
        self.since_ms = now_ms
        self.lent_ms = 0

    def busy_ms(self, now_ms: int) -> int:
        """How long it has been working in its own time on what it has."""
        self._settle(now_ms)
        return max(0, now_ms - self.since_ms - self.lent_ms)

    def paid_ms(self, busy_ms: int, now_ms: int) -> int:
        """Of the time that a unit took, what is paid."""
        self._settle(now_ms)
        unpaid_ms = min(self.lent_ms, busy_ms)
        self.lent_ms -= unpaid_ms
        return busy_ms - unpaid_ms

    def lend(self, spare: Slot, now_ms: int) -> None:
        """From now on its time is the spare one's."""
        spare.lender = self
        self.lent_from_ms = now_ms

    def give_back(self, now_ms: int) -> None:
        """The time of the lender is its own again, if there is one."""
        lender, self.lender = self.lender, None
        if lender is not None:
            lender._settle(now_ms)
            lender.lent_from_ms = None

    def _settle(self, now_ms: int) -> None:
        """Note for how long it was lent until now."""
        if self.lent_from_ms is not None:
            self.lent_ms += now_ms - self.lent_from_ms
            self.lent_from_ms = now_ms


def is_urgent(tasks: Sequence[Task]) -> bool:
    return max(task.urgency for task in tasks) > TOP


def spare_for(slots: Sequence[Slot], avoid: Collection[str]) -> tuple[Slot, Slot] | None:
    """A spare slot of these that idles, and one that lends it time: that which began last, since
    the others end sooner; elsewhere than at the places to avoid, if there are others."""
    lenders = [
        each
        for each in slots
        if not each.is_spare
        and each.tasks
        and each.lent_from_ms is None
        and not is_urgent(each.tasks)
    ]
    pairs = [
        (spare, lender)
        for spare in slots
        if spare.is_spare and not spare.tasks
        for lender in lenders
        if lender.node == spare.node
    ]
    allowed = [pair for pair in pairs if pair[0].node not in avoid] or pairs
    return max(allowed, key=lambda pair: pair[1].since_ms, default=None)
