"""The desk: what tenants ask for, each only of what is theirs.

Every call names the tenant; what belongs to another one is as if it did not exist. The CLI,
the HTTP API and the Python face are three windows on this. Safe from several threads and
processes: it shares nothing with the controller but the store.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from portalis.core.clock import Clock
from portalis.core.digest import Json, digest_of
from portalis.core.ids import Bits, JobId, TenantId, UnitId, new_id
from portalis.core.money import text
from portalis.cost.budgets import Exceeded, ceiling, exceeded
from portalis.cost.windows import accounts_of
from portalis.resource.classify import classify, functions_in
from portalis.resource.rates import plan_ms
from portalis.workload.control import jobs as verbs
from portalis.workload.control import keys
from portalis.workload.control.draft import Draft
from portalis.workload.control.gate import Full, Gate
from portalis.workload.control.limits import Limits
from portalis.workload.control.money import budgets_of
from portalis.workload.model.attempt import Attempt, Charge
from portalis.workload.model.events import LogEvent
from portalis.workload.model.job import Job, Priority
from portalis.workload.model.payload import sources_bytes
from portalis.workload.model.retry import Cause
from portalis.workload.model.snapshot import Decisions, Wait, WaitReason
from portalis.workload.model.transitions import ENDED_JOB, JobState, UnitState
from portalis.workload.model.unit import Unit, UnitKind
from portalis.workload.ports import Conflict, JobQuery, Objects, State, Unavailable

MAX_FILES = 100_000
MAX_BYTES = 256 << 20
MAX_DEPTH = 32
_TRIES = 100
_NOT_READY: Final = (
    (UnitState.WAITING, WaitReason.DEPENDENCIES, "they need other units of the job"),
    (UnitState.BACKOFF, WaitReason.RETRY, "they are tried again after a pause"),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """So many units of a job have failed by this cause. text: how the first of them did."""

    units: int
    cause: Cause
    text: str


class Refusal(Exception):  # noqa: N818 - an answer, not an error of ours
    """The request is answered with no. code: stable, for machines."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class NotFound(Refusal):
    """The tenant has no such thing."""

    def __init__(self, what: str) -> None:
        super().__init__("not_found", f"there is no {what}")


class BudgetSpent(Refusal):
    """A limit does not bear the first step of the job: `over` says which and how far."""

    def __init__(self, over: Exceeded) -> None:
        super().__init__("budget_spent", str(over))
        self.over = over


class QueueFull(Refusal):
    """There are as many jobs as there may be: `retry_s` says when to come again."""

    def __init__(self, over: Full) -> None:
        super().__init__("queue_full", f"{over.reason}; try again in {over.retry_s} s")
        self.retry_s = over.retry_s


class Accepted(NamedTuple):
    """fresh: False where the idempotency key had brought this job before."""

    job: Job
    fresh: bool


