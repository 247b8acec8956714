"""What the scheduler sees, and what it answers: values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.workload.model.job import Priority
from portalis.workload.model.transitions import UnitState

# Jobs of one tenant and class: they go by age.
Group: TypeAlias = tuple[TenantId, Priority]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpu:
    """One device. spot: its node may be taken away at a short notice."""

    id: str
    node: str
    memory_mb: int
    spot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyUnit:
    """A unit that could be leased. job_ms: when its job was submitted. job_limit_microusd: what
    its job may cost. size: of its job. memory_mb, gpus, gpu_mb: as in `Unit`."""

    id: UnitId
    job_id: JobId
    tenant_id: TenantId
    priority: Priority
    job_ms: int
    ready_ms: int
    predicted_ms: int
    cache_key: str = ""
    job_limit_microusd: int | None = None
    size: str = "xlarge"
    memory_mb: int = 0
    gpus: int = 0
    gpu_mb: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldUnit:
    """A unit that an executor has. running_ms: since when it runs; None: in the window. gpus:
    ids of those that it has, with spaces between; gpu_mb: memory of each. batch: as in
    `Attempt`: one worker has what is of one batch."""

    id: UnitId
    attempt_id: AttemptId
    job_id: JobId
    tenant_id: TenantId
    priority: Priority
    state: UnitState
    leased_ms: int
    predicted_ms: int
    running_ms: int | None = None
    cache_key: str = ""
    size: str = "xlarge"
    memory_mb: int = 0
    gpus: str = ""
    gpu_mb: int = 0
    batch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the store says of the moment.

    ready: the most promising units of the oldest jobs, not all: enough to fill the window.
    """

    ready: tuple[ReadyUnit, ...] = ()
    held: tuple[HeldUnit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What one tick decides by.

    slots: how many units the executor runs at once; 0: it is not there now.
    usage_ms: slot time that a tenant used lately, older use counting less.
    left_microusd: what a tenant, or a job, may still hold; those without a limit are missing.
    rate_microusd_h: what a slot costs.
    gpus: that the executor has.
    cut: of these there are more jobs that have something ready than are seen here.
    spot_slots: how many of the slots are on spot nodes; None: its nodes are of no market.
    """

    now_ms: int
    slots: int
    world: World
    usage_ms: Mapping[TenantId, float] = field(default_factory=dict)
    left_microusd: Mapping[str, int] = field(default_factory=dict)
    rate_microusd_h: int = 0
    gpus: tuple[Gpu, ...] = ()
    cut: frozenset[Group] = frozenset()
    spot_slots: int | None = None


class WaitReason(StrEnum):
    """Why a unit is not leased: what a tick says of those that are ready, and what the others
    wait for."""

    CAPACITY = "capacity"
    PRIORITY = "priority"
    QUOTA = "quota"
    QUEUE = "queue"
    SIZE = "size"
    RESERVED = "reserved"
    GPU = "gpu"
    SPOT = "spot"
    BUDGET = "budget"
    SAME_IN_FLIGHT = "same_in_flight"
    NO_EXECUTOR = "no_executor"
    DEPENDENCIES = "dependencies"
    RETRY = "retry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """These units get a lease and are run by one worker, one after the other. gpus: those that
    they have meanwhile. spot: on a spot node and on no other."""

    units: tuple[UnitId, ...]
    rank: int
    reason: str
    gpus: tuple[str, ...] = ()
    spot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Preempt:
    """This attempt is to make room for that unit."""

    attempt_id: AttemptId
    unit_id: UnitId
    for_unit: UnitId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Why the units of a job that are ready go on waiting, in words and as a code."""

    job_id: JobId
    units: int
    reason: WaitReason
    text: str
    wants_microusd: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The answer of one tick. short: of these more jobs have to be seen: those that were are
    dealt with, and there was room for more."""

    grants: tuple[Grant, ...] = ()
    preempts: tuple[Preempt, ...] = ()
    waits: tuple[Wait, ...] = ()
    short: frozenset[Group] = frozenset()
