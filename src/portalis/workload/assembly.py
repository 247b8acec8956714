"""The plane put together: ports, controller and desk, by URLs. Embedded defaults need nothing
but a folder.

The seed's `DistributedWorkloadManager` lives in this room and has to build a plane, so the
wiring is here and not in `app` (docs/adr/0009).
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from portalis.core import faults
from portalis.core.clock import Clock, SystemClock
from portalis.core.ids import Bits, JobId, SystemBits, TenantId
from portalis.core.settings import SettingsModel
from portalis.cost.catalog import Catalog, PricingModel
from portalis.cost.shipped import load
from portalis.resource.policy import Policy
from portalis.storage.cache import DiskCache, MemoryCache, TieredCache
from portalis.storage.cache_redis import RedisCache
from portalis.storage.objects import UrlObjects
from portalis.storage.policies import load as load_policy
from portalis.storage.state_sql import Durability, SqlState
from portalis.workload.books import Books
from portalis.workload.control.controller import Controller
from portalis.workload.control.limits import Limits
from portalis.workload.control.scaling import PoolSettings, Scaling
from portalis.workload.desk import Desk
from portalis.workload.executors.chosen import choice_of, chosen
from portalis.workload.executors.ray import RayExecutor
from portalis.workload.model.changes import Changes
from portalis.workload.model.job import Job
from portalis.workload.model.ledger import Tariff
from portalis.workload.model.transitions import ENDED_JOB
from portalis.workload.ports import Cache, Deposed, Executor, Objects, State, Unavailable
from portalis.workload.presence import is_gone, name_of_this

# How long a round of the controller waits for news. What another process submits is seen
# after at most this long.
ROUND_MS = 200
_AGAIN_S = 0.5
# The price of nodes that cost nothing.
FREE = "none"
# Who waits for a job looks again after this, and more and more seldom.
_POLL_S, _MOST_POLL_S = 0.02, 0.25


class PlaneSettings(SettingsModel):
    """What a plane is made of. Where a URL is empty, the part lies in `home`."""

    home: Path
    """The folder of all that is embedded; made if it is missing."""
    database_url: str = ""
    """SQLAlchemy's URL of the state."""
    objects_url: str = ""
    """Of the object store: `file:///…`, `s3://…`, `memory:///`."""
    cache_url: str = ""
    """Of the cache: `redis://…`, `rediss://…`; of one node of a cluster it finds the others."""
    executor: str = "local"
    """What runs the units: `local`, a pool of processes; `ray`, a Ray cluster made for it on
    this machine, or the one of `RAY_ADDRESS`; `auto`, the cluster of which this machine is a
    node; `ray:HOST:PORT`, a cluster of which it is one, by its head; `ray://HOST:PORT`, any
    cluster, through its client server."""
    slots: int = 0
    """Units that run at once; 0: one for each processor."""
    node_price: str = "local"
    """What a node costs: an instance of the price catalog; none: nothing is charged."""
    pricing_model: PricingModel = PricingModel.ON_DEMAND
    """How the nodes are paid for."""
    prices: str = ""
    """A price catalog (CSV) instead of the shipped one."""
    policy: str = ""
    """A policy (YAML) instead of the shipped one."""
    scale_nodes: int = 0
    """Nodes that the autoscaler of the Ray cluster is asked for, at most; 0: it is not asked, and
    all nodes are used."""
    scale_node: str = "CPU=1"
    """What such a node has, by Ray's names: `CPU=16,GPU=8`."""
    scale_slot: str = "CPU=1"
    """What one slot takes of it: `CPU=2,GPU=1`."""
    scale_idle_s: float = 120.0
    """After this long without work no node is asked for, unless the policy has a rule of idle
    time."""
    scale_spot: bool = False
    """Whether spot nodes are asked for: those with Ray's label `ray.io/market-type=spot`."""
    scale_fallback_s: float = 300.0
    """After this long without the spot nodes that were asked for, nodes on demand are asked for
    in their place (`ray.io/market-type=on-demand`), until spot nodes have been there again for a
    fifth of it."""
    durability: Durability = "normal"
    """Of the embedded database: `normal` survives any process, `full` also a power cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a plane is put together of, but for what runs units."""

    state: State
    objects: Objects
    cache: Cache
    clock: Clock
    bits: Bits
    limits: Limits
    catalog: Catalog


class Front:
    """The side of a plane that tenants and operators see: the stores, and the desk on them. wake:
    lets the controller, wherever it runs, look at once. `close` it."""

    def __init__(self, parts: Parts, wake: Callable[[], None]) -> None:
        self.state = parts.state
        self.objects = parts.objects
        self.cache = parts.cache
        self.clock = parts.clock
        self.desk = Desk(parts.state, parts.objects, parts.clock, parts.bits, parts.limits)
        self.tariff = parts.limits.tariff
        self.policy = parts.limits.policy
        self.books = Books(parts.state, parts.clock, parts.catalog, self.policy)
        self._wake = wake
        # What is urgent is not left until the controller's round has ended.
        parts.state.on_commit(self._look)

    def _look(self, changes: Changes) -> None:
        """Wake the controller for an urgent job that was written here, and not by itself."""
        if changes.epoch is None and any(
            self.policy.queue(job.priority).is_urgent for job in changes.jobs
        ):
            self._wake()

    def close(self) -> None:
        self.state.close()
        self.cache.close()


