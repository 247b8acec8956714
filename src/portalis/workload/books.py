"""The books: budgets, reports and forecasts, read from the ledger in the store.

A window on the same facts as the desk; it shares nothing with the controller but the store.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from portalis.core.clock import Clock
from portalis.core.ids import TenantId, UnitId
from portalis.cost.catalog import Catalog, PriceTag
from portalis.cost.identity import NodeCosts, node_costs
from portalis.cost.recommend import Bill, Line, recommend
from portalis.cost.report import Forecast, Report, forecast, report
from portalis.cost.windows import OF_TENANT, accounts_of, end_ms, start_ms
from portalis.resource.policy import OPEN, Policy
from portalis.workload.control.money import budgets_of
from portalis.workload.model.attempt import Charge
from portalis.workload.model.job import Priority
from portalis.workload.model.ledger import Account, Budget, Window
from portalis.workload.ports import State

DAY_MS = 86_400_000
# No attempt waits and works for longer.
LONGEST_MS = 7_200_000
EVERYBODY = "all tenants"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A tenant's budget, and how its present windows stand. resets_ms: None: never."""

    tenant_id: TenantId
    budget: Budget | None
    accounts: Mapping[Window, Account]
    resets_ms: Mapping[Window, int | None]


class Books:
    """On a store. catalog: for recommendations. policy: of the tiers' budgets."""

    def __init__(self, state: State, clock: Clock, catalog: Catalog, policy: Policy = OPEN) -> None:
        self._policy = policy
        self._state = state
        self._clock = clock
        self._catalog = catalog

    @property
    def catalog(self) -> Catalog:
        """The prices that recommendations go by."""
        return self._catalog

    def set_budget(self, budget: Budget) -> Standing:
        """Instead of what the tenant had; in force with the controller's next step."""
        self._state.put_budget(budget)
        return self.standing(budget.tenant_id)

    def standing(self, tenant_id: TenantId) -> Standing:
        now_ms = self._clock.now_ms()
        keys = accounts_of(tenant_id, now_ms)
        found = self._state.accounts(keys.values())
        return Standing(
            tenant_id=tenant_id,
            budget=budgets_of(self._state, self._policy, (tenant_id,)).get(tenant_id),
            accounts={w: found.get(key) or Account(key=key) for w, key in keys.items()},
            resets_ms={window: end_ms(window, now_ms) for window in keys},
        )

    def standings(self) -> Sequence[Standing]:
        """Of all tenants that have a budget."""
        return [self.standing(tenant_id) for tenant_id in self._state.budgets()]

    def present(self, window: Window) -> tuple[int, int]:
        """The window of this instant: from, and until now."""
        now_ms = self._clock.now_ms()
        return start_ms(window, now_ms), now_ms + 1

    def report(self, tenant_id: TenantId | None, from_ms: int, until_ms: int) -> Report:
        """Of a tenant, or of all, for work that was leased in the period."""
        charges = self._state.charges_of(tenant_id, from_ms, until_ms)
        # Nodes are everybody's: no tenant alone pays for their idle time.
        nodes = self._nodes(charges, from_ms, until_ms) if tenant_id is None else None
        bill = self._bill(charges, from_ms, until_ms)
        if nodes is not None:
            bill = replace(bill, idle_microusd=max(nodes.idle_microusd, 0))
        found = recommend(bill, self._catalog)
        made_ms = self._clock.now_ms()
        return report(tenant_id or EVERYBODY, charges, from_ms, until_ms, made_ms, found, nodes)

    def _nodes(self, charges: Sequence[Charge], from_ms: int, until_ms: int) -> NodeCosts:
        # What was leased before the period may have run into it.
        earlier = self._state.charges_of(None, from_ms - LONGEST_MS, from_ms)
        nodes = self._state.nodes(from_ms, until_ms)
        return node_costs(nodes, [*earlier, *charges], from_ms, until_ms)

    def forecast(self, tenant_id: TenantId, days: int = 7) -> Forecast:
        """By the pace of the last whole days."""
        standing = self.standing(tenant_id)
        today_ms, _ = self.present(Window.DAY)
        charges = self._state.charges_of(tenant_id, today_ms - days * DAY_MS, today_ms)
        budget = standing.budget
        return forecast(
            charges,
            {window: account.posted_microusd for window, account in standing.accounts.items()},
            budget.limits if budget is not None else {},
            standing.resets_ms,
            self._clock.now_ms(),
            days,
        )

    def _bill(self, charges: Sequence[Charge], from_ms: int, until_ms: int) -> Bill:
        units = {charge.unit_id for charge in charges}
        keys = self._keys(units)
        jobs = self._state.jobs_by_id({charge.job_id for charge in charges})
        urgent = {job.id for job in jobs.values() if job.priority is Priority.INTERACTIVE}
        done: set[str] = set()
        lines = []
        for charge in charges:
            if not charge.price:
                continue
            tag = PriceTag.parse(charge.price)
            key = keys.get(charge.unit_id, "") if charge.useful else ""
            lines.append(
                Line(
                    instance=tag.instance,
                    model=tag.model,
                    cost_microusd=charge.cost_microusd,
                    repeated=bool(key) and key in done,
                    flexible=charge.job_id not in urgent,
                )
            )
            done.add(key)
        busy = _busy_permille(charges, from_ms, until_ms)
        return Bill(lines=tuple(lines), busy_permille=busy)

    def _keys(self, unit_ids: Collection[UnitId]) -> Mapping[UnitId, str]:
        units = self._state.units_by_id(unit_ids)
        return {unit.id: unit.cache_key for unit in units.values()}


def _busy_permille(charges: Sequence[Charge], from_ms: int, until_ms: int) -> int:
    """Of the period, how long at least one slot worked."""
    busy_ms, at_ms = 0, from_ms
    spans = sorted((charge.from_ms, charge.from_ms + charge.slot_ms) for charge in charges)
    for begin, end in spans:
        busy_ms += max(0, min(end, until_ms) - max(begin, at_ms))
        at_ms = max(at_ms, end)
    return 1000 * busy_ms // max(until_ms - from_ms, 1)


def budget_of(
    tenant_id: TenantId,
    limits: Mapping[Window, int | None],
    *,
    alert_permille: int,
    hard_stop: bool,
    now_ms: int,
) -> Budget:
    """A budget whose limits shrink with their windows. Raises ValueError, in words: for a limit
    that a narrower one is above, or an alert beyond the limit."""
    kept = {window: limit for window in OF_TENANT if (limit := limits.get(window)) is not None}
    ordered = [window for window in OF_TENANT if window in kept]
    for broad, narrow in itertools.pairwise(ordered):
        if kept[narrow] > kept[broad]:
            raise ValueError(f"the {narrow} limit is above the {broad} limit: it cannot be reached")
    if not 0 < alert_permille <= 1000:
        raise ValueError("the alert is a part of the limit: above 0, at most 1")
    return Budget(
        tenant_id=tenant_id,
        limits=kept,
        alert_permille=alert_permille,
        hard_stop=hard_stop,
        changed_ms=now_ms,
    )
