"""A job: what a tenant handed in, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portalis.core.digest import Json
from portalis.core.ids import JobId, TenantId
from portalis.workload.model.transitions import HELD, OPEN_UNIT, JobState, UnitState


class Priority(StrEnum):
    """The class of a job; `control/classes.py` says what it means."""

    INTERACTIVE = "interactive"
    BATCH = "batch"
    TRAINING = "training"
    LOW_PRIORITY = "low_priority"


UnitCounts = Mapping[UnitState, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job.

    sources: key of the object that holds the files.
    options: what the translation is asked for, as `executors/work.py` reads it.
    reason: why it ended other than done; empty else.
    units: how many units are in which state.
    last_event: the number of the newest event of its log; they count from 1.
    size: its class, by the policy at the time; `resource/classify.py` has their names.
    limit_microusd: what it may cost; None: no limit of its own. cost_microusd: what it did.
    wants_microusd: what its next attempt was to hold when the budget stopped it.
    version: of the row that was read; 0 was never stored. Whoever changes a job or one of
        its units commits against it.
    """

    id: JobId
    tenant_id: TenantId
    priority: Priority
    state: JobState
    created_ms: int
    sources: str
    name: str = ""
    options: Mapping[str, Json] = field(default_factory=dict)
    lines: int = 0
    files: int = 0
    size: str = "xlarge"
    started_ms: int | None = None
    ended_ms: int | None = None
    reason: str = ""
    units: UnitCounts = field(default_factory=dict)
    last_event: int = 0
    limit_microusd: int | None = None
    wants_microusd: int = 0
    cost_microusd: int = 0
    version: int = 0

    def count(self, *states: UnitState) -> int:
        """How many units are in one of these states; of all, without one."""
        if not states:
            return sum(self.units.values())
        return sum(self.units.get(state, 0) for state in states)

    @property
    def open_units(self) -> int:
        """Units that still have something to come."""
        return self.count(*OPEN_UNIT)

    @property
    def held_units(self) -> int:
        return self.count(*HELD)

    @property
    def progress(self) -> float:
        """The part of its units that has ended, 0 to 1."""
        known = self.count()
        return (known - self.open_units) / known if known else 0.0
