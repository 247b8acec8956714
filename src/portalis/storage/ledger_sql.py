"""Budgets and accounts in SQL. An entry is written in the transaction of the commit that it
is part of, by one statement that also checks the limit: no read before it can be stale."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from portalis.core.ids import TenantId
from portalis.storage.codecs import loaded
from portalis.storage.statements import Statements, run
from portalis.storage.tables import ACCOUNT, BUDGET, NODE
from portalis.workload.model.ledger import Account, AccountKey, Budget, Entry, Node, Window
from portalis.workload.ports import Conflict

_MOST_KEYS: Final = 1_000
_KEY: Final = ("scope", "window", "start_ms")
_AMOUNTS: Final = ("posted_microusd", "held_microusd", "alerted_microusd")
# New amounts, then the key, then what bounds them.
_ENTER: Final = (
    "UPDATE account SET held_microusd = held_microusd + ?, posted_microusd = posted_microusd + ?, "
    "alerted_microusd = COALESCE(CAST(? AS BIGINT), alerted_microusd) "
    "WHERE {scope} = ? AND {window} = ? AND {start_ms} = ?"
)
_WITHIN: Final = " AND posted_microusd + held_microusd + ? <= ?"
_SEEN: Final = "UPDATE node SET until_ms = ? WHERE name = ? AND from_ms = ?"
_NODE: Final = tuple(column.name for column in NODE.columns)
_BUDGET: Final = ("tenant_id", "limits", "alert_permille", "hard_stop", "changed_ms")
_BUDGETS: Final = sa.select(*(BUDGET.c[name] for name in _BUDGET)).order_by(BUDGET.c.tenant_id)


class Ledger:
    """In the words of one database, as texts for the driver: each commit has some of them."""

    def __init__(self, sql: Statements) -> None:
        self._many = sql.many
        self._select_keys = sql.select_keys
        self._fresh = sql.insert_new(ACCOUNT, (*_KEY, *_AMOUNTS))
        self._enter = sql.filled(_ENTER, _KEY)
        self._within = sql.filled(_ENTER + _WITHIN, _KEY)
        self._seen = sql.filled(_SEEN, ())
        self._node = sql.insert(NODE, _NODE)
        self._budgets = sql.select(BUDGET, _BUDGET, "tenant_id")

    def write_entries(self, connection: Connection, entries: Sequence[Entry]) -> None:
        """Raises Conflict where an account would be above the limit that was decided by."""
        run(connection, self._fresh, [(*_key(entry.key), 0, 0, 0) for entry in entries])
        for entry in entries:
            held, posted, limit = entry.held_microusd, entry.posted_microusd, entry.limit_microusd
            given: tuple[Any, ...] = (held, posted, entry.alerted_microusd, *_key(entry.key))
            statement = self._enter
            if limit is not None:
                statement, given = self._within, (*given, held + posted, limit)
            if connection.exec_driver_sql(statement, given).rowcount != 1:
                raise Conflict(f"the {entry.key.window} account of {entry.key.scope} is full")

    def accounts(
        self, connection: Connection, keys: Collection[AccountKey]
    ) -> Mapping[AccountKey, Account]:
        """Those that are there; what is missing was never entered."""
        found: dict[AccountKey, Account] = {}
        for some in _parts(sorted(keys)):
            statement = self._select_keys(ACCOUNT, (*_KEY, *_AMOUNTS), _KEY, len(some))
            given = tuple(value for key in some for value in _key(key))
            for row in connection.exec_driver_sql(statement, given).fetchall():
                account = _account(row)
                found[account.key] = account
        return found

    def budgets(
        self, connection: Connection, tenant_ids: Collection[TenantId] | None
    ) -> Mapping[TenantId, Budget]:
        """Of these tenants, or all."""
        if tenant_ids is None:
            rows = connection.execute(_BUDGETS).fetchall()
        else:
            given = self._many(sorted(tenant_ids))
            rows = connection.exec_driver_sql(self._budgets, given).fetchall()
        budgets = [_budget(row) for row in rows]
        return {budget.tenant_id: budget for budget in budgets}

    def write_nodes(self, connection: Connection, nodes: Iterable[Node]) -> None:
        """As they were last seen."""
        for node in nodes:
            seen = (node.until_ms, node.name, node.from_ms)
            if not connection.exec_driver_sql(self._seen, seen).rowcount:
                run(connection, self._node, [tuple(getattr(node, name) for name in _NODE)])


def _parts(keys: Sequence[AccountKey]) -> Iterable[Sequence[AccountKey]]:
    """As many as a statement takes."""
    return (keys[start : start + _MOST_KEYS] for start in range(0, len(keys), _MOST_KEYS))


def _key(key: AccountKey) -> tuple[str, str, int]:
    return (key.scope, key.window.value, key.start_ms)


def _account(row: Sequence[Any]) -> Account:
    scope, window, start_ms, posted, held, alerted = row
    return Account(
        key=AccountKey(scope, Window(window), start_ms),
        posted_microusd=posted,
        held_microusd=held,
        alerted_microusd=alerted,
    )


def _budget(row: Sequence[Any]) -> Budget:
    tenant_id, limits, alert_permille, hard_stop, changed_ms = row
    return Budget(
        tenant_id=tenant_id,
        limits={Window(name): limit for name, limit in loaded(limits).items()},
        alert_permille=alert_permille,
        hard_stop=bool(hard_stop),
        changed_ms=changed_ms,
    )


def write_budget(connection: Connection, budget: Budget) -> None:
    """Instead of what the tenant had."""
    row = {
        "tenant_id": budget.tenant_id,
        "limits": {window.value: limit for window, limit in budget.limits.items()},
        "alert_permille": budget.alert_permille,
        "hard_stop": budget.hard_stop,
        "changed_ms": budget.changed_ms,
    }
    connection.execute(BUDGET.delete().where(BUDGET.c.tenant_id == budget.tenant_id))
    connection.execute(BUDGET.insert().values(row))


def read_nodes(connection: Connection, from_ms: int, until_ms: int) -> Sequence[Node]:
    """Those that were there at some instant of the period."""
    asked = sa.select(NODE).where(NODE.c.until_ms > from_ms, NODE.c.from_ms < until_ms)
    found = connection.execute(asked.order_by(NODE.c.from_ms, NODE.c.name)).mappings()
    return [Node(**row) for row in found]
