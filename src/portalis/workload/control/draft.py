"""A draft of one commit: what was read, stepped by the transition table, becomes `Changes`.

Whoever changes a job or a unit does it here, so the job's counts, its log and its version
always go with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from portalis.core.digest import Json
from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.core.money import dollars
from portalis.core.values import revised
from portalis.workload.control.purse import Purse
from portalis.workload.model.attempt import Attempt, Charge, Heartbeat
from portalis.workload.model.changes import Changes, Outgoing, Promise
from portalis.workload.model.events import BUDGET_ALERT, SUBMITTED, LogEvent
from portalis.workload.model.job import Job
from portalis.workload.model.ledger import Account, Budget
from portalis.workload.model.transitions import (
    ENDED_JOB,
    JOB,
    OPEN_UNIT,
    UNIT,
    JobEvent,
    JobState,
    Order,
    UnitEvent,
    UnitState,
)
from portalis.workload.model.unit import Unit


class Draft:
    """Not stored yet. `now_ms` is the instant of all that happens in it; `node`: whose slots are
    charged."""

    def __init__(self, now_ms: int, epoch: int | None = None, node: str = "") -> None:
        self.now_ms = now_ms
        self.node = node
        self._epoch = epoch
        self._jobs: dict[JobId, Job] = {}
        self._units: dict[UnitId, Unit] = {}
        self._attempts: dict[AttemptId, Attempt] = {}
        self._dependents: dict[UnitId, tuple[UnitId, ...]] = {}
        self._touched_jobs: set[JobId] = set()
        self._touched_units: set[UnitId] = set()
        self._touched_attempts: set[AttemptId] = set()
        self._new_units: set[UnitId] = set()
        # Of the jobs that were changed: what goes into their rows in the end.
        self._counts: dict[JobId, dict[UnitState, int]] = {}
        self._last_event: dict[JobId, int] = {}
        self._charges: list[Charge] = []
        self._events: list[LogEvent] = []
        self._outgoing: list[Outgoing] = []
        self._heartbeats: list[Heartbeat] = []
        self._promises: list[Promise] = []
        self.purse = Purse()

    def read(
        self,
        *,
        jobs: Iterable[Job] = (),
        units: Iterable[Unit] = (),
        attempts: Iterable[Attempt] = (),
        dependents: Mapping[UnitId, Iterable[Unit]] | None = None,
        budgets: Mapping[TenantId, Budget] | None = None,
        accounts: Iterable[Account] = (),
    ) -> None:
        """Take in what the store says."""
        self.purse.read(budgets or {}, accounts)
        self._jobs.update((job.id, job) for job in jobs)
        self._units.update((unit.id, unit) for unit in units)
        self._attempts.update((attempt.id, attempt) for attempt in attempts)
        for unit_id, found in (dependents or {}).items():
            kept = tuple(found)
            self._dependents[unit_id] = tuple(unit.id for unit in kept)
            for unit in kept:
                self._units.setdefault(unit.id, unit)

    def job(self, job_id: JobId) -> Job:
        """As it is after all that has happened in this draft."""
        job = self._jobs[job_id]
        counts, number = self._counts.get(job_id), self._last_event.get(job_id)
        if counts is None and number is None:
            return job
        return revised(
            job,
            units=job.units if counts is None else dict(counts),
            last_event=job.last_event if number is None else number,
        )

    def jobs(self) -> Iterable[Job]:
        """Those that were read or made."""
        return self._jobs.values()

    def head(self, job_id: JobId) -> Job:
        """The job but for its counts and the number of its last event, which may be old."""
        return self._jobs[job_id]

    def unit(self, unit_id: UnitId) -> Unit:
        return self._units[unit_id]

    def attempt(self, attempt_id: AttemptId) -> Attempt | None:
        return self._attempts.get(attempt_id)

    def dependents(self, unit_id: UnitId) -> tuple[UnitId, ...]:
        """The units that wait for this one, as far as they were read."""
        return self._dependents.get(unit_id, ())

    def has(self, unit_id: UnitId) -> bool:
        """Whether the unit and its job were read."""
        unit = self._units.get(unit_id)
        return unit is not None and unit.job_id in self._jobs

    def units_of(self, job_id: JobId) -> list[Unit]:
        """Those of the job's units that were read."""
        return [unit for unit in self._units.values() if unit.job_id == job_id]

    def add_job(self, job: Job, detail: Mapping[str, Json]) -> None:
        """A new job, with the first event of its log."""
        self._jobs[job.id] = job
        self._log(job.id, SUBMITTED, job.state, None, detail)

    def add_unit(self, unit: Unit) -> None:
        """A new unit, in the state that it has; ready at once if it waits for nothing."""
        self._units[unit.id] = unit
        self._new_units.add(unit.id)
        self._touch_unit(unit)
        self._count(unit.job_id, None, unit.state)
        for needed in unit.depends_on:
            self._dependents[needed] = (*self._dependents.get(needed, ()), unit.id)
        if not unit.waits_for:
            self.step_unit(unit.id, UnitEvent.DEPENDENCIES_DONE, ready_ms=self.now_ms)

    def step_unit(
        self,
        unit_id: UnitId,
        event: UnitEvent,
        detail: Mapping[str, Json] | None = None,
        **changed: Any,  # noqa: ANN401 - fields of a unit
    ) -> tuple[Order, ...]:
        """Let the event happen; `changed` are fields that go with it. Dependents are woken
        and dropped here; the other orders are the caller's to follow. Raises
        IllegalTransition."""
        unit = self._units[unit_id]
        edge = UNIT.step(unit.state, event)
        after = revised(unit, state=edge.to, **changed)
        self._units[unit_id] = after
        self._touch_unit(after)
        self._count(unit.job_id, unit.state, edge.to)
        self._log(unit.job_id, event, edge.to, unit_id, detail or {})
        if Order.WAKE_DEPENDENTS in edge.orders:
            self._wake(unit_id)
        if Order.DROP_DEPENDENTS in edge.orders:
            self._drop(unit_id)
        return edge.orders

    def step_job(
        self,
        job_id: JobId,
        event: JobEvent,
        detail: Mapping[str, Json] | None = None,
        **changed: Any,  # noqa: ANN401 - fields of a job
    ) -> tuple[Order, ...]:
        """Let the event happen to the job. Its end is told to who asked to be notified.
        Raises IllegalTransition."""
        job = self._jobs[job_id]
        edge = JOB.step(job.state, event)
        self._jobs[job_id] = revised(job, state=edge.to, **changed)
        self._log(job_id, event, edge.to, None, detail or {})
        if Order.NOTIFY in edge.orders:
            number = self._last_event[job_id]
            self.order(Order.NOTIFY, job_id, f"{job_id}", number=number)
        return edge.orders

    def end_if_over(self, job_id: JobId) -> None:
        """The job ends if none of its units has anything to come."""
        counts = self._counts.get(job_id, {})
        if any(counts.get(state) for state in OPEN_UNIT):
            return
        job = self.job(job_id)
        if job.state in ENDED_JOB or job.open_units:
            return
        failed, dropped = job.count(UnitState.FAILED), job.count(UnitState.DROPPED)
        event = JobEvent.UNITS_DONE
        reason = ""
        if job.state in (JobState.CANCELLING, JobState.STOPPING_BUDGET):
            if failed or dropped:
                event = JobEvent.UNITS_STOPPED
                reason = f"{dropped} of {job.count()} units were not run"
        elif failed or dropped:
            event = JobEvent.UNITS_FAILED
            reason = f"{failed} of {job.count()} units failed"
        self.step_job(job_id, event, {"reason": reason}, ended_ms=self.now_ms, reason=reason)

    def put_attempt(self, attempt: Attempt) -> None:
        self._attempts[attempt.id] = attempt
        self._touched_attempts.add(attempt.id)

    def charge(self, charge: Charge) -> None:
        """The job's cost goes with it; its unit's step writes the job's row."""
        self._charges.append(charge)
        job = self._jobs[charge.job_id]
        cost = job.cost_microusd + charge.cost_microusd
        self._jobs[job.id] = revised(job, cost_microusd=cost)

    def settle(self, attempt: Attempt, cost_microusd: int) -> None:
        """Post what the attempt did cost and give the rest back. That a limit is nearly spent is
        told in the log of the job that brought it there."""
        job = self.job(attempt.job_id)
        for alarm in self.purse.settle(job, attempt, cost_microusd):
            detail: Mapping[str, Json] = {
                "window": alarm.account.key.window.value,
                "limit_usd": f"{dollars(alarm.limit_microusd):.6f}",
                "posted_usd": f"{dollars(alarm.account.posted_microusd):.6f}",
            }
            self._log(job.id, BUDGET_ALERT, job.state, None, detail)

    def beat(self, heartbeat: Heartbeat) -> None:
        """The attempt is alive; what else happens to it in this draft knows since when it runs."""
        self._heartbeats.append(heartbeat)
        attempt = self._attempts.get(heartbeat.attempt_id)
        if attempt is not None:
            self._attempts[attempt.id] = revised(
                attempt, place=heartbeat.place, running_ms=heartbeat.running_ms
            )

    def promise(self, promise: Promise) -> None:
        self._promises.append(promise)

    def order(self, order: Order, job_id: JobId, subject: str, **detail: Json) -> None:
        """An order for an adapter."""
        suffix = f":{detail['number']}" if "number" in detail else ""
        self._outgoing.append(
            Outgoing(
                key=f"{order}:{subject}{suffix}",
                order=order,
                subject=subject,
                job_id=job_id,
                created_ms=self.now_ms,
                detail=detail,
            )
        )

    def changes(self) -> Changes:
        """All of it, to commit."""
        return Changes(
            jobs=tuple(self.job(job_id) for job_id in sorted(self._touched_jobs)),
            units=tuple(self._units[unit_id] for unit_id in sorted(self._touched_units)),
            attempts=tuple(self._attempts[each] for each in sorted(self._touched_attempts)),
            charges=tuple(self._charges),
            events=tuple(self._events),
            outgoing=tuple(self._outgoing),
            heartbeats=tuple(self._heartbeats),
            promises=tuple(self._promises),
            entries=self.purse.entries(),
            epoch=self._epoch,
            new_units=frozenset(self._new_units),
        )

    def _wake(self, unit_id: UnitId) -> None:
        for dependent_id in self._dependents.get(unit_id, ()):
            dependent = self._units[dependent_id]
            if dependent.state is not UnitState.WAITING:
                continue
            left = dependent.waits_for - 1
            if left:
                self._units[dependent_id] = revised(dependent, waits_for=left)
                self._touch_unit(dependent)
            else:
                self.step_unit(
                    dependent_id, UnitEvent.DEPENDENCIES_DONE, waits_for=0, ready_ms=self.now_ms
                )

    def _drop(self, unit_id: UnitId) -> None:
        for dependent_id in self._dependents.get(unit_id, ()):
            if self._units[dependent_id].state is UnitState.WAITING:
                message = f"it needs {self._units[unit_id].name or unit_id}"
                self.step_unit(dependent_id, UnitEvent.DEPENDENCY_FAILED, message=message)

    def _touch_unit(self, unit: Unit) -> None:
        self._touched_units.add(unit.id)
        self._touched_jobs.add(unit.job_id)

    def _count(self, job_id: JobId, before: UnitState | None, after: UnitState) -> None:
        counts = self._counts.get(job_id)
        if counts is None:
            counts = self._counts[job_id] = dict(self._jobs[job_id].units)
        if before is not None:
            counts[before] -= 1
            if not counts[before]:
                del counts[before]
        counts[after] = counts.get(after, 0) + 1

    def _log(
        self,
        job_id: JobId,
        event: str,
        state: str,
        unit_id: UnitId | None,
        detail: Mapping[str, Json],
    ) -> None:
        job = self._jobs[job_id]
        number = self._last_event.get(job_id, job.last_event) + 1
        self._last_event[job_id] = number
        self._touched_jobs.add(job_id)
        self._events.append(
            LogEvent(
                job_id=job_id,
                tenant_id=job.tenant_id,
                number=number,
                at_ms=self.now_ms,
                event=event,
                state=state,
                unit_id=unit_id,
                detail=detail,
            )
        )
