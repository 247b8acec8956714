"""What the controller asks the ledger, and which jobs a budget stops and lets go on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from portalis.core.ids import JobId, TenantId
from portalis.cost.budgets import left
from portalis.cost.windows import account_of_job, accounts_of
from portalis.resource.policy import Policy
from portalis.workload.control import jobs as verbs
from portalis.workload.control.draft import Draft
from portalis.workload.control.limits import Limits
from portalis.workload.control.purse import tenants_and_keys
from portalis.workload.model.attempt import Attempt
from portalis.workload.model.ledger import Budget, Node, Window
from portalis.workload.model.snapshot import World
from portalis.workload.model.transitions import JobState
from portalis.workload.ports import JobQuery, State

# How many of the jobs that a budget stopped are looked at at once.
MOST_STOPPED = 100
# How often it is written down that a node is still there.
NOTE_MS = 5_000


def budgets_of(
    state: State, policy: Policy, tenant_ids: Collection[TenantId]
) -> Mapping[TenantId, Budget]:
    """Those that the tenants were given; of who was given none, that of its tier."""
    found = dict(state.budgets(tenant_ids))
    for tenant_id in tenant_ids:
        day = policy.multi_tenant.quota(tenant_id).day_microusd
        if day is not None and tenant_id not in found:
            found[tenant_id] = Budget(tenant_id=tenant_id, limits={Window.DAY: day})
    return found


class Money:
    """On a store. Where a slot costs nothing, nothing is held."""

    def __init__(self, state: State, limits: Limits) -> None:
        self._state = state
        self._tariff = limits.tariff
        self._policy = limits.policy
        self._rate = limits.tariff.rate_microusd_h
        self._node: Node | None = None
        # Of the jobs that are stopped, those from here on were looked at.
        self._looked: JobId | None = None

    def seen(self, name: str, slots: int, now_ms: int) -> tuple[Node, ...]:
        """The node is there, with so many slots: what of it is to be written down."""
        if not self._rate:
            return ()
        node = self._node
        if node is not None and node.slots == slots:
            self._node = replace(node, until_ms=now_ms)
            return (self._node,)
        self._node = self._fresh(name, slots, now_ms)
        # It goes on with another number of slots from here on.
        return (self._node,) if node is None else (replace(node, until_ms=now_ms), self._node)

    def is_due(self, now_ms: int) -> bool:
        """Whether it is time to write down that the node is still there."""
        return bool(self._rate) and (self._node is None or now_ms - self._node.until_ms >= NOTE_MS)

    def _fresh(self, name: str, slots: int, now_ms: int) -> Node:
        return Node(
            name=name,
            from_ms=now_ms,
            until_ms=now_ms,
            slots=slots,
            rate_microusd_h=self._rate,
            price=self._tariff.price,
        )

    def left(self, world: World, now_ms: int) -> Mapping[str, int]:
        """What the tenants and jobs of the ready units may still hold, where it is limited."""
        if not self._rate:
            return {}
        limited = {unit.job_id: unit.job_limit_microusd for unit in world.ready}
        own = {job_id: limit for job_id, limit in limited.items() if limit is not None}
        budgets = budgets_of(self._state, self._policy, {unit.tenant_id for unit in world.ready})
        keys = {key for each in budgets for key in accounts_of(each, now_ms).values()}
        accounts = self._state.accounts(keys | {account_of_job(job_id) for job_id in own})
        found: dict[str, int] = {}
        for tenant_id, budget in budgets.items():
            rest = left(budget, accounts, tenant_id, now_ms)
            if rest is not None:
                found[tenant_id] = rest
        for job_id, limit in own.items():
            account = accounts.get(account_of_job(job_id))
            found[job_id] = limit - (account.taken_microusd if account is not None else 0)
        return found

    def read(self, draft: Draft, ended: Collection[Attempt]) -> None:
        """The budgets and accounts of all jobs of the draft, now and at the leases of these
        attempts."""
        if not self._rate and not any(attempt.hold_microusd for attempt in ended):
            return
        tenants, keys = tenants_and_keys(draft.jobs(), ended, draft.now_ms)
        accounts = self._state.accounts(keys).values()
        draft.read(budgets=budgets_of(self._state, self._policy, tenants), accounts=accounts)

    def stop(self, job_id: JobId, asked_microusd: int, draft: Draft) -> None:
        """The job, whose next unit needs this much, if no money can come back to it."""
        job = self._state.job(job_id)
        if job is None or job.held_units:
            return
        draft.read(jobs=(job,), units=self._state.units(job_id))
        self.read(draft, ())
        over = draft.purse.refuses(job, draft.now_ms, asked_microusd)
        if over is not None and not over.waits:
            verbs.stop_for_budget(draft, job_id, over)

    def stopped(self) -> Sequence[JobId]:
        """Some of the jobs that a budget has stopped, each time the next ones, then all anew: so
        none waits for ever behind those of a tenant whose limit stays as it is."""
        states = (JobState.STOPPED_BUDGET,)
        query = JobQuery(tenant_id=None, states=states, before=self._looked, limit=MOST_STOPPED)
        found = [job.id for job in self._state.jobs(query)]
        self._looked = found[-1] if len(found) == MOST_STOPPED else None
        return found

    def resume(self, job_id: JobId, draft: Draft) -> None:
        """The job goes on if its limits bear its next unit now."""
        job = self._state.job(job_id)
        if job is None or job.state is not JobState.STOPPED_BUDGET:
            return
        draft.read(jobs=(job,), units=self._state.units(job_id))
        self.read(draft, ())
        if draft.purse.refuses(job, draft.now_ms, job.wants_microusd) is None:
            verbs.retry(draft, job_id)
