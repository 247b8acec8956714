"""The `Tally` port on SQL: sums over the tables of the state, each found by the instant at
which it happened, so that what is old need not be read again.

A fact is a charge, an attempt that ended, or an event of `_EVENTS`; none of them changes once
it is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.engine import Connection, Engine

from portalis.storage.tables import (
    ATTEMPT,
    CHARGE,
    DELIVERY,
    EVENT,
    JOB,
    LEADER,
    METADATA,
    OUTGOING,
    UNIT,
)
from portalis.workload.model.job import Priority
from portalis.workload.model.tally import Count, Counted, Past, Present, Span
from portalis.workload.model.transitions import (
    ACTIVE_JOB,
    ENDED_JOB,
    OPEN_UNIT,
    JobEvent,
    JobState,
    UnitEvent,
    UnitState,
)
from portalis.workload.model.unit import UnitKind
from portalis.workload.model.webhook import DeliveryState
from portalis.workload.ports import Unavailable

STAGES: Final = ("translate", "check", "run")
VERDICTS: Final = ("verified", "compiled", "refused", "broken", "unchecked")
_SUBMITTED: Final = "submitted"
_ENDS: Final = (JobEvent.UNITS_DONE, JobEvent.UNITS_FAILED, JobEvent.UNITS_STOPPED)
_EVENTS: Final = (
    *(_SUBMITTED, JobEvent.STARTED.value, UnitEvent.CACHE_HIT.value),
    *(event.value for event in _ENDS),
)
# As a text: a partial index is used where the query says the very same.
_IS_COUNTED: Final = sa.text(f"event.event IN ({', '.join(repr(each) for each in _EVENTS)})")
_INDEX: Final = sa.Index(
    "event_counted", EVENT.c.at_ms, sqlite_where=_IS_COUNTED, postgresql_where=_IS_COUNTED
)
_FROM: Final = sa.bindparam("from_ms", type_=sa.BigInteger)
_UNTIL: Final = sa.bindparam("until_ms", type_=sa.BigInteger)


def _within(instant: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    return sa.and_(instant >= _FROM, instant < _UNTIL)


def _sum(column: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.cast(column, sa.BigInteger)), 0)


def _figure(*path: str) -> sa.ColumnElement[int]:
    """A number of a unit's summary."""
    return _sum(UNIT.c.summary[path].as_integer())


