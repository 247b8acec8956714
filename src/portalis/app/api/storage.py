"""The object store and the cache, for operators: what lies there, and what nobody needs."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query

from portalis.app.api.context import ByOperator, InContext
from portalis.app.api.views import CacheView, CollectionView, StorageView
from portalis.workload.control import storekeeping

router = APIRouter(prefix="/v1", tags=["storage"])

_HOUR_MS: Final = 3_600_000
_GRACE_HOURS: Final = storekeeping.DEFAULT_GRACE_MS / _HOUR_MS


@router.get("/cache")
def cache(context: InContext, caller: ByOperator) -> CacheView:  # noqa: ARG001
    """What was not translated again, and what the cache holds."""
    reused, held = context.reused(), context.cache.stats()
    return CacheView(
        hits=reused.hits,
        misses=reused.misses,
        saved_s=reused.saved_ms / 1000,
        entries=held.entries,
        bytes=held.size_bytes,
    )


@router.get("/storage")
def stats(context: InContext, caller: ByOperator) -> StorageView:  # noqa: ARG001
    """What lies there, by tenant and kind; looks at every object."""
    return StorageView.of(storekeeping.stats(context.objects, context.state))


@router.post("/storage/gc")
def collect(
    context: InContext,
    caller: ByOperator,  # noqa: ARG001
    dry_run: Annotated[bool, Query(description="Only say what it would do.")] = False,
    grace_hours: Annotated[
        float, Query(ge=1, le=87_600, description="Nothing younger is touched.")
    ] = _GRACE_HOURS,
) -> CollectionView:
    """Put aside what no job names, and delete what has been aside for longer than the grace."""
    grace_ms, now_ms = int(grace_hours * _HOUR_MS), context.clock.now_ms()
    with context.collecting:
        found = storekeeping.collect(
            context.objects, context.state, now_ms, grace_ms, dry_run=dry_run
        )
    return CollectionView.of(found, dry_run=dry_run)
