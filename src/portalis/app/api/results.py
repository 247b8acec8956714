"""What a job has made, as one archive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from portalis.app.api.context import InContext, OfJob
from portalis.app.packing import package_of
from portalis.app.problems import Problem

router = APIRouter(prefix="/v1/jobs/{job_id}", tags=["results"])

_PIECE_BYTES: Final = 1 << 18


@router.get(
    "/results",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/zip": {}}, "description": "The files."}},
)
def results(job: OfJob, context: InContext) -> StreamingResponse:
    """A zip of what is done: a Cargo package and `report.json`, which says what is missing of
    a job that is not done."""
    archive = package_of(context.desk, context.objects, job)
    if archive is None:
        raise Problem("no-results", f"the job is {job.state.value}; no unit is done")
    return StreamingResponse(
        _pieces(archive),
        media_type="application/zip",
        headers={
            "Content-Length": str(len(archive)),
            "Content-Disposition": f'attachment; filename="{job.id}.zip"',
            "X-Portalis-Job-State": job.state.value,
        },
    )


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _PIECE_BYTES):
        yield content[start : start + _PIECE_BYTES]
