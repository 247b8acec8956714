"""What every handler is given: the parts of the plane, and who calls."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from portalis.app.access import Seen, authenticate
from portalis.app.archives import Limits
from portalis.app.problems import Problem
from portalis.app.webhooks.sender import Sender
from portalis.core.clock import Clock
from portalis.core.ids import Bits, JobId, SystemBits, TenantId
from portalis.monitoring.collector import Exporter
from portalis.resource.policy import OPEN, Policy
from portalis.workload.books import Books
from portalis.workload.control.reuse import ReuseCounts
from portalis.workload.desk import Desk
from portalis.workload.model.job import Job
from portalis.workload.model.ledger import Tariff
from portalis.workload.model.snapshot import Decisions
from portalis.workload.model.token import Token
from portalis.workload.ports import Cache, Objects, Prints, State, Tokens, Webhooks

TENANT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}")
# Whom an operator's token acts for where nobody is named.
DEFAULT_TENANT: Final = TenantId("default")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """decided: what the scheduler said last. reused: what was not run
    again. stopping: streams end when it is set. poll_ms:
    how often they look for new events. collecting: held while objects are put aside or deleted.
    metrics_on_loopback: whether callers on this machine see metrics without a token."""

    state: State
    objects: Objects
    desk: Desk
    tokens: Tokens
    webhooks: Webhooks
    prints: Prints
    cache: Cache
    reused: Callable[[], ReuseCounts]
    sender: Sender
    clock: Clock
    limits: Limits
    books: Books
    tariff: Tariff
    decided: Callable[[], Decisions]
    exporter: Exporter
    metrics_on_loopback: bool = False
    policy: Policy = OPEN
    bits: Bits = field(default_factory=SystemBits)
    collecting: threading.Lock = field(default_factory=threading.Lock)
    seen: Seen = field(default_factory=Seen)
    stopping: threading.Event = field(default_factory=threading.Event)
    poll_ms: int = 100


@dataclass(frozen=True, slots=True)
class Caller:
    token: Token

    @property
    def is_operator(self) -> bool:
        return self.token.tenant_id is None

    def acts_for(self, named: str | None) -> TenantId:
        """The tenant that something new belongs to. Raises Problem for another's."""
        if named is None:
            return self.token.tenant_id or DEFAULT_TENANT
        if not TENANT.fullmatch(named):
            raise Problem("invalid-request", f"{named[:80]!r} is no name of a tenant")
        if not self.is_operator and named != self.token.tenant_id:
            raise Problem("not-allowed", f"this token does not act for {named!r}")
        return TenantId(named)

    def sees(self, named: str | None) -> TenantId | None:
        """The tenant whose things are listed; None: all. Raises Problem for another's."""
        if named is None and self.is_operator:
            return None
        return self.acts_for(named)


BEARER = HTTPBearer(auto_error=False, description="A token of `portalis token create`.")


async def context_of(request: Request) -> Context:
    found = request.app.state.context
    assert isinstance(found, Context)
    return found


InContext = Annotated[Context, Depends(context_of)]


async def caller_of(
    context: InContext,
    presented: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)],
) -> Caller:
    if presented is None:
        raise Problem("unauthenticated", "there is no `Authorization: Bearer` header")
    text = presented.credentials
    now_ms = context.clock.now_ms()
    token = context.seen.token(text, now_ms)
    if token is None:
        token = await run_in_threadpool(authenticate, context.tokens, text, now_ms)
        if token is not None:
            context.seen.keep(text, token, now_ms)
    if token is None:
        raise Problem("unauthenticated", "the token is unknown, revoked or over")
    return Caller(token)


ByCaller = Annotated[Caller, Depends(caller_of)]


async def operator_of(caller: ByCaller) -> Caller:
    if not caller.is_operator:
        raise Problem("not-allowed", "an operator's token is needed")
    return caller


ByOperator = Annotated[Caller, Depends(operator_of)]


def job_of(job_id: str, context: InContext, caller: ByCaller) -> Job:
    """The job of the path, if the caller may know of it."""
    job = context.state.job(JobId(job_id))
    if job is None or not (caller.is_operator or job.tenant_id == caller.token.tenant_id):
        raise Problem("not-found", f"there is no job {job_id[:80]}")
    return job


OfJob = Annotated[Job, Depends(job_of)]
