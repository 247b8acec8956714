"""What the controller knows of the store: jobs, their units and open attempts, as of its last
commit or read.

Nothing here is trusted: a commit is refused where a job has another version than the one that
is known, and the job is read again then. So it is where the store has just said otherwise of a
unit: what is not done because of what is known is not committed either. Attempts are ended by
who leads, and by nobody else; each commit of a controller is refused when another one leads.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from portalis.core.ids import AttemptId, JobId, UnitId, parent_id
from portalis.core.values import revised
from portalis.workload.control.draft import Draft
from portalis.workload.model.attempt import Attempt
from portalis.workload.model.changes import Changes
from portalis.workload.model.job import Job
from portalis.workload.model.transitions import ENDED_JOB, UnitState
from portalis.workload.model.unit import Unit
from portalis.workload.ports import State

# Beyond this many units, the jobs that were not asked for lately are forgotten.
MOST_UNITS = 200_000


@dataclass(slots=True)
class _Known:
    """units: those that were looked at, all as of the job's version. dependents: of those
    units of which they were looked for."""

    job: Job
    units: dict[UnitId, Unit] = field(default_factory=dict)
    dependents: dict[UnitId, tuple[UnitId, ...]] = field(default_factory=dict)


class Knowledge:
    """For one controller, under one epoch."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._jobs: OrderedDict[JobId, _Known] = OrderedDict()
        self._attempts: dict[AttemptId, Attempt] = {}
        self._units = 0

    def forget(self, jobs: Iterable[Job]) -> None:
        """They were changed by others."""
        for job in jobs:
            self._drop(job.id)

    def clear(self) -> None:
        """Another one may have led."""
        self._jobs.clear()
        self._attempts.clear()
        self._units = 0

    @property
    def held(self) -> int:
        """How many attempts are known to be open."""
        return len(self._attempts)

    def attempts(self, ids: Collection[AttemptId]) -> dict[AttemptId, Attempt]:
        """Those that there are."""
        missing = [each for each in ids if each not in self._attempts]
        found = dict(self._state.attempts_by_id(missing)) if missing else {}
        for attempt in found.values():
            if attempt.ended_ms is None:
                self._attempts[attempt.id] = attempt
        found.update((each, self._attempts[each]) for each in ids if each in self._attempts)
        return found

    def read(
        self, draft: Draft, unit_ids: Collection[UnitId], state: UnitState | None = None
    ) -> None:
        """The units, their jobs and all that depends on them, into the draft. state: in which
        the store had the units a moment ago."""
        of_jobs: dict[JobId, list[UnitId]] = defaultdict(list)
        for unit_id in unit_ids:
            of_jobs[JobId(parent_id(unit_id))].append(unit_id)
        missing = {
            job_id: asked
            for job_id, asked in of_jobs.items()
            if not self._has(job_id, asked) or self._is_old(job_id, asked, state)
        }
        if missing:
            self._load(missing)
        for job_id, asked in of_jobs.items():
            known = self._jobs.get(job_id)
            if known is not None:
                self._jobs.move_to_end(job_id)
                _give(draft, known, asked)
        self._trim(of_jobs)

    def learn(self, draft: Draft, changes: Changes) -> None:
        """The changes of the draft were committed."""
        for job in changes.jobs:
            known = self._jobs.get(job.id)
            if job.state in ENDED_JOB:
                self._drop(job.id)
            elif known is not None:
                known.job = revised(job, version=job.version + 1)
        for unit in changes.units:
            known = self._jobs.get(unit.job_id)
            if known is None:
                continue
            self._units += unit.id not in known.units
            known.units[unit.id] = unit
            if unit.id in changes.new_units:
                known.dependents[unit.id] = draft.dependents(unit.id)
        for attempt in changes.attempts:
            if attempt.ended_ms is None:
                self._attempts[attempt.id] = attempt
            else:
                self._attempts.pop(attempt.id, None)
        for beat in changes.heartbeats:
            alive = self._attempts.get(beat.attempt_id)
            if alive is not None:
                self._attempts[alive.id] = revised(
                    alive,
                    expires_ms=beat.expires_ms,
                    place=beat.place,
                    running_ms=beat.running_ms,
                )

    def _has(self, job_id: JobId, unit_ids: Iterable[UnitId]) -> bool:
        known = self._jobs.get(job_id)
        if known is None:
            return False
        left = list(unit_ids)
        while left:
            unit_id = left.pop()
            dependents = known.dependents.get(unit_id)
            if dependents is None or unit_id not in known.units:
                return False
            left += dependents
        return True

    def _is_old(self, job_id: JobId, unit_ids: Iterable[UnitId], state: UnitState | None) -> bool:
        known = self._jobs[job_id]
        if state is None or all(known.units[each].state is state for each in unit_ids):
            return False
        self._drop(job_id)
        return True

    def _load(self, wanted: dict[JobId, list[UnitId]]) -> None:
        """Jobs before their units: what changes a unit in between changes the job's version,
        and the commit is refused."""
        jobs = self._state.jobs_by_id(wanted.keys())
        for job_id in wanted:
            before = self._jobs.get(job_id)
            if before is None or job_id not in jobs or jobs[job_id].version != before.job.version:
                self._drop(job_id)
        for job in jobs.values():
            self._jobs.setdefault(job.id, _Known(job))
        asked = {each for job_id, found in wanted.items() if job_id in jobs for each in found}
        units = self._state.units_by_id(asked)
        while units:
            for unit in units.values():
                known = self._jobs[unit.job_id]
                self._units += unit.id not in known.units
                known.units[unit.id] = unit
            found = self._state.dependents(units.keys())
            for unit in units.values():
                dependents = found.get(unit.id, ())
                self._jobs[unit.job_id].dependents[unit.id] = tuple(u.id for u in dependents)
            units = {unit.id: unit for each in found.values() for unit in each}

    def _trim(self, kept: Collection[JobId]) -> None:
        while self._units > MOST_UNITS and next(iter(self._jobs)) not in kept:
            self._drop(next(iter(self._jobs)))

    def _drop(self, job_id: JobId) -> None:
        known = self._jobs.pop(job_id, None)
        self._units -= len(known.units) if known is not None else 0


def _give(draft: Draft, known: _Known, asked: Iterable[UnitId]) -> None:
    units: dict[UnitId, Unit] = {}
    dependents: dict[UnitId, list[Unit]] = {}
    left = list(asked)
    while left:
        unit_id = left.pop()
        if unit_id in units or unit_id not in known.units:
            continue
        units[unit_id] = known.units[unit_id]
        dependents[unit_id] = [known.units[each] for each in known.dependents[unit_id]]
        left += known.dependents[unit_id]
    draft.read(jobs=(known.job,), units=units.values(), dependents=dependents)
