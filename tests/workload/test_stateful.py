"""Any order of events: two stores agree, and what must hold holds."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule

from portalis.core.ids import AttemptId, JobId, TenantId, new_id
from portalis.storage.state_memory import MemoryState
from portalis.storage.state_sql import SqlState
from portalis.workload.control import attempts, jobs
from portalis.workload.control.draft import Draft
from portalis.workload.control.limits import Limits
from portalis.workload.control.purse import tenants_and_keys
from portalis.workload.model.job import Priority
from portalis.workload.model.ledger import Budget, Tariff, Window
from portalis.workload.model.retry import Cause
from portalis.workload.model.snapshot import Grant
from portalis.workload.model.transitions import UnitState
from portalis.workload.model.unit import UnitKind, UnitPlan
from portalis.workload.ports import Alive, Finished, JobQuery, Lost, State
from tests.simulate.invariants import Checker

# A micro-dollar a millisecond.
LIMITS = Limits(unit_ms=100_000, tariff=Tariff(rate_microusd_h=3_600_000, price="test"))
HOUR_MS = 3_600_000
ANN = TenantId("ann")
PLANS: tuple[tuple[UnitPlan, ...], ...] = (
    (),
    (UnitPlan(number=1, predicted_ms=5),),
    (
        UnitPlan(number=1, predicted_ms=5),
        UnitPlan(number=2, depends_on=(1,)),
        UnitPlan(number=3, depends_on=(1, 2), memory_mb=100),
        UnitPlan(number=4, predicted_ms=50),
    ),
)


class Clerk(RuleBasedStateMachine):
    """Every act is drafted from what each store says and committed to it."""

    made = Bundle("made")

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.now_ms = 1_000
        memory = MemoryState()
        sql = SqlState(self.fresh_url())
        self.stores: tuple[State, ...] = (memory, sql)
        self.checkers = [Checker(store) for store in self.stores]

    def fresh_url(self) -> str:
        """Of an empty database."""
        return f"sqlite:///{Path(self.folder.name) / 'state.db'}"

    def teardown(self) -> None:
        if hasattr(self, "stores"):
            for store in self.stores:
                store.close()
            self.folder.cleanup()

    def _draft(self, store: State, job_id: JobId) -> Draft:
        draft = Draft(self.now_ms)
        units = store.units(job_id)
        draft.read(jobs=store.jobs_by_id((job_id,)).values(), units=units)
        draft.read(attempts=store.attempts_of(job_id))
        _, keys = tenants_and_keys(draft.jobs(), store.attempts_of(job_id), self.now_ms)
        draft.read(budgets=store.budgets(), accounts=store.accounts(keys).values())
        draft.read(dependents=store.dependents([unit.id for unit in units]))
        return draft

    def _commit(self, drafts: list[Draft]) -> None:
        self.now_ms += 7
        changes = [draft.changes() for draft in drafts]
        assert changes[0] == changes[1]
        for store, checker, each in zip(self.stores, self.checkers, changes, strict=True):
            store.commit(each)
            checker.committed(each, self.now_ms)
        self._compare()

    def _compare(self) -> None:
        one, two = self.stores
        everything = JobQuery(tenant_id=None)
        assert list(one.jobs(everything)) == list(two.jobs(everything))
        for job in one.jobs(everything):
            assert list(one.units(job.id)) == list(two.units(job.id))
            assert list(one.attempts_of(job.id)) == list(two.attempts_of(job.id))
            assert list(one.events(job.id)) == list(two.events(job.id))
            assert set(one.charges(job.id)) == set(two.charges(job.id))
            _, keys = tenants_and_keys([job], one.attempts_of(job.id), self.now_ms)
            assert one.accounts(keys) == two.accounts(keys)
        assert one.budgets() == two.budgets()
        charges = [list(store.charges_of(ANN, 0, self.now_ms + 1)) for store in self.stores]
        assert charges[0] == charges[1]
        seen = [store.world(3, 3) for store in self.stores]
        assert set(seen[0].ready) == set(seen[1].ready)
        assert set(seen[0].held) == set(seen[1].held)
        assert (one.tenants(), one.object_keys()) == (two.tenants(), two.object_keys())
        assert list(one.outgoing(1000)) == list(two.outgoing(1000))
        due = [{unit.id for unit in store.due(self.now_ms)} for store in self.stores]
        assert due[0] == due[1]

    @rule(
        limits=st.dictionaries(
            st.sampled_from([w for w in Window if w is not Window.JOB]),
            st.sampled_from([90_000, 200_000, 1_000_000]),
        ),
        hard_stop=st.booleans(),
        permille=st.sampled_from([1, 800]),
    )
    def set_budget(self, limits: dict[Window, int], hard_stop: bool, permille: int) -> None:
        self.now_ms += 1
        for store in self.stores:
            store.put_budget(
                Budget(
                    tenant_id=ANN,
                    limits=limits,
                    hard_stop=hard_stop,
                    alert_permille=permille,
                    changed_ms=self.now_ms,
                )
            )

    @rule(hours=st.sampled_from([1, 25, 24 * 8]))
    def time_passes(self, hours: int) -> None:
        self.now_ms += hours * HOUR_MS

    @rule(
        target=made,
        priority=st.sampled_from(list(Priority)),
        limit=st.sampled_from([None, 110_000, 1_000_000]),
    )
    def submit(self, priority: Priority, limit: int | None) -> JobId:
        job_id = JobId(new_id("job", self.now_ms, random.Random(self.now_ms)))
        drafts = [Draft(self.now_ms) for _ in self.stores]
        for draft in drafts:
            asked = jobs.Submission(
                tenant_id=ANN, priority=priority, sources="s", limit_microusd=limit
            )
            jobs.submit(draft, job_id, asked)
        self._commit(drafts)
        return job_id

    @rule(job_id=made, count=st.integers(1, 3))
    def lease(self, job_id: JobId, count: int) -> None:
        ready = [u.id for u in self.stores[0].units(job_id, (UnitState.READY,))][:count]
        drafts = [self._draft(store, job_id) for store in self.stores]
        for draft in drafts:
            attempts.lease(draft, ready, LIMITS, Grant(units=tuple(ready), rank=1, reason="x"))
        self._commit(drafts)

    def _attempt(self, job_id: JobId, which: int) -> AttemptId | None:
        """Any attempt of the job, open or long over."""
        found = self.stores[0].attempts_of(job_id)
        return found[which % len(found)].id if found else None

    @rule(job_id=made, which=st.integers(0, 9), plan=st.sampled_from(PLANS))
    def finish(self, job_id: JobId, which: int, plan: tuple[UnitPlan, ...]) -> None:
        attempt_id = self._attempt(job_id, which)
        if attempt_id is None:
            return
        drafts = [self._draft(store, job_id) for store in self.stores]
        for draft in drafts:
            attempt = draft.attempt(attempt_id)
            assert attempt is not None
            plans = draft.unit(attempt.unit_id).kind is UnitKind.PLAN
            news = Finished(attempt_id=attempt_id, output=b"", place="p", busy_ms=3)
            attempts.finish(draft, news, f"of {attempt_id}", plan if plans else (), LIMITS)
        self._commit(drafts)

    @rule(
        job_id=made,
        which=st.integers(0, 9),
        cause=st.sampled_from(list(Cause)),
        place=st.sampled_from(["p1", "p2", "p3", "p4", ""]),
    )
    def lose(self, job_id: JobId, which: int, cause: Cause, place: str) -> None:
        attempt_id = self._attempt(job_id, which)
        if attempt_id is None:
            return
        drafts = [self._draft(store, job_id) for store in self.stores]
        for draft in drafts:
            lost = Lost(attempt_id=attempt_id, cause=cause, place=place)
            attempts.lose(draft, lost, LIMITS)
        self._commit(drafts)

    @rule(job_id=made, which=st.integers(0, 9))
    def beat(self, job_id: JobId, which: int) -> None:
        attempt_id = self._attempt(job_id, which)
        if attempt_id is None:
            return
        drafts = [self._draft(store, job_id) for store in self.stores]
        for draft in drafts:
            news = Alive(attempt_id=attempt_id, place="p", running_ms=self.now_ms)
            attempts.alive(draft, news, LIMITS)
        self._commit(drafts)

    @rule(job_id=made)
    def make_room(self, job_id: JobId) -> None:
        held = self.stores[0].units(job_id, (UnitState.LEASED,))
        drafts = [self._draft(store, job_id) for store in self.stores]
        for draft in drafts:
            for unit in held[:1]:
                attempts.make_room(draft, unit.id, "an urgent unit")
        self._commit(drafts)

    @rule(job_id=made)
    def retries_are_due(self, job_id: JobId) -> None:
        self.now_ms += 60_000
        due = [unit.id for unit in self.stores[0].due(self.now_ms) if unit.job_id == job_id]
        drafts = [self._draft(store, job_id) for store in self.stores]
        for draft in drafts:
            for unit_id in due:
                attempts.retry_due(draft, unit_id)
        self._commit(drafts)

    @rule(job_id=made)
    def budget_stops(self, job_id: JobId) -> None:
        drafts = [self._draft(store, job_id) for store in self.stores]
        for draft in drafts:
            over = draft.purse.refuses(draft.job(job_id), self.now_ms, 80_000)
            if over is not None:
                jobs.stop_for_budget(draft, job_id, over)
        self._commit(drafts)

    @rule(job_id=made, act=st.sampled_from([jobs.cancel, jobs.retry]))
    def tenant_acts(self, job_id: JobId, act: jobs.Change) -> None:
        drafts = [self._draft(store, job_id) for store in self.stores]
        for draft in drafts:
            act(draft, job_id)
        self._commit(drafts)


TestClerk = Clerk.TestCase
TestClerk.settings = settings(max_examples=15, stateful_step_count=30, deadline=None)
