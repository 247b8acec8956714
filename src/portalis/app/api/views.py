"""What the API answers with: one versioned form a noun. A change that a reader could stumble
over raises the number in `schema`; a new member does not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from portalis.app.estimate import Estimate
from portalis.core.digest import Json
from portalis.core.money import dollars
from portalis.cost.budgets import Exceeded
from portalis.cost.report import Forecast
from portalis.workload.books import Standing
from portalis.workload.control.storekeeping import Amount, Collected, Stats
from portalis.workload.desk import Failure
from portalis.workload.model.events import LogEvent
from portalis.workload.model.job import Job
from portalis.workload.model.ledger import Budget, Window
from portalis.workload.model.snapshot import Wait
from portalis.workload.model.token import Token
from portalis.workload.model.unit import Unit
from portalis.workload.model.webhook import Delivery, DeliveryState, Subscription


class View(BaseModel):
    model_config = ConfigDict(
        frozen=True, use_attribute_docstrings=True, populate_by_name=True, extra="ignore"
    )


def instant(at_ms: int) -> str:
    """An instant as RFC 3339, UTC, with milliseconds."""
    moment = datetime.fromtimestamp(at_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def usd(amount_microusd: int) -> str:
    """Dollars, to the micro-dollar."""
    return f"{dollars(amount_microusd):.6f}"


def exceeded_fields(over: Exceeded) -> dict[str, Json]:
    """The numbers of a refusal, as its problem shows them."""
    return {
        "limit_source": "job" if over.window is Window.JOB else "tenant",
        "window": over.window.value,
        "limit_usd": usd(over.limit_microusd),
        "posted_usd": usd(over.posted_microusd),
        "held_usd": usd(over.held_microusd),
        "estimate_usd": usd(over.asked_microusd),
        "resets_at": _instant(over.resets_ms),
    }


def _instant(at_ms: int | None) -> str | None:
    return None if at_ms is None else instant(at_ms)


class JobView(View):
    form: Literal["portalis.job/1"] = Field(default="portalis.job/1", alias="schema")
    id: str
    tenant: str
    name: str
    priority: str
    state: str
    reason: str
    """Why it ended other than done; empty else."""
    progress: float
    """The part of its units that has ended, 0 to 1."""
    units: Mapping[str, int]
    """How many units are in which state."""
    files: int
    lines: int
    size: str
    """Its class, by the policy when it was submitted."""
    options: Mapping[str, Any]
    cost_usd: str
    """What its attempts cost so far, in dollars."""
    max_cost_usd: str | None
    """What it may cost; null: no limit of its own."""
    created_at: str
    started_at: str | None
    ended_at: str | None
    last_event: int
    """The number of its newest event."""

    @classmethod
    def of(cls, job: Job) -> JobView:
        return cls(
            id=job.id,
            tenant=job.tenant_id,
            name=job.name,
            priority=job.priority.value,
            state=job.state.value,
            reason=job.reason,
            progress=job.progress,
            units={state.value: count for state, count in job.units.items() if count},
            files=job.files,
            lines=job.lines,
            size=job.size,
            options=dict(job.options),
            cost_usd=usd(job.cost_microusd),
            max_cost_usd=None if job.limit_microusd is None else usd(job.limit_microusd),
            created_at=instant(job.created_ms),
            started_at=_instant(job.started_ms),
            ended_at=_instant(job.ended_ms),
            last_event=job.last_event,
        )


class JobsView(View):
    form: Literal["portalis.jobs/1"] = Field(default="portalis.jobs/1", alias="schema")
    jobs: list[JobView]
    """Newest first."""
    next: str | None
    """The cursor of the next page; null on the last one."""


class UnitView(View):
    id: str
    number: int
    kind: str
    name: str
    state: str
    depends_on: list[str]
    tries: Mapping[str, int]
    """Attempts lost, by cause."""
    cause: str | None
    message: str
    """What the last attempt without a result said."""
    predicted_ms: int
    summary: Mapping[str, Any]
    """Of its result."""

    @classmethod
    def of(cls, unit: Unit) -> UnitView:
        return cls(
            id=unit.id,
            number=unit.number,
            kind=unit.kind.value,
            name=unit.name,
            state=unit.state.value,
            depends_on=list(unit.depends_on),
            tries={cause.value: count for cause, count in unit.tries.items()},
            cause=unit.cause.value if unit.cause else None,
            message=unit.message,
            predicted_ms=unit.predicted_ms,
            summary=dict(unit.summary),
        )


class UnitsView(View):
    form: Literal["portalis.units/1"] = Field(default="portalis.units/1", alias="schema")
    units: list[UnitView]
    """By number."""
    next: int | None
    """`after` of the next page; null on the last one."""


class EventView(View):
    form: Literal["portalis.event/1"] = Field(default="portalis.event/1", alias="schema")
    job: str
    number: int
    """Counts from 1 in each job, without gaps."""
    at: str
    event: str
    state: str
    """Of the unit if there is one, else of the job, after the event."""
    unit: str | None
    detail: Mapping[str, Any]

    @classmethod
    def of(cls, event: LogEvent) -> EventView:
        return cls(
            job=event.job_id,
            number=event.number,
            at=instant(event.at_ms),
            event=event.event,
            state=event.state,
            unit=event.unit_id,
            detail=dict(event.detail),
        )


class EventsView(View):
    form: Literal["portalis.events/1"] = Field(default="portalis.events/1", alias="schema")
    events: list[EventView]
    next: int | None
    """`after` of the next page; null if these were the last for now."""


class WaitView(View):
    units: int
    reason: str
    text: str

    @classmethod
    def of(cls, wait: Wait) -> WaitView:
        return cls(units=wait.units, reason=wait.reason.value, text=wait.text)


class FailureView(View):
    units: int
    cause: str
    """Stable, as in the table of retries."""
    text: str
    """How the first of them failed."""

    @classmethod
    def of(cls, failure: Failure) -> FailureView:
        return cls(units=failure.units, cause=failure.cause.value, text=failure.text)


class ExplanationView(View):
    form: Literal["portalis.explanation/1"] = Field(
        default="portalis.explanation/1", alias="schema"
    )
    job: str
    state: str
    units: Mapping[str, int]
    waits: list[WaitView]
    """Why units do not run; empty if none waits."""
    failures: list[FailureView]
    """Why units have failed, by cause; empty if none has."""


class EstimateView(View):
    form: Literal["portalis.estimate/1"] = Field(default="portalis.estimate/1", alias="schema")
    size_class: str
    files: int
    lines: int
    units: int
    predicted_s: float
    """Work of all units, one after the other, in seconds, by a table of measured rates."""
    cost_usd: str
    """Of that work."""
    usd_per_slot_hour: str
    """What it was reckoned with."""
    price: str
    """The row of the price catalog; empty: nodes cost nothing (`node_price` is none)."""

    @classmethod
    def of(cls, estimate: Estimate) -> EstimateView:
        return cls(
            size_class=estimate.size_class.value,
            files=estimate.files,
            lines=estimate.lines,
            units=estimate.units,
            predicted_s=estimate.busy_ms / 1000,
            cost_usd=usd(estimate.cost_microusd),
            usd_per_slot_hour=usd(estimate.tariff.rate_microusd_h),
            price=estimate.tariff.price,
        )


class WindowView(View):
    window: str
    limit_usd: str | None
    """Null: no limit."""
    posted_usd: str
    """Spent."""
    held_usd: str
    """Kept for what runs: what it can cost at most."""
    alerted: bool
    """Whether its tenant was told that the limit is near."""
    resets_at: str | None


class BudgetView(View):
    form: Literal["portalis.budget/1"] = Field(default="portalis.budget/1", alias="schema")
    tenant: str
    alert: str
    """The part of a limit at which the tenant is told."""
    hard_stop: bool
    windows: list[WindowView]
    """The present ones, the broadest first."""

    @classmethod
    def of(cls, standing: Standing) -> BudgetView:
        budget = standing.budget or Budget(tenant_id=standing.tenant_id)
        return cls(
            tenant=standing.tenant_id,
            alert=f"{budget.alert_permille / 1000:g}",
            hard_stop=budget.hard_stop,
            windows=[
                WindowView(
                    window=window.value,
                    limit_usd=usd(budget.limits[window]) if window in budget.limits else None,
                    posted_usd=usd(account.posted_microusd),
                    held_usd=usd(account.held_microusd),
                    alerted=account.alerted_microusd > 0,
                    resets_at=_instant(standing.resets_ms[window]),
                )
                for window, account in standing.accounts.items()
            ],
        )


class BudgetsView(View):
    form: Literal["portalis.budgets/1"] = Field(default="portalis.budgets/1", alias="schema")
    budgets: list[BudgetView]


class ForecastView(View):
    form: Literal["portalis.forecast/1"] = Field(default="portalis.forecast/1", alias="schema")
    tenant: str
    days: int
    """Whole days whose pace this is."""
    per_day_usd: str
    month_usd: str
    """Of the whole present month, at that pace."""
    limits_reached_at: Mapping[str, str]
    """By window: when its limit would be reached, of those that would be before it ends."""

    @classmethod
    def of(cls, tenant_id: str, forecast: Forecast) -> ForecastView:
        return cls(
            tenant=tenant_id,
            days=forecast.days,
            per_day_usd=usd(forecast.per_day_microusd),
            month_usd=usd(forecast.month_microusd),
            limits_reached_at={
                window.value: instant(at_ms) for window, at_ms in forecast.reached_ms.items()
            },
        )


class TokenView(View):
    form: Literal["portalis.token/1"] = Field(default="portalis.token/1", alias="schema")
    id: str
    tenant: str | None
    """For whom it acts; null: an operator's."""
    name: str
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    token: str | None = None
    """What its holder presents; only in the answer that made it."""

    @classmethod
    def of(cls, token: Token, text: str | None = None) -> TokenView:
        return cls(
            id=token.id,
            tenant=token.tenant_id,
            name=token.name,
            created_at=instant(token.created_ms),
            expires_at=_instant(token.expires_ms),
            revoked_at=_instant(token.revoked_ms),
            token=text,
        )


