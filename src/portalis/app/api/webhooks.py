"""Webhooks of a tenant: made, listed, removed, tried; their deliveries seen and replayed."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict, Field

from portalis.app.api.context import ByCaller, InContext
from portalis.app.api.views import (
    DeliveriesView,
    DeliveryView,
    ReplayView,
    TrialView,
    WebhooksView,
    WebhookView,
)
from portalis.app.problems import Problem
from portalis.app.webhooks.addresses import MAX_URL, RefusedError
from portalis.app.webhooks.messages import new_secret, trial_body
from portalis.core.ids import new_id
from portalis.workload.model.webhook import DeliveryState, Subscription, unknown_patterns

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])

MOST_OF_TENANT: Final = 20
_MOST_DELIVERIES: Final = 1_000
OfTenant = Annotated[str | None, Query(description="Whose, if not the token's own.")]


class WebhookBody(BaseModel):
    """events: `job.*`, `unit.*`, `*`, or types such as `job.units_done`."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(min_length=1, max_length=MAX_URL)
    events: list[str] = Field(default=["job.*"], min_length=1, max_length=50)
    name: str = Field(default="", max_length=256)


class ReplayBody(BaseModel):
    """deliveries: ids; null: all that are dead."""

    model_config = ConfigDict(extra="forbid")

    deliveries: list[str] | None = Field(default=None, max_length=_MOST_DELIVERIES)


def webhook_of(webhook_id: str, context: InContext, caller: ByCaller) -> Subscription:
    """The webhook of the path, if the caller may know of it."""
    found = context.webhooks.subscription(webhook_id)
    if found is None or not (caller.is_operator or found.tenant_id == caller.token.tenant_id):
        raise Problem("not-found", f"there is no webhook {webhook_id[:80]}")
    return found


OfWebhook = Annotated[Subscription, Depends(webhook_of)]


@router.post("", status_code=201)
async def create(
    body: WebhookBody, context: InContext, caller: ByCaller, tenant: OfTenant = None
) -> WebhookView:
    """Hear of what happens to the tenant's jobs from now on. The answer is the only one that
    ever shows the secret."""
    tenant_id = caller.acts_for(tenant)
    unknown = unknown_patterns(body.events)
    if unknown:
        raise Problem("invalid-request", f"there is no event {unknown[0][:80]!r}")
    try:
        await context.sender.check(body.url)
    except RefusedError as error:
        raise Problem("address-refused", str(error)) from error
    now_ms = context.clock.now_ms()
    made = Subscription(
        id=new_id("whk", now_ms, context.bits),
        tenant_id=tenant_id,
        url=body.url,
        secret=new_secret(),
        created_ms=now_ms,
        events=tuple(dict.fromkeys(body.events)),
        name=body.name,
    )
    there = await run_in_threadpool(context.webhooks.subscriptions, tenant_id)
    if len(there) >= MOST_OF_TENANT:
        raise Problem("too-many", more={"allowed": MOST_OF_TENANT})
    await run_in_threadpool(context.webhooks.add, made)
    return WebhookView.of(made, made.secret)


@router.get("")
def webhooks(context: InContext, caller: ByCaller, tenant: OfTenant = None) -> WebhooksView:
    """Oldest first."""
    found = context.webhooks.subscriptions(caller.sees(tenant))
    return WebhooksView(webhooks=[WebhookView.of(each) for each in found])


@router.delete("/{webhook_id}", status_code=204)
def remove(webhook: OfWebhook, context: InContext) -> None:
    """Nothing is sent from now on; what was still to be sent is dropped."""
    context.webhooks.remove(webhook.id)


@router.post("/{webhook_id}/test")
async def try_out(webhook: OfWebhook, context: InContext) -> TrialView:
    """Send a message of the type `webhook.test` at once, and say what came of it."""
    now_ms = context.clock.now_ms()
    message_id = new_id("msg", now_ms, context.bits)
    answer = await context.sender.send(webhook, message_id, trial_body(webhook, now_ms), now_ms)
    return TrialView(
        id=message_id, delivered=answer.is_good, status=answer.status, message=answer.message
    )


@router.get("/{webhook_id}/deliveries")
def deliveries(
    webhook: OfWebhook,
    context: InContext,
    state: Annotated[list[DeliveryState] | None, Query(description="Only in these.")] = None,
    limit: Annotated[int, Query(ge=1, le=_MOST_DELIVERIES)] = 100,
    cursor: Annotated[str | None, Query(description="`next` of the page before.")] = None,
) -> DeliveriesView:
    """What was sent and is to be sent, newest first. Of those that ended, 30 days are kept."""
    found = context.webhooks.deliveries(webhook.id, state or (), cursor, limit + 1)
    page = found[:limit]
    return DeliveriesView(
        deliveries=[DeliveryView.of(each) for each in page],
        next=page[-1].id if len(found) > limit else None,
    )


@router.post("/{webhook_id}/replay")
def replay(webhook: OfWebhook, context: InContext, body: ReplayBody) -> ReplayView:
    """Send deliveries again, under their old ids."""
    now_ms = context.clock.now_ms()
    return ReplayView(replayed=context.webhooks.replay(webhook.id, body.deliveries, now_ms))