class Plane(Front):
    """A plane in this process. `close` it, or use it as a context."""

    def __init__(self, parts: Parts, executor: Executor, scaling: Scaling | None = None) -> None:
        super().__init__(parts, executor.wake)
        self.executor = executor
        self.controller = Controller(
            parts.state,
            parts.objects,
            parts.cache,
            executor,
            parts.clock,
            name_of_this(parts.bits),
            parts.limits,
            is_gone,
            scaling,
            _say,
        )
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Run the controller in a thread, until `close`."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._rounds, name="controller", daemon=True)
            self._thread.start()

    def _rounds(self) -> None:
        while not self._ended.is_set():
            leads = faults.attempt(self._round)
            if isinstance(leads, faults.Fault):
                # Our bug. What brought it on is forgotten; the leases bring it back if it counts.
                _say(f"the controller failed: {leads}")
                self.controller.forget()
            if leads is not True:
                self._ended.wait(_AGAIN_S)

    def _round(self) -> bool:
        """Whether this controller leads."""
        try:
            return self.controller.step(ROUND_MS)
        except (Unavailable, Deposed):
            return False

    def wait(self, tenant_id: TenantId, job_id: JobId, timeout_s: float | None = None) -> Job:
        """The job when it has ended, or as it is after the timeout. Raises desk.NotFound."""
        until = None if timeout_s is None else time.monotonic() + timeout_s
        rest_s = _POLL_S
        while True:
            job = self.desk.job(tenant_id, job_id)
            if job.state in ENDED_JOB or (until is not None and time.monotonic() >= until):
                return job
            self._ended.wait(rest_s)
            rest_s = min(rest_s * 1.5, _MOST_POLL_S)

    def close(self) -> None:
        """End what runs here. What is not done goes on under the next plane on this store."""
        self._ended.set()
        self.executor.wake()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self.executor.close()
        with contextlib.suppress(Unavailable):
            self.controller.resign()
        super().close()

    def __enter__(self) -> Plane:
        self.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()


def open_plane(
    settings: PlaneSettings, limits: Limits | None = None, executor: Executor | None = None
) -> Plane:
    """Put a plane together; it does not run yet. executor: one that was begun before. Raises
    Unavailable; ValueError for a URL that is none; CatalogError, UnknownPrice, DocumentError;
    ImportError, with the command that helps, where a part's extra is missing."""
    parts = _parts(settings, limits)
    executor = executor or chosen(choice_of(settings, settings.slots), parts.clock)
    return Plane(parts, executor, _scaling(settings, executor, parts.limits))


def open_front(settings: PlaneSettings, wake: Callable[[], None]) -> Front:
    """The front of a plane whose controller runs elsewhere. Raises as `open_plane` does."""
    return Front(_parts(settings, None), wake)


def _parts(settings: PlaneSettings, limits: Limits | None) -> Parts:
    catalog = load(Path(settings.prices) if settings.prices else None)
    policy = load_policy(Path(settings.policy) if settings.policy else None)
    limits = replace(limits or Limits(), tariff=tariff_of(settings, catalog), policy=policy)
    home = settings.home.resolve()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    clock = SystemClock()
    state = SqlState(settings.database_url or f"sqlite:///{home / 'state.db'}", settings.durability)
    objects = UrlObjects(settings.objects_url or f"file://{home / 'objects'}")
    behind: Cache = DiskCache(home / "cache.db", clock)
    if settings.cache_url:
        behind = RedisCache(settings.cache_url, clock)
    return Parts(
        state=state,
        objects=objects,
        cache=TieredCache(MemoryCache(clock), behind),
        clock=clock,
        bits=SystemBits(),
        limits=limits,
        catalog=catalog,
    )


def _scaling(settings: PlaneSettings, executor: Executor, limits: Limits) -> Scaling | None:
    if not settings.scale_nodes:
        return None
    assert isinstance(executor, RayExecutor)
    return Scaling(executor, pool_of(settings, limits.policy), limits, _say)


def pool_of(settings: PlaneSettings, policy: Policy) -> PoolSettings:
    """How an elastic executor is scaled. Raises ValueError for slots that no node has."""
    spot = policy.spot_instances.rules(int(settings.scale_fallback_s * 1000))
    return PoolSettings(
        policy=policy.auto_scaling.rules(settings.scale_nodes, int(settings.scale_idle_s * 1000)),
        places=choice_of(settings, settings.slots).places,
        spot=spot if settings.scale_spot else None,
    )


def _say(text: str) -> None:
    print(f"portalis: {text}", file=sys.stderr)  # noqa: T201


def tariff_of(settings: PlaneSettings, catalog: Catalog) -> Tariff:
    """What a slot costs: a share of this machine, or one CPU of a node of the cluster. Raises
    UnknownPrice: what has no price is not run."""
    if settings.node_price == FREE:
        return Tariff()
    price = catalog.price(settings.node_price, settings.pricing_model)
    slots = settings.slots or os.cpu_count() or 1
    if settings.executor != "local":
        slots = catalog.instance(settings.node_price).vcpus
    return Tariff(rate_microusd_h=price.slot_rate_microusd_h(slots), price=str(price.tag))