class Desk:
    """On a store that a controller, here or elsewhere, works on."""

    def __init__(
        self,
        state: State,
        objects: Objects,
        clock: Clock,
        bits: Bits,
        limits: Limits | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._rate = self._limits.tariff.rate_microusd_h
        self._state = state
        self._gate = Gate(state, clock, self._limits.policy)
        self._objects = objects
        self._clock = clock
        self._bits = bits

    def submit(
        self,
        tenant_id: TenantId,
        files: Mapping[str, bytes],
        *,
        priority: Priority | None = None,
        name: str = "",
        options: Mapping[str, Json] | None = None,
        limit_microusd: int | None = None,
        idempotency_key: str = "",
    ) -> Accepted:
        """Store the files (by relative path) and the job. priority: its queue; None: that of its
        size. limit_microusd: what it may cost. Raises Refusal for what is no codebase, is
        too large or has a key that was used for something else; QueueFull; BudgetSpent;
        Unavailable."""
        check_files(files)
        lines = sum(content.count(b"\n") + 1 for content in files.values())
        sizes = self._limits.policy.job_size_thresholds
        found = classify(lines, functions_in(files.values()), sizes)
        if found.size is None:
            raise Refusal("too_large", f"no size of jobs is for this: {found.reason}")
        if priority is None:
            priority = Priority(sizes.of(found.size).priority_queue)
        for given, longest in ((tenant_id, 100), (name, 200), (idempotency_key, 255)):
            if len(given) > longest or not is_storable(given):
                raise Refusal("bad_text", f"not a text of at most {longest} characters")
        content = sources_bytes(files)
        source_key = keys.sources(tenant_id, content)
        asked = verbs.Submission(
            tenant_id=tenant_id,
            priority=priority,
            sources=source_key,
            name=name,
            options=options or {},
            files=len(files),
            lines=lines,
            size=found.size.value,
            why=found.reason,
            limit_microusd=limit_microusd,
            idempotency_key=idempotency_key,
            request_digest=digest_of(
                [source_key, priority, name, dict(options or {}), limit_microusd]
            ),
        )
        earlier = self._earlier(asked)
        if earlier is not None:
            return Accepted(earlier, fresh=False)
        full = self._gate.admit(asked.priority, tenant_id)
        if full is not None:
            raise QueueFull(full)
        self._check_budget(asked)
        self._objects.put_new(source_key, content)
        job_id = JobId(new_id("job", self._clock.now_ms(), self._bits))
        draft = Draft(self._clock.now_ms())
        verbs.submit(draft, job_id, asked)
        try:
            self._state.commit(draft.changes())
        except Conflict:
            # The same key at the same time: the other one was first.
            earlier = self._earlier(asked)
            if earlier is None:
                raise
            return Accepted(earlier, fresh=False)
        return Accepted(replace(draft.job(job_id), version=1), fresh=True)

    def _check_budget(self, asked: verbs.Submission) -> None:
        """Raises BudgetSpent where not even the plan of the job could be run."""
        now_ms = self._clock.now_ms()
        longest_ms = self._limits.longest_ms(asked.priority)
        first = ceiling(plan_ms(asked.lines), longest_ms, self._rate).hold_microusd
        if asked.limit_microusd is not None and asked.limit_microusd < first:
            raise Refusal(
                "limit_too_low",
                f"a limit of {text(asked.limit_microusd)}: {text(first)} have to be held "
                "to begin the job",
            )
        tenants = (asked.tenant_id,)
        budget = budgets_of(self._state, self._limits.policy, tenants).get(asked.tenant_id)
        if budget is None or not budget.hard_stop:
            return
        accounts = self._state.accounts(accounts_of(asked.tenant_id, now_ms).values())
        over = exceeded(budget, accounts, asked.tenant_id, now_ms, first)
        if over is not None and not over.waits:
            raise BudgetSpent(over)

    def _earlier(self, asked: verbs.Submission) -> Job | None:
        if not asked.idempotency_key:
            return None
        found = self._state.promise(asked.tenant_id, asked.idempotency_key)
        if found is None:
            return None
        if found.request_digest != asked.request_digest:
            raise Refusal(
                "idempotency_key_reused",
                f"the idempotency key {asked.idempotency_key} was used for another request",
            )
        return self.job(asked.tenant_id, found.job_id)

    def job(self, tenant_id: TenantId, job_id: JobId) -> Job:
        """Raises NotFound."""
        found = self._state.job(job_id)
        if found is None or found.tenant_id != tenant_id:
            raise NotFound(f"job {job_id}")
        return found

    def jobs(
        self,
        tenant_id: TenantId,
        *,
        states: Collection[JobState] = (),
        before: JobId | None = None,
        limit: int = 100,
    ) -> Sequence[Job]:
        """The tenant's jobs, newest first; a page ends where the one before its last begins."""
        query = JobQuery(tenant_id=tenant_id, states=states, before=before, limit=limit)
        return self._state.jobs(query)

    def units(self, tenant_id: TenantId, job_id: JobId) -> Sequence[Unit]:
        """The job's units, the plan first. Raises NotFound."""
        self.job(tenant_id, job_id)
        return self._state.units(job_id)

    def attempts(self, tenant_id: TenantId, job_id: JobId) -> Sequence[Attempt]:
        """Raises NotFound."""
        self.job(tenant_id, job_id)
        return self._state.attempts_of(job_id)

    def charges(self, tenant_id: TenantId, job_id: JobId) -> Sequence[Charge]:
        """Raises NotFound."""
        self.job(tenant_id, job_id)
        return self._state.charges(job_id)

    def events(
        self, tenant_id: TenantId, job_id: JobId, after: int = 0, limit: int = 1000
    ) -> Sequence[LogEvent]:
        """What happened to the job since the event with this number. Raises NotFound."""
        self.job(tenant_id, job_id)
        return self._state.events(job_id, after, limit)

    def explain(self, tenant_id: TenantId, job_id: JobId, decided: Decisions) -> Sequence[Wait]:
        """Why units of the job wait. decided: what the scheduler said last, which looks at the
        oldest jobs of each tenant and class. Raises NotFound."""
        job = self.job(tenant_id, job_id)
        waits = [wait for wait in decided.waits if wait.job_id == job_id]
        ready = job.count(UnitState.READY)
        if ready and not waits:
            waits.append(self._behind(job, ready, decided.waits))
        return waits + [
            Wait(job_id=job_id, units=job.count(state), reason=reason, text=text)
            for state, reason, text in _NOT_READY
            if job.count(state)
        ]

    def failures(self, tenant_id: TenantId, job_id: JobId) -> Sequence[Failure]:
        """Why units of the job have failed, by cause, in the order of the units. Raises
        NotFound."""
        by_cause: dict[Cause, list[Unit]] = {}
        if self.job(tenant_id, job_id).count(UnitState.FAILED):
            for unit in self._state.units(job_id, (UnitState.FAILED,)):
                by_cause.setdefault(unit.cause or Cause.FAULT, []).append(unit)
        return [Failure(len(units), cause, units[0].message) for cause, units in by_cause.items()]

    def _behind(self, job: Job, units: int, waits: Sequence[Wait]) -> Wait:
        """Of a job that the scheduler did not look at: what is in the way of those before it."""
        ahead = self._state.ahead(job)
        text = "the scheduler has not looked at it yet"
        reason = WaitReason.CAPACITY
        if ahead:
            some = "job goes" if ahead == 1 else "jobs go"
            text = f"{ahead} older {job.priority} {some} first"
        others = self._state.jobs_by_id({wait.job_id for wait in waits})
        for wait in waits:
            other = others.get(wait.job_id)
            if other and (other.tenant_id, other.priority) == (job.tenant_id, job.priority):
                reason, text = wait.reason, f"{text}, and of them {wait.text}"
                break
        return Wait(job_id=job.id, units=units, reason=reason, text=text)

    def sources(self, tenant_id: TenantId, job_id: JobId) -> bytes:
        """The files that were handed in, as `payload.sources_of` reads them. Raises NotFound;
        Unavailable."""
        try:
            return self._objects.get(self.job(tenant_id, job_id).sources)
        except KeyError:
            raise NotFound(f"source of {job_id}: it was removed") from None

    def results(self, tenant_id: TenantId, job_id: JobId) -> Sequence[Unit]:
        """The units whose results can be fetched, whatever became of the job. Raises
        NotFound."""
        self.job(tenant_id, job_id)
        done = self._state.units(job_id, (UnitState.DONE,))
        return [unit for unit in done if unit.kind is not UnitKind.PLAN]

    def result(self, tenant_id: TenantId, unit_id: UnitId) -> bytes:
        """What the unit made: a `Translated` in JSON, as `translate/exchange.py` writes it.
        Raises NotFound; Unavailable."""
        unit = self._state.units_by_id((unit_id,)).get(unit_id)
        if unit is None or not unit.result:
            raise NotFound(f"result of {unit_id}")
        self.job(tenant_id, unit.job_id)
        try:
            return self._objects.get(unit.result)
        except KeyError:
            raise NotFound(f"result of {unit_id}: it was removed") from None

    def cancel(self, tenant_id: TenantId, job_id: JobId) -> Job:
        """Stop the job; what is done stays. A job that has ended is left as it is. Raises
        NotFound."""
        return self._change(tenant_id, job_id, verbs.cancel)

    def retry(self, tenant_id: TenantId, job_id: JobId) -> Job:
        """Run again what failed or was not run. Raises NotFound; Refusal for a job that goes
        on, or in which all is done."""
        if self.job(tenant_id, job_id).state is JobState.DONE:
            raise Refusal("nothing_to_retry", f"all of {job_id} is done")
        if self.job(tenant_id, job_id).state not in ENDED_JOB:
            raise Refusal("job_goes_on", f"{job_id} has not ended")
        return self._change(tenant_id, job_id, verbs.retry)

    def _change(self, tenant_id: TenantId, job_id: JobId, change: verbs.Change) -> Job:
        for _ in range(_TRIES):
            draft = Draft(self._clock.now_ms())
            draft.read(jobs=(self.job(tenant_id, job_id),), units=self._state.units(job_id))
            if not change(draft, job_id):
                break
            try:
                self._state.commit(draft.changes())
            except Conflict:
                continue
            break
        else:
            raise Unavailable(f"{job_id} is changing too fast")
        return self.job(tenant_id, job_id)


def check_files(files: Mapping[str, bytes]) -> None:
    """Raises Refusal for what is no codebase: no files, too many, too large, or paths that are
    not plain relative ones."""
    if not files:
        raise Refusal("no_sources", "there is no file to translate")
    if len(files) > MAX_FILES:
        raise Refusal("too_many_files", f"{len(files):,} files; at most {MAX_FILES:,} are taken")
    size = sum(len(content) for content in files.values())
    if size > MAX_BYTES:
        raise Refusal("too_large", f"{size:,} bytes; at most {MAX_BYTES:,} are taken")
    for name in files:
        if not _is_plain(name):
            raise Refusal("bad_path", f"not a plain relative path: {name[:200]!r}")


def _is_plain(name: str) -> bool:
    path = PurePosixPath(name)
    return (
        0 < len(path.parts) <= MAX_DEPTH
        and not path.is_absolute()
        and ".." not in path.parts
        and path.as_posix() == name
        and not any(char in name for char in "\\\0:")
        and is_storable(name)
    )


def is_storable(text: str) -> bool:
    """Whether every store takes it: no NUL, no lone surrogate."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\0" not in text
