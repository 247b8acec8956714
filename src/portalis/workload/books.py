"""The books: budgets, reports and forecasts, read from the ledger in the store.

A window on the same facts as the desk; it shares nothing with the controller but the store.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from portalis.core.clock import Clock
from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.cost.catalog import Catalog, PriceTag, PricingModel, UnknownPrice
from portalis.cost.identity import NodeCosts, node_costs
from portalis.cost.recommend import Bill, Run, of_nodes, recommend
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
            bill = of_nodes(bill, nodes.total_microusd)
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
        facts = WorkFacts(
            keys=self._keys({charge.unit_id for charge in charges}),
            urgent=self._urgent({charge.job_id for charge in charges}),
            on_gpus=self._on_gpus({charge.attempt_id for charge in charges}),
        )
        runs = runs_of(charges, facts, self._catalog)
        return Bill(runs=runs, from_ms=from_ms, until_ms=until_ms)

    def _keys(self, unit_ids: Collection[UnitId]) -> Mapping[UnitId, str]:
        units = self._state.units_by_id(unit_ids)
        return {unit.id: unit.cache_key for unit in units.values()}

    def _urgent(self, job_ids: Collection[JobId]) -> Collection[JobId]:
        jobs = self._state.jobs_by_id(job_ids).values()
        return {job.id for job in jobs if job.priority is Priority.INTERACTIVE}

    def _on_gpus(self, attempt_ids: Collection[AttemptId]) -> Collection[AttemptId]:
        """Those that had GPUs, and those that the plane knows nothing of."""
        known = self._state.attempts_by_id(attempt_ids)
        return {each for each in attempt_ids if each not in known or known[each].gpus}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFacts:
    """What charges do not say. keys: cache keys of units. urgent: jobs that may not be
    interrupted. on_gpus: attempts that had some."""

    keys: Mapping[UnitId, str]
    urgent: Collection[JobId]
    on_gpus: Collection[AttemptId]


def runs_of(charges: Sequence[Charge], facts: WorkFacts, catalog: Catalog) -> tuple[Run, ...]:
    """What was charged, from the first lease to the last, as recommendations go by it."""
    done: set[tuple[TenantId, str]] = set()
    runs = []
    for charge in charges:
        if not charge.price:
            continue
        tag = PriceTag.parse(charge.price)
        key = (charge.tenant_id, facts.keys.get(charge.unit_id, "") if charge.useful else "")
        runs.append(
            Run(
                instance=tag.instance,
                model=tag.model,
                from_ms=charge.from_ms,
                until_ms=charge.from_ms + charge.slot_ms,
                rate_microusd_h=charge.rate_microusd_h,
                cost_microusd=charge.cost_microusd,
                slots=_slots(tag, charge.rate_microusd_h, catalog),
                repeated=bool(key[1]) and key in done,
                flexible=charge.job_id not in facts.urgent,
                needs_gpu=charge.attempt_id in facts.on_gpus,
            )
        )
        done.add(key)
    return tuple(runs)


def _slots(tag: PriceTag, rate_microusd_h: int, catalog: Catalog) -> int:
    """By how many the machine's price was shared. What spot machines cost is the market's."""
    try:
        if tag.model is PricingModel.SPOT:
            return catalog.instance(tag.instance).vcpus
        whole = catalog.price(tag.instance, tag.model).rate_microusd_h
    except UnknownPrice:
        return 1
    return max(1, round(whole / rate_microusd_h)) if rate_microusd_h else 1


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
