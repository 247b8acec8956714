"""The money of one draft: what is held and posted in it, and what that does to the accounts.

Holding and settling touch the accounts of the same windows, those of the instant of the
lease: what began before midnight is paid by the day on which it began.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portalis.core.ids import JobId, TenantId
from portalis.core.values import revised
from portalis.cost.budgets import Exceeded, exceeded, is_alarming, job_exceeded
from portalis.cost.windows import account_of_job, accounts_of
from portalis.workload.model.attempt import Attempt
from portalis.workload.model.job import Job
from portalis.workload.model.ledger import Account, AccountKey, Budget, Entry


@dataclass(frozen=True, slots=True)
class Alarm:
    """The tenant is to be told: so much of a window's limit is spent."""

    tenant_id: TenantId
    account: Account
    limit_microusd: int


def keys_of(tenant_id: TenantId, job: Job, at_ms: int) -> list[AccountKey]:
    """The accounts that bear an attempt of the job that is leased at the instant."""
    own = [account_of_job(job.id)] if job.limit_microusd is not None else []
    return [*accounts_of(tenant_id, at_ms).values(), *own]


class Purse:
    """Accounts as they are after all that has happened in the draft."""

    def __init__(self) -> None:
        self._budgets: dict[TenantId, Budget] = {}
        self._accounts: dict[AccountKey, Account] = {}
        self._entries: dict[AccountKey, Entry] = {}

    def read(self, budgets: Mapping[TenantId, Budget], accounts: Iterable[Account]) -> None:
        """Take in what the store says."""
        self._budgets.update(budgets)
        self._accounts.update((account.key, account) for account in accounts)

    def refuses(self, job: Job, now_ms: int, asked_microusd: int) -> Exceeded | None:
        """The limit that does not bear this much more for the job; None: all do."""
        if not asked_microusd:
            return None
        own = job_exceeded(job.id, job.limit_microusd, self._accounts, asked_microusd)
        budget = self._budgets.get(job.tenant_id)
        return own or exceeded(budget, self._accounts, job.tenant_id, now_ms, asked_microusd)

    def hold(self, job: Job, attempt: Attempt) -> None:
        """Keep what the attempt can cost at most."""
        if attempt.hold_microusd:
            for key in keys_of(job.tenant_id, job, attempt.leased_ms):
                self._enter(key, attempt.hold_microusd, 0, self._limit(job, key))

    def settle(self, job: Job, attempt: Attempt, cost_microusd: int) -> tuple[Alarm, ...]:
        """Post what it did cost and give the rest back; of what the tenant is to be told now."""
        if not attempt.hold_microusd:
            return ()
        assert cost_microusd <= attempt.hold_microusd
        alarms = [
            self._alarm(
                job.tenant_id, self._enter(key, -attempt.hold_microusd, cost_microusd, None)
            )
            for key in keys_of(job.tenant_id, job, attempt.leased_ms)
        ]
        return tuple(alarm for alarm in alarms if alarm is not None)

    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries[key] for key in sorted(self._entries))

    def _limit(self, job: Job, key: AccountKey) -> int | None:
        if key == account_of_job(job.id):
            return job.limit_microusd
        budget = self._budgets.get(job.tenant_id)
        return budget.limits.get(key.window) if budget is not None and budget.hard_stop else None

    def _enter(self, key: AccountKey, held: int, posted: int, limit: int | None) -> Account:
        entry = self._entries.get(key) or Entry(key=key)
        self._entries[key] = revised(
            entry,
            held_microusd=entry.held_microusd + held,
            posted_microusd=entry.posted_microusd + posted,
            limit_microusd=limit if limit is not None else entry.limit_microusd,
        )
        before = self._accounts.get(key) or Account(key=key)
        after = revised(
            before,
            held_microusd=before.held_microusd + held,
            posted_microusd=before.posted_microusd + posted,
        )
        self._accounts[key] = after
        return after

    def _alarm(self, tenant_id: TenantId, account: Account) -> Alarm | None:
        budget = self._budgets.get(tenant_id)
        if budget is None or not is_alarming(budget, account):
            return None
        limit = budget.limits[account.key.window]
        told = revised(account, alerted_microusd=limit)
        self._accounts[account.key] = told
        self._entries[account.key] = revised(self._entries[account.key], alerted_microusd=limit)
        return Alarm(tenant_id, told, limit)


def tenants_and_keys(
    jobs: Iterable[Job], attempts: Iterable[Attempt], now_ms: int
) -> tuple[set[TenantId], set[AccountKey]]:
    """What of the ledger concerns these jobs now, and these attempts since their leases."""
    by_id: dict[JobId, Job] = {job.id: job for job in jobs}
    keys = {key for job in by_id.values() for key in keys_of(job.tenant_id, job, now_ms)}
    keys |= {
        key
        for attempt in attempts
        if attempt.job_id in by_id
        for key in keys_of(attempt.tenant_id, by_id[attempt.job_id], attempt.leased_ms)
    }
    return {job.tenant_id for job in by_id.values()}, keys