_HAPPENED: Final = sa.and_(_IS_COUNTED, _within(EVENT.c.at_ms))
_JOB_EVENTS: Final = (
    sa.select(EVENT.c.event, EVENT.c.state, EVENT.c.tenant_id, JOB.c.priority, sa.func.count())
    .join(JOB, JOB.c.id == EVENT.c.job_id)
    .where(_HAPPENED, EVENT.c.event.in_((_SUBMITTED, *_ENDS)))
    .group_by(EVENT.c.event, EVENT.c.state, EVENT.c.tenant_id, JOB.c.priority)
)
_AGAIN: Final = EVENT.alias("again")
# A job that was revived is counted from there.
_SPANS: Final = (
    sa.select(
        EVENT.c.event,
        JOB.c.priority,
        JOB.c.lines,
        EVENT.c.at_ms
        - sa.func.coalesce(
            sa.select(sa.func.max(_AGAIN.c.at_ms))
            .where(
                _AGAIN.c.job_id == EVENT.c.job_id,
                _AGAIN.c.number < EVENT.c.number,
                _AGAIN.c.event == JobEvent.RETRY_ASKED.value,
            )
            .scalar_subquery(),
            JOB.c.created_ms,
        ),
    )
    .join(JOB, JOB.c.id == EVENT.c.job_id)
    .where(_HAPPENED, EVENT.c.event.in_((JobEvent.STARTED.value, JobEvent.UNITS_DONE.value)))
)
_HITS: Final = (
    sa.select(EVENT.c.tenant_id, sa.func.count(), _sum(EVENT.c.detail["saved_ms"].as_integer()))
    .where(_HAPPENED, EVENT.c.event == UnitEvent.CACHE_HIT.value)
    .group_by(EVENT.c.tenant_id)
)
_CHARGES: Final = (
    sa.select(
        CHARGE.c.tenant_id,
        CHARGE.c.price,
        CHARGE.c.useful,
        sa.func.count(),
        _sum(CHARGE.c.cost_microusd),
        _sum(CHARGE.c.slot_ms),
    )
    .where(_within(CHARGE.c.at_ms))
    .group_by(CHARGE.c.tenant_id, CHARGE.c.price, CHARGE.c.useful)
)
_ENDED: Final = _within(ATTEMPT.c.ended_ms)
_ATTEMPTS: Final = (
    sa.select(ATTEMPT.c.outcome, ATTEMPT.c.cause, sa.func.count())
    .where(_ENDED)
    .group_by(ATTEMPT.c.outcome, ATTEMPT.c.cause)
)
_MISSES: Final = (
    sa.select(ATTEMPT.c.tenant_id, sa.func.count())
    .join(UNIT, UNIT.c.id == ATTEMPT.c.unit_id)
    .where(_ENDED, ATTEMPT.c.fence == 1, UNIT.c.cache_key != "")
    .group_by(ATTEMPT.c.tenant_id)
)
_FIGURES: Final = (
    sa.func.count(),
    _figure("lines"),
    *(_figure("verdicts", verdict) for verdict in VERDICTS),
)
_RUN: Final = (
    sa.select(*_FIGURES, *(_figure("stage_ms", stage) for stage in STAGES))
    .join(ATTEMPT, ATTEMPT.c.unit_id == UNIT.c.id)
    .where(_ENDED, ATTEMPT.c.outcome == "succeeded", UNIT.c.kind == UnitKind.TRANSLATE.value)
)
_CACHED: Final = (
    sa.select(*_FIGURES)
    .join(EVENT, EVENT.c.unit_id == UNIT.c.id)
    .where(_HAPPENED, EVENT.c.event == UnitEvent.CACHE_HIT.value)
)
_ROWS: Final = (
    sa.select(sa.func.count()).select_from(EVENT).where(_IS_COUNTED, _within(EVENT.c.at_ms)),
    sa.select(sa.func.count()).select_from(ATTEMPT).where(_ENDED),
    sa.select(sa.func.count()).select_from(CHARGE).where(_within(CHARGE.c.at_ms)),
)
_OPEN_JOB: Final = [state.value for state in JobState if state not in ENDED_JOB]
_STOPPED: Final = [JobState.STOPPING_BUDGET.value, JobState.STOPPED_BUDGET.value]
_ACTIVE: Final = [state.value for state in sorted(ACTIVE_JOB)]
_OPEN_UNITS: Final = [state.value for state in sorted(OPEN_UNIT)]


