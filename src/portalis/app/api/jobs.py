"""Jobs: submit, list, show, units, cancel, retry, explain."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import IO, Annotated, Any, Final, Literal, TypeVar

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import ValidationError

from portalis.app.api.context import ByCaller, Context, InContext, OfJob
from portalis.app.api.views import (
    EstimateView,
    ExplanationView,
    FailureView,
    FilesBody,
    JobsView,
    JobView,
    UnitsView,
    UnitView,
    WaitView,
)
from portalis.app.archives import Limits, read_tar, read_texts, read_zip, too_large
from portalis.app.estimate import Estimate, NoEstimate, estimate
from portalis.app.problems import Problem
from portalis.core.digest import Json
from portalis.core.ids import JobId
from portalis.core.money import NotMoney, microusd
from portalis.translate.manifest import package_name
from portalis.workload.model.job import Priority
from portalis.workload.model.transitions import ENDED_JOB, JobState, UnitState
from portalis.workload.ports import JobQuery

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])
T = TypeVar("T")

# An upload up to this size stays in memory while it is read.
_IN_MEMORY_BYTES: Final = 4_000_000
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"model": EstimateView, "description": "The estimate: `dry_run` was asked for."},
    201: {"model": JobView, "description": "The job, made now or by the same key before."},
}
BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/zip": {"schema": {"type": "string", "format": "binary"}},
            "application/x-tar": {"schema": {"type": "string", "format": "binary"}},
            "application/gzip": {"schema": {"type": "string", "format": "binary"}},
            "application/json": {"schema": FilesBody.model_json_schema()},
        },
    }
}


@router.post("", status_code=201, response_model=None, responses=_ANSWERS, openapi_extra=BODY)
async def submit(
    request: Request,
    response: Response,
    context: InContext,
    caller: ByCaller,
    tenant: Annotated[str | None, Query(description="For whom, if not the token's own.")] = None,
    name: Annotated[str, Query(max_length=256, description="What people call it.")] = "",
    priority: Annotated[
        Priority | None, Query(description="Its queue; else that of its size.")
    ] = None,
    verify: Annotated[
        Literal["none", "compile", "run"], Query(description="How far the result is verified.")
    ] = "compile",
    kind: Annotated[
        Literal["bin", "lib", "auto"], Query(description="What the package is.")
    ] = "auto",
    max_cost: Annotated[
        Decimal | None, Query(ge=0, description="What it may cost, in dollars; else no limit.")
    ] = None,
    share_cache: Annotated[
        bool, Query(description="Find what others who share have made, and let them find this.")
    ] = False,
    dry_run: Annotated[bool, Query(description="Only say what it would be.")] = False,
    idempotency_key: Annotated[
        str | None,
        Header(min_length=1, max_length=255, description="Repeat it with the same request."),
    ] = None,
) -> Response | EstimateView:
    """Hand in sources: an archive (zip, tar, tar.gz) or JSON. Only `.py` files are kept."""
    tenant_id = caller.acts_for(tenant)
    limit = _limit(max_cost)
    options: dict[str, Json] = {
        "verify": verify,
        "kind": kind,
        "name": package_name(name or "translated"),
        **({"share_cache": True} if share_cache else {}),
    }

    def work(files: Mapping[str, bytes]) -> Response | EstimateView:
        if not files:
            raise Problem("no-sources")
        if dry_run:
            return EstimateView.of(_estimate(files, options, context))
        job, is_fresh = context.desk.submit(
            tenant_id,
            files,
            priority=priority,
            name=name,
            options=options,
            limit_microusd=limit,
            idempotency_key=idempotency_key or "",
        )
        headers = {"Location": f"/v1/jobs/{job.id}"}
        if not is_fresh:
            headers["Idempotent-Replayed"] = "true"
        # As text at once: to turn it into what `json` takes first takes longer than the rest.
        text = JobView.of(job).model_dump_json(by_alias=True)
        return Response(text, 201, headers, "application/json")

    if dry_run:
        response.status_code = 200
    return await with_files(request, context.limits, work)


def _limit(max_cost: Decimal | None) -> int | None:
    try:
        return None if max_cost is None else microusd(max_cost)
    except NotMoney as error:
        raise Problem("invalid-request", f"max_cost: {error}") from error


def _estimate(
    files: Mapping[str, bytes], options: Mapping[str, Json], context: Context
) -> Estimate:
    try:
        return estimate(files, options, context.tariff, context.policy)
    except NoEstimate as error:
        raise Problem("sources-refused", str(error)) from error


async def files_of(request: Request, limits: Limits) -> Mapping[str, bytes]:
    """The Python files of the body. Raises Problem."""
    return await with_files(request, limits, lambda files: files)


async def with_files(
    request: Request, limits: Limits, work: Callable[[Mapping[str, bytes]], T]
) -> T:
    """What `work` makes of the Python files of the body, in a thread: on the same way there on
    which they are read, since each takes a while. Raises Problem."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in _READERS:
        raise Problem("unsupported-media-type", f"content-type {media[:80]!r}")
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as upload:
        size = 0
        async for chunk in request.stream():
            size += len(chunk)
            if size > limits.max_bytes:
                raise too_large("upload_max_bytes", limits.max_bytes, "bytes")
            # Small ones go to memory; a write to disk is no longer than any page cache's.
            upload.write(chunk)
        upload.seek(0)
        read = _READERS[media]
        return await run_in_threadpool(lambda: work(read(upload, limits)))


