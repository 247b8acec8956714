"""Which functions are like functions that were translated before."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool

from portalis.app.api.context import ByCaller, InContext
from portalis.app.api.jobs import BODY, files_of
from portalis.app.api.views import FunctionView, LikeView, SimilarView
from portalis.app.aside import NoAnswer
from portalis.app.problems import Problem
from portalis.app.similar import LEAST, Found, Like
from portalis.app.similar import similar as look

router = APIRouter(prefix="/v1/similar", tags=["jobs"])


@router.post("", openapi_extra=BODY)
async def similar(
    request: Request,
    context: InContext,
    caller: ByCaller,
    tenant: Annotated[str | None, Query(description="Whose, if not the token's own.")] = None,
    least: Annotated[float, Query(gt=0, le=1, description="Not what is less similar.")] = LEAST,
) -> SimilarView:
    """Compare the functions of an archive with those that were translated for the tenant: their
    structure, without names and constants. Nothing of the archive is kept."""
    tenant_id = caller.acts_for(tenant)
    files = await files_of(request, context.limits)
    if not files:
        raise Problem("no-sources")
    try:
        found = await run_in_threadpool(look, context.desk, context.prints, tenant_id, files, least)
    except NoAnswer as error:
        raise Problem("sources-refused", str(error)) from error
    return _view(found)


def _view(found: Found) -> SimilarView:
    return SimilarView(
        functions=[_function(each) for each in found.functions],
        unread=list(found.unread),
        complete=found.complete,
    )


def _function(one: Like) -> FunctionView:
    like = [
        LikeView(
            job=known.job_id,
            unit=known.unit_id,
            path=known.path,
            name=known.name,
            line=known.line,
            verdict=known.verdict,
            similarity=score,
        )
        for score, known in one.known
    ]
    return FunctionView(path=one.path, name=one.name, line=one.line, like=like)
