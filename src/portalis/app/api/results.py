"""What a job has made, as one archive."""

from __future__ import annotations

import itertools

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from portalis.app.api.context import InContext, OfJob
from portalis.app.archives import stream_zip
from portalis.app.problems import Problem
from portalis.app.results import files_of

router = APIRouter(prefix="/v1/jobs/{job_id}", tags=["results"])


@router.get(
    "/results",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/zip": {}}, "description": "The files."}},
)
def results(job: OfJob, context: InContext) -> StreamingResponse:
    """A zip of what is done: the whole package of a job that is, else the parts so far."""
    files = iter(files_of(context.desk, job))
    # The first is fetched before the answer begins: a failure still has its own status.
    first = next(files, None)
    if first is None:
        state = job.state.value
        raise Problem("no-results", f"the job is {state}; no unit is done")
    return StreamingResponse(
        stream_zip(itertools.chain((first,), files)),
        media_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{job.id}.zip"',
            "X-Portalis-Job-State": job.state.value,
        },
    )
