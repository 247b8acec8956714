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

    slot_ms: how long it occupied a slot. useful: it made the result that counts.
    """

    attempt_id: AttemptId
    unit_id: UnitId
    job_id: JobId
    tenant_id: TenantId
    at_ms: int
    slot_ms: int
    place: str = ""
    useful: bool = False