class TokensView(View):
    form: Literal["portalis.tokens/1"] = Field(default="portalis.tokens/1", alias="schema")
    tokens: list[TokenView]
    """Oldest first."""


class WebhookView(View):
    form: Literal["portalis.webhook/1"] = Field(default="portalis.webhook/1", alias="schema")
    id: str
    tenant: str
    url: str
    events: list[str]
    """What is sent: `job.*`, `unit.*`, `*`, or types such as `job.units_done`."""
    name: str
    created_at: str
    secret: str | None = None
    """The key of the signatures; only in the answer that made it."""

    @classmethod
    def of(cls, subscription: Subscription, secret: str | None = None) -> WebhookView:
        return cls(
            id=subscription.id,
            tenant=subscription.tenant_id,
            url=subscription.url,
            events=list(subscription.events),
            name=subscription.name,
            created_at=instant(subscription.created_ms),
            secret=secret,
        )


class WebhooksView(View):
    form: Literal["portalis.webhooks/1"] = Field(default="portalis.webhooks/1", alias="schema")
    webhooks: list[WebhookView]
    """Oldest first."""


class DeliveryView(View):
    id: str
    """Of the message: `webhook-id`, the same each time that it is sent."""
    job: str
    number: int
    """Of the event, in the log of its job."""
    type: str
    state: str
    tries: int
    status: int | None
    """What the receiver answered last; null: nothing."""
    message: str
    """Why the last try failed."""
    created_at: str
    next_at: str | None
    """When it is sent next; null: it is not."""
    ended_at: str | None

    @classmethod
    def of(cls, delivery: Delivery) -> DeliveryView:
        waits = delivery.state is DeliveryState.PENDING
        return cls(
            id=delivery.id,
            job=delivery.job_id,
            number=delivery.number,
            type=delivery.type,
            state=delivery.state.value,
            tries=delivery.tries,
            status=delivery.status,
            message=delivery.message,
            created_at=instant(delivery.created_ms),
            next_at=instant(delivery.due_ms) if waits else None,
            ended_at=_instant(delivery.ended_ms),
        )


