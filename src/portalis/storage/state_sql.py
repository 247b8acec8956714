"""The `State` port on SQL: SQLite in WAL mode, or whatever else SQLAlchemy reaches.

Each commit is one transaction. A job's row carries a version; every commit that concerns the
job writes that row where the version is still the one that was read, so two commits that
would trample on each other cannot both succeed, on any database, without locks of ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal, TypeVar

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.engine import Connection, Engine

from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.storage import ledger_sql, rows
from portalis.storage.tables import (
    ATTEMPT,
    CHARGE,
    EDGE,
    EVENT,
    JOB,
    LEADER,
    META,
    METADATA,
    OUTGOING,
    PROMISE,
    SCHEMA,
    UNIT,
)
from portalis.workload.model.attempt import Attempt, Charge, Heartbeat
from portalis.workload.model.changes import Changes, Outgoing, Promise
from portalis.workload.model.events import LogEvent
from portalis.workload.model.job import Job, Priority
from portalis.workload.model.ledger import Account, AccountKey, Budget
from portalis.workload.model.snapshot import HeldUnit, ReadyUnit, World
from portalis.workload.model.transitions import ACTIVE_JOB, UnitState
from portalis.workload.model.unit import Unit
from portalis.workload.ports import Conflict, Deposed, JobQuery, Unavailable

T = TypeVar("T")
# normal: a commit survives the end of any process; full: also that of the machine's power.
Durability = Literal["normal", "full"]
_BUSY_MS = 10_000
# PostgreSQL's limit of parameters is 65,535, SQLite's 32,766.
_CHUNK = 5_000


class SqlState:
    """`url`: as SQLAlchemy takes it. The tables are made where they are missing. Raises
    Unavailable where the database is of another version of ours or does not answer."""

    def __init__(self, url: str, durability: Durability = "normal") -> None:
        self._engine = _engine(url, durability)
        with self._writing() as connection:
            METADATA.create_all(connection)
            found = connection.execute(sa.select(META.c.value).where(META.c.name == "schema"))
            schema = found.scalar()
            if schema is None:
                connection.execute(META.insert().values(name="schema", value=str(SCHEMA)))
                connection.execute(LEADER.insert().values(id=1, owner="", epoch=0, until_ms=0))
        if schema not in (None, str(SCHEMA)):
            raise Unavailable(f"the database has schema {schema}, this is for schema {SCHEMA}")

    def commit(self, changes: Changes) -> None:
        try:
            with self._writing() as connection:
                _write(connection, changes)
        except exc.IntegrityError as error:
            raise Conflict(str(error.orig)) from error

    def lead(self, owner: str, now_ms: int, span_ms: int) -> int | None:
        with self._writing() as connection:
            row = connection.execute(sa.select(LEADER)).mappings().one()
            mine = row["owner"] == owner
            if not mine and row["owner"] and now_ms < row["until_ms"]:
                return None
            epoch = int(row["epoch"]) + (not mine)
            ours = sa.and_(LEADER.c.owner == row["owner"], LEADER.c.epoch == row["epoch"])
            taken = connection.execute(
                LEADER.update()
                .where(ours)
                .values(owner=owner, epoch=epoch, until_ms=now_ms + span_ms)
            )
            return epoch if taken.rowcount else None

    def resign(self, owner: str) -> None:
        with self._writing() as connection:
            connection.execute(LEADER.update().where(LEADER.c.owner == owner).values(owner=""))

    def epoch(self) -> int:
        with self._reading() as connection:
            return int(connection.execute(sa.select(LEADER.c.epoch)).scalar_one())

    def job(self, job_id: JobId) -> Job | None:
        return self.jobs_by_id((job_id,)).get(job_id)

    def jobs(self, query: JobQuery) -> Sequence[Job]:
        asked = sa.select(JOB).order_by(JOB.c.id.desc()).limit(query.limit)
        if query.tenant_id is not None:
            asked = asked.where(JOB.c.tenant_id == query.tenant_id)
        if query.states:
            asked = asked.where(JOB.c.state.in_([str(state) for state in query.states]))
        if query.before is not None:
            asked = asked.where(JOB.c.id < query.before)
        return [rows.job_of(row) for row in self._all(asked)]

    def jobs_by_id(self, job_ids: Collection[JobId]) -> Mapping[JobId, Job]:
        found = self._by(_JOBS_BY_ID, job_ids)
        return {row["id"]: rows.job_of(row) for row in found}

    def units(self, job_id: JobId, states: Collection[UnitState] = ()) -> Sequence[Unit]:
        asked = sa.select(UNIT).where(UNIT.c.job_id == job_id).order_by(UNIT.c.number)
        if states:
            asked = asked.where(UNIT.c.state.in_([str(state) for state in states]))
        return [rows.unit_of(row) for row in self._all(asked)]

    def units_by_id(self, unit_ids: Collection[UnitId]) -> Mapping[UnitId, Unit]:
        found = self._by(_UNITS_BY_ID, unit_ids)
        return {row["id"]: rows.unit_of(row) for row in found}

    def dependents(self, unit_ids: Collection[UnitId]) -> Mapping[UnitId, Sequence[Unit]]:
        edges: dict[UnitId, list[UnitId]] = defaultdict(list)
        for row in self._by(_EDGES_BY_NEED, unit_ids):
            edges[row["needs"]].append(row["unit_id"])
        units = self.units_by_id(sorted({each for found in edges.values() for each in found}))
        return {needed: [units[each] for each in found] for needed, found in edges.items()}

    def attempts_by_id(self, attempt_ids: Collection[AttemptId]) -> Mapping[AttemptId, Attempt]:
        found = self._by(_ATTEMPTS_BY_ID, attempt_ids)
        return {row["id"]: rows.attempt_of(row) for row in found}

    def attempts_of(self, job_id: JobId) -> Sequence[Attempt]:
        asked = sa.select(ATTEMPT).where(ATTEMPT.c.job_id == job_id)
        order = asked.order_by(ATTEMPT.c.leased_ms, ATTEMPT.c.id)
        return [rows.attempt_of(row) for row in self._all(order)]

    def open_attempts(self) -> Sequence[Attempt]:
        asked = sa.select(ATTEMPT).where(ATTEMPT.c.ended_ms.is_(None)).order_by(ATTEMPT.c.id)
        return [rows.attempt_of(row) for row in self._all(asked)]

    def charges(self, job_id: JobId) -> Sequence[Charge]:
        asked = sa.select(CHARGE).where(CHARGE.c.job_id == job_id)
        order = asked.order_by(CHARGE.c.at_ms, CHARGE.c.attempt_id)
        return [rows.charge_of(row) for row in self._all(order)]

    def charges_since(self, at_ms: int) -> Sequence[Charge]:
        asked = sa.select(CHARGE).where(CHARGE.c.at_ms >= at_ms)
        order = asked.order_by(CHARGE.c.at_ms, CHARGE.c.attempt_id)
        return [rows.charge_of(row) for row in self._all(order)]

    def charges_of(
        self, tenant_id: TenantId | None, from_ms: int, until_ms: int
    ) -> Sequence[Charge]:
        asked = sa.select(CHARGE).where(
            CHARGE.c.leased_ms >= from_ms, CHARGE.c.leased_ms < until_ms
        )
        if tenant_id is not None:
            asked = asked.where(CHARGE.c.tenant_id == tenant_id)
        order = asked.order_by(CHARGE.c.leased_ms, CHARGE.c.attempt_id)
        return [rows.charge_of(row) for row in self._all(order)]

    def accounts(self, keys: Collection[AccountKey]) -> Mapping[AccountKey, Account]:
        with self._reading() as connection:
            return ledger_sql.read_accounts(connection, keys)

    def budgets(self, tenant_ids: Collection[TenantId] | None = None) -> Mapping[TenantId, Budget]:
        with self._reading() as connection:
            return ledger_sql.read_budgets(connection, tenant_ids)

    def put_budget(self, budget: Budget) -> None:
        with self._writing() as connection:
            ledger_sql.write_budget(connection, budget)

    def events(self, job_id: JobId, after: int = 0, limit: int = 1000) -> Sequence[LogEvent]:
        asked = (
            sa.select(EVENT)
            .where(EVENT.c.job_id == job_id, EVENT.c.number > after)
            .order_by(EVENT.c.number)
            .limit(limit)
        )
        return [rows.event_of(row) for row in self._all(asked)]

    def outgoing(self, limit: int) -> Sequence[Outgoing]:
        asked = sa.select(OUTGOING).order_by(OUTGOING.c.number).limit(limit)
        return [rows.outgoing_of(row) for row in self._all(asked)]

    def promise(self, tenant_id: TenantId, key: str) -> Promise | None:
        asked = sa.select(PROMISE).where(PROMISE.c.tenant_id == tenant_id, PROMISE.c.key == key)
        found = self._all(asked)
        return rows.promise_of(found[0]) if found else None

    def world(self, window: int, jobs: int) -> World:
        with self._reading() as connection:
            bounds = {"window": window, "jobs": jobs}
            ready = connection.execute(_READY, bounds).mappings().all()
            held = connection.execute(_HELD).mappings().all()
        return World(
            ready=tuple(
                ReadyUnit(**{**row, "priority": Priority(row["priority"])}) for row in ready
            ),
            held=tuple(
                HeldUnit(
                    **{
                        **row,
                        "priority": Priority(row["priority"]),
                        "state": UnitState(row["state"]),
                    }
                )
                for row in held
            ),
        )

    def due(self, now_ms: int) -> Sequence[Unit]:
        asked = sa.select(UNIT).where(
            UNIT.c.state == UnitState.BACKOFF.value, UNIT.c.due_ms <= now_ms
        )
        return [rows.unit_of(row) for row in self._all(asked.order_by(UNIT.c.id))]

    def tenants(self) -> Sequence[TenantId]:
        asked = sa.select(JOB.c.tenant_id).distinct().order_by(JOB.c.tenant_id)
        return [row["tenant_id"] for row in self._all(asked)]

    def object_keys(self) -> Collection[str]:
        named = sa.union_all(
            sa.select(JOB.c.sources), sa.select(UNIT.c.result).where(UNIT.c.result != "")
        )
        with self._reading() as connection:
            return set(connection.execute(named).scalars())

    def close(self) -> None:
        self._engine.dispose()

    def _all(self, asked: sa.Select[Any]) -> Sequence[rows.Row]:
        with self._reading() as connection:
            return [dict(row) for row in connection.execute(asked).mappings()]

    def _by(self, asked: sa.Select[Any], ids: Collection[str]) -> list[rows.Row]:
        found: list[rows.Row] = []
        wanted = list(ids)
        for start in range(0, len(wanted), _CHUNK):
            with self._reading() as connection:
                some = connection.execute(asked, {"ids": wanted[start : start + _CHUNK]})
                found += [dict(row) for row in some.mappings()]
        return found

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _reachable(), self._engine.connect() as connection:
            # Of several selects of one read, all see the same.
            same = "REPEATABLE READ" if self._engine.dialect.name == "postgresql" else None
            yield connection.execution_options(**({"isolation_level": same} if same else {}))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _reachable(), self._engine.connect() as connection:
            writer = connection.execution_options(portalis_writes=True)
            with writer.begin():
                yield writer


@contextmanager
def _reachable() -> Iterator[None]:
    """Failures of the world in the port's words."""
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError) as error:
        raise Unavailable(f"the database does not answer: {error.orig}") from error


