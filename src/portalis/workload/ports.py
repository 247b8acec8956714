"""The ports: what the clerk needs of the world, as protocols with contracts.

Each contract here is a suite in `tests/contracts/` that runs on every implementation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from portalis.core.digest import Json
from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.workload.model.attempt import Attempt, Charge
from portalis.workload.model.changes import Changes, Outgoing, Promise
from portalis.workload.model.events import LogEvent
from portalis.workload.model.fingerprint import Known
from portalis.workload.model.job import Job, Priority
from portalis.workload.model.ledger import Account, AccountKey, Budget, Node, Tariff
from portalis.workload.model.retry import Cause
from portalis.workload.model.snapshot import Gpu, Group, ReadyUnit, World
from portalis.workload.model.tally import Choice, Past, Present
from portalis.workload.model.token import Token
from portalis.workload.model.transitions import JobState, UnitState
from portalis.workload.model.unit import Unit
from portalis.workload.model.webhook import Delivery, DeliveryState, Subscription
from portalis.workload.model.worker import Worker

# For so long after it was to be gone a worker that was drained is told of.
GONE_MS: Final = 86_400_000


class Unavailable(Exception):  # noqa: N818 - a condition of the world, not of the code
    """The world does not answer now; the same call may succeed later."""


class Conflict(Exception):  # noqa: N818
    """Something that a commit depends on was changed since it was read: read again, decide
    again. Nothing was written."""


class Deposed(Exception):  # noqa: N818
    """Another controller has taken over: whoever gets this stops. Nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobQuery:
    """Which jobs to list, newest first. tenant_id None: of all tenants, for operators.

    before: only jobs whose id is lower than this one's (a page ends where the next begins).
    since_ms: only jobs that were open then or later.
    """

    tenant_id: TenantId | None
    states: Collection[JobState] = ()
    before: JobId | None = None
    since_ms: int | None = None
    limit: int = 100


