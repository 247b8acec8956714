"""The `State` port in this process's memory: for simulations and tests. Nothing survives."""

from __future__ import annotations

import bisect
import heapq
import itertools
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from portalis.core.ids import AttemptId, JobId, TenantId, UnitId, child_id
from portalis.core.values import revised
from portalis.workload.model.attempt import Attempt, Charge
from portalis.workload.model.changes import Changes, Outgoing, Promise
from portalis.workload.model.events import LogEvent
from portalis.workload.model.job import Job, Priority
from portalis.workload.model.ledger import Account, AccountKey, Budget, Entry, Node
from portalis.workload.model.snapshot import Group, HeldUnit, ReadyUnit, World
from portalis.workload.model.tally import Choice
from portalis.workload.model.transitions import ACTIVE_JOB, ENDED_JOB, HELD, JobState, UnitState
from portalis.workload.model.unit import Unit
from portalis.workload.model.worker import Worker
from portalis.workload.ports import GONE_MS, Conflict, Deposed, JobQuery


@dataclass(slots=True)
class _Ready:
    """Ready units by job, and these jobs from the oldest to the newest."""

    units: dict[JobId, dict[UnitId, ReadyUnit]] = field(default_factory=dict)
    order: list[JobId] = field(default_factory=list)

    def put(self, unit: ReadyUnit) -> None:
        if unit.job_id not in self.units:
            bisect.insort(self.order, unit.job_id)
        self.units.setdefault(unit.job_id, {})[unit.id] = unit

    def drop(self, job_id: JobId, unit_id: UnitId) -> None:
        of_job = self.units.get(job_id)
        if of_job is None:
            return
        of_job.pop(unit_id, None)
        if not of_job:
            del self.units[job_id]
            del self.order[bisect.bisect_left(self.order, job_id)]


