"""Tokens: made, listed and revoked by operators."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict, Field

from portalis.app.access import issue, rotate
from portalis.app.api.context import ByOperator, InContext
from portalis.app.api.views import TokensView, TokenView
from portalis.app.problems import Problem

router = APIRouter(prefix="/v1/tokens", tags=["tokens"])

_DAY_MS: Final = 86_400_000
_MAX_OVERLAP_S: Final = 7 * 86_400


class TokenBody(BaseModel):
    """tenant: for whom it acts; null: an operator's, for anybody."""

    model_config = ConfigDict(extra="forbid")

    tenant: str | None
    name: str = Field(default="", max_length=256)
    days: int | None = Field(default=None, ge=1, le=3660, description="Null: it does not end.")


@router.post("", status_code=201)
def create(body: TokenBody, context: InContext, caller: ByOperator) -> TokenView:
    """Make one. The answer is the only one that ever shows it."""
    tenant_id = None if body.tenant is None else caller.acts_for(body.tenant)
    now_ms = context.clock.now_ms()
    expires_ms = None if body.days is None else now_ms + body.days * _DAY_MS
    made = issue(context.tokens, now_ms, tenant_id, body.name, expires_ms)
    return TokenView.of(made.token, made.text)


@router.get("")
def tokens(
    context: InContext,
    caller: ByOperator,
    tenant: Annotated[str | None, Query(description="Only of this tenant.")] = None,
) -> TokensView:
    """All of them, or a tenant's, oldest first."""
    found = context.tokens.tokens(caller.sees(tenant))
    return TokensView(tokens=[TokenView.of(token) for token in found])


@router.delete("/{token_id}", status_code=204)
async def revoke(token_id: str, context: InContext, caller: ByOperator) -> None:  # noqa: ARG001
    """Void from now on."""
    now_ms = context.clock.now_ms()
    found = await run_in_threadpool(context.tokens.revoke, token_id, now_ms)
    context.seen.forget(token_id)
    if not found:
        raise Problem("not-found", f"there is no token {token_id[:80]}")


@router.post("/{token_id}/rotate", status_code=201)
async def rotate_token(
    token_id: str,
    context: InContext,
    caller: ByOperator,  # noqa: ARG001
    overlap_s: Annotated[
        int, Query(ge=0, le=_MAX_OVERLAP_S, description="How long the old one stays good.")
    ] = 0,
) -> TokenView:
    """Another one for the same tenant in its place. The answer is the only one that ever shows
    it."""
    now_ms = context.clock.now_ms()
    old = await run_in_threadpool(context.tokens.token, token_id)
    if old is None:
        raise Problem("not-found", f"there is no token {token_id[:80]}")
    if not old.is_valid(now_ms):
        raise Problem("invalid-request", f"{token_id} is void: make a new one")
    made = await run_in_threadpool(rotate, context.tokens, old, now_ms, overlap_s * 1000)
    context.seen.forget(token_id)
    return TokenView.of(made.token, made.text)