class State(Protocol):
    """Facts: jobs, units, attempts, charges, events, orders. The only truth.

    Reads see what was committed before they began; each is consistent in itself.
    """

    def commit(self, changes: Changes) -> None:
        """All of it or nothing, durably. Raises Conflict if a job has another version than
        the one it was read with, if a new id, an idempotency key or a charge of the same
        attempt exists, or an account would be above its limit; Deposed if `epoch` is not the
        newest; Unavailable."""
        ...

    def on_commit(self, tell: Callable[[Changes], None]) -> None:
        """From now on call it with each commit that was made through this object, in the thread
        that made it: it neither waits nor raises."""
        ...

    def lead(self, owner: str, now_ms: int, span_ms: int) -> int | None:
        """The epoch under which `owner` is the controller until now + span: the same as
        before if it is already, a higher one if nobody is or the time of the last one is
        over; None while another one is."""
        ...

    def resign(self, owner: str) -> None:
        """`owner` is no longer the controller: another one may lead at once."""
        ...

    def leader(self) -> str:
        """Who led last, and did not resign; empty: nobody."""
        ...

    def job(self, job_id: JobId) -> Job | None: ...

    def jobs(self, query: JobQuery) -> Sequence[Job]: ...

    def jobs_by_id(self, job_ids: Collection[JobId]) -> Mapping[JobId, Job]: ...

    def units(self, job_id: JobId, states: Collection[UnitState] = ()) -> Sequence[Unit]:
        """The job's units by number; of any state, without one."""
        ...

    def units_by_id(self, unit_ids: Collection[UnitId]) -> Mapping[UnitId, Unit]: ...

    def dependents(self, unit_ids: Collection[UnitId]) -> Mapping[UnitId, Sequence[Unit]]:
        """The units that depend directly on each of these."""
        ...

    def attempts_by_id(self, attempt_ids: Collection[AttemptId]) -> Mapping[AttemptId, Attempt]: ...

    def attempts_of(self, job_id: JobId) -> Sequence[Attempt]:
        """The job's attempts, oldest lease first."""
        ...

    def overdue(self, now_ms: int) -> Sequence[Attempt]:
        """Attempts that have not ended, whose lease is over or that have worked for longer than
        their `run_ms`."""
        ...

    def open_attempts(self) -> Sequence[Attempt]:
        """All attempts that have not ended."""
        ...

    def charges(self, job_id: JobId) -> Sequence[Charge]: ...

    def charges_since(self, at_ms: int) -> Sequence[Charge]:
        """Charges made at or after the instant, of all tenants, oldest first."""
        ...

    def charges_of(
        self, tenant_id: TenantId | None, from_ms: int, until_ms: int
    ) -> Sequence[Charge]:
        """Charges whose money was held from one instant until, but not at, another; of a
        tenant or of all, by lease."""
        ...

    def accounts(self, keys: Collection[AccountKey]) -> Mapping[AccountKey, Account]:
        """Those of them that something was entered into."""
        ...

    def budgets(self, tenant_ids: Collection[TenantId] | None = None) -> Mapping[TenantId, Budget]:
        """Of these tenants, those that have one; None: of all tenants."""
        ...

    def put_budget(self, budget: Budget) -> None:
        """Instead of what the tenant had. Raises Unavailable."""
        ...

    def nodes(self, from_ms: int, until_ms: int) -> Sequence[Node]:
        """Those that were there at some instant from one until, but not at, another; the oldest
        first."""
        ...

    def workers(self) -> Sequence[Worker]:
        """All that are there, and those that were drained and are gone, by place."""
        ...

    def keep_workers(self, slots: Mapping[str, int], now_ms: int) -> None:
        """Those by place with so many slots are there, and no others. One that is gone is
        forgotten; one that was drained `GONE_MS` after that. Raises Unavailable."""
        ...

    def drain_worker(self, place: str, drain_ms: int | None) -> bool:
        """It is to be gone by that instant; None: it stays. Whether there is one of this place.
        Raises Unavailable."""
        ...

    def add_choices(self, counts: Mapping[Choice, int]) -> None:
        """So many more of each. Raises Unavailable."""
        ...

    def choices(self) -> Mapping[Choice, int]:
        """How many there were ever."""
        ...

    def events(self, job_id: JobId, after: int = 0, limit: int = 1000) -> Sequence[LogEvent]:
        """The job's events with a number above `after`, in order, without a gap."""
        ...

    def outgoing(self, limit: int) -> Sequence[Outgoing]:
        """Orders that have not been delivered, in the order of their commits."""
        ...

    def epoch(self) -> int:
        """The newest epoch; 0 before the first."""
        ...

    def promise(self, tenant_id: TenantId, key: str) -> Promise | None: ...

    def world(self, window: int, jobs: int) -> World:
        """What is ready, of jobs that are active, and what is held. Of what is ready: at most
        `jobs` jobs of each tenant and class, the oldest, and `window` units of each, the
        longest."""
        ...

    def ready(self, window: int, jobs: int, groups: Collection[Group]) -> Sequence[ReadyUnit]:
        """As in `world`, of these tenants and classes."""
        ...

    def ahead(self, job: Job) -> int:
        """How many active jobs of the job's tenant and class are older and have units that
        are ready."""
        ...

    def open_jobs(self, priority: Priority | None, tenant_id: TenantId | None, most: int) -> int:
        """How many jobs have not ended, of a class and of a tenant, where they are given; it
        counts no further than `most`."""
        ...

    def due(self, now_ms: int) -> Sequence[Unit]:
        """Units in backoff whose time has come."""
        ...

    def tenants(self) -> Sequence[TenantId]:
        """Those who have ever handed in a job, by name."""
        ...

    def object_keys(self) -> Collection[str]:
        """The keys of all objects that a job or a unit names."""
        ...

    def close(self) -> None: ...


class Tally(Protocol):
    """The store in numbers. Every call raises Unavailable."""

    def past(self, from_ms: int, until_ms: int) -> Past:
        """What happened at or after the one instant, and before the other."""
        ...

    def rows(self, until_ms: int) -> int:
        """How many facts a `past` from the beginning until then is read from."""
        ...

    def present(self) -> Present: ...


class Tokens(Protocol):
    """Who may act for whom."""

    def add(self, token: Token) -> None:
        """Keep a new one. Raises Conflict if its id exists; Unavailable."""
        ...

    def token(self, token_id: str) -> Token | None:
        """Valid or not; None: there is none. Raises Unavailable."""
        ...

    def tokens(self, tenant_id: TenantId | None = None) -> Sequence[Token]:
        """Those of a tenant, else all, oldest first. Raises Unavailable."""
        ...

    def revoke(self, token_id: str, at_ms: int) -> bool:
        """Void from then on; one that is void sooner keeps its instant. Whether there is one.
        Raises Unavailable."""
        ...


