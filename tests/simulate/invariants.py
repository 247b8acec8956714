"""What must hold after each commit, whatever happened."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.core.money import HOUR_MS
from portalis.cost.identity import node_costs
from portalis.cost.windows import account_of_job, accounts_of
from portalis.workload.control.purse import keys_of
from portalis.workload.model.attempt import Outcome
from portalis.workload.model.changes import Changes
from portalis.workload.model.job import Priority
from portalis.workload.model.ledger import Account, AccountKey
from portalis.workload.model.transitions import ENDED_JOB, HELD, OPEN_UNIT, UnitState
from portalis.workload.ports import State

FOREVER_MS = 2**60


class Checker:
    """Looks at what each commit touched. Raises AssertionError."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.results: dict[UnitId, str] = {}
        self.charged: set[AttemptId] = set()
        self.opened: set[AttemptId] = set()
        self.last_ms: dict[JobId, int] = {}
        self.ledger: dict[AccountKey, Account] = {}
        self.told: set[tuple[AccountKey, int, int]] = set()

    def committed(self, changes: Changes, now_ms: int) -> None:
        for charge in changes.charges:
            assert charge.attempt_id not in self.charged, f"{charge.attempt_id} charged twice"
            assert charge.slot_ms >= 0
            self.charged.add(charge.attempt_id)
        for attempt in changes.attempts:
            if attempt.ended_ms is None:
                assert attempt.id not in self.opened, f"{attempt.id} leased twice"
                self.opened.add(attempt.id)
            else:
                assert attempt.id in self.charged, f"{attempt.id} ended and is not charged"
        for unit in changes.units:
            if unit.state is UnitState.DONE:
                assert unit.result, f"{unit.id} is done without a result"
                before = self.results.setdefault(unit.id, unit.result)
                assert before == unit.result, f"{unit.id} has a second result"
            else:
                assert unit.id not in self.results, f"{unit.id} was done and is {unit.state}"
        for job in changes.jobs:
            self._job(job.id, now_ms)
        if any(attempt.gpus for attempt in changes.attempts):
            self._gpus()
        self._money(changes, now_ms)

    def _gpus(self) -> None:
        """A unit of training has its GPUs for itself."""
        on: dict[str, list[Priority]] = defaultdict(list)
        for attempt in self._state.open_attempts():
            job = self._state.job(attempt.job_id)
            assert job is not None
            for gpu in attempt.gpus.split():
                on[gpu].append(job.priority)
        for gpu, there in on.items():
            assert Priority.TRAINING not in there or len(there) == 1, f"{gpu}: {there}"

    def _money(self, changes: Changes, now_ms: int) -> None:
        for charge in changes.charges:
            attempt = self._state.attempts_by_id((charge.attempt_id,))[charge.attempt_id]
            assert 0 <= charge.cost_microusd <= attempt.hold_microusd
            span = charge.rate_microusd_h * charge.slot_ms // HOUR_MS
            assert charge.cost_microusd in (span, span + 1, attempt.hold_microusd)
            # The counters, added up anew from the ledger.
            job = self._state.job(charge.job_id)
            assert job is not None
            for key in keys_of(charge.tenant_id, job, charge.leased_ms):
                self._add(key, held=-attempt.hold_microusd, posted=charge.cost_microusd)
        opened = [attempt for attempt in changes.attempts if attempt.ended_ms is None]
        for attempt in opened:
            job = self._state.job(attempt.job_id)
            assert job is not None
            for key in keys_of(attempt.tenant_id, job, attempt.leased_ms):
                self._add(key, held=attempt.hold_microusd)
        for entry in changes.entries:
            account = self._state.accounts((entry.key,))[entry.key]
            assert account == replace(
                self.ledger[entry.key], alerted_microusd=account.alerted_microusd
            )
            if account.alerted_microusd and entry.alerted_microusd is not None:
                told = (entry.key, entry.alerted_microusd, self._budget_since(entry.key))
                assert told not in self.told, "an alert was given twice"
                self.told.add(told)
        for tenant_id in {attempt.tenant_id for attempt in opened}:
            self._bounded(tenant_id, now_ms)
        for job_id in {attempt.job_id for attempt in opened}:
            job = self._state.job(job_id)
            if job is not None and job.limit_microusd is not None:
                assert self.ledger[account_of_job(job_id)].taken_microusd <= job.limit_microusd

    def _budget_since(self, key: AccountKey) -> int:
        budget = self._state.budgets((TenantId(key.scope),))[TenantId(key.scope)]
        return budget.changed_ms

    def _add(self, key: AccountKey, held: int = 0, posted: int = 0) -> None:
        before = self.ledger.get(key) or Account(key=key)
        self.ledger[key] = replace(
            before,
            held_microusd=before.held_microusd + held,
            posted_microusd=before.posted_microusd + posted,
        )

    def _bounded(self, tenant_id: TenantId, now_ms: int) -> None:
        """After something was leased no hard limit of the tenant is overshot, by nothing."""
        budget = self._state.budgets((tenant_id,)).get(tenant_id)
        if budget is None or not budget.hard_stop:
            return
        for window, key in accounts_of(tenant_id, now_ms).items():
            limit = budget.limits.get(window)
            if limit is not None:
                assert self.ledger[key].taken_microusd <= limit, f"{window} of {tenant_id}"

    def _job(self, job_id: JobId, now_ms: int) -> None:
        job = self._state.job(job_id)
        assert job is not None
        units = self._state.units(job_id)
        assert Counter(unit.state for unit in units) == Counter(job.units), "counts are wrong"
        open_attempts = Counter(
            a.unit_id for a in self._state.attempts_of(job_id) if a.ended_ms is None
        )
        held = {unit.id for unit in units if unit.state in HELD}
        assert open_attempts == Counter(held), f"{job_id}: leases and held units differ"
        for unit in units:
            done = [self._state_of(needed) is UnitState.DONE for needed in unit.depends_on]
            if unit.state is UnitState.WAITING:
                assert unit.waits_for == done.count(False) > 0, f"{unit.id} waits for nothing"
            elif unit.state in OPEN_UNIT or unit.state is UnitState.DONE:
                assert all(done), f"{unit.id} is ahead of what it needs"
        if job.state in ENDED_JOB:
            assert not any(unit.state in OPEN_UNIT for unit in units), f"{job_id} ended too early"
            assert job.ended_ms is not None
        else:
            assert any(unit.state in OPEN_UNIT for unit in units), f"{job_id} is over, and stuck"
        numbers = [event.number for event in self._state.events(job_id, limit=1_000_000)]
        assert numbers == list(range(1, job.last_event + 1)), "the log has a gap"
        assert now_ms >= self.last_ms.get(job_id, 0)
        self.last_ms[job_id] = now_ms

    def _state_of(self, unit_id: UnitId) -> UnitState:
        return self._state.units_by_id((unit_id,))[unit_id].state

    def at_rest(self) -> None:
        """When all is over: each attempt that was ever leased is charged, once."""
        assert self.opened == self.charged, "an attempt was not charged"
        assert not self._state.open_attempts()
        assert not any(account.held_microusd for account in self.ledger.values())
        charges = self._state.charges_of(None, 0, FOREVER_MS)
        nodes = self._state.nodes(0, FOREVER_MS)
        costs = node_costs(nodes, charges, 0, FOREVER_MS)
        assert costs.total_microusd == (
            costs.work_microusd + costs.overhead_microusd + costs.idle_microusd
        )
        assert {charge.node for charge in charges} <= {node.name for node in nodes}
        for unit_id in self.results:
            job_id = JobId(unit_id.partition(".")[0])
            wins = [
                attempt
                for attempt in self._state.attempts_of(job_id)
                if attempt.unit_id == unit_id and attempt.outcome is Outcome.SUCCEEDED
            ]
            assert len(wins) <= 1, f"{unit_id} was committed twice"
