"""What a tenant does with a job: submit, cancel, retry. Drafts only; no I/O."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portalis.core.digest import Json
from portalis.core.ids import JobId, TenantId, UnitId, child_id
from portalis.cost.budgets import Exceeded
from portalis.resource.rates import plan_ms
from portalis.workload.control.draft import Draft
from portalis.workload.model.changes import Promise
from portalis.workload.model.job import Job, Priority
from portalis.workload.model.transitions import (
    JOB,
    UNIT,
    JobEvent,
    JobState,
    Order,
    UnitEvent,
    UnitState,
)
from portalis.workload.model.unit import Unit, UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A job that is asked for. sources: key of the object that holds its files, stored
    before. size: its class, and why. limit_microusd: what the job may cost. request_digest: of
    all that the tenant said, for its idempotency key."""

    tenant_id: TenantId
    priority: Priority
    sources: str
    name: str = ""
    options: Mapping[str, Json] = field(default_factory=dict)
    files: int = 0
    lines: int = 0
    size: str = "xlarge"
    why: str = ""
    limit_microusd: int | None = None
    idempotency_key: str = ""
    request_digest: str = ""


# Whether it changed anything.
Change = Callable[[Draft, JobId], bool]


def submit(draft: Draft, job_id: JobId, asked: Submission) -> None:
    """The job and its first unit, which will plan the others."""
    draft.add_job(
        Job(
            id=job_id,
            tenant_id=asked.tenant_id,
            priority=asked.priority,
            state=JOB.start,
            created_ms=draft.now_ms,
            sources=asked.sources,
            name=asked.name,
            options=asked.options,
            files=asked.files,
            lines=asked.lines,
            size=asked.size,
            limit_microusd=asked.limit_microusd,
        ),
        {
            "files": asked.files,
            "lines": asked.lines,
            "priority": asked.priority,
            "size": asked.size,
            "reason": asked.why,
        },
    )
    draft.add_unit(
        Unit(
            id=UnitId(child_id(job_id, "u", 0)),
            job_id=job_id,
            number=0,
            kind=UnitKind.PLAN,
            state=UNIT.start,
            name="plan",
            predicted_ms=plan_ms(asked.lines),
        )
    )
    if asked.idempotency_key:
        draft.promise(
            Promise(
                tenant_id=asked.tenant_id,
                key=asked.idempotency_key,
                request_digest=asked.request_digest,
                job_id=job_id,
                created_ms=draft.now_ms,
            )
        )


def cancel(draft: Draft, job_id: JobId) -> bool:
    """Stop the job, of which all open units were read. False: it has ended already, or is
    being cancelled."""
    return _stop(draft, job_id, JobEvent.CANCEL_ASKED)


def stop_for_budget(draft: Draft, job_id: JobId, over: Exceeded) -> bool:
    """Stop the job because a limit does not bear its next unit; what is done stays. False: it
    has ended."""
    detail: dict[str, Json] = {
        "window": over.window,
        "limit_microusd": over.limit_microusd,
        "posted_microusd": over.posted_microusd,
        "asked_microusd": over.asked_microusd,
        "resets_ms": over.resets_ms,
    }
    return _stop(draft, job_id, JobEvent.BUDGET_SPENT, detail, wants_microusd=over.asked_microusd)


def _stop(
    draft: Draft,
    job_id: JobId,
    event: JobEvent,
    detail: Mapping[str, Json] | None = None,
    **changed: Any,  # noqa: ANN401 - fields of a job
) -> bool:
    if not JOB.accepts(draft.job(job_id).state, event):
        return False
    if Order.STOP_UNITS in draft.step_job(job_id, event, detail, **changed):
        stop_units(draft, job_id)
    draft.end_if_over(job_id)
    return True


def stop_units(draft: Draft, job_id: JobId) -> None:
    """Tell each unit that is not over to stop."""
    for unit in draft.units_of(job_id):
        # An earlier one may have changed it.
        if UNIT.accepts(draft.unit(unit.id).state, UnitEvent.STOP_ASKED):
            orders = draft.step_unit(unit.id, UnitEvent.STOP_ASKED)
            if Order.STOP_ATTEMPT in orders:
                draft.order(Order.STOP_ATTEMPT, job_id, attempt_id(unit), cause="stopped")


def retry(draft: Draft, job_id: JobId) -> bool:
    """Run again what has failed or was not run, of a job all of whose units were read.
    False: it goes on, or there is nothing to run again."""
    if not JOB.accepts(draft.job(job_id).state, JobEvent.RETRY_ASKED):
        return False
    draft.step_job(job_id, JobEvent.RETRY_ASKED, reason="", ended_ms=None, wants_microusd=0)
    units = draft.units_of(job_id)
    done = {unit.id for unit in units if unit.state is UnitState.DONE}
    again = [unit for unit in units if UNIT.accepts(unit.state, UnitEvent.REVIVED)]
    for unit in again:
        draft.step_unit(
            unit.id,
            UnitEvent.REVIVED,
            waits_for=sum(needed not in done for needed in unit.depends_on),
            tries={},
            died_at=(),
            avoid=(),
            cause=None,
            message="",
        )
    for unit in again:
        if not draft.unit(unit.id).waits_for:
            draft.step_unit(unit.id, UnitEvent.DEPENDENCIES_DONE, ready_ms=draft.now_ms)
    draft.end_if_over(job_id)
    return True


def attempt_id(unit: Unit) -> str:
    """The id of the attempt under the unit's newest lease."""
    return child_id(unit.id, "a", unit.fence)


def started(draft: Draft, job_id: JobId) -> None:
    """A unit of the job is given to an executor."""
    job = draft.head(job_id)
    if job.state is JobState.QUEUED:
        first = job.started_ms if job.started_ms is not None else draft.now_ms
        draft.step_job(job_id, JobEvent.STARTED, started_ms=first)
