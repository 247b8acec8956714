"""Workers, for operators: which there are, and which are to go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from portalis.app.api.context import ByOperator, Context, InContext
from portalis.app.api.views import View, instant
from portalis.app.problems import Problem
from portalis.workload.model.worker import Worker

router = APIRouter(prefix="/v1/workers", tags=["workers"])

_MAX_WITHIN_S = 86_400


class WorkerView(View):
    place: str
    state: Literal["works", "draining", "gone"]
    slots: int
    running: int
    """Units that run there now."""
    gone_by: str | None
    """Of one that is drained: what runs there then is handed back."""

    @classmethod
    def of(cls, worker: Worker, running: int) -> WorkerView:
        is_gone = worker.slots == 0 and not running
        drained: Literal["draining", "gone"] = "gone" if is_gone else "draining"
        return cls(
            place=worker.place,
            state="works" if worker.drain_ms is None else drained,
            slots=worker.slots,
            running=running,
            gone_by=None if worker.drain_ms is None else instant(worker.drain_ms),
        )


class WorkersView(View):
    form: Literal["portalis.workers/1"] = Field(default="portalis.workers/1", alias="schema")
    workers: Sequence[WorkerView]


@router.get("")
def workers(context: InContext, caller: ByOperator) -> WorkersView:  # noqa: ARG001
    """All workers by place, and those that were drained within a day."""
    running = _running(context)
    found = context.state.workers()
    return WorkersView(workers=[WorkerView.of(each, running[each.place]) for each in found])


@router.post("/{place}/drain")
def drain(
    place: str,
    context: InContext,
    caller: ByOperator,  # noqa: ARG001
    within_s: Annotated[
        float, Query(ge=0, le=_MAX_WITHIN_S, description="What still runs then is handed back.")
    ] = 300,
) -> WorkerView:
    """Nothing new begins there; when what runs has ended, it is gone. Again: another instant."""
    return _set(context, place, context.clock.now_ms() + int(within_s * 1000))


@router.post("/{place}/resume")
def resume(place: str, context: InContext, caller: ByOperator) -> WorkerView:  # noqa: ARG001
    """It is not to go any more. Ray takes no node back that it has drained."""
    return _set(context, place, None)


def _set(context: Context, place: str, drain_ms: int | None) -> WorkerView:
    if not context.state.drain_worker(place, drain_ms):
        raise Problem("not-found", f"there is no worker {place[:80]}")
    found = next((each for each in context.state.workers() if each.place == place), None)
    if found is None:
        raise Problem("not-found", f"worker {place[:80]} is gone")
    return WorkerView.of(found, _running(context)[place])


def _running(context: Context) -> Counter[str]:
    attempts = context.state.open_attempts()
    return Counter(each.place for each in attempts if each.running_ms is not None)
