"""Settings -> a running service's parts: the plane, the tokens, what the API is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine

from portalis.app.access import authenticate, issue
from portalis.app.api.context import Context
from portalis.app.archives import Limits
from portalis.app.client import Access, read_access, write_access
from portalis.app.settings import EMBEDDED, Settings, SettingsError
from portalis.app.webhooks.deliverer import Deliverer
from portalis.app.webhooks.sender import Sender
from portalis.core.clock import Clock
from portalis.core.ids import SystemBits
from portalis.cost.catalog import CatalogError, PricingModel, UnknownPrice
from portalis.cost.shipped import load
from portalis.storage.prints import SqlPrints
from portalis.storage.state_sql import driven
from portalis.storage.tokens import SqlTokens
from portalis.storage.webhooks import SqlWebhooks
from portalis.workload.assembly import Plane, PlaneSettings, open_plane, tariff_of
from portalis.workload.model.ledger import Tariff
from portalis.workload.ports import Tokens


def plane_of(settings: Settings) -> Plane:
    """A plane that does not run yet. Raises Unavailable, SettingsError."""
    with _priced():
        return open_plane(_plane(settings))


def tariff_in(settings: Settings) -> Tariff:
    """What a slot costs. Raises SettingsError."""
    with _priced():
        return tariff_of(_plane(settings), load(Path(settings.prices) if settings.prices else None))


@contextmanager
def _priced() -> Iterator[None]:
    """What has no price is a setting that cannot be used."""
    try:
        yield
    except (CatalogError, UnknownPrice) as error:
        raise SettingsError(str(error)) from error


def _plane(settings: Settings) -> PlaneSettings:
    return PlaneSettings(
        home=settings.home,
        database_url=settings.database_url,
        objects_url=settings.objects_url,
        cache_url="" if settings.cache_url == EMBEDDED else settings.cache_url,
        executor=settings.executor,
        slots=settings.workers,
        node_price=settings.node_price,
        pricing_model=PricingModel(settings.pricing_model),
        prices=settings.prices,
        durability=settings.durability,
    )


@contextmanager
def running(settings: Settings) -> Iterator[Context]:
    """The plane with its controller and the deliverer of webhooks at work, until the end of the
    context. Raises Unavailable."""
    plane = plane_of(settings)
    engine = create_engine(driven(settings.database_url))
    try:
        bits = SystemBits()
        webhooks = SqlWebhooks(engine, bits)
        sender = Sender(allow_private=settings.webhooks_allow_private)
        with plane, Deliverer(webhooks, plane.state, sender, plane.clock, bits):
            yield Context(
                state=plane.state,
                objects=plane.objects,
                desk=plane.desk,
                books=plane.books,
                tariff=plane.tariff,
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
