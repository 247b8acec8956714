"""The API behind a real socket, over real stores and without a controller, for a test."""

from __future__ import annotations

import io
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from sqlalchemy import create_engine

from portalis.app.access import issue
from portalis.app.api.application import create
from portalis.app.api.context import Context
from portalis.app.archives import Limits
from portalis.app.webhooks.sender import Sender
from portalis.core.clock import ManualClock
from portalis.core.ids import SystemBits, TenantId
from portalis.cost.shipped import shipped
from portalis.monitoring.collector import Exporter, Watched
from portalis.storage.cache import MemoryCache
from portalis.storage.objects import UrlObjects
from portalis.storage.prints import SqlPrints
from portalis.storage.state_sql import SqlState
from portalis.storage.tally_sql import SqlTally
from portalis.storage.tokens import SqlTokens
from portalis.storage.webhooks import SqlWebhooks
from portalis.workload.books import Books
from portalis.workload.control.limits import Limits as ClerkLimits
from portalis.workload.control.reuse import ReuseCounts
from portalis.workload.desk import Desk
from portalis.workload.model.ledger import Tariff
from portalis.workload.model.snapshot import Decisions

SOURCES = {"pkg/__init__.py": b"", "pkg/a.py": b"print(1)\n"}
ANN, BOB = TenantId("ann"), TenantId("bob")


def archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in (files or SOURCES).items():
            made.writestr(name, content)
    return out.getvalue()


@dataclass(frozen=True)
class Service:
    """A client for each kind of caller."""

    context: Context
    ann: httpx.Client
    bob: httpx.Client
    operator: httpx.Client
    nobody: httpx.Client

    def submit(self, client: httpx.Client, **parameters: str) -> dict[str, Any]:
        answer = client.post("/v1/jobs", params=parameters, content=archive(), headers=ZIP)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())


# A dollar an hour.
CLERK = ClerkLimits(tariff=Tariff(rate_microusd_h=1_000_000, price="test"))
ZIP = {"Content-Type": "application/zip"}


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """The address at which it answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        config = uvicorn.Config(app, lifespan="off", log_level="critical", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.005)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def serving(tmp_path: Path) -> Iterator[Service]:
    state = SqlState(f"sqlite:///{tmp_path}/state.db")
    engine = create_engine(f"sqlite:///{tmp_path}/state.db")
    clock = ManualClock(1_800_000_000_000)
    tokens = SqlTokens(engine)
    objects = UrlObjects("memory:///")
    cache = MemoryCache(clock)
    context = Context(
        state=state,
        objects=objects,
        desk=Desk(state, objects, clock, SystemBits(), CLERK),
        tariff=CLERK.tariff,
        books=Books(state, clock, shipped()),
        tokens=tokens,
        webhooks=SqlWebhooks(engine, SystemBits()),
        prints=SqlPrints(engine),
        cache=cache,
        reused=lambda: ReuseCounts(hits=3, misses=1, saved_ms=1_500),
        sender=Sender(allow_private=True, total_s=2),
        clock=clock,
        limits=Limits(max_bytes=100_000, max_files=5, max_depth=3),
        decided=Decisions,
        exporter=Exporter(
            Watched(
                state=state,
                tally=SqlTally(engine),
                clock=clock,
                tariff=CLERK.tariff,
                slots=lambda: 2,
                refused=lambda: {"result": 0, "commit": 0},
                cache_fault=cache.fault,
            )
        ),
        poll_ms=5,
    )
    with listening(create(context)) as url, ExitStack() as clients:

        def client(tenant_id: TenantId | None) -> httpx.Client:
            text = issue(tokens, clock.now_ms(), tenant_id).text
            headers = {"Authorization": f"Bearer {text}"}
            return clients.enter_context(httpx.Client(base_url=url, headers=headers))

        nobody = clients.enter_context(httpx.Client(base_url=url))
        yield Service(context, client(ANN), client(BOB), client(None), nobody)
    state.close()
    engine.dispose()
