"""A plane -> a running service's parts: the tokens, the webhooks, what the API is given."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import create_engine

from portalis.app.access import authenticate, issue
from portalis.app.api.context import Context
from portalis.app.archives import Limits
from portalis.app.client import Access, read_access, write_access
from portalis.app.settings import Settings
from portalis.app.webhooks.deliverer import Deliverer
from portalis.app.webhooks.sender import Sender
from portalis.core.clock import Clock
from portalis.core.ids import SystemBits
from portalis.monitoring import logs
from portalis.monitoring.collector import Exporter, Watched
from portalis.monitoring.tracer import Tracer
from portalis.storage.prints import SqlPrints
from portalis.storage.state_sql import driven
from portalis.storage.tally_sql import SqlTally
from portalis.storage.tokens import SqlTokens
from portalis.storage.webhooks import SqlWebhooks
from portalis.workload.assembly import Plane
from portalis.workload.ports import Tokens


@contextmanager
def running(settings: Settings, plane: Plane) -> Iterator[Context]:
    """The deliverer of webhooks at work beside the plane, until the end of the context."""
    engine = create_engine(driven(settings.database_url))
    try:
        bits = SystemBits()
        webhooks = SqlWebhooks(engine, bits)
        sender = Sender(allow_private=settings.webhooks_allow_private)
        if settings.log_json:
            logs.write_json(sys.stderr)
            plane.state.on_commit(logs.log_commit)
        # Of one that does not answer this says so, and why.
        plane.cache.delete("start")
        with (
            Deliverer(webhooks, plane.state, sender, plane.clock, bits),
            Tracer(plane.state, settings.traces_url) if settings.traces_url else nullcontext(),
        ):
            yield Context(
                state=plane.state,
                objects=plane.objects,
                desk=plane.desk,
                books=plane.books,
                tariff=plane.tariff,
                policy=plane.policy,
                tokens=SqlTokens(engine),
                webhooks=webhooks,
                prints=SqlPrints(engine),
                cache=plane.cache,
                reused=lambda: plane.controller.reuse.counts,
                sender=sender,
                clock=plane.clock,
                limits=Limits(
                    max_bytes=settings.upload_max_bytes,
                    max_files=settings.upload_max_files,
                    max_depth=settings.upload_max_depth,
                ),
                decided=lambda: plane.controller.decided,
                exporter=Exporter(
                    Watched(
                        state=plane.state,
                        tally=SqlTally(engine),
                        clock=plane.clock,
                        tariff=plane.tariff,
                        slots=lambda: plane.executor.slots,
                        refused=lambda: plane.controller.refused,
                        cache=plane.cache,
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
