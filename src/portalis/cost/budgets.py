"""What may be spent: holds, headroom, refusals, alerts. Pure.

A hold is a ceiling, not a guess: an attempt is stopped before it could cost more, and is
never charged more. So what is posted and held is never below what will be spent, and a limit
that bounds both is never overshot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portalis.core.ids import JobId, TenantId
from portalis.core.money import HOUR_MS, text
from portalis.cost.windows import OF_TENANT, account_of_job, accounts_of, end_ms
from portalis.workload.model.ledger import Account, AccountKey, Budget, Window

# An attempt may work for so many times what is predicted, and this much longer.
PATIENCE: Final = 20
PATIENCE_MS: Final = 60_000
# Between the order to stop and the end of what it is given to: paid for by the hold.
STOP_MS: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """run_ms: when the attempt is stopped, counted from its start. hold_microusd: what it can
    cost at most."""

    run_ms: int
    hold_microusd: int


def ceiling(predicted_ms: int, longest_ms: int, rate_microusd_h: int, overruns: int = 0) -> Ceiling:
    """The ceiling of an attempt. longest_ms: that any attempt may work. overruns: earlier
    attempts that were stopped at theirs; each makes the next one four times as high."""
    run_ms = min(longest_ms, (PATIENCE * predicted_ms + PATIENCE_MS) * 4**overruns)
    # One more than the price of the span: spans begin and end between whole micro-dollars.
    price = -(-rate_microusd_h * (run_ms + STOP_MS) // HOUR_MS) + 1
    return Ceiling(run_ms=run_ms, hold_microusd=price if rate_microusd_h else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exceeded:
    """A window whose limit does not bear what is asked for. All in micro-dollars.

    resets_ms: when the window ends; None: never. waits: what is held would be enough, if it
    came back; so it may help to wait.
    """

    scope: str
    window: Window
    limit_microusd: int
    posted_microusd: int
    held_microusd: int
    asked_microusd: int
    resets_ms: int | None

    @property
    def waits(self) -> bool:
        return self.posted_microusd + self.asked_microusd <= self.limit_microusd

    def __str__(self) -> str:
        what = "the job's own limit" if self.window is Window.JOB else f"the {self.window} budget"
        held = f" and {text(self.held_microusd)} held" if self.held_microusd else ""
        return (
            f"{what} of {text(self.limit_microusd)} does not bear {text(self.asked_microusd)} more:"
            f" {text(self.posted_microusd)} spent{held}"
        )


Accounts = Mapping[AccountKey, Account]


def exceeded(
    budget: Budget | None,
    accounts: Accounts,
    tenant_id: TenantId,
    now_ms: int,
    asked_microusd: int,
) -> Exceeded | None:
    """The broadest window of the tenant whose limit does not bear this much more; None: all
    do. A budget without a hard stop bears everything."""
    if budget is None or not budget.hard_stop:
        return None
    keys = accounts_of(tenant_id, now_ms)
    for window in OF_TENANT:
        limit = budget.limits.get(window)
        if limit is not None:
            found = _over(keys[window], accounts, limit, asked_microusd, end_ms(window, now_ms))
            if found is not None:
                return found
    return None


def job_exceeded(
    job_id: JobId, limit_microusd: int | None, accounts: Accounts, asked_microusd: int
) -> Exceeded | None:
    """The job's own limit, if it does not bear this much more."""
    if limit_microusd is None:
        return None
    return _over(account_of_job(job_id), accounts, limit_microusd, asked_microusd, None)


def _over(
    key: AccountKey, accounts: Accounts, limit: int, asked: int, resets_ms: int | None
) -> Exceeded | None:
    account = accounts.get(key) or Account(key=key)
    if account.taken_microusd + asked <= limit:
        return None
    return Exceeded(
        scope=key.scope,
        window=key.window,
        limit_microusd=limit,
        posted_microusd=account.posted_microusd,
        held_microusd=account.held_microusd,
        asked_microusd=asked,
        resets_ms=resets_ms,
    )


def left(budget: Budget | None, accounts: Accounts, tenant_id: TenantId, now_ms: int) -> int | None:
    """What may still be held before a limit of the tenant is reached; None: no limit."""
    if budget is None or not budget.hard_stop:
        return None
    keys = accounts_of(tenant_id, now_ms)
    found = [
        limit - (accounts.get(keys[window]) or Account(key=keys[window])).taken_microusd
        for window, limit in budget.limits.items()
        if window in keys
    ]
    return max(min(found), 0) if found else None


def is_alarming(budget: Budget | None, account: Account) -> bool:
    """Whether the tenant is to be told of what is posted to the account, and was not yet: once
    a window, and again where the limit was changed."""
    limit = None if budget is None else budget.limits.get(account.key.window)
    if budget is None or limit is None or account.alerted_microusd == limit:
        return False
    return account.posted_microusd * 1000 >= limit * budget.alert_permille and (
        account.posted_microusd > 0
    )
