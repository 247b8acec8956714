"""The `Webhooks` port in SQL, on the tables beside the state's.

A subscription has a place in the log of each job: numbers of a log have no gap, whoever
writes and in whatever order transactions become visible, so nothing is passed over. Two
readers that move the same place meet in its row, and one of them writes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from portalis.core.ids import Bits, TenantId, new_id
from portalis.storage import rows
from portalis.storage.tables import DELIVERY, EVENT, JOB, METADATA, WEBHOOK, WEBHOOK_PLACE
from portalis.storage.transactions import transaction
from portalis.workload.model.events import LogEvent
from portalis.workload.model.webhook import Delivery, DeliveryState, Subscription, type_of
from portalis.workload.ports import Conflict

_CHUNK = 5_000
_PENDING = DELIVERY.c.state == DeliveryState.PENDING.value


class SqlWebhooks:
    """Its tables are made if they are not there. Does not own `engine`."""

    def __init__(self, engine: Engine, bits: Bits) -> None:
        self._engine = engine
        self._bits = bits
        with transaction(self._engine) as connection:
            METADATA.create_all(connection)

    def add(self, subscription: Subscription) -> None:
        with transaction(self._engine) as connection:
            connection.execute(WEBHOOK.insert(), rows.row_of(subscription))
            ends = sa.select(sa.literal(subscription.id), JOB.c.id, JOB.c.last_event).where(
                JOB.c.tenant_id == subscription.tenant_id
            )
            names = ["subscription_id", "job_id", "number"]
            connection.execute(WEBHOOK_PLACE.insert().from_select(names, ends))

    def subscription(self, subscription_id: str) -> Subscription | None:
        asked = sa.select(WEBHOOK).where(WEBHOOK.c.id == subscription_id)
        return next((_subscription_of(row) for row in self._all(asked)), None)

    def subscriptions(self, tenant_id: TenantId | None = None) -> Sequence[Subscription]:
        asked = sa.select(WEBHOOK).order_by(WEBHOOK.c.id)
        if tenant_id is not None:
            asked = asked.where(WEBHOOK.c.tenant_id == tenant_id)
        return [_subscription_of(row) for row in self._all(asked)]

    def remove(self, subscription_id: str) -> bool:
        with transaction(self._engine) as connection:
            for table in (DELIVERY, WEBHOOK_PLACE):
                mine = table.c.subscription_id == subscription_id
                connection.execute(table.delete().where(mine))
            found = connection.execute(WEBHOOK.delete().where(WEBHOOK.c.id == subscription_id))
            return bool(found.rowcount)

    def read(self, subscription: Subscription, now_ms: int, limit: int) -> int:
        passed = 0
        with transaction(self._engine) as connection:
            for job_id, seen, last in self._behind(connection, subscription, limit):
                events = self._events(connection, subscription, job_id, seen, last, limit - passed)
                full = len(events) == limit - passed
                place = events[-1].number if full else last
                wanted = [event for event in events if subscription.wants(type_of(event))]
                _insert(connection, [self._delivery(subscription, e, now_ms) for e in wanted])
                _move(connection, subscription.id, job_id, seen, place)
                passed += max(len(events), 1)
                if passed >= limit:
                    break
        return passed

    def _behind(
        self, connection: Connection, subscription: Subscription, limit: int
    ) -> list[tuple[str, int | None, int]]:
        """Jobs of which there is something to read: id, place (None: no row), end of the log."""
        place = sa.and_(
            WEBHOOK_PLACE.c.subscription_id == subscription.id, WEBHOOK_PLACE.c.job_id == JOB.c.id
        )
        asked = (
            sa.select(JOB.c.id, WEBHOOK_PLACE.c.number, JOB.c.last_event)
            .select_from(JOB.outerjoin(WEBHOOK_PLACE, place))
            .where(JOB.c.tenant_id == subscription.tenant_id)
            .where(JOB.c.last_event > sa.func.coalesce(WEBHOOK_PLACE.c.number, 0))
            .order_by(JOB.c.id)
            .limit(limit)
        )
        return [(row[0], row[1], row[2]) for row in connection.execute(asked)]

    def _events(
        self,
        connection: Connection,
        subscription: Subscription,
        job_id: str,
        seen: int | None,
        last: int,
        limit: int,
    ) -> list[LogEvent]:
        asked = (
            sa.select(EVENT)
            .where(EVENT.c.job_id == job_id, EVENT.c.number > (seen or 0), EVENT.c.number <= last)
            .order_by(EVENT.c.number)
            .limit(limit)
        )
        if not subscription.wants_units:
            asked = asked.where(EVENT.c.unit_id.is_(None))
        return [rows.event_of(dict(row)) for row in connection.execute(asked).mappings()]

    def _delivery(self, subscription: Subscription, event: LogEvent, now_ms: int) -> Delivery:
        return Delivery(
            id=new_id("msg", now_ms, self._bits),
            subscription_id=subscription.id,
            tenant_id=subscription.tenant_id,
            job_id=event.job_id,
            number=event.number,
            type=type_of(event),
            created_ms=now_ms,
            due_ms=now_ms,
        )

    def claim(
        self,
        now_ms: int,
        until_ms: int,
        limit: int,
        each: int,
        busy: Collection[TenantId] = (),
    ) -> Sequence[Delivery]:
        place = sa.func.row_number().over(
            partition_by=DELIVERY.c.tenant_id, order_by=(DELIVERY.c.due_ms, DELIVERY.c.id)
        )
        due = (
            sa.select(DELIVERY.c.id, place.label("place"))
            .where(_PENDING, DELIVERY.c.due_ms <= now_ms)
            .where(DELIVERY.c.tenant_id.not_in(list(busy)))
            .subquery()
        )
        asked = sa.select(DELIVERY).join(due, due.c.id == DELIVERY.c.id).where(due.c.place <= each)
        order = asked.order_by(DELIVERY.c.due_ms, DELIVERY.c.id).limit(limit)
        with transaction(self._engine) as connection:
            found = [_delivery_of(dict(row)) for row in connection.execute(order).mappings()]
            return [one for one in found if _take(connection, one, until_ms)]

    def settle(self, deliveries: Sequence[Delivery]) -> None:
        with transaction(self._engine) as connection:
            for delivery in deliveries:
                # A try that somebody else has counted meanwhile, or that a replay forgot, is void.
                mine = sa.and_(
                    DELIVERY.c.id == delivery.id, _PENDING, DELIVERY.c.tries == delivery.tries - 1
                )
                row = rows.row_of(delivery)
                changed = {name: row[name] for name in _SETTLED}
                connection.execute(DELIVERY.update().where(mine).values(changed))

    def deliveries(
        self,
        subscription_id: str,
        states: Collection[DeliveryState] = (),
        before: str | None = None,
        limit: int = 100,
    ) -> Sequence[Delivery]:
        asked = sa.select(DELIVERY).where(DELIVERY.c.subscription_id == subscription_id)
        if states:
            asked = asked.where(DELIVERY.c.state.in_([state.value for state in states]))
        if before is not None:
            asked = asked.where(DELIVERY.c.id < before)
        return [
            _delivery_of(row)
            for row in self._all(asked.order_by(DELIVERY.c.id.desc()).limit(limit))
        ]

    def replay(self, subscription_id: str, ids: Collection[str] | None, now_ms: int) -> int:
        mine = DELIVERY.c.subscription_id == subscription_id
        again = DELIVERY.update().values(
            state=DeliveryState.PENDING.value, tries=0, due_ms=now_ms, ended_ms=None
        )
        with transaction(self._engine) as connection:
            if ids is None:
                dead = DELIVERY.c.state == DeliveryState.DEAD.value
                return int(connection.execute(again.where(mine, dead)).rowcount)
            wanted = list(ids)
            return sum(
                connection.execute(
                    again.where(mine, DELIVERY.c.id.in_(wanted[start : start + _CHUNK]))
                ).rowcount
                for start in range(0, len(wanted), _CHUNK)
            )

    def forget(self, before_ms: int) -> int:
        with transaction(self._engine) as connection:
            old = DELIVERY.delete().where(DELIVERY.c.ended_ms < before_ms)
            return int(connection.execute(old).rowcount)

    def _all(self, asked: sa.Select[Any]) -> list[rows.Row]:
        with transaction(self._engine) as connection:
            return [dict(row) for row in connection.execute(asked).mappings()]


_SETTLED = ("state", "tries", "due_ms", "ended_ms", "status", "message")


def _insert(connection: Connection, deliveries: Sequence[Delivery]) -> None:
    if deliveries:
        connection.execute(DELIVERY.insert(), [rows.row_of(each) for each in deliveries])


def _take(connection: Connection, delivery: Delivery, until_ms: int) -> bool:
    """Whoever moves the instant from the one that was read has it."""
    mine = sa.and_(DELIVERY.c.id == delivery.id, _PENDING, DELIVERY.c.due_ms == delivery.due_ms)
    moved = DELIVERY.update().where(mine).values(due_ms=until_ms)
    return bool(connection.execute(moved).rowcount)


def _move(
    connection: Connection, subscription_id: str, job_id: str, seen: int | None, to: int
) -> None:
    """Raises Conflict where the place is not at `seen` any more."""
    if seen is None:
        row = {"subscription_id": subscription_id, "job_id": job_id, "number": to}
        connection.execute(WEBHOOK_PLACE.insert(), row)
        return
    mine = sa.and_(
        WEBHOOK_PLACE.c.subscription_id == subscription_id,
        WEBHOOK_PLACE.c.job_id == job_id,
        WEBHOOK_PLACE.c.number == seen,
    )
    if not connection.execute(WEBHOOK_PLACE.update().where(mine).values(number=to)).rowcount:
        raise Conflict(f"{subscription_id} was read further meanwhile")


def _subscription_of(row: rows.Row) -> Subscription:
    return Subscription(**{**row, "events": tuple(row["events"])})


def _delivery_of(row: rows.Row) -> Delivery:
    return Delivery(**{**row, "state": DeliveryState(row["state"])})
