"""What the scheduler sees of the tables: units that are ready, and those that are held."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from portalis.storage.tables import ATTEMPT, JOB, UNIT
from portalis.workload.model.job import Priority
from portalis.workload.model.snapshot import Group, HeldUnit, ReadyUnit, World
from portalis.workload.model.transitions import ACTIVE_JOB, UnitState

ACTIVE: Final = [state.value for state in sorted(ACTIVE_JOB)]


def _ready(some: bool) -> sa.Select[Any]:
    """Jobs are found by the index of states, which has their ids, and put in order by age; only
    of those that are looked at the units are read. some: of some groups."""
    waiting = sa.select(UNIT.c.job_id).where(UNIT.c.state == UnitState.READY.value).distinct().cte()
    age = (
        sa.func.row_number()
        .over(partition_by=(JOB.c.tenant_id, JOB.c.priority), order_by=JOB.c.id)
        .label("age")
    )
    columns = (JOB.c.id, JOB.c.tenant_id, JOB.c.priority, JOB.c.created_ms, JOB.c.limit_microusd)
    aged = (
        sa.select(*columns, JOB.c.size, age)
        .join(waiting, waiting.c.job_id == JOB.c.id)
        .where(JOB.c.state.in_(ACTIVE))
    )
    if some:
        group = sa.tuple_(JOB.c.tenant_id, JOB.c.priority)
        aged = aged.where(group.in_(sa.bindparam("groups", expanding=True)))
    every = aged.subquery()
    job = sa.select(every).where(every.c.age <= sa.bindparam("jobs")).cte()
    place = (
        sa.func.row_number()
        .over(partition_by=UNIT.c.job_id, order_by=(UNIT.c.predicted_ms.desc(), UNIT.c.id))
        .label("place")
    )
    found = (
        sa.select(
            UNIT.c.id,
            UNIT.c.job_id,
            job.c.tenant_id,
            job.c.priority,
            job.c.created_ms.label("job_ms"),
            sa.func.coalesce(UNIT.c.ready_ms, 0).label("ready_ms"),
            UNIT.c.predicted_ms,
            UNIT.c.cache_key,
            job.c.limit_microusd.label("job_limit_microusd"),
            job.c.size,
            UNIT.c.memory_mb,
            UNIT.c.gpus,
            UNIT.c.gpu_mb,
            place,
        )
        .join(job, job.c.id == UNIT.c.job_id)
        .where(UNIT.c.state == UnitState.READY.value)
        .subquery()
    )
    kept = [column for column in found.c if column.name != "place"]
    return sa.select(*kept).where(found.c.place <= sa.bindparam("window"))


_READY = _ready(some=False)
_READY_OF = _ready(some=True)
_HELD = (
    sa.select(
        UNIT.c.id,
        ATTEMPT.c.id.label("attempt_id"),
        ATTEMPT.c.job_id,
        ATTEMPT.c.tenant_id,
        JOB.c.priority,
        ATTEMPT.c.leased_ms,
        UNIT.c.predicted_ms,
        ATTEMPT.c.running_ms,
        UNIT.c.cache_key,
        JOB.c.size,
        UNIT.c.memory_mb,
        ATTEMPT.c.gpus,
        ATTEMPT.c.batch,
        UNIT.c.gpu_mb,
        UNIT.c.state,
    )
    .join(UNIT, UNIT.c.id == ATTEMPT.c.unit_id)
    .join(JOB, JOB.c.id == ATTEMPT.c.job_id)
    .where(ATTEMPT.c.ended_ms.is_(None))
)
_READY_NAMES: Final = tuple(_READY.selected_columns.keys())
_HELD_NAMES: Final = tuple(_HELD.selected_columns.keys())[:-1]
_PRIORITIES: Final = {each.value: each for each in Priority}
_STATES: Final = {each.value: each for each in UnitState}


def world(connection: Connection, window: int, jobs: int) -> World:
    """See `State.world`."""
    found = connection.execute(_READY, {"window": window, "jobs": jobs}).fetchall()
    held = connection.execute(_HELD).fetchall()
    return World(
        ready=_ready_units(found),
        held=tuple(HeldUnit(**_fields(_HELD_NAMES, row), state=_STATES[row[-1]]) for row in held),
    )


def ready(
    connection: Connection, window: int, jobs: int, groups: Collection[Group]
) -> Sequence[ReadyUnit]:
    """See `State.ready`."""
    if not groups:
        return ()
    asked = [(tenant_id, priority.value) for tenant_id, priority in sorted(groups)]
    bounds = {"window": window, "jobs": jobs, "groups": asked}
    return _ready_units(connection.execute(_READY_OF, bounds).fetchall())


def _ready_units(rows: Iterable[Sequence[Any]]) -> tuple[ReadyUnit, ...]:
    return tuple(ReadyUnit(**_fields(_READY_NAMES, row)) for row in rows)


def _fields(names: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    found = dict(zip(names, row, strict=False))
    found["priority"] = _PRIORITIES[found["priority"]]
    return found
