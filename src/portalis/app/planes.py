"""Settings -> a plane, and what its slots cost. Knows nothing of the API: a service that was
killed has its controller again before what answers requests is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from portalis.app.settings import EMBEDDED, Settings, SettingsError
from portalis.core.documents import DocumentError
from portalis.cost.catalog import CatalogError, PricingModel, UnknownPrice
from portalis.cost.shipped import load
from portalis.resource.policy import Policy
from portalis.storage.policies import load as load_policy
from portalis.workload.assembly import (
    Front,
    Plane,
    PlaneSettings,
    open_front,
    open_plane,
    tariff_of,
)
from portalis.workload.model.ledger import Tariff
from portalis.workload.ports import Executor


def plane_of(settings: Settings, executor: Executor | None = None) -> Plane:
    """A plane that does not run yet. executor: one that was begun before. Raises Unavailable,
    SettingsError."""
    with _usable():
        return open_plane(_plane(settings), executor=executor)


def front_of(settings: Settings, wake: Callable[[], None]) -> Front:
    """The front of a plane whose controller runs in another process, which `wake` reaches. Raises
    Unavailable, SettingsError."""
    for name in ("database_url", "objects_url"):
        if ":memory:" in getattr(settings, name) or getattr(settings, name).startswith("memory:"):
            raise SettingsError(f"{name}: what is in memory is not shared by two processes")
    with _usable():
        return open_front(_plane(settings), wake)


def tariff_in(settings: Settings) -> Tariff:
    """What a slot costs. Raises SettingsError."""
    with _usable():
        return tariff_of(_plane(settings), load(Path(settings.prices) if settings.prices else None))


def policy_in(settings: Settings) -> Policy:
    """The policy in force. Raises SettingsError."""
    with _usable():
        return load_policy(Path(settings.policy) if settings.policy else None)


@contextmanager
def _usable() -> Iterator[None]:
    """What has no price or no executor, and a policy with a fault, is a setting that cannot be
    used."""
    try:
        yield
    except (CatalogError, UnknownPrice, DocumentError, ValueError) as error:
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
        policy=settings.policy,
        scale_nodes=settings.scale_nodes,
        scale_node=settings.scale_node,
        scale_slot=settings.scale_slot,
        scale_idle_s=settings.scale_idle_s,
        scale_spot=settings.scale_spot,
        scale_fallback_s=settings.scale_fallback_s,
        durability=settings.durability,
    )
