"""The log of a job: in pages, and as a stream that resumes where it broke off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import APIRouter, Header, Query, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from portalis.app.api.context import Context, InContext, OfJob
from portalis.app.api.views import EventsView, EventView
from portalis.core.ids import JobId
from portalis.workload.model.events import LogEvent
from portalis.workload.model.transitions import ENDED_JOB

router = APIRouter(prefix="/v1/jobs/{job_id}", tags=["events"])

_PAGE: Final = 1000
# A comment at least this often: proxies close what is silent.
_SILENCE_S: Final = 15.0
_RETRY_MS: Final = 1000


@router.get("/events")
def events(
    job: OfJob,
    context: InContext,
    after: Annotated[int, Query(ge=0, description="Only with a higher number.")] = 0,
    limit: Annotated[int, Query(ge=1, le=10_000)] = _PAGE,
) -> EventsView:
    """Events in order, without a gap, a page at a time."""
    found = context.state.events(job.id, after, limit + 1)
    page = found[:limit]
    more = len(found) > limit
    return EventsView(
        events=[EventView.of(event) for event in page], next=page[-1].number if more else None
    )


@router.get(
    "/stream",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"text/event-stream": {}}, "description": "One message an event."},
        204: {"description": "The job has ended, and nothing comes after `Last-Event-ID`."},
    },
)
def stream(
    job: OfJob,
    context: InContext,
    after: Annotated[int, Query(ge=0, description="Only with a higher number.")] = 0,
    last_event_id: Annotated[int | None, Header(ge=0)] = None,
) -> Response:
    """Server-sent events, from the first or after `Last-Event-ID` on; ends with the job."""
    seen = after if last_event_id is None else last_event_id
    if job.state in ENDED_JOB and job.last_event <= seen:
        return Response(status_code=204)
    return StreamingResponse(
        _messages(context, job.id, seen),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _messages(context: Context, job_id: JobId, seen: int) -> AsyncIterator[bytes]:
    yield b"retry: %d\n\n" % _RETRY_MS
    silent_s = 0.0
    while True:
        # In this order: what is read after the job has ended is all there will be.
        job = await run_in_threadpool(context.state.job, job_id)
        found = await run_in_threadpool(context.state.events, job_id, seen, _PAGE)
        if found:
            yield b"".join(_message(event) for event in found)
            seen = found[-1].number
            silent_s = 0.0
        elif job is None or job.state in ENDED_JOB or context.stopping.is_set():
            return
        else:
            if silent_s >= _SILENCE_S:
                yield b": still here\n\n"
                silent_s = 0.0
            await asyncio.sleep(context.poll_ms / 1000)
            silent_s += context.poll_ms / 1000


def _message(event: LogEvent) -> bytes:
    text = EventView.of(event).model_dump_json(by_alias=True)
    return f"id: {event.number}\nevent: {event.event}\ndata: {text}\n\n".encode()
