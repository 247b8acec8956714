"""Windows of time, all in UTC: when each began and when the next one does."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

from portalis.core.ids import JobId, TenantId
from portalis.workload.model.ledger import AccountKey, Window

# Of a tenant, the broadest first: a refusal names the first that is exceeded.
_DAY_MS: Final = 86_400_000
OF_TENANT: Final = (Window.LIFETIME, Window.MONTH, Window.WEEK, Window.DAY)


def _instant(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms // 1000, UTC)


def _ms(at: datetime) -> int:
    return int(at.timestamp()) * 1000


def start_ms(window: Window, at_ms: int) -> int:
    """When the window that holds the instant began; 0 for those without a beginning."""
    midnight = _instant(at_ms).replace(hour=0, minute=0, second=0, microsecond=0)
    match window:
        case Window.DAY:
            return _ms(midnight)
        case Window.WEEK:
            return _ms(midnight - timedelta(days=midnight.weekday()))
        case Window.MONTH:
            return _ms(midnight.replace(day=1))
        case Window.LIFETIME | Window.JOB:
            return 0


def end_ms(window: Window, at_ms: int) -> int | None:
    """When the next one begins; None: never."""
    began = _instant(start_ms(window, at_ms))
    match window:
        case Window.DAY:
            return _ms(began + timedelta(days=1))
        case Window.WEEK:
            return _ms(began + timedelta(days=7))
        case Window.MONTH:
            return _ms((began + timedelta(days=32)).replace(day=1))
        case Window.LIFETIME | Window.JOB:
            return None


def accounts_of(tenant_id: TenantId, at_ms: int) -> Mapping[Window, AccountKey]:
    """The tenant's accounts of an instant."""
    return _accounts_of(tenant_id, at_ms // _DAY_MS)


@functools.lru_cache(maxsize=10_000)
def _accounts_of(tenant_id: TenantId, day: int) -> Mapping[Window, AccountKey]:
    # Every window begins at a midnight, and this is asked for at each commit.
    at_ms = day * _DAY_MS
    keys = {each: AccountKey(tenant_id, each, start_ms(each, at_ms)) for each in OF_TENANT}
    return MappingProxyType(keys)


def account_of_job(job_id: JobId) -> AccountKey:
    return AccountKey(job_id, Window.JOB)
