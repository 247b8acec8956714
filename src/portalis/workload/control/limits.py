"""What the clerk is set to, as numbers: how long things may take, how far it looks ahead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from portalis.resource.policy import OPEN, Policy
from portalis.workload.model.ledger import Tariff

FREE: Final = Tariff()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """lease_ms: without a heartbeat for this long an attempt is lost.
    unit_ms: a unit that works for longer is stopped (`TIMED_OUT`).
    lead_ms: a controller that is silent for this long may be replaced.
    window: batches that the executor is given for each of its slots: one that runs and one
        that waits, so that a slot never idles for the time of a commit.
    batch_ms: units are put together until they are worth this much predicted work;
        least_batch_ms: where there is less for each slot, until they are worth that, but this
        much at least: to start what verifies a batch takes a time of its own.
    grace_ms: an urgent unit waits for this long before others are killed for it.
    exempt_ms: an attempt is not preempted before it has run for this long.
    half_life_ms: after this time a tenant's usage counts half.
    cache_ms: how long a result is found by its cache key.
    tariff: what a slot costs; without a price nothing is held or charged.
    policy: what queues, sizes and tenants are allowed; `OPEN` bounds nothing.
    max_units: of one job. tenant_units: of one tenant that may be held at once; 0: no limit.
    """

    lease_ms: int = 10_000
    unit_ms: int = 1_800_000
    lead_ms: int = 3_000
    window: int = 2
    batch_ms: int = 200
    least_batch_ms: int = 50
    grace_ms: int = 500
    exempt_ms: int = 0
    half_life_ms: int = 3_600_000
    cache_ms: int = 30 * 24 * 3_600_000
    max_units: int = 100_000
    tenant_units: int = 0
    tariff: Tariff = FREE
    policy: Policy = OPEN
