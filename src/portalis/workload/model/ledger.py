"""Money in the plane, as values: budgets, the accounts they bound, and what changes these.

The hold of an attempt is part of its row, and its post is its charge: one of each, by their
keys. An account counts both for one window of time, in the same transaction; so do reports
and limits read one row, and a check adds the charges up again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portalis.core.ids import TenantId


class Window(StrEnum):
    """Spans of UTC for which money is counted; job: all of one job, whenever."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    LIFETIME = "lifetime"
    JOB = "job"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """What a slot costs: micro-dollars an hour, and the row of the catalog that says so."""

    rate_microusd_h: int = 0
    price: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A machine, or a cluster, while it is paid for with so many slots.

    name: of the controller whose executor it is. until_ms: when it was last seen.
    rate_microusd_h: of one slot, by `price`.
    """

    name: str
    from_ms: int
    until_ms: int
    slots: int
    rate_microusd_h: int
    price: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What a tenant may spend.

    limits: micro-dollars by window; one that is missing has no limit.
    alert_permille: of a limit, at which the tenant is told, once a window.
    hard_stop: nothing is run beyond a limit; else it is only told.
    """

    tenant_id: TenantId
    limits: Mapping[Window, int] = field(default_factory=dict)
    alert_permille: int = 800
    hard_stop: bool = True
    changed_ms: int = 0


@dataclass(frozen=True, slots=True, order=True)
class AccountKey:
    """scope: the tenant's id; the job's for the window of a job. start_ms: of the window."""

    scope: str
    window: Window
    start_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What is spent and held in one window, in micro-dollars.

    alerted_microusd: the limit of which the tenant was told; 0: it was not.
    """

    key: AccountKey
    posted_microusd: int = 0
    held_microusd: int = 0
    alerted_microusd: int = 0

    @property
    def taken_microusd(self) -> int:
        return self.posted_microusd + self.held_microusd


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one commit does to an account.

    limit_microusd: the sum of what is posted and held must not be above it after the commit,
        else nothing of the commit is written; None: no limit, or nothing is taken.
    alerted_microusd: as in `Account`, if it changes.
    """

    key: AccountKey
    held_microusd: int = 0
    posted_microusd: int = 0
    limit_microusd: int | None = None
    alerted_microusd: int | None = None
