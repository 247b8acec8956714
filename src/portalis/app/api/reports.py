"""Reports on a period that ends now: jobs for whom they belong to, the rest for operators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from portalis.app.api.context import ByCaller, ByOperator, Context, InContext
from portalis.app.api.report_views import (
    JobsSummaryView,
    MemoryReportView,
    ReservationsView,
    SizingView,
    UtilisationView,
)
from portalis.app.problems import Problem
from portalis.workload import usage
from portalis.workload.books import LONGEST_MS

router = APIRouter(prefix="/v1/reports", tags=["reports"])

Since = Annotated[datetime, Query(description="From then on, with a time zone.")]


@router.get("/jobs")
def jobs(
    context: InContext,
    caller: ByCaller,
    since: Since,
    tenant: Annotated[str | None, Query(description="Whose; an operator sees all else.")] = None,
) -> JobsSummaryView:
    """Jobs that were open since then: how they ended, how long they took, which failed."""
    from_ms, until_ms = _period(context, since)
    found = usage.jobs_summary(context.state, caller.sees(tenant), from_ms)
    return JobsSummaryView.of(found, from_ms, until_ms)


@router.get("/utilisation")
def utilisation(context: InContext, caller: ByOperator, since: Since) -> UtilisationView:  # noqa: ARG001
    """How much of the slots' time was worked, and what that means for capacity."""
    from_ms, until_ms = _period(context, since)
    charges = context.state.charges_of(None, from_ms - LONGEST_MS, until_ms)
    nodes = context.state.nodes(from_ms, until_ms)
    found = usage.utilisation(nodes, charges, from_ms, until_ms)
    return UtilisationView.of(found, from_ms, until_ms)


@router.get("/memory")
def memory(context: InContext, caller: ByOperator, since: Since) -> MemoryReportView:  # noqa: ARG001
    """What was set aside for units by size of job, and what ran out of memory."""
    from_ms, until_ms = _period(context, since)
    charges = context.state.charges_of(None, from_ms, until_ms)
    return MemoryReportView.of(usage.memory(context.state, charges), from_ms, until_ms)


@router.get("/sizing")
def sizing(context: InContext, caller: ByOperator, since: Since) -> SizingView:  # noqa: ARG001
    """What jobs of each size used, and the class and machine that would do."""
    from_ms, until_ms = _period(context, since)
    charges = context.state.charges_of(None, from_ms, until_ms)
    found = usage.sizing(context.state, charges, context.books.catalog, context.policy)
    return SizingView.of(found, from_ms, until_ms)


@router.get("/reservations")
def reservations(context: InContext, caller: ByOperator, since: Since) -> ReservationsView:  # noqa: ARG001
    """How many machines to reserve, if what comes is like what was."""
    from_ms, until_ms = _period(context, since)
    nodes = context.state.nodes(from_ms, until_ms)
    found = usage.reservations(nodes, context.books.catalog, from_ms, until_ms)
    return ReservationsView.of(found, from_ms, until_ms)


def _period(context: Context, since: datetime) -> tuple[int, int]:
    now_ms = context.clock.now_ms()
    if since.tzinfo is None:
        raise Problem("invalid-request", "`since` needs a time zone, as in 2026-11-29T00:00Z")
    from_ms = int(since.timestamp() * 1000)
    if from_ms >= now_ms:
        raise Problem("invalid-request", "`since` has not come yet")
    return from_ms, now_ms
