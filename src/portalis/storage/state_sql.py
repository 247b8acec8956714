"""The `State` port on SQL: SQLite in WAL mode, or whatever else SQLAlchemy reaches.

Each commit is one transaction. A job's row carries a version; every commit that concerns the
job writes that row where the version is still the one that was read, so two commits that
would trample on each other cannot both succeed, on any database, without locks of ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.engine import Connection, Dialect, Engine

from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.storage import codecs, leader_sql, ledger_sql, world_sql
from portalis.storage.codecs import Codec
from portalis.storage.ledger_sql import Ledger
from portalis.storage.statements import Statements, run
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
from portalis.storage.together import Together
from portalis.storage.turns import Turn
from portalis.workload.model.attempt import Attempt, Charge
from portalis.workload.model.changes import Changes, Outgoing, Promise
from portalis.workload.model.events import LogEvent
from portalis.workload.model.job import Job, Priority
from portalis.workload.model.ledger import Account, AccountKey, Budget, Node
from portalis.workload.model.snapshot import Group, ReadyUnit, World
from portalis.workload.model.tally import Choice
from portalis.workload.model.transitions import ENDED_JOB, JobState, UnitState
from portalis.workload.model.unit import Unit
from portalis.workload.model.worker import Worker
from portalis.workload.ports import Conflict, Deposed, JobQuery, Unavailable

T = TypeVar("T")
# normal: a commit survives the end of any process; full: also that of the machine's power.
Durability = Literal["normal", "full"]
_BUSY_MS = 10_000
# Of connections to a file: as many as there are threads to answer requests, since to open one for a
# moment costs as much as what is asked by it. Those that were used last are used first.
_POOL: Final = {"pool_size": 50, "pool_use_lifo": True}


class SqlState:
    """`url`: as SQLAlchemy takes it. The tables are made where they are missing. Raises
    Unavailable where the database is of another version of ours or does not answer."""

    def __init__(self, url: str, durability: Durability = "normal") -> None:
        self._engine = _engine(url, durability)
        self._told: list[Callable[[Changes], None]] = []
        self._writer = _Writer(self._engine.dialect)
        self._turn: Turn | None = None
        self._together: Together | None = None
        if self._engine.dialect.name == "sqlite":
            self._turn = Turn(_turn_file(self._engine))
            self._together = Together(self._turn, self._transaction, self._writer.write)
        sql = Statements(self._engine.dialect)
        self._ledger = Ledger(sql)
        self._many = sql.many
        self._by_id: dict[Codec[Any], str] = {
            codec: sql.select(codec.table, codec.names, "id")
            for codec in (codecs.JOBS, codecs.UNITS, codecs.ATTEMPTS)
        }
        self._edges = sql.select(EDGE, ("needs", "unit_id"), "needs")
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
            if self._together is not None:
                with _reachable():
                    self._together.commit(changes)
            else:
                with self._writing() as connection:
                    self._writer.write(connection, changes)
        except exc.IntegrityError as error:
            raise Conflict(str(error.orig)) from error
        for tell in self._told:
            tell(changes)

    def on_commit(self, tell: Callable[[Changes], None]) -> None:
        self._told.append(tell)

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

    def leader(self) -> str:
        with self._reading() as connection:
            return str(connection.execute(sa.select(LEADER.c.owner)).scalar_one())

    def epoch(self) -> int:
        with self._reading() as connection:
            return int(connection.execute(sa.select(LEADER.c.epoch)).scalar_one())

    def job(self, job_id: JobId) -> Job | None:
        return self.jobs_by_id((job_id,)).get(job_id)

    def jobs(self, query: JobQuery) -> Sequence[Job]:
        asked = _select(codecs.JOBS).order_by(JOB.c.id.desc()).limit(query.limit)
        if query.tenant_id is not None:
            asked = asked.where(JOB.c.tenant_id == query.tenant_id)
        if query.states:
            asked = asked.where(JOB.c.state.in_([str(state) for state in query.states]))
        if query.before is not None:
            asked = asked.where(JOB.c.id < query.before)
        if query.since_ms is not None:
            ended_ms = JOB.c.ended_ms
            asked = asked.where(sa.or_(ended_ms.is_(None), ended_ms >= query.since_ms))
        return self._all(codecs.JOBS, asked)

    def jobs_by_id(self, job_ids: Collection[JobId]) -> Mapping[JobId, Job]:
        return {job.id: job for job in self._found(codecs.JOBS, job_ids)}

    def units(self, job_id: JobId, states: Collection[UnitState] = ()) -> Sequence[Unit]:
        asked = _select(codecs.UNITS).where(UNIT.c.job_id == job_id).order_by(UNIT.c.number)
        if states:
            asked = asked.where(UNIT.c.state.in_([str(state) for state in states]))
        return self._all(codecs.UNITS, asked)

    def units_by_id(self, unit_ids: Collection[UnitId]) -> Mapping[UnitId, Unit]:
        return {unit.id: unit for unit in self._found(codecs.UNITS, unit_ids)}

    def dependents(self, unit_ids: Collection[UnitId]) -> Mapping[UnitId, Sequence[Unit]]:
        edges: dict[UnitId, list[UnitId]] = defaultdict(list)
        for row in self._by(self._edges, unit_ids):
            edges[row[0]].append(row[1])
        units = self.units_by_id(sorted({each for found in edges.values() for each in found}))
        return {needed: [units[each] for each in found] for needed, found in edges.items()}

    def attempts_by_id(self, attempt_ids: Collection[AttemptId]) -> Mapping[AttemptId, Attempt]:
        return {each.id: each for each in self._found(codecs.ATTEMPTS, attempt_ids)}

    def attempts_of(self, job_id: JobId) -> Sequence[Attempt]:
        asked = _select(codecs.ATTEMPTS).where(ATTEMPT.c.job_id == job_id)
        order = asked.order_by(ATTEMPT.c.leased_ms, ATTEMPT.c.id)
        return self._all(codecs.ATTEMPTS, order)

    def overdue(self, now_ms: int) -> Sequence[Attempt]:
        return self._all(codecs.ATTEMPTS, _OVERDUE, {"now_ms": now_ms})

    def open_attempts(self) -> Sequence[Attempt]:
        asked = _select(codecs.ATTEMPTS).where(ATTEMPT.c.ended_ms.is_(None)).order_by(ATTEMPT.c.id)
        return self._all(codecs.ATTEMPTS, asked)

    def charges(self, job_id: JobId) -> Sequence[Charge]:
        asked = _select(codecs.CHARGES).where(CHARGE.c.job_id == job_id)
        order = asked.order_by(CHARGE.c.at_ms, CHARGE.c.attempt_id)
        return self._all(codecs.CHARGES, order)

    def charges_since(self, at_ms: int) -> Sequence[Charge]:
        asked = _select(codecs.CHARGES).where(CHARGE.c.at_ms >= at_ms)
        order = asked.order_by(CHARGE.c.at_ms, CHARGE.c.attempt_id)
        return self._all(codecs.CHARGES, order)

    def charges_of(
        self, tenant_id: TenantId | None, from_ms: int, until_ms: int
    ) -> Sequence[Charge]:
        leased_ms = CHARGE.c.leased_ms
        asked = _select(codecs.CHARGES).where(leased_ms >= from_ms, leased_ms < until_ms)
        if tenant_id is not None:
            asked = asked.where(CHARGE.c.tenant_id == tenant_id)
        return self._all(codecs.CHARGES, asked.order_by(leased_ms, CHARGE.c.attempt_id))

    def accounts(self, keys: Collection[AccountKey]) -> Mapping[AccountKey, Account]:
        with self._reading() as connection:
            return self._ledger.accounts(connection, keys)

    def budgets(self, tenant_ids: Collection[TenantId] | None = None) -> Mapping[TenantId, Budget]:
        with self._reading() as connection:
            return self._ledger.budgets(connection, tenant_ids)

    def put_budget(self, budget: Budget) -> None:
        with self._writing() as connection:
            ledger_sql.write_budget(connection, budget)

    def nodes(self, from_ms: int, until_ms: int) -> Sequence[Node]:
        with self._reading() as connection:
            return ledger_sql.read_nodes(connection, from_ms, until_ms)

    def workers(self) -> Sequence[Worker]:
        with self._reading() as connection:
            return leader_sql.read_workers(connection)

    def keep_workers(self, slots: Mapping[str, int], now_ms: int) -> None:
        with self._writing() as connection:
            leader_sql.write_workers(connection, slots, now_ms)

    def drain_worker(self, place: str, drain_ms: int | None) -> bool:
        with self._writing() as connection:
            return leader_sql.write_drain(connection, place, drain_ms)

    def add_choices(self, counts: Mapping[Choice, int]) -> None:
        with self._writing() as connection:
            leader_sql.add_choices(connection, counts)

    def choices(self) -> Mapping[Choice, int]:
        with self._reading() as connection:
            return leader_sql.read_choices(connection)

    def events(self, job_id: JobId, after: int = 0, limit: int = 1000) -> Sequence[LogEvent]:
        asked = (
            _select(codecs.EVENTS)
            .where(EVENT.c.job_id == job_id, EVENT.c.number > after)
            .order_by(EVENT.c.number)
            .limit(limit)
        )
        return self._all(codecs.EVENTS, asked)

    def outgoing(self, limit: int) -> Sequence[Outgoing]:
        return self._all(codecs.ORDERS, _ORDERED, {"most": limit})

    def promise(self, tenant_id: TenantId, key: str) -> Promise | None:
        asked = _select(codecs.PROMISES).where(
            PROMISE.c.tenant_id == tenant_id, PROMISE.c.key == key
        )
        return next(iter(self._all(codecs.PROMISES, asked)), None)

    def world(self, window: int, jobs: int) -> World:
        with self._reading() as connection:
            return world_sql.world(connection, window, jobs)

    def ready(self, window: int, jobs: int, groups: Collection[Group]) -> Sequence[ReadyUnit]:
        with self._reading() as connection:
            return world_sql.ready(connection, window, jobs, groups)

    def ahead(self, job: Job) -> int:
        asked = (
            sa.select(sa.func.count(sa.distinct(UNIT.c.job_id)))
            .join(JOB, JOB.c.id == UNIT.c.job_id)
            .where(UNIT.c.state == UnitState.READY.value, JOB.c.id < job.id)
            .where(JOB.c.tenant_id == job.tenant_id, JOB.c.priority == job.priority.value)
            .where(JOB.c.state.in_(world_sql.ACTIVE))
        )
        with self._reading() as connection:
            return int(connection.execute(asked).scalar_one())

    def open_jobs(self, priority: Priority | None, tenant_id: TenantId | None, most: int) -> int:
        found = sa.select(sa.literal(1)).where(JOB.c.state.in_(_OPEN))
        if priority is not None:
            found = found.where(JOB.c.priority == priority.value)
        if tenant_id is not None:
            # Not by the index of tenants, which has all that ended, too.
            found = found.where(JOB.c.tenant_id + "" == tenant_id)
        some = found.limit(most).subquery()
        with self._reading() as connection:
            return int(
                connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one()
            )

    def due(self, now_ms: int) -> Sequence[Unit]:
        return self._all(codecs.UNITS, _DUE, {"now_ms": now_ms})

    def tenants(self) -> Sequence[TenantId]:
        asked = sa.select(JOB.c.tenant_id).distinct().order_by(JOB.c.tenant_id)
        with self._reading() as connection:
            return list(connection.execute(asked).scalars())

    def object_keys(self) -> Collection[str]:
        named = sa.union_all(
            sa.select(JOB.c.sources), sa.select(UNIT.c.result).where(UNIT.c.result != "")
        )
        with self._reading() as connection:
            return set(connection.execute(named).scalars())

    def close(self) -> None:
        self._engine.dispose()
        if self._turn is not None:
            self._turn.close()

    def _all(
        self, codec: Codec[T], asked: sa.Select[Any], given: Mapping[str, Any] | None = None
    ) -> list[T]:
        with self._reading() as connection:
            return [codec.value(row) for row in connection.execute(asked, given).fetchall()]

    def _found(self, codec: Codec[T], ids: Collection[str]) -> list[T]:
        return [codec.value(row) for row in self._by(self._by_id[codec], ids)]

    def _by(self, statement: str, ids: Collection[str]) -> Sequence[Sequence[Any]]:
        if not ids:
            return ()
        with self._reading() as connection:
            return connection.exec_driver_sql(statement, self._many(ids)).fetchall()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _reachable(), self._engine.connect() as connection:
            # Of several selects of one read, all see the same.
            same = "REPEATABLE READ" if self._engine.dialect.name == "postgresql" else None
            yield connection.execution_options(**({"isolation_level": same} if same else {}))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._turn or nullcontext(), self._transaction() as connection:
            yield connection

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
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
        engine = sa.create_engine(driven(url), **(_POOL if url.startswith("sqlite") else {}))
    except exc.ArgumentError as error:
        raise ValueError(f"no URL of a database: {error}") from error
    except ImportError as error:
        raise ImportError("PostgreSQL needs: pip install 'portalis[postgres]'") from error
    if engine.dialect.name == "sqlite":
        _tune_sqlite(engine, durability)
    return engine


def _turn_file(engine: Engine) -> Path | None:
    """Beside the database, where that is a file."""
    name = engine.url.database
    return Path(f"{name}.turn") if name and ":memory:" not in name else None


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


# What of a row changes after it was inserted.
_CHANGING: Final = {
    JOB: (
        *("state", "started_ms", "ended_ms", "reason", "units", "last_event"),
        *("wants_microusd", "cost_microusd"),
    ),
    UNIT: (
        *("state", "waits_for", "memory_mb", "fence", "tries", "died_at", "avoid", "due_ms"),
        *("gpus", "gpu_mb"),
        *("ready_ms", "result", "summary", "cause", "message"),
    ),
    ATTEMPT: ("place", "running_ms", "ended_ms", "outcome", "cause", "expires_ms"),
}
_CHANGED_JOB: Final = codecs.JOBS.writer((*_CHANGING[JOB], "id", "version"))
_CHANGED_UNIT: Final = codecs.UNITS.writer((*_CHANGING[UNIT], "id"))
_CHANGED_ATTEMPT: Final = codecs.ATTEMPTS.writer((*_CHANGING[ATTEMPT], "id"))
_BEAT: Final = ("expires_ms", "place", "running_ms")


class _Writer:
    """What a commit writes, in one transaction."""

    def __init__(self, dialect: Dialect) -> None:
        sql = Statements(dialect)
        self._ledger = Ledger(sql)
        # Where a driver does not say how many rows many updates met, each is made by itself.
        self._together = dialect.supports_sane_multi_rowcount
        self._insert = {
            codec: sql.insert(codec.table, codec.names)
            for codec in (
                *(codecs.JOBS, codecs.UNITS, codecs.ATTEMPTS, codecs.CHARGES, codecs.EVENTS),
                *(codecs.PROMISES, codecs.ORDERS),
            )
        }
        self._edge = sql.insert(EDGE, ("needs", "unit_id"))
        self._job = sql.update(JOB, _CHANGING[JOB], ("id", "version"), ", version = version + 1")
        self._unit = sql.update(UNIT, _CHANGING[UNIT], ("id",))
        self._attempt = sql.update(ATTEMPT, _CHANGING[ATTEMPT], ("id",))
        self._beat = sql.update(ATTEMPT, _BEAT, ("id",)) + " AND ended_ms IS NULL"
        self._delivered = sql.delete(OUTGOING, "key")

    def write(self, connection: Connection, changes: Changes) -> None:
        """Raises Conflict, Deposed; exc.IntegrityError."""
        if changes.epoch is not None:
            _guard_epoch(connection, changes.epoch)
        self._jobs(connection, changes.jobs)
        fresh = [unit for unit in changes.units if unit.id in changes.new_units]
        self._fresh(connection, codecs.UNITS, fresh)
        edges = [(needed, unit.id) for unit in fresh for needed in unit.depends_on]
        run(connection, self._edge, edges)
        old = [_CHANGED_UNIT(unit) for unit in changes.units if unit.id not in changes.new_units]
        run(connection, self._unit, old)
        opened = [attempt for attempt in changes.attempts if attempt.ended_ms is None]
        self._fresh(connection, codecs.ATTEMPTS, opened)
        closed = [_CHANGED_ATTEMPT(a) for a in changes.attempts if a.ended_ms is not None]
        run(connection, self._attempt, closed)
        self._fresh(connection, codecs.CHARGES, changes.charges)
        self._ledger.write_entries(connection, changes.entries)
        self._ledger.write_nodes(connection, changes.nodes)
        self._fresh(connection, codecs.EVENTS, changes.events)
        self._fresh(connection, codecs.PROMISES, changes.promises)
        self._fresh(connection, codecs.ORDERS, changes.outgoing)
        run(connection, self._delivered, [(key,) for key in changes.delivered])
        beats = [(b.expires_ms, b.place, b.running_ms, b.attempt_id) for b in changes.heartbeats]
        run(connection, self._beat, beats)

    def _jobs(self, connection: Connection, jobs: Sequence[Job]) -> None:
        fresh = [replace(job, version=1) for job in jobs if not job.version]
        self._fresh(connection, codecs.JOBS, fresh)
        old = [_CHANGED_JOB(job) for job in jobs if job.version]
        for part in [old] if self._together else [[each] for each in old]:
            if run(connection, self._job, part) != len(part):
                raise Conflict(f"one of {len(part)} jobs was changed")

    def _fresh(self, connection: Connection, codec: Codec[Any], values: Sequence[Any]) -> None:
        run(connection, self._insert[codec], [codec.row(value) for value in values])


def _guard_epoch(connection: Connection, epoch: int) -> None:
    # An update, not a select: where readers do not block, two controllers must meet here.
    if not connection.execute(_GUARD, {"now": epoch}).rowcount:
        raise Deposed(f"epoch {epoch} is over")


_OPEN: Final = sorted(state.value for state in JobState if state not in ENDED_JOB)


def _select(codec: Codec[Any]) -> sa.Select[Any]:
    return sa.select(*(codec.table.c[name] for name in codec.names))


# What is asked again and again is made once: to make a statement takes as long as to run it.
_GUARD: Final = LEADER.update().where(LEADER.c.epoch == sa.bindparam("now")).values(id=1)
_OVERDUE: Final = (
    _select(codecs.ATTEMPTS)
    .where(
        ATTEMPT.c.ended_ms.is_(None),
        sa.or_(
            ATTEMPT.c.expires_ms <= sa.bindparam("now_ms"),
            ATTEMPT.c.running_ms + ATTEMPT.c.run_ms < sa.bindparam("now_ms"),
        ),
    )
    .order_by(ATTEMPT.c.id)
)
_DUE: Final = (
    _select(codecs.UNITS)
    .where(UNIT.c.state == UnitState.BACKOFF.value, UNIT.c.due_ms <= sa.bindparam("now_ms"))
    .order_by(UNIT.c.id)
)
_ORDERED: Final = _select(codecs.ORDERS).order_by(OUTGOING.c.number).limit(sa.bindparam("most"))
