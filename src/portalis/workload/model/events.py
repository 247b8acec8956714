"""The log of a job: numbered events, one after the other. Everything that tells users what
happened (status lines, streams, notifications) reads this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from portalis.core.digest import Json
from portalis.core.ids import JobId, TenantId, UnitId

# The log's own events, which are no transitions: before the first of them; and that so much of a
# limit of the tenant's, or of the job's, is spent as it is to be told of.
SUBMITTED: Final = "submitted"
BUDGET_ALERT: Final = "budget_alert"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEvent:
    """One thing that happened.

    number: counts from 1 in each job, without gaps.
    event: the name of the transition's event (`JobEvent`, `UnitEvent`), or one of the
        log's own.
    state: of the job, or of the unit if there is one, after it.
    detail: what else is to say; keys and meanings only grow.
    """

    job_id: JobId
    tenant_id: TenantId
    number: int
    at_ms: int
    event: str
    state: str
    unit_id: UnitId | None = None
    detail: Mapping[str, Json] = field(default_factory=dict)
