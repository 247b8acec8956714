"""What Prometheus reads. For operators: it shows all tenants and what they spend."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials

from portalis.app.api.context import BEARER, InContext, caller_of, operator_of
from portalis.monitoring.collector import MEDIA_TYPE

router = APIRouter(tags=["metrics"])


async def reader_of(
    request: Request,
    context: InContext,
    presented: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)],
) -> None:
    """Who may read: operators; with the setting, whoever is on this machine."""
    if presented is None and context.metrics_on_loopback and _is_near(request):
        return
    await operator_of(await caller_of(context, presented))


def _is_near(request: Request) -> bool:
    # What a proxy on this machine passes on comes from elsewhere.
    if request.client is None or "forwarded" in request.headers:
        return False
    if any(name.startswith("x-forwarded-") for name in request.headers):
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False


@router.get(
    "/metrics",
    dependencies=[Depends(reader_of)],
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}, "description": "docs/monitoring.md has all."}},
)
async def metrics(context: InContext) -> Response:
    """All metrics, in Prometheus' text format. What is counted survives a restart."""
    text = await run_in_threadpool(context.exporter.text)
    return Response(text, media_type=MEDIA_TYPE)
