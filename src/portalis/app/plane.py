"""The seam between the window and the clerk: what a face asks of the plane besides reading.

Reads go to the `State` port; what changes something or thinks goes through here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from portalis.core.digest import Json
from portalis.core.ids import JobId, TenantId
from portalis.workload.model.job import Job, Priority
from portalis.workload.model.snapshot import Wait


class KeyReused(Exception):  # noqa: N818 - a condition of the request
    """The idempotency key belongs to another request, which made `job_id`."""

    def __init__(self, job_id: JobId) -> None:
        super().__init__(job_id)
        self.job_id = job_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a tenant hands in. files: Python sources by relative path, at least one.

    key: an idempotency key; "": none.
    """

    tenant_id: TenantId
    files: Mapping[str, bytes]
    priority: Priority
    name: str = ""
    options: Mapping[str, Json] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a submission would be. busy_ms: predicted work of all units, one after the other."""

    size_class: str
    lines: int
    files: int
    units: int
    busy_ms: int
    cost_microusd: int | None = None


class Plane(Protocol):
    """The clerk's desk. From any thread. Every call raises Unavailable."""

    def submit(self, submission: Submission) -> tuple[Job, bool]:
        """The job, and whether this call made it: with a key that was used for the same
        request it is the job of then. Raises KeyReused."""
        ...

    def estimate(self, submission: Submission) -> Estimate:
        """Nothing is kept."""
        ...

    def cancel(self, job_id: JobId) -> bool:
        """Stop it; what is done stays. False: it has ended or is being cancelled. Raises
        KeyError."""
        ...

    def retry(self, job_id: JobId) -> bool:
        """Run again what is not done. False: it goes on, or there is nothing to run again.
        Raises KeyError."""
        ...

    def explain(self, job_id: JobId) -> Sequence[Wait]:
        """Why units of the job that are ready were not leased in the latest tick."""
        ...

    def results(self, job: Job) -> Iterator[tuple[str, bytes]]:
        """The files that the job has made so far, by relative path, in the order of paths;
        none while nothing is done."""
        ...
