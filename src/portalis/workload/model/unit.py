"""A unit: the smallest piece of a job that is run, retried, charged and kept by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portalis.core.digest import Json
from portalis.core.ids import JobId, UnitId
from portalis.workload.model.retry import Cause
from portalis.workload.model.transitions import HELD, UnitState


class Engine(StrEnum):
    """What translates a unit. rules: the compiler, on a slot of the CPU. model: a model, on
    GPUs, where the rules do not reach."""

    RULES = "rules"
    MODEL = "model"


class UnitKind(StrEnum):
    """plan: divides the job's sources into the other units. translate: one part of the
    program."""

    PLAN = "plan"
    TRANSLATE = "translate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit.

    number: within its job; the plan is 0.
    spec: what the executor needs besides the sources, the options and the results of the
        units that it depends on.
    waits_for: how many of `depends_on` are not done yet.
    predicted_ms: of work; the scheduler's measure, never a limit.
    memory_mb: what is set aside for an attempt; 0: it shares its node with others.
    gpus: how many GPUs it needs; gpu_mb: memory of each, 0: as much as there is.
    cache_key: of its result; empty: not cached.
    fence: the number of its newest lease; a result under an older one is void.
    tries: attempts lost, by cause, since it was planned or revived.
    died_at: places that died under it. avoid: where the next attempt should not be.
    due_ms: in backoff, when it is ready again. ready_ms: since when it is ready.
    result: key of the object that holds what it made; summary: of that, for those who list.
    message: what the last attempt without a result said.
    """

    id: UnitId
    job_id: JobId
    number: int
    kind: UnitKind
    state: UnitState
    name: str = ""
    spec: Mapping[str, Json] = field(default_factory=dict)
    depends_on: tuple[UnitId, ...] = ()
    waits_for: int = 0
    predicted_ms: int = 0
    memory_mb: int = 0
    gpus: int = 0
    gpu_mb: int = 0
    cache_key: str = ""
    fence: int = 0
    tries: Mapping[Cause, int] = field(default_factory=dict)
    died_at: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    due_ms: int | None = None
    ready_ms: int | None = None
    result: str = ""
    summary: Mapping[str, Json] = field(default_factory=dict)
    cause: Cause | None = None
    message: str = ""

    @property
    def is_held(self) -> bool:
        return self.state in HELD


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPlan:
    """A unit that a plan asks for. depends_on: numbers of units of the same job."""

    number: int
    kind: UnitKind = UnitKind.TRANSLATE
    name: str = ""
    spec: Mapping[str, Json] = field(default_factory=dict)
    depends_on: tuple[int, ...] = ()
    predicted_ms: int = 0
    memory_mb: int = 0
    engine: Engine = Engine.RULES
    cache_key: str = ""