class SqlTally:
    """On the state's database; does not own `engine`. Raises Unavailable."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with _reachable():
            METADATA.create_all(engine)
            # A database that was made before there was this index.
            _INDEX.create(engine, checkfirst=True)

    def past(self, from_ms: int, until_ms: int) -> Past:
        span = {"from_ms": from_ms, "until_ms": until_ms}
        with self._reading() as connection:
            counts = Counter[Count]()
            _count_jobs(connection, span, counts)
            _count_attempts(connection, span, counts)
            _count_units(connection, span, counts)
            spans: dict[str, list[Span]] = {}
            for event, priority, lines, ms in connection.execute(_SPANS, span):
                spans.setdefault(event, []).append(Span(Priority(priority), lines, max(ms, 0)))
            return Past(
                counts=counts,
                waits=tuple(spans.get(JobEvent.STARTED.value, ())),
                latencies=tuple(spans.get(JobEvent.UNITS_DONE.value, ())),
                rows=_rows(connection, span),
            )

    def rows(self, until_ms: int) -> int:
        with self._reading() as connection:
            return _rows(connection, {"from_ms": 0, "until_ms": until_ms})

    def present(self) -> Present:
        with self._reading() as connection:
            ready = UNIT.c.state == UnitState.READY.value
            active = JOB.c.state.in_(_ACTIVE)
            of_jobs = sa.join(UNIT, JOB, JOB.c.id == UNIT.c.job_id)
            orders = sa.select(sa.func.count(), sa.func.min(OUTGOING.c.created_ms))
            number, order_ms = connection.execute(orders).one()
            running = sa.select(sa.func.count()).select_from(ATTEMPT)
            return Present(
                jobs={
                    (Priority(priority), JobState(state)): count
                    for priority, state, count in connection.execute(
                        sa.select(JOB.c.priority, JOB.c.state, sa.func.count())
                        .where(JOB.c.state.in_(_OPEN_JOB))
                        .group_by(JOB.c.priority, JOB.c.state)
                    )
                },
                stopped=_pairs(
                    connection,
                    sa.select(JOB.c.tenant_id, sa.func.count())
                    .where(JOB.c.state.in_(_STOPPED))
                    .group_by(JOB.c.tenant_id),
                ),
                units={
                    UnitState(state): count
                    for state, count in connection.execute(
                        sa.select(UNIT.c.state, sa.func.count())
                        .where(UNIT.c.state.in_(_OPEN_UNITS))
                        .group_by(UNIT.c.state)
                    )
                },
                ready_ms={
                    Priority(priority): since_ms
                    for priority, since_ms in connection.execute(
                        sa.select(JOB.c.priority, sa.func.min(UNIT.c.ready_ms))
                        .select_from(of_jobs)
                        .where(ready, active, UNIT.c.ready_ms.is_not(None))
                        .group_by(JOB.c.priority)
                    )
                },
                running=connection.execute(
                    running.where(ATTEMPT.c.ended_ms.is_(None), ATTEMPT.c.running_ms.is_not(None))
                ).scalar_one(),
                orders=number,
                order_ms=order_ms,
                messages=_pairs(
                    connection,
                    sa.select(DELIVERY.c.state, sa.func.count())
                    .where(DELIVERY.c.state.in_([DeliveryState.PENDING, DeliveryState.DEAD]))
                    .group_by(DELIVERY.c.state),
                ),
                leads_until_ms=connection.execute(
                    sa.select(LEADER.c.until_ms).where(LEADER.c.owner != "")
                ).scalar()
                or 0,
            )

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """All selects see the same."""
        with _reachable(), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            else:
                # The driver begins by itself only where something is written.
                connection.exec_driver_sql("BEGIN")
            yield connection


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except exc.DBAPIError as error:
        raise Unavailable(f"the database does not answer: {error.orig}") from error


def _rows(connection: Connection, span: dict[str, int]) -> int:
    return sum(int(connection.execute(each, span).scalar_one()) for each in _ROWS)


def _pairs(connection: Connection, asked: sa.Select[Any]) -> dict[str, int]:
    return {str(name): int(count) for name, count in connection.execute(asked)}


def _count_jobs(connection: Connection, span: dict[str, int], counts: Counter[Count]) -> None:
    for event, state, tenant, priority, count in connection.execute(_JOB_EVENTS, span):
        if event == _SUBMITTED:
            counts[Counted.SUBMITTED, (tenant, priority)] += count
        else:
            counts[Counted.ENDED, (tenant, priority, state)] += count
    for tenant, hits, saved_ms in connection.execute(_HITS, span):
        counts[Counted.CACHE_HIT, (tenant,)] += hits
        counts[Counted.SAVED_MS, (tenant,)] += saved_ms


def _count_attempts(connection: Connection, span: dict[str, int], counts: Counter[Count]) -> None:
    for tenant, price, useful, _, cost, slot_ms in connection.execute(_CHARGES, span):
        labels = (tenant, price, "workload" if useful else "overhead")
        counts[Counted.COST_MICROUSD, labels] += cost
        counts[Counted.SLOT_MS, labels] += slot_ms
    for outcome, cause, count in connection.execute(_ATTEMPTS, span):
        counts[Counted.ATTEMPT, (cause or outcome,)] += count
    for tenant, count in connection.execute(_MISSES, span):
        counts[Counted.CACHE_MISS, (tenant,)] += count


def _count_units(connection: Connection, span: dict[str, int], counts: Counter[Count]) -> None:
    for source, asked in (("run", _RUN), ("cache", _CACHED)):
        figures = connection.execute(asked, span).one()
        units, lines, *rest = (int(each) for each in figures)
        counts[Counted.UNIT, (source,)] += units
        counts[Counted.LINE, (source,)] += lines
        for verdict, count in zip(VERDICTS, rest, strict=False):
            counts[Counted.VERDICT, (verdict, source)] += count
        for stage, ms in zip(STAGES, rest[len(VERDICTS) :], strict=False):
            counts[Counted.STAGE_MS, (stage,)] += ms
