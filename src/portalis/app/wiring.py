"""A plane's front -> a running service's parts: tokens, webhooks, what the API is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine

from portalis.app.access import authenticate, issue
from portalis.app.api.context import Context
from portalis.app.archives import Limits
from portalis.app.clerk import Clerk
from portalis.app.client import Access, read_access, write_access
from portalis.app.settings import Settings
from portalis.app.telling import telling
from portalis.app.webhooks.deliverer import Deliverer
from portalis.app.webhooks.sender import Sender
from portalis.core.clock import Clock
from portalis.core.ids import SystemBits
from portalis.monitoring.collector import Exporter, Watched
from portalis.storage.prints import SqlPrints
from portalis.storage.state_sql import driven
from portalis.storage.tally_sql import SqlTally
from portalis.storage.tokens import SqlTokens
from portalis.storage.webhooks import SqlWebhooks
from portalis.workload.assembly import Front
from portalis.workload.model.snapshot import Decisions
from portalis.workload.ports import Tokens


@contextmanager
def running(settings: Settings, front: Front, clerk: Clerk) -> Iterator[Context]:
    """The deliverer of webhooks at work beside the controller's process, until the end of the
    context."""
    engine = create_engine(driven(settings.database_url))
    try:
        bits = SystemBits()
        webhooks = SqlWebhooks(engine, bits)
        sender = Sender(allow_private=settings.webhooks_allow_private)
        with (
            Deliverer(webhooks, front.state, sender, front.clock, bits),
            telling(settings, front.state),
        ):
            yield Context(
                state=front.state,
                objects=front.objects,
                desk=front.desk,
                books=front.books,
                tariff=front.tariff,
                policy=front.policy,
                tokens=SqlTokens(engine),
                webhooks=webhooks,
                prints=SqlPrints(engine),
                cache=front.cache,
                reused=lambda: clerk.told().reused,
                sender=sender,
                clock=front.clock,
                limits=Limits(
                    max_bytes=settings.upload_max_bytes,
                    max_files=settings.upload_max_files,
                    max_depth=settings.upload_max_depth,
                ),
                decided=lambda: Decisions(waits=clerk.told().waits),
                exporter=Exporter(
                    Watched(
                        state=front.state,
                        tally=SqlTally(engine),
                        clock=front.clock,
                        tariff=front.tariff,
                        slots=lambda: clerk.told().slots,
                        refused=lambda: clerk.told().refused,
                        cache_fault=lambda: clerk.told().cache_fault,
                        pool=lambda: clerk.told().pool,
                    )
                ),
                metrics_on_loopback=settings.metrics_on_loopback,
            )
    finally:
        engine.dispose()


def leave_access(home: Path, url: str, tokens: Tokens, clock: Clock) -> Access:
    """Let clients of this user find the service: an operator's token, made if the one that
    was left before is not good any more, and the address. Raises Unavailable."""
    now_ms = clock.now_ms()
    left = read_access(home)
    if left is not None and authenticate(tokens, left.token, now_ms) is not None:
        access = Access(url, left.token)
    else:
        access = Access(url, issue(tokens, now_ms, None, "made by `portalis serve`").text)
    write_access(home, access)
    return access