class DeliveriesView(View):
    form: Literal["portalis.deliveries/1"] = Field(default="portalis.deliveries/1", alias="schema")
    deliveries: list[DeliveryView]
    """Newest first."""
    next: str | None
    """The cursor of the next page; null on the last one."""


class TrialView(View):
    form: Literal["portalis.webhook-trial/1"] = Field(
        default="portalis.webhook-trial/1", alias="schema"
    )
    id: str
    """Of the message."""
    delivered: bool
    status: int | None
    message: str


class ReplayView(View):
    form: Literal["portalis.replay/1"] = Field(default="portalis.replay/1", alias="schema")
    replayed: int
    """How many deliveries are sent again."""


class LikeView(View):
    """A function that was translated before."""

    job: str
    unit: str
    path: str
    name: str
    line: int
    verdict: str
    """What became of it; information, not a verdict on what is like it."""
    similarity: float
    """Of the structure, without names and constants: 0 to 1, where 1 is the same."""


class FunctionView(View):
    path: str
    name: str
    line: int
    like: list[LikeView]
    """The most similar first; empty if nothing is near."""


class SimilarView(View):
    form: Literal["portalis.similar/1"] = Field(default="portalis.similar/1", alias="schema")
    functions: list[FunctionView]
    """Of the files that were sent, in their order; very small ones are left out."""
    unread: list[str]
    """Files that Python does not parse."""
    complete: bool
    """False: more was translated than could be looked at in this request; ask again."""


