"""An attempt: one run of a unit, under a lease; and what it is charged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.workload.model.retry import Cause


class Outcome(StrEnum):
    """How an attempt ended. lost: without a result, for `cause`."""

    SUCCEEDED = "succeeded"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt, and its lease while it is open (`ended_ms` is None).

    fence: the unit's fence at the time; a result is taken only while the unit has the same.
    expires_ms: the lease ends here unless a heartbeat extends it.
    place: where it runs, as the executor names it; "" until it has started.
    running_ms: when its work began; None while it waits in the executor's window.
    run_ms: how long it may work before it is stopped.
    hold_microusd: what it can cost at most, held for it while it is open.
    rate_microusd_h: of the slot that it occupies, by `price`, a row of the catalog.
    gpus: ids of those that it has, with spaces between.
    batch: the id of the first attempt of those that one worker has, one after the other.
    """

    id: AttemptId
    unit_id: UnitId
    job_id: JobId
    tenant_id: TenantId
    fence: int
    leased_ms: int
    expires_ms: int
    place: str = ""
    running_ms: int | None = None
    ended_ms: int | None = None
    outcome: Outcome | None = None
    cause: Cause | None = None
    run_ms: int = 0
    hold_microusd: int = 0
    rate_microusd_h: int = 0
    price: str = ""
    gpus: str = ""
    batch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """An open attempt is alive: what its row becomes."""

    attempt_id: AttemptId
    expires_ms: int
    place: str
    running_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What one attempt used; there is exactly one of each ended attempt.

    slot_ms: how long it occupied a slot, since `from_ms`.
    useful: it made the result that counts; else what it cost is waste.
    cost_microusd: never more than was held; by `price`, at `rate_microusd_h`.
    leased_ms: when the money was held: the windows of that instant bear the cost.
    node: whose slot it was (`ledger.Node`).
    """

    attempt_id: AttemptId
    unit_id: UnitId
    job_id: JobId
    tenant_id: TenantId
    at_ms: int
    slot_ms: int
    place: str = ""
    useful: bool = False
    from_ms: int = 0
    leased_ms: int = 0
    node: str = ""
    cost_microusd: int = 0
    rate_microusd_h: int = 0
    price: str = ""
