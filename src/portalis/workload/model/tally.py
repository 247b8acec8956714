"""What the store says of the plane in numbers: values for metrics, never for decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from portalis.workload.model.job import Priority
from portalis.workload.model.transitions import JobState, UnitState


class Counted(StrEnum):
    """What is counted, and by what: the labels of a `Count`, in this order.

    submitted: jobs; tenant, class. ended: jobs; tenant, class, state.
    attempt: those that ended; "succeeded", or their cause.
    cost_microusd, slot_ms: of attempts; tenant, price, "workload" or "overhead" (no result).
    cache_hit: units that a known result spared; tenant. saved_ms: what these took once; tenant.
    cache_miss: units that could have been known and were run; tenant.
    unit, line: what was translated; "run" or "cache". verdict: functions; verdict, "run" or
    "cache". stage_ms: CPU time of the engine; stage.
    """

    SUBMITTED = "submitted"
    ENDED = "ended"
    ATTEMPT = "attempt"
    COST_MICROUSD = "cost_microusd"
    SLOT_MS = "slot_ms"
    CACHE_HIT = "cache_hit"
    CACHE_MISS = "cache_miss"
    SAVED_MS = "saved_ms"
    UNIT = "unit"
    LINE = "line"
    VERDICT = "verdict"
    STAGE_MS = "stage_ms"


class Chosen(StrEnum):
    """What was decided; a choice has beside it what was chosen, and the code of the reason.

    wait: units of a job that could run began to wait ("", `WaitReason`). scale: another number of
    nodes is asked for ("up" or "down", the `ScaleReason` that settled it). market: nodes are asked
    for in other markets ("spot", "on_demand", "both" or "none", `SpotReason`).
    """

    WAIT = "wait"
    SCALE = "scale"
    MARKET = "market"


Choice = tuple[Chosen, str, str]
Count = tuple[Counted, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Span:
    """How long a job waited for its first unit to start, or until it was done, since it was
    submitted or last revived."""

    priority: Priority
    lines: int
    ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What happened in a span of time. rows: how many facts it was read from."""

    counts: Mapping[Count, int] = field(default_factory=Counter)
    waits: Sequence[Span] = ()
    latencies: Sequence[Span] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What there is now.

    jobs: those that have not ended, by class and state. stopped: those that a budget stopped, by
    tenant. units: of jobs that go on, those that have not ended. ready_ms: since when the
    oldest unit of each class is ready. running: units that are being worked on.
    orders: that were not delivered, and when the oldest was written. messages: webhooks' that
    are to be sent, and that were given up. leads_until_ms: of the controller.
    """

    jobs: Mapping[tuple[Priority, JobState], int] = field(default_factory=dict)
    stopped: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[UnitState, int] = field(default_factory=dict)
    ready_ms: Mapping[Priority, int] = field(default_factory=dict)
    running: int = 0
    orders: int = 0
    order_ms: int | None = None
    messages: Mapping[str, int] = field(default_factory=dict)
    leads_until_ms: int = 0