class CacheView(View):
    form: Literal["portalis.cache/1"] = Field(default="portalis.cache/1", alias="schema")
    hits: int
    """Units whose result was known, since the service began."""
    misses: int
    """Units whose result could have been known, and that were run."""
    saved_s: float
    """What the hits took when they were made, in seconds of work."""
    entries: int
    """0 where the cache does not count them (Redis)."""
    bytes: int


class AmountView(View):
    objects: int
    bytes: int

    @classmethod
    def of(cls, amount: Amount) -> AmountView:
        return cls(objects=amount.objects, bytes=amount.size_bytes)


class TenantStorageView(View):
    tenant: str | None
    """Null: a folder of which no job tells the tenant."""
    kinds: Mapping[str, AmountView]
    """sources, results, packages."""


class StorageView(View):
    form: Literal["portalis.storage/1"] = Field(default="portalis.storage/1", alias="schema")
    total: AmountView
    """Without what was put aside."""
    aside: AmountView
    """Put aside by a collection; a later one deletes it."""
    tenants: list[TenantStorageView]

    @classmethod
    def of(cls, stats: Stats) -> StorageView:
        tenants = [
            TenantStorageView(
                tenant=tenant,
                kinds={kind: AmountView.of(kinds[kind]) for kind in sorted(kinds)},
            )
            for tenant, kinds in sorted(stats.tenants.items(), key=lambda each: each[0] or "")
        ]
        return cls(
            total=AmountView.of(stats.total), aside=AmountView.of(stats.aside), tenants=tenants
        )


class CollectionView(View):
    form: Literal["portalis.collection/1"] = Field(default="portalis.collection/1", alias="schema")
    dry_run: bool
    put_aside: AmountView
    """What no job names and is older than the grace."""
    deleted: AmountView
    """What was put aside longer ago than the grace."""
    brought_back: AmountView
    """What was put aside, and a job named meanwhile."""

    @classmethod
    def of(cls, collected: Collected, *, dry_run: bool) -> CollectionView:
        return cls(
            dry_run=dry_run,
            put_aside=AmountView.of(collected.put_aside),
            deleted=AmountView.of(collected.deleted),
            brought_back=AmountView.of(collected.brought_back),
        )


class HealthView(View):
    form: Literal["portalis.health/1"] = Field(default="portalis.health/1", alias="schema")
    status: Literal["ok"]
    version: str


class ProblemView(View):
    """A row of the table of problems."""

    code: str
    status: int
    title: str
    remedy: str
    fields: list[str]


class FilesBody(BaseModel):
    """Sources as text."""

    model_config = ConfigDict(extra="forbid")

    files: dict[str, str]
