"""Workers in SQL, and what was decided, counted: what only the leading controller writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from portalis.storage.tables import CHOICE, WORKER
from portalis.workload.model.tally import Choice, Chosen
from portalis.workload.model.worker import Worker
from portalis.workload.ports import GONE_MS


def read_workers(connection: Connection) -> Sequence[Worker]:
    found = connection.execute(sa.select(WORKER).order_by(WORKER.c.place)).mappings()
    return [Worker(**row) for row in found]


def write_workers(connection: Connection, slots: Mapping[str, int], now_ms: int) -> None:
    """These are there, others are gone."""
    known = {worker.place: worker for worker in read_workers(connection)}
    for place, worker in known.items():
        is_old = worker.drain_ms is None or worker.drain_ms < now_ms - GONE_MS
        if place not in slots and is_old:
            connection.execute(WORKER.delete().where(WORKER.c.place == place))
        elif slots.get(place, 0) != worker.slots:
            connection.execute(
                WORKER.update().where(WORKER.c.place == place).values(slots=slots.get(place, 0))
            )
    fresh = [
        {"place": place, "slots": count, "drain_ms": None}
        for place, count in slots.items()
        if place not in known
    ]
    if fresh:
        connection.execute(WORKER.insert(), fresh)


def write_drain(connection: Connection, place: str, drain_ms: int | None) -> bool:
    found = connection.execute(
        WORKER.update().where(WORKER.c.place == place).values(drain_ms=drain_ms)
    )
    return bool(found.rowcount)


def add_choices(connection: Connection, counts: Mapping[Choice, int]) -> None:
    for (what, *named), count in counts.items():
        # Names of enumerations are written as text.
        chosen, reason = map(str, named)
        row = sa.and_(
            CHOICE.c.what == what.value, CHOICE.c.chosen == chosen, CHOICE.c.reason == reason
        )
        grown = CHOICE.update().where(row).values(count=CHOICE.c.count + count)
        if not connection.execute(grown).rowcount:
            fresh = {"what": what.value, "chosen": chosen, "reason": reason, "count": count}
            connection.execute(CHOICE.insert().values(**fresh))


def read_choices(connection: Connection) -> Mapping[Choice, int]:
    found = connection.execute(sa.select(CHOICE)).mappings()
    return {(Chosen(row["what"]), row["chosen"], row["reason"]): int(row["count"]) for row in found}