def _read_json(stream: IO[bytes], limits: Limits) -> dict[str, bytes]:
    try:
        body = FilesBody.model_validate_json(stream.read())
    except ValidationError as error:
        errors = [
            {"at": list(one["loc"]), "message": one["msg"]}
            for one in error.errors(include_url=False, include_input=False, include_context=False)
        ]
        raise Problem("invalid-request", "the body", {"errors": errors}) from error
    return read_texts(body.files, limits)


def _read_gzip(stream: IO[bytes], limits: Limits) -> dict[str, bytes]:
    return read_tar(stream, limits, packed=True)


def _read_tar(stream: IO[bytes], limits: Limits) -> dict[str, bytes]:
    return read_tar(stream, limits, packed=False)


_READERS: Final = {
    "application/zip": read_zip,
    "application/x-tar": _read_tar,
    "application/gzip": _read_gzip,
    "application/json": _read_json,
}


@router.get("")
def jobs(
    context: InContext,
    caller: ByCaller,
    tenant: Annotated[str | None, Query(description="Whose; an operator sees all else.")] = None,
    state: Annotated[list[JobState] | None, Query(description="Only in one of these.")] = None,
    cursor: Annotated[str | None, Query(description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> JobsView:
    """Newest first, a page at a time."""
    query = JobQuery(
        tenant_id=caller.sees(tenant),
        states=state or (),
        before=JobId(cursor) if cursor else None,
        limit=limit + 1,
    )
    found = context.state.jobs(query)
    page = found[:limit]
    more = len(found) > limit
    return JobsView(jobs=[JobView.of(job) for job in page], next=page[-1].id if more else None)


@router.get("/{job_id}")
def show(job: OfJob) -> JobView:
    """One job."""
    return JobView.of(job)


@router.get("/{job_id}/units")
def units(
    job: OfJob,
    context: InContext,
    state: Annotated[list[UnitState] | None, Query(description="Only in one of these.")] = None,
    after: Annotated[int, Query(ge=-1, description="Only with a higher number.")] = -1,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
) -> UnitsView:
    """The units of a job, by number, a page at a time."""
    found = [unit for unit in context.state.units(job.id, state or ()) if unit.number > after]
    page = found[:limit]
    more = len(found) > limit
    return UnitsView(
        units=[UnitView.of(unit) for unit in page], next=page[-1].number if more else None
    )


@router.post("/{job_id}/cancel")
def cancel(job: OfJob, context: InContext) -> JobView:
    """Stop it: what runs is ended, what is done stays and can be downloaded. Cancelling what
    is cancelled changes nothing."""
    if job.state in ENDED_JOB and job.state is not JobState.CANCELLED:
        state = job.state.value
        raise Problem("wrong-state", f"a job that is {state} cannot be cancelled")
    return JobView.of(context.desk.cancel(job.tenant_id, job.id))


@router.post("/{job_id}/retry")
def retry(job: OfJob, context: InContext) -> JobView:
    """Run what is not done of a job that failed, was cancelled or was stopped."""
    return JobView.of(context.desk.retry(job.tenant_id, job.id))


@router.get("/{job_id}/explain")
def explain(job: OfJob, context: InContext) -> ExplanationView:
    """Why the job waits: quota, budget, capacity, priority, behind how many others; and what
    those of its units wait for that are not ready, and why units have failed."""
    return ExplanationView(
        job=job.id,
        state=job.state.value,
        units={state.value: count for state, count in job.units.items() if count},
        waits=[
            WaitView.of(wait)
            for wait in context.desk.explain(job.tenant_id, job.id, context.decided())
        ],
        failures=[
            FailureView.of(failure) for failure in context.desk.failures(job.tenant_id, job.id)
        ],
    )
