"""The seed's face of the money: a thin one on the books (`workload/books.py`).

    optimizer = CostOptimizer()
    optimizer.register_budget(BudgetConfig(tenant_id="ann", daily_limit=100.0))
    print(optimizer.export_report(tenant_id="ann", format="json"))

It shares the store of the `DistributedWorkloadManager` on the same folder, so a budget that is
registered here stops that one's jobs, and both survive a restart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from portalis.core.clock import SystemClock
from portalis.core.ids import AttemptId, JobId, SystemBits, TenantId, UnitId, new_id
from portalis.core.money import dollars, microusd, price_of
from portalis.core.settings import default_home
from portalis.cost.catalog import PricingModel
from portalis.cost.recommend import Recommendation
from portalis.cost.report import Report, as_object, export
from portalis.cost.shipped import shipped
from portalis.cost.windows import accounts_of
from portalis.storage.state_sql import SqlState
from portalis.workload.books import Books, budget_of
from portalis.workload.model.attempt import Charge
from portalis.workload.model.changes import Changes
from portalis.workload.model.ledger import Entry, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetConfig:
    """What a tenant may spend, in dollars; None: no limit. Windows begin at 00:00 UTC."""

    tenant_id: str
    daily_limit: float | None = None
    weekly_limit: float | None = None
    monthly_limit: float | None = None
    lifetime_limit: float | None = None
    alert_threshold_pct: float = 0.8
    hard_stop_enabled: bool = True


class CostOptimizer:
    """`home`: the folder of the plane; the user's own one if it is not given. database_url:
    where its facts are, if not there."""

    def __init__(self, home: Path | None = None, database_url: str = "") -> None:
        folder = (home or default_home()).resolve()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._clock = SystemClock()
        self._state = SqlState(database_url or f"sqlite:///{folder / 'state.db'}")
        self._books = Books(self._state, self._clock, shipped())

    def register_budget(self, budget: BudgetConfig) -> None:
        """Instead of what the tenant had. Raises ValueError for what is no amount of money, or
        limits that cannot be reached."""
        given = {
            Window.DAY: budget.daily_limit,
            Window.WEEK: budget.weekly_limit,
            Window.MONTH: budget.monthly_limit,
            Window.LIFETIME: budget.lifetime_limit,
        }
        self._books.set_budget(
            budget_of(
                TenantId(budget.tenant_id),
                {w: None if limit is None else microusd(limit) for w, limit in given.items()},
                alert_permille=round(budget.alert_threshold_pct * 1000),
                hard_stop=budget.hard_stop_enabled,
                now_ms=self._clock.now_ms(),
            )
        )

    def record_usage(
        self,
        instance_type: str,
        pricing_model: str | PricingModel,
        duration_hours: float,
        job_id: str,
        tenant_id: str,
    ) -> float:
        """Something that was used outside the plane, up to now: it counts against the budget and
        stands in reports. The dollars. Raises UnknownPrice; ValueError for what is no price
        model or no duration."""
        if not duration_hours >= 0:
            raise ValueError(f"{duration_hours!r} is no duration")
        price = shipped().price(instance_type, PricingModel(pricing_model))
        now_ms = self._clock.now_ms()
        span_ms = round(duration_hours * 3_600_000)
        cost = price_of(price.rate_microusd_h, now_ms - span_ms, now_ms)
        used = new_id("used", now_ms, SystemBits())
        charge = Charge(
            attempt_id=AttemptId(used),
            unit_id=UnitId(used),
            job_id=JobId(job_id),
            tenant_id=TenantId(tenant_id),
            at_ms=now_ms,
            slot_ms=span_ms,
            useful=True,
            from_ms=now_ms - span_ms,
            leased_ms=now_ms,
            cost_microusd=cost,
            rate_microusd_h=price.rate_microusd_h,
            price=str(price.tag),
        )
        keys = accounts_of(TenantId(tenant_id), now_ms).values()
        entries = tuple(Entry(key=key, posted_microusd=cost) for key in keys)
        self._state.commit(Changes(charges=(charge,), entries=entries))
        return float(dollars(cost))

    def get_metrics(
        self, tenant_id: str, start: datetime | None = None, end: datetime | None = None
    ) -> Mapping[str, Any]:
        """The report of a period (default: this month) as an object. Raises ValueError for an
        instant without a time zone."""
        return as_object(self._report(tenant_id, start, end))

    def recommend_optimizations(self, tenant_id: str) -> list[Recommendation]:
        """What would have cost less this month, in the order in which to apply it."""
        return list(self._report(tenant_id, None, None).recommendations)

    def export_report(self, tenant_id: str, format: str = "json") -> str:
        """This month's report as json, csv or text. Raises ValueError for another format."""
        return export(self._report(tenant_id, None, None), format)

    def _report(self, tenant_id: str, start: datetime | None, end: datetime | None) -> Report:
        from_ms, until_ms = self._books.present(Window.MONTH)
        if start is not None:
            from_ms = _ms(start)
        if end is not None:
            until_ms = _ms(end)
        return self._books.report(TenantId(tenant_id), from_ms, until_ms)

    def close(self) -> None:
        """Let go of the store."""
        self._state.close()


def _ms(at: datetime) -> int:
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone")
    return int(at.timestamp() * 1000)