class Webhooks(Protocol):
    """Who is told of what, and what of it is still to be sent. Every call raises Unavailable."""

    def add(self, subscription: Subscription) -> None:
        """Keep a new one; of jobs that there are it gets what happens from now on. Raises
        Conflict if its id exists."""
        ...

    def subscription(self, subscription_id: str) -> Subscription | None: ...

    def subscriptions(self, tenant_id: TenantId | None = None) -> Sequence[Subscription]:
        """Those of a tenant, else all, oldest first."""
        ...

    def remove(self, subscription_id: str) -> bool:
        """With all its deliveries; whether there was one."""
        ...

    def read(self, subscription: Subscription, now_ms: int, limit: int) -> int:
        """Turn the next events of the logs into deliveries, each event once, and move the
        subscription's places in the logs, at once or not at all; how many events were
        passed, 0: it has seen everything. At most about `limit`. Raises Conflict where
        another reader was faster."""
        ...

    def claim(
        self,
        now_ms: int,
        until_ms: int,
        limit: int,
        each: int,
        busy: Collection[TenantId] = (),
    ) -> Sequence[Delivery]:
        """Pending deliveries that are due, the longest due first: at most `each` of a tenant,
        none of those who are busy. Nobody else is given them until `until_ms`."""
        ...

    def settle(self, deliveries: Sequence[Delivery]) -> None:
        """Keep what came of tries. What was removed or replayed meanwhile stays as it is."""
        ...

    def deliveries(
        self,
        subscription_id: str,
        states: Collection[DeliveryState] = (),
        before: str | None = None,
        limit: int = 100,
    ) -> Sequence[Delivery]:
        """Newest first; before: only with a lower id."""
        ...

    def replay(self, subscription_id: str, ids: Collection[str] | None, now_ms: int) -> int:
        """Send these again, or without ids all that are dead, under their old ids and with all
        their tries before them; how many. What is pending is due now."""
        ...

    def forget(self, before_ms: int) -> int:
        """Drop what ended before the instant; how many deliveries."""
        ...


class Prints(Protocol):
    """The structure of functions that were translated. Every call raises Unavailable."""

    def unseen(self, tenant_id: TenantId, results: Collection[str]) -> Collection[str]:
        """Of these keys of results, those whose functions were not added."""
        ...

    def add(self, tenant_id: TenantId, result: str, prints: Sequence[Known]) -> None:
        """The functions of a result; of one that was added before nothing changes."""
        ...

    def near(self, tenant_id: TenantId, bands: Collection[int], limit: int) -> Sequence[Known]:
        """The tenant's functions that share a band, those that share most first; without
        their bands."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectInfo:
    key: str
    size_bytes: int
    modified_ms: int


# The folder of objects that were put aside.
ASIDE: Final = "aside"


class Objects(Protocol):
    """Bytes under keys: sources and results. Keys are `/`-separated, relative, without `..`.

    A put is atomic: who reads sees the old bytes or the new ones, never a part. What a key
    means never changes: another put under it brings the same bytes, unless it was deleted.
    """

    def put(self, key: str, content: bytes) -> None:
        """Store, whatever was there. Raises Unavailable (also: the disk is full)."""
        ...

    def put_new(self, key: str, content: bytes) -> bool:
        """Store if there is nothing; whether it did. Raises Unavailable."""
        ...

    def get(self, key: str) -> bytes:
        """Raises KeyError for a key without an object; Unavailable."""
        ...

    def size_bytes(self, key: str) -> int | None:
        """The size of the object; None if there is none. Raises Unavailable."""
        ...

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        """Every object under the folder `prefix`, in the order of the keys, however many."""
        ...

    def delete(self, keys: Iterable[str]) -> None:
        """Remove; a key without an object is no error. Raises Unavailable."""
        ...

    def put_aside(self, key: str) -> None:
        """Move to the same key under `ASIDE`, as of now: there is nothing under the key itself
        any more, but `get` finds it and puts it back in its place, too. No object is no
        error. Raises Unavailable."""
        ...


@dataclass(frozen=True, slots=True)
class CacheStats:
    hits: int = 0
    misses: int = 0
    entries: int = 0
    size_bytes: int = 0


class Cache(Protocol):
    """Small values that may vanish at any time. No call raises for an outage: a cache that
    does not answer is one that holds nothing."""

    def get(self, key: str) -> bytes | None:
        """The value, if it is there and its time is not over."""
        ...

    def put(self, key: str, value: bytes, span_ms: int) -> None:
        """Keep for at most this long."""
        ...

    def delete(self, key: str) -> None: ...

    def stats(self) -> CacheStats: ...

    def fault(self) -> str:
        """Why it did not answer the last time; empty: it did, or nothing was asked. Cheap."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One unit for one attempt, as it travels: bytes and numbers only.

    attempt_id: the token under which its end is accepted, as long as it is the unit's newest.
    spot: on a spot node and on no other.
    payload: what `executors/work.py` is given. avoid: places at which not to run it, if
    there are others. urgency: of those that wait, the highest goes first. memory_mb: set aside
    for it. gpus: that it has. predicted_ms: how long it takes; 0: it is not known.
    """

    attempt_id: AttemptId
    payload: bytes
    avoid: tuple[str, ...] = ()
    urgency: int = 0
    memory_mb: int = 0
    gpus: tuple[str, ...] = ()
    spot: bool = False
    predicted_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alive:
    """The attempt waits in the executor's window, or runs (at `place`, since `running_ms`)."""

    attempt_id: AttemptId
    place: str = ""
    running_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The attempt ended with a result. summary: a few figures of it, for those who list.

    node: the machine that it ran on, where the executor has several with prices of their own
    (`ledger.Node`), and tariff: what its slot costs, no more than was held for it; None: as the
    controller's.
    """

    attempt_id: AttemptId
    output: bytes
    place: str
    busy_ms: int
    summary: Mapping[str, Json] = field(default_factory=dict)
    node: str = ""
    tariff: Tariff | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """The attempt ended without one. busy_ms: how long it occupied a slot; None: unknown. node,
    tariff: as in `Finished`."""

    attempt_id: AttemptId
    cause: Cause
    message: str = ""
    place: str = ""
    busy_ms: int | None = None
    detail: Mapping[str, Json] = field(default_factory=dict)
    node: str = ""
    tariff: Tariff | None = None


News = Alive | Finished | Lost


# Nodes by market: `SPOT`, `ON_DEMAND`, or `ANY` where they are not told apart.
Fleet = Mapping[str, int]
ANY: Final = ""
SPOT: Final = "spot"
ON_DEMAND: Final = "on-demand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A pool of nodes that follows the demand, as it was seen last. demand: nodes that all that
    could run and does would fill, whatever quotas, budgets and bounds say. wanted: those that
    are asked for. there: those that are there and stay. None: it is not known."""

    demand: int | None = None
    wanted: Fleet | None = None
    there: Fleet | None = None


