"""What the clerk is set to, as numbers: how long things may take, how far it looks ahead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from portalis.resource.policy import OPEN, Policy
from portalis.workload.model.job import Priority
from portalis.workload.model.ledger import Tariff

FREE: Final = Tariff()
_MINUTE_MS: Final = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """lease_ms: without a heartbeat for this long an attempt is lost.
    unit_ms: a unit that works for longer is stopped (`TIMED_OUT`), whatever the policy says of
        its queue; None: as that says.
    lead_ms: a controller that is silent for this long may be replaced.
    window: batches that the executor is given for each of its slots: one that runs and one
        that waits, so that a slot never idles for the time of a commit.
    batch_ms: units are put together until they are worth this much predicted work;
        least_batch_ms: where there is less for each slot, until they are worth that, but this
        much at least: to start what verifies a batch takes a time of its own.
    calm_batch_ms: up to this much while nothing urgent waits or runs and there is enough to do.
    grace_ms: an urgent unit without a target latency waits for this long before others are
        killed for it.
    exempt_ms: an attempt is not preempted before it has run for this long.
    cache_ms: how long a result is found by its cache key.
    tariff: what a slot costs; without a price nothing is held or charged.
    policy: what queues, sizes and tenants are allowed; `OPEN` bounds nothing.
    max_units: of one job. tenant_units: of one tenant that may be held at once; 0: no limit.
    """

    lease_ms: int = 10_000
    unit_ms: int | None = None
    lead_ms: int = 3_000
    window: int = 2
    batch_ms: int = 200
    least_batch_ms: int = 50
    calm_batch_ms: int = 1_500
    grace_ms: int = 500
    exempt_ms: int = 0
    cache_ms: int = 30 * 24 * 3_600_000
    max_units: int = 100_000
    tenant_units: int = 0
    tariff: Tariff = FREE
    policy: Policy = OPEN

    @property
    def half_life_ms(self) -> int:
        """After this time a tenant's usage counts half."""
        return self.policy.multi_tenant.fair_share.window_minutes * _MINUTE_MS

    def longest_ms(self, priority: Priority) -> int:
        """A unit of the queue that works for longer is stopped."""
        of_queue = self.policy.queue(priority).timeout_seconds * 1000
        return of_queue if self.unit_ms is None else min(self.unit_ms, of_queue)

    def patience_ms(self, priority: Priority, size: str) -> int:
        """How long an urgent unit waits before others are killed for it: half of its target."""
        targets = (
            self.policy.job_size_thresholds.of(size).max_latency_ms,
            self.policy.queue(priority).target_latency_ms,
        )
        known = [target for target in targets if target is not None]
        return min(known) // 2 if known else self.grace_ms
