"""Webhooks: who wants to hear of what, and what became of each message.

A subscription is a reader of the numbered logs of its tenant's jobs. Each event that it wants
becomes one delivery, whose id stays the same however often it is tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from portalis.core.ids import JobId, TenantId
from portalis.workload.model.events import BUDGET_ALERT, SUBMITTED, LogEvent
from portalis.workload.model.transitions import JobEvent, UnitEvent

TYPES: Final = (
    f"job.{SUBMITTED}",
    f"job.{BUDGET_ALERT}",
    *(f"job.{event.value}" for event in JobEvent),
    *(f"unit.{event.value}" for event in UnitEvent),
)
PATTERNS: Final = ("*", "job.*", "unit.*", *TYPES)

MAX_TRIES: Final = 9
FIRST_DELAY_MS: Final = 5_000
# 5 s, 20 s, 80 s … 23 h: about 31 h until the last one.
_GROWTH: Final = 4
JITTER_BITS: Final = 16


def type_of(event: LogEvent) -> str:
    """What the event is called in a message."""
    return f"{'unit' if event.unit_id else 'job'}.{event.event}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One address that a tenant's events are sent to.

    events: of `PATTERNS`. secret: the key of the signatures, as `whsec_…`; unlike a token's
    it has to be kept, for the sender signs with it.
    """

    id: str
    tenant_id: TenantId
    url: str
    secret: str
    created_ms: int
    events: tuple[str, ...] = ("job.*",)
    name: str = ""

    def wants(self, type_: str) -> bool:
        """Whether an event of this type is sent."""
        kind = type_.partition(".")[0]
        return any(each in self.events for each in ("*", f"{kind}.*", type_))

    @property
    def wants_units(self) -> bool:
        """Whether any event of a unit may be sent."""
        return any(pattern == "*" or pattern.startswith("unit.") for pattern in self.events)


class DeliveryState(StrEnum):
    """pending: to be sent, for the first time or again. dead: given up; replayed on request."""

    PENDING = "pending"
    DELIVERED = "delivered"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One event for one subscription.

    id: of the message. tries: how often it was sent since it was made or replayed.
    due_ms: while it is pending, when it is sent next. status: what the receiver answered
    last; None: nothing. message: why the last try failed.
    """

    id: str
    subscription_id: str
    tenant_id: TenantId
    job_id: JobId
    number: int
    type: str
    created_ms: int
    due_ms: int
    state: DeliveryState = DeliveryState.PENDING
    tries: int = 0
    ended_ms: int | None = None
    status: int | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one try. status: of HTTP; None: there was no answer, `message` says why."""

    status: int | None
    message: str = ""

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_final(self) -> bool:
        """The receiver says that it wants no more of it."""
        return self.status == 410


def settled(delivery: Delivery, answer: Answer, now_ms: int, jitter: int) -> Delivery:
    """The delivery after a try. jitter: random, `JITTER_BITS` of it."""
    tried = replace(
        delivery, tries=delivery.tries + 1, status=answer.status, message=answer.message
    )
    if answer.is_good:
        return replace(tried, state=DeliveryState.DELIVERED, ended_ms=now_ms)
    if answer.is_final or tried.tries >= MAX_TRIES:
        return replace(tried, state=DeliveryState.DEAD, ended_ms=now_ms)
    return replace(tried, due_ms=now_ms + delay_ms(tried.tries, jitter))


def delay_ms(tries: int, jitter: int) -> int:
    """How long to wait after so many tries: exponential, half of it to one and a half."""
    span_ms: int = FIRST_DELAY_MS * _GROWTH ** (tries - 1)
    return span_ms // 2 + span_ms * (jitter % (1 << JITTER_BITS)) // (1 << JITTER_BITS)


def unknown_patterns(events: Sequence[str]) -> list[str]:
    """Those that select nothing that there is."""
    return [pattern for pattern in events if pattern not in PATTERNS]
