"""About the service itself: whether it is well, and what its problems mean. Needs no token."""

from __future__ import annotations

from fastapi import APIRouter

import portalis
from portalis.app.api.context import InContext
from portalis.app.api.views import HealthView, ProblemView
from portalis.app.problems import ROWS, Problem
from portalis.core.ids import JobId

router = APIRouter(prefix="/v1", tags=["about"])


@router.get("/health")
def health(context: InContext) -> HealthView:
    """Ok if the state answers; else the problem `unavailable`."""
    context.state.job(JobId(""))
    return HealthView(status="ok", version=portalis.__version__)


@router.get("/problems/{code}")
def problem(code: str) -> ProblemView:
    """What a problem means and what to do."""
    row = ROWS.get(code)
    if row is None:
        raise Problem("not-found", f"there is no problem {code[:80]!r}")
    return ProblemView(
        code=row.code,
        status=row.status,
        title=row.title,
        remedy=row.remedy,
        fields=list(row.fields),
    )
