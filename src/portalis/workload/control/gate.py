"""Whether one more job is taken: queues and tiers have lengths.

The store is counted seldom: jobs come in here and leave elsewhere, so what was counted and what
was taken since is never too little, but for what other processes take within `LOOK_MS`.
"""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass
from typing import Final

from portalis.core.clock import Clock
from portalis.core.ids import TenantId
from portalis.resource.policy import Policy
from portalis.workload.model.job import Priority
from portalis.workload.ports import State

LOOK_MS: Final = 1_000
# Who comes again is told this much at least, and at most.
LEAST_S: Final = 1
MOST_S: Final = 300
# Where it is not known how fast jobs end.
USUAL_S: Final = 5


@dataclass(frozen=True, slots=True)
class Full:
    """reason: what is full, in words. retry_s: when to come again."""

    reason: str
    retry_s: int


@dataclass(slots=True)
class _Count:
    """jobs: when it was counted. taken: since then. left_ms: how long it took lately until a job
    had ended; None: it is not known."""

    at_ms: int
    jobs: int
    taken: int = 0
    left_ms: float | None = None


class Gate:
    """Safe from several threads."""

    def __init__(self, state: State, clock: Clock, policy: Policy) -> None:
        self._state = state
        self._clock = clock
        self._policy = policy
        self._counts: dict[tuple[Priority | None, TenantId | None], _Count] = {}
        self._lock = threading.Lock()

    def admit(self, priority: Priority, tenant_id: TenantId) -> Full | None:
        """Count one more job of the queue and the tenant; or say what is full. Raises
        Unavailable."""
        queue = self._policy.queue(priority).max_queue_size
        tier = self._policy.multi_tenant.quota(tenant_id).max_queue_size
        checks: list[tuple[Priority | None, TenantId | None, int, str]] = []
        if queue is not None:
            checks.append((priority, None, queue, f"the queue {priority}"))
        if tier is not None:
            checks.append((None, tenant_id, tier, f"the tenant {tenant_id}"))
        with self._lock:
            counts = [(self._count(p, t, most), most, what) for p, t, most, what in checks]
            for count, most, what in counts:
                if count.jobs + count.taken >= most:
                    reason = f"{what} has {most} jobs that have not ended, as many as it may"
                    return Full(reason, _retry_s(count.left_ms))
            for count, _, _ in counts:
                count.taken += 1
        return None

    def _count(self, priority: Priority | None, tenant_id: TenantId | None, most: int) -> _Count:
        """Counted anew where it is old, or would refuse."""
        now_ms = self._clock.now_ms()
        key = (priority, tenant_id)
        found = self._counts.get(key)
        if found is not None:
            is_full = found.jobs + found.taken >= most
            # With this much room, others cannot have filled it meanwhile.
            is_sure = found.jobs + found.taken < most // 2
            age_ms = now_ms - found.at_ms
            if not is_full and (age_ms < LOOK_MS or (is_sure and age_ms < 10 * LOOK_MS)):
                return found
        jobs = self._state.open_jobs(priority, tenant_id, most)
        fresh = _Count(now_ms, jobs)
        if found is not None:
            fresh.left_ms = _pace(found, fresh)
        self._counts[key] = fresh
        return fresh


def _pace(before: _Count, after: _Count) -> float | None:
    """How long it takes until a job has ended."""
    ended = before.jobs + before.taken - after.jobs
    span_ms = after.at_ms - before.at_ms
    return span_ms / ended if ended > 0 and span_ms > 0 else before.left_ms


def _retry_s(left_ms: float | None) -> int:
    if left_ms is None:
        return USUAL_S
    return min(MOST_S, max(LEAST_S, math.ceil(left_ms / 1000)))
