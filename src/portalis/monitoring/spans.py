"""The trace of a job, in OpenTelemetry's JSON: what its log and its attempts say.

    job ─ units ─ attempts ─ the work itself, on whichever machine it was

A trace is a projection like everything else that is told: nothing of it travels with the units,
and it is whole also if the controller was replaced on the way. The ids are made from those of
the plane, so who has a job's id knows its trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import portalis
from portalis.core.digest import digest
from portalis.core.ids import JobId, UnitId
from portalis.workload.model.attempt import Attempt, Outcome
from portalis.workload.model.events import LogEvent
from portalis.workload.model.job import Job
from portalis.workload.model.transitions import JobEvent, JobState, UnitEvent, UnitState

_INTERNAL: Final = 1
_OK, _ERROR = 1, 2
_NS: Final = 1_000_000
_BEGINS: Final = frozenset(("submitted", JobEvent.RETRY_ASKED.value))
_FAILED: Final = frozenset((JobState.FAILED.value, UnitState.FAILED.value))


def trace_id(job_id: JobId) -> str:
    """Of all that happens to a job: 16 bytes, in hexadecimal."""
    return digest(job_id.encode())[:32]


def span_id(name: str) -> str:
    """8 bytes, in hexadecimal."""
    return digest(name.encode())[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """attributes: by OpenTelemetry's naming. error: why it is one; None: it is none."""

    id: str
    parent: str
    name: str
    from_ms: int
    until_ms: int
    attributes: Mapping[str, str | int | bool] = field(default_factory=dict)
    error: str | None = None


def spans_of(job: Job, events: Sequence[LogEvent], attempts: Sequence[Attempt]) -> list[Span]:
    """Of a job that has ended, since it was submitted or last revived."""
    began = max((e for e in events if e.event in _BEGINS), key=lambda e: e.number, default=None)
    if began is None:
        return []
    recent = [event for event in events if event.number >= began.number]
    root = Span(
        id=span_id(f"{job.id} {began.number}"),
        parent="",
        name="job",
        from_ms=began.at_ms,
        until_ms=max(event.at_ms for event in recent),
        attributes={
            "portalis.job": job.id,
            "portalis.tenant": job.tenant_id,
            "portalis.priority": job.priority.value,
            "portalis.state": job.state.value,
            "portalis.lines": job.lines,
            "portalis.cost_microusd": job.cost_microusd,
        },
        error=job.reason or "failed" if job.state.value in _FAILED else None,
    )
    of_unit: dict[UnitId, list[LogEvent]] = {}
    for event in recent:
        if event.unit_id is not None:
            of_unit.setdefault(event.unit_id, []).append(event)
    made = {e.detail["attempt"]: e for e in recent if e.event == UnitEvent.SUCCEEDED}
    spans = [root, *(_unit(job, root, each) for each in of_unit.values())]
    for attempt in attempts:
        if attempt.unit_id in of_unit and attempt.leased_ms >= began.at_ms:
            spans += _attempt(attempt, root, made.get(attempt.id))
    return spans


def _unit_span(root: Span, unit_id: UnitId) -> str:
    return span_id(f"{root.id} {unit_id}")


def _unit(job: Job, root: Span, events: Sequence[LogEvent]) -> Span:
    last = events[-1]
    unit_id = last.unit_id or UnitId("")
    failed = last.state in _FAILED
    return Span(
        id=_unit_span(root, unit_id),
        parent=root.id,
        name="unit",
        from_ms=events[0].at_ms,
        until_ms=last.at_ms,
        attributes={
            "portalis.job": job.id,
            "portalis.unit": unit_id,
            "portalis.tenant": job.tenant_id,
            "portalis.state": last.state,
            "portalis.from_cache": any(e.event == UnitEvent.CACHE_HIT for e in events),
        },
        error=str(last.detail.get("message", "failed")) if failed else None,
    )


def _attempt(attempt: Attempt, root: Span, made: LogEvent | None) -> Iterable[Span]:
    """The lease, and in it the time for which it ran."""
    ended_ms = attempt.ended_ms or attempt.leased_ms
    about: dict[str, str | int | bool] = {
        "portalis.job": attempt.job_id,
        "portalis.unit": attempt.unit_id,
        "portalis.tenant": attempt.tenant_id,
        "portalis.attempt": attempt.id,
        "portalis.place": attempt.place,
    }
    lost = attempt.outcome is Outcome.LOST
    lease = Span(
        id=span_id(attempt.id),
        parent=_unit_span(root, attempt.unit_id),
        name="attempt",
        from_ms=attempt.leased_ms,
        until_ms=ended_ms,
        attributes=about,
        error=(attempt.cause or "lost") if lost else None,
    )
    yield lease
    if attempt.running_ms is not None:
        summary = made.detail.get("summary") if made is not None else None
        stages = summary.get("stage_ms") if isinstance(summary, Mapping) else None
        took = stages.items() if isinstance(stages, Mapping) else ()
        yield Span(
            id=span_id(f"{attempt.id} run"),
            parent=lease.id,
            name="run",
            from_ms=attempt.running_ms,
            until_ms=max(ended_ms, attempt.running_ms),
            attributes=about | {f"portalis.cpu_ms.{name}": int(str(ms)) for name, ms in took},
        )


def otlp(job_id: JobId, spans: Sequence[Span]) -> dict[str, Any]:
    """As the body of a request to an OTLP/HTTP receiver."""
    resource = {"service.name": "portalis", "service.version": portalis.__version__}
    scope = {"name": "portalis", "version": portalis.__version__}
    return {
        "resourceSpans": [
            {
                "resource": {"attributes": _attributes(resource)},
                "scopeSpans": [
                    {"scope": scope, "spans": [_written(trace_id(job_id), each) for each in spans]}
                ],
            }
        ]
    }


def _written(trace: str, span: Span) -> dict[str, Any]:
    status: dict[str, Any] = {"code": _OK}
    if span.error is not None:
        status = {"code": _ERROR, "message": span.error}
    return {
        "traceId": trace,
        "spanId": span.id,
        "parentSpanId": span.parent,
        "name": span.name,
        "kind": _INTERNAL,
        "startTimeUnixNano": str(span.from_ms * _NS),
        "endTimeUnixNano": str(span.until_ms * _NS),
        "attributes": _attributes(span.attributes),
        "status": status,
    }


def _attributes(values: Mapping[str, str | int | bool]) -> list[dict[str, Any]]:
    return [{"key": name, "value": _value(value)} for name, value in values.items()]


def _value(value: str | int | bool) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"boolValue": value}
    return {"intValue": str(value)} if isinstance(value, int) else {"stringValue": str(value)}