def _engine(url: str, durability: Durability) -> Engine:
    """Raises ValueError for a URL that is none, ImportError where its extra is missing."""
    try:
        engine = sa.create_engine(driven(url))
    except exc.ArgumentError as error:
        raise ValueError(f"no URL of a database: {error}") from error
    except ImportError as error:
        raise ImportError("PostgreSQL needs: pip install 'portalis[postgres]'") from error
    if engine.dialect.name == "sqlite":
        _tune_sqlite(engine, durability)
    return engine


def driven(url: str) -> str:
    """The URL with the driver that we bring, where it names none."""
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return f"postgresql+psycopg://{url.removeprefix(scheme)}"
    return url


def _tune_sqlite(engine: Engine, durability: Durability) -> None:
    """Transactions as we say them: a writer takes its lock when it begins, for one that
    begins as a reader could not become a writer after another one's commit."""

    @sa.event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - of the driver
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA synchronous={durability.upper()}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("portalis_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _write(connection: Connection, changes: Changes) -> None:
    if changes.epoch is not None:
        _guard_epoch(connection, changes.epoch)
    _write_jobs(connection, changes.jobs)
    fresh = [unit for unit in changes.units if unit.id in changes.new_units]
    old = [unit for unit in changes.units if unit.id not in changes.new_units]
    _insert(connection, UNIT, [rows.row_of(unit) for unit in fresh])
    edges = [{"needs": n, "unit_id": unit.id} for unit in fresh for n in unit.depends_on]
    _insert(connection, EDGE, edges)
    _update(connection, UNIT, old)
    opened = [attempt for attempt in changes.attempts if attempt.ended_ms is None]
    closed = [attempt for attempt in changes.attempts if attempt.ended_ms is not None]
    _insert(connection, ATTEMPT, [rows.row_of(attempt) for attempt in opened])
    _update(connection, ATTEMPT, closed)
    _insert(connection, CHARGE, [rows.row_of(charge) for charge in changes.charges])
    ledger_sql.write_entries(connection, changes.entries)
    _insert(connection, EVENT, [rows.row_of(event) for event in changes.events])
    _insert(connection, PROMISE, [rows.row_of(promise) for promise in changes.promises])
    _insert(connection, OUTGOING, [rows.row_of(each) for each in changes.outgoing])
    if changes.delivered:
        connection.execute(_DELIVERED, [{"the_key": key} for key in changes.delivered])
    if changes.heartbeats:
        connection.execute(_BEAT, [_beat(beat) for beat in changes.heartbeats])


def _guard_epoch(connection: Connection, epoch: int) -> None:
    # An update, not a select: where readers do not block, two controllers must meet here.
    guard = LEADER.update().where(LEADER.c.epoch == epoch).values(id=1)
    if not connection.execute(guard).rowcount:
        raise Deposed(f"epoch {epoch} is over")


def _write_jobs(connection: Connection, jobs: Sequence[Job]) -> None:
    fresh = [{**rows.row_of(job), "version": 1} for job in jobs if not job.version]
    _insert(connection, JOB, fresh)
    old = [job for job in jobs if job.version]
    given = [
        {**_new(JOB, job), "new_version": job.version + 1, "old_version": job.version}
        for job in old
    ]
    # Where a driver does not say how many rows many updates met, each is made by itself.
    together = connection.dialect.supports_sane_multi_rowcount
    for part in [given] if together else [[each] for each in given]:
        if part and connection.execute(_UPDATE_JOB, part).rowcount != len(part):
            raise Conflict(f"one of {len(part)} jobs was changed")


def _insert(connection: Connection, table: sa.Table, values: Sequence[dict[str, Any]]) -> None:
    if values:
        connection.execute(table.insert(), list(values))


def _update(connection: Connection, table: sa.Table, values: Sequence[Any]) -> None:
    if values:
        connection.execute(_UPDATES[table.name], [_new(table, value) for value in values])


# What of a row changes after it was inserted.
_CHANGING = {
    JOB.name: (
        "state",
        "started_ms",
        "ended_ms",
        "reason",
        "units",
        "last_event",
        "version",
        "wants_microusd",
        "cost_microusd",
    ),
    UNIT.name: (
        *("state", "waits_for", "memory_mb", "fence", "tries", "died_at", "avoid", "due_ms"),
        *("ready_ms", "result", "summary", "cause", "message"),
    ),
    ATTEMPT.name: ("place", "running_ms", "ended_ms", "outcome", "cause", "expires_ms"),
}


def _new(table: sa.Table, value: Any) -> dict[str, Any]:  # noqa: ANN401 - a row's value
    """The parameters of an update: a column's own name is taken by its old value."""
    names = _CHANGING[table.name]
    given = {f"new_{name}": rows.plain(getattr(value, name)) for name in names}
    return {**given, "the_id": value.id}


def _update_by_id(table: sa.Table) -> sa.Update:
    values: dict[str, Any] = {n: sa.bindparam(f"new_{n}") for n in _CHANGING[table.name]}
    return table.update().where(table.c.id == sa.bindparam("the_id")).values(values)


# Statements are made once: to make one takes several times as long as to run it.
_UPDATES = {table.name: _update_by_id(table) for table in (UNIT, ATTEMPT)}
_UPDATE_JOB = _update_by_id(JOB).where(JOB.c.version == sa.bindparam("old_version"))
_DELIVERED = OUTGOING.delete().where(OUTGOING.c.key == sa.bindparam("the_key"))
_BEAT = (
    ATTEMPT.update()
    .where(ATTEMPT.c.id == sa.bindparam("new_attempt_id"), ATTEMPT.c.ended_ms.is_(None))
    .values(
        expires_ms=sa.bindparam("new_expires_ms"),
        place=sa.bindparam("new_place"),
        running_ms=sa.bindparam("new_running_ms"),
    )
)


def _beat(beat: Heartbeat) -> dict[str, Any]:
    return {f"new_{name}": item for name, item in rows.row_of(beat).items()}


def _select_by(table: sa.Table, column: sa.Column[Any]) -> sa.Select[Any]:
    return sa.select(table).where(column.in_(sa.bindparam("ids", expanding=True)))


_JOBS_BY_ID = _select_by(JOB, JOB.c.id)
_UNITS_BY_ID = _select_by(UNIT, UNIT.c.id)
_ATTEMPTS_BY_ID = _select_by(ATTEMPT, ATTEMPT.c.id)
_EDGES_BY_NEED = _select_by(EDGE, EDGE.c.needs)


def _ready() -> sa.Select[Any]:
    place = (
        sa.func.row_number()
        .over(partition_by=UNIT.c.job_id, order_by=(UNIT.c.predicted_ms.desc(), UNIT.c.id))
        .label("place")
    )
    age = (
        sa.func.dense_rank()
        .over(partition_by=(JOB.c.tenant_id, JOB.c.priority), order_by=UNIT.c.job_id)
        .label("age")
    )
    found = (
        sa.select(
            UNIT.c.id,
            UNIT.c.job_id,
            JOB.c.tenant_id,
            JOB.c.priority,
            JOB.c.created_ms.label("job_ms"),
            sa.func.coalesce(UNIT.c.ready_ms, 0).label("ready_ms"),
            UNIT.c.predicted_ms,
            UNIT.c.cache_key,
            JOB.c.limit_microusd.label("job_limit_microusd"),
            place,
            age,
        )
        .join(JOB, JOB.c.id == UNIT.c.job_id)
        .where(UNIT.c.state == UnitState.READY.value)
        .where(JOB.c.state.in_([state.value for state in sorted(ACTIVE_JOB)]))
        .subquery()
    )
    kept = [column for column in found.c if column.name not in ("place", "age")]
    bounds = (found.c.place <= sa.bindparam("window"), found.c.age <= sa.bindparam("jobs"))
    return sa.select(*kept).where(*bounds)


_READY = _ready()
_HELD = (
    sa.select(
        UNIT.c.id,
        ATTEMPT.c.id.label("attempt_id"),
        ATTEMPT.c.job_id,
        ATTEMPT.c.tenant_id,
        JOB.c.priority,
        UNIT.c.state,
        ATTEMPT.c.leased_ms,
        UNIT.c.predicted_ms,
        ATTEMPT.c.running_ms,
        UNIT.c.cache_key,
    )
    .join(UNIT, UNIT.c.id == ATTEMPT.c.unit_id)
    .join(JOB, JOB.c.id == ATTEMPT.c.job_id)
    .where(ATTEMPT.c.ended_ms.is_(None))
)
