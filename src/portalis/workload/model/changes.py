"""Changes: everything that one commit writes, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portalis.core.digest import Json
from portalis.core.ids import JobId, TenantId, UnitId
from portalis.workload.model.attempt import Attempt, Charge, Heartbeat
from portalis.workload.model.events import LogEvent
from portalis.workload.model.job import Job
from portalis.workload.model.ledger import Entry, Node
from portalis.workload.model.transitions import Order
from portalis.workload.model.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """An order for an adapter. key: unique; the same order written twice is one.

    subject: the attempt to start or stop; the job whose event to notify of.
    """

    key: str
    order: Order
    subject: str
    job_id: JobId
    created_ms: int
    detail: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """An idempotency key and what its first use was: the same key with another digest is
    refused, with the same one it is answered with the same job."""

    tenant_id: TenantId
    key: str
    request_digest: str
    job_id: JobId
    created_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What becomes true at once, or not at all.

    jobs: a job with version 0 is new; another must still have the version it was read with.
        The jobs of all units that are written are among them.
    epoch: the controller's, where a controller writes: it must still be the newest.
    delivered: keys of orders that have reached their adapter.
    """

    jobs: tuple[Job, ...] = ()
    units: tuple[Unit, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    charges: tuple[Charge, ...] = ()
    events: tuple[LogEvent, ...] = ()
    outgoing: tuple[Outgoing, ...] = ()
    delivered: tuple[str, ...] = ()
    heartbeats: tuple[Heartbeat, ...] = ()
    promises: tuple[Promise, ...] = ()
    entries: tuple[Entry, ...] = ()
    nodes: tuple[Node, ...] = ()
    epoch: int | None = None
    new_units: frozenset[UnitId] = field(default_factory=frozenset)

    @property
    def is_empty(self) -> bool:
        return not (
            self.jobs
            or self.units
            or self.attempts
            or self.charges
            or self.events
            or self.outgoing
            or self.delivered
            or self.heartbeats
            or self.promises
            or self.entries
            or self.nodes
        )