# Nobody asks for nodes.
UNSCALED: Final = Sight(demand=0, wanted={}, there={})


class Elastic(Protocol):
    """An executor, too, whose nodes come and go as they are asked for."""

    @property
    def slots(self) -> int: ...

    @property
    def nodes(self) -> Fleet | None:
        """How many nodes are there and stay, by what their machines say of themselves; None: it
        is not known."""
        ...

    def scale(self, fleet: Fleet | None) -> None:
        """Have so many nodes, sooner or later. At nodes beyond that nothing new begins, and what
        runs there ends in its time. None: another one asks for nodes, all are used."""
        ...


class Executor(Protocol):
    """Runs units. It is disposable: what it forgets, the leases tell.

    Every attempt that was started ends with one Finished or Lost, unless the executor or
    the machine under it dies; at least every `heartbeat_ms` it says Alive of each.
    """

    @property
    def slots(self) -> int:
        """How many units it runs at once now."""
        ...

    @property
    def gpus(self) -> Sequence[Gpu]:
        """The GPUs that units can be given."""
        ...

    @property
    def places(self) -> Mapping[str, int]:
        """How many slots there are at each place, as `Finished` and others name it; 0: it is
        drained, and nothing runs there."""
        ...

    def drain(self, places: Mapping[str, int]) -> None:
        """These places go, each by its instant: nothing new begins there, and what would still
        run then is handed back: it ends with Lost(DRAINED). One that is there still and is not
        named any more is used again, where the executor can. Cheap, if nothing has changed."""
        ...

    @property
    def spot_slots(self) -> int | None:
        """How many of the slots are on spot nodes; None: its nodes are of no market."""
        ...

    def start(self, batch: Sequence[Task]) -> None:
        """Run these one after the other, in the background. An attempt that it knows already
        is not started again. Raises Unavailable: nothing was started."""
        ...

    def stop(self, attempt_id: AttemptId, cause: Cause) -> None:
        """End the attempt, by force: it ends with Lost(cause), or Finished if it just did. Of
        an attempt that it does not know it says Lost(cause)."""
        ...

    def adopt(self, attempt_ids: Collection[AttemptId]) -> Collection[AttemptId]:
        """Of attempts that an earlier controller started, those that still run here and of
        which it will bring news."""
        ...

    def poll(self, timeout_ms: int) -> Sequence[News]:
        """News since the last call; waits for some at most this long."""
        ...

    def wake(self) -> None:
        """Let a `poll` that waits return. From any thread."""
        ...

    def close(self) -> None:
        """End everything that runs. No call follows."""
        ...