class MemoryState:
    """All calls are serial."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._jobs: dict[JobId, Job] = {}
        self._units: dict[UnitId, Unit] = {}
        self._of_job: dict[JobId, dict[UnitId, None]] = defaultdict(dict)
        self._in_state: dict[UnitState, dict[UnitId, None]] = defaultdict(dict)
        # What is ready, by tenant and class, then by job.
        self._ready: dict[Group, _Ready] = {}
        self._held: dict[AttemptId, HeldUnit] = {}
        self._jobs_in: dict[JobState, dict[JobId, None]] = defaultdict(dict)
        self._dependents: dict[UnitId, list[UnitId]] = defaultdict(list)
        self._attempts: dict[AttemptId, Attempt] = {}
        self._open: dict[AttemptId, None] = {}
        self._charges: dict[AttemptId, Charge] = {}
        self._events: dict[JobId, list[LogEvent]] = defaultdict(list)
        self._outgoing: dict[str, Outgoing] = {}
        self._promises: dict[tuple[TenantId, str], Promise] = {}
        self._accounts: dict[AccountKey, Account] = {}
        self._nodes: dict[tuple[str, int], Node] = {}
        self._budgets: dict[TenantId, Budget] = {}
        self._workers: dict[str, Worker] = {}
        self._choices: Counter[Choice] = Counter()
        self._epoch = 0
        self._owner = ""
        self._until_ms = 0
        self._told: list[Callable[[Changes], None]] = []

    def commit(self, changes: Changes) -> None:
        with self._lock:
            self._check(changes)
            for job in changes.jobs:
                before = self._jobs.get(job.id)
                if before is not None:
                    self._jobs_in[before.state].pop(job.id, None)
                self._jobs_in[job.state][job.id] = None
                self._jobs[job.id] = revised(job, version=job.version + 1)
            for unit in changes.units:
                self._put_unit(unit)
            for attempt in changes.attempts:
                self._attempts[attempt.id] = attempt
                self._held.pop(attempt.id, None)
                if attempt.ended_ms is None:
                    self._open[attempt.id] = None
                else:
                    self._open.pop(attempt.id, None)
            self._charges.update((charge.attempt_id, charge) for charge in changes.charges)
            self._accounts.update((e.key, self._entered(e)) for e in changes.entries)
            self._nodes.update(((node.name, node.from_ms), node) for node in changes.nodes)
            for event in changes.events:
                self._events[event.job_id].append(event)
            for outgoing in changes.outgoing:
                self._outgoing.setdefault(outgoing.key, outgoing)
            for key in changes.delivered:
                self._outgoing.pop(key, None)
            for beat in changes.heartbeats:
                if beat.attempt_id in self._open:
                    self._held.pop(beat.attempt_id, None)
                    self._attempts[beat.attempt_id] = revised(
                        self._attempts[beat.attempt_id],
                        expires_ms=beat.expires_ms,
                        place=beat.place,
                        running_ms=beat.running_ms,
                    )
            self._promises.update(((p.tenant_id, p.key), p) for p in changes.promises)
        for tell in self._told:
            tell(changes)

    def on_commit(self, tell: Callable[[Changes], None]) -> None:
        self._told.append(tell)

    def _check(self, changes: Changes) -> None:
        if changes.epoch is not None and changes.epoch != self._epoch:
            raise Deposed(f"epoch {changes.epoch} is over: it is {self._epoch}")
        for job in changes.jobs:
            stored = self._jobs.get(job.id)
            if (stored.version if stored is not None else 0) != job.version:
                raise Conflict(f"{job.id} was changed")
        if any(unit_id in self._units for unit_id in changes.new_units):
            raise Conflict("a unit is there already")
        if any(charge.attempt_id in self._charges for charge in changes.charges):
            raise Conflict("an attempt is charged already")
        if any((p.tenant_id, p.key) in self._promises for p in changes.promises):
            raise Conflict("the idempotency key is used already")
        if any(a.ended_ms is None and a.id in self._attempts for a in changes.attempts):
            raise Conflict("the attempt is there already")

        for entry in changes.entries:
            after = self._entered(entry)
            if entry.limit_microusd is not None and after.taken_microusd > entry.limit_microusd:
                raise Conflict(f"the {entry.key.window} account of {entry.key.scope} is full")

    def _entered(self, entry: Entry) -> Account:
        before = self._accounts.get(entry.key) or Account(key=entry.key)
        alerted = entry.alerted_microusd
        after = Account(
            key=entry.key,
            posted_microusd=before.posted_microusd + entry.posted_microusd,
            held_microusd=before.held_microusd + entry.held_microusd,
            alerted_microusd=before.alerted_microusd if alerted is None else alerted,
        )
        assert after.posted_microusd >= 0
        assert after.held_microusd >= 0
        return after

    def _put_unit(self, unit: Unit) -> None:
        before = self._units.get(unit.id)
        if before is None:
            self._of_job[unit.job_id][unit.id] = None
            for needed in unit.depends_on:
                self._dependents[needed].append(unit.id)
        else:
            self._in_state[before.state].pop(unit.id, None)
        self._units[unit.id] = unit
        self._in_state[unit.state][unit.id] = None
        self._held.pop(AttemptId(child_id(unit.id, "a", unit.fence)), None)
        job = self._jobs[unit.job_id]
        group = (job.tenant_id, job.priority)
        if unit.state is UnitState.READY:
            self._ready.setdefault(group, _Ready()).put(self._as_ready(unit))
        elif group in self._ready:
            self._ready[group].drop(job.id, unit.id)
            if not self._ready[group].order:
                del self._ready[group]

    def lead(self, owner: str, now_ms: int, span_ms: int) -> int | None:
        with self._lock:
            if self._owner != owner:
                if self._owner and now_ms < self._until_ms:
                    return None
                self._owner = owner
                self._epoch += 1
            self._until_ms = now_ms + span_ms
            return self._epoch

    def resign(self, owner: str) -> None:
        with self._lock:
            if self._owner == owner:
                self._owner = ""

    def leader(self) -> str:
        return self._owner

    def epoch(self) -> int:
        return self._epoch

    def job(self, job_id: JobId) -> Job | None:
        with self._lock:
            return self._jobs.get(job_id)

    def jobs(self, query: JobQuery) -> Sequence[Job]:
        with self._lock:
            wanted = set(query.states) or tuple(JobState)
            ids = [each for state in wanted for each in self._jobs_in[state]]
            found = [
                job
                for job in map(self._jobs.__getitem__, sorted(ids, reverse=True))
                if query.tenant_id in (None, job.tenant_id)
                and (query.before is None or job.id < query.before)
                and (
                    query.since_ms is None or job.ended_ms is None or job.ended_ms >= query.since_ms
                )
            ]
            return found[: query.limit]

    def jobs_by_id(self, job_ids: Collection[JobId]) -> Mapping[JobId, Job]:
        with self._lock:
            return {each: self._jobs[each] for each in job_ids if each in self._jobs}

    def units(self, job_id: JobId, states: Collection[UnitState] = ()) -> Sequence[Unit]:
        with self._lock:
            found = [self._units[each] for each in self._of_job.get(job_id, ())]
            kept = [unit for unit in found if not states or unit.state in states]
            return sorted(kept, key=lambda unit: unit.number)

    def units_by_id(self, unit_ids: Collection[UnitId]) -> Mapping[UnitId, Unit]:
        with self._lock:
            return {each: self._units[each] for each in unit_ids if each in self._units}

    def dependents(self, unit_ids: Collection[UnitId]) -> Mapping[UnitId, Sequence[Unit]]:
        with self._lock:
            return {
                each: [self._units[other] for other in self._dependents[each]]
                for each in unit_ids
                if each in self._dependents
            }

    def attempts_by_id(self, attempt_ids: Collection[AttemptId]) -> Mapping[AttemptId, Attempt]:
        with self._lock:
            return {each: self._attempts[each] for each in attempt_ids if each in self._attempts}

    def attempts_of(self, job_id: JobId) -> Sequence[Attempt]:
        with self._lock:
            found = [a for a in self._attempts.values() if a.job_id == job_id]
            return sorted(found, key=lambda attempt: (attempt.leased_ms, attempt.id))

    def overdue(self, now_ms: int) -> Sequence[Attempt]:
        return [
            each
            for each in self.open_attempts()
            if each.expires_ms <= now_ms
            or (each.running_ms is not None and each.running_ms + each.run_ms < now_ms)
        ]

    def open_attempts(self) -> Sequence[Attempt]:
        with self._lock:
            return [self._attempts[each] for each in self._open]

    def charges(self, job_id: JobId) -> Sequence[Charge]:
        with self._lock:
            return [charge for charge in self._charges.values() if charge.job_id == job_id]

    def charges_since(self, at_ms: int) -> Sequence[Charge]:
        with self._lock:
            found = [charge for charge in self._charges.values() if charge.at_ms >= at_ms]
            return sorted(found, key=lambda charge: (charge.at_ms, charge.attempt_id))

    def charges_of(
        self, tenant_id: TenantId | None, from_ms: int, until_ms: int
    ) -> Sequence[Charge]:
        with self._lock:
            found = [
                charge
                for charge in self._charges.values()
                if tenant_id in (None, charge.tenant_id) and from_ms <= charge.leased_ms < until_ms
            ]
            return sorted(found, key=lambda charge: (charge.leased_ms, charge.attempt_id))

    def accounts(self, keys: Collection[AccountKey]) -> Mapping[AccountKey, Account]:
        with self._lock:
            return {key: self._accounts[key] for key in keys if key in self._accounts}

    def budgets(self, tenant_ids: Collection[TenantId] | None = None) -> Mapping[TenantId, Budget]:
        with self._lock:
            return {
                tenant: budget
                for tenant, budget in self._budgets.items()
                if tenant_ids is None or tenant in tenant_ids
            }

    def put_budget(self, budget: Budget) -> None:
        with self._lock:
            self._budgets[budget.tenant_id] = budget

    def nodes(self, from_ms: int, until_ms: int) -> Sequence[Node]:
        with self._lock:
            found = sorted(self._nodes.values(), key=lambda node: (node.from_ms, node.name))
            return [n for n in found if n.until_ms > from_ms and n.from_ms < until_ms]

    def workers(self) -> Sequence[Worker]:
        with self._lock:
            return [self._workers[place] for place in sorted(self._workers)]

    def keep_workers(self, slots: Mapping[str, int], now_ms: int) -> None:
        with self._lock:
            before, self._workers = self._workers, {}
            for place in before.keys() | slots.keys():
                drain_ms = before[place].drain_ms if place in before else None
                is_old = drain_ms is None or drain_ms < now_ms - GONE_MS
                if place in slots or not is_old:
                    there = slots.get(place, 0)
                    self._workers[place] = Worker(place=place, slots=there, drain_ms=drain_ms)

    def drain_worker(self, place: str, drain_ms: int | None) -> bool:
        with self._lock:
            found = self._workers.get(place)
            if found is not None:
                self._workers[place] = replace(found, drain_ms=drain_ms)
            return found is not None

    def add_choices(self, counts: Mapping[Choice, int]) -> None:
        with self._lock:
            self._choices.update(counts)

    def choices(self) -> Mapping[Choice, int]:
        with self._lock:
            return dict(self._choices)

    def events(self, job_id: JobId, after: int = 0, limit: int = 1000) -> Sequence[LogEvent]:
        with self._lock:
            return self._events.get(job_id, [])[after : after + limit]

    def outgoing(self, limit: int) -> Sequence[Outgoing]:
        with self._lock:
            return list(self._outgoing.values())[:limit]

    def promise(self, tenant_id: TenantId, key: str) -> Promise | None:
        with self._lock:
            return self._promises.get((tenant_id, key))

    def world(self, window: int, jobs: int) -> World:
        with self._lock:
            ready = self.ready(window, jobs, self._ready.keys())
            return World(ready=ready, held=tuple(map(self._row, self._open)))

    def ready(self, window: int, jobs: int, groups: Collection[Group]) -> tuple[ReadyUnit, ...]:
        with self._lock:
            known = [self._ready[each] for each in groups if each in self._ready]
            return tuple(unit for each in known for unit in self._first(each, window, jobs))

    def _first(self, found: _Ready, window: int, jobs: int) -> Iterator[ReadyUnit]:
        active = (each for each in found.order if self._jobs[each].state in ACTIVE_JOB)
        for job_id in itertools.islice(active, jobs):
            units: Collection[ReadyUnit] = found.units[job_id].values()
            yield from (
                heapq.nsmallest(window, units, key=_longest) if len(units) > window else units
            )

    def _row(self, attempt_id: AttemptId) -> HeldUnit:
        """Kept until something of it is written."""
        row = self._held.get(attempt_id)
        if row is None:
            row = self._held[attempt_id] = self._as_held(self._attempts[attempt_id])
        return row

    def _as_ready(self, unit: Unit) -> ReadyUnit:
        job = self._jobs[unit.job_id]
        return ReadyUnit(
            id=unit.id,
            job_id=unit.job_id,
            tenant_id=job.tenant_id,
            priority=job.priority,
            job_ms=job.created_ms,
            ready_ms=unit.ready_ms or 0,
            predicted_ms=unit.predicted_ms,
            cache_key=unit.cache_key,
            job_limit_microusd=job.limit_microusd,
            size=job.size,
            memory_mb=unit.memory_mb,
            gpus=unit.gpus,
            gpu_mb=unit.gpu_mb,
        )

    def _as_held(self, attempt: Attempt) -> HeldUnit:
        unit, job = self._units[attempt.unit_id], self._jobs[attempt.job_id]
        assert unit.state in HELD
        return HeldUnit(
            id=unit.id,
            attempt_id=attempt.id,
            job_id=attempt.job_id,
            tenant_id=attempt.tenant_id,
            priority=job.priority,
            state=unit.state,
            leased_ms=attempt.leased_ms,
            predicted_ms=unit.predicted_ms,
            running_ms=attempt.running_ms,
            cache_key=unit.cache_key,
            size=job.size,
            memory_mb=unit.memory_mb,
            gpus=attempt.gpus,
            batch=attempt.batch,
            gpu_mb=unit.gpu_mb,
        )

    def tenants(self) -> Sequence[TenantId]:
        with self._lock:
            return sorted({job.tenant_id for job in self._jobs.values()})

    def object_keys(self) -> Collection[str]:
        with self._lock:
            results = {unit.result for unit in self._units.values() if unit.result}
            return results | {job.sources for job in self._jobs.values()}

    def ahead(self, job: Job) -> int:
        with self._lock:
            ready = {self._units[each].job_id for each in self._in_state[UnitState.READY]}
            return sum(
                other.id < job.id
                and (other.tenant_id, other.priority) == (job.tenant_id, job.priority)
                and other.state in ACTIVE_JOB
                for other in map(self._jobs.__getitem__, ready)
            )

    def open_jobs(self, priority: Priority | None, tenant_id: TenantId | None, most: int) -> int:
        with self._lock:
            found = sum(
                job.state not in ENDED_JOB
                and priority in (None, job.priority)
                and tenant_id in (None, job.tenant_id)
                for job in self._jobs.values()
            )
            return min(found, most)

    def due(self, now_ms: int) -> Sequence[Unit]:
        with self._lock:
            found = [self._units[each] for each in self._in_state[UnitState.BACKOFF]]
            return [unit for unit in found if (unit.due_ms or 0) <= now_ms]

    def close(self) -> None:
        """Nothing is to be closed."""


def _longest(unit: ReadyUnit) -> tuple[int, UnitId]:
    return (-unit.predicted_ms, unit.id)
