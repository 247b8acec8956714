"""Budgets and accounts in SQL. An entry is written in the transaction of the commit that it
is part of, by one statement that also checks the limit: no read before it can be stale."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from portalis.core.ids import TenantId
from portalis.storage.tables import ACCOUNT, BUDGET, NODE
from portalis.workload.model.ledger import Account, AccountKey, Budget, Entry, Node, Window
from portalis.workload.ports import Conflict

_ZEROS = {"posted_microusd": 0, "held_microusd": 0, "alerted_microusd": 0}
_ENTER = (
    ACCOUNT.update()
    .where(
        ACCOUNT.c.scope == sa.bindparam("the_scope"),
        ACCOUNT.c.window == sa.bindparam("the_window"),
        ACCOUNT.c.start_ms == sa.bindparam("the_start"),
        sa.or_(
            sa.bindparam("the_limit", type_=sa.BigInteger).is_(None),
            ACCOUNT.c.posted_microusd
            + ACCOUNT.c.held_microusd
            + sa.bindparam("held", type_=sa.BigInteger)
            + sa.bindparam("posted", type_=sa.BigInteger)
            <= sa.bindparam("the_limit", type_=sa.BigInteger),
        ),
    )
    .values(
        held_microusd=ACCOUNT.c.held_microusd + sa.bindparam("held", type_=sa.BigInteger),
        posted_microusd=ACCOUNT.c.posted_microusd + sa.bindparam("posted", type_=sa.BigInteger),
        alerted_microusd=sa.func.coalesce(
            sa.bindparam("alerted", type_=sa.BigInteger), ACCOUNT.c.alerted_microusd
        ),
    )
)

# Statements are made once: to make one takes several times as long as to run it.
_FRESH = {
    "sqlite": sqlite.insert(ACCOUNT).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(ACCOUNT).on_conflict_do_nothing(),
}


def write_entries(connection: Connection, entries: Sequence[Entry]) -> None:
    """Raises Conflict where an account would be above the limit that was decided by."""
    if not entries:
        return
    fresh = _FRESH[connection.dialect.name]
    connection.execute(fresh, [{**_key(entry.key), **_ZEROS} for entry in entries])
    for entry in entries:
        given = {
            "the_scope": entry.key.scope,
            "the_window": entry.key.window.value,
            "the_start": entry.key.start_ms,
            "the_limit": entry.limit_microusd,
            "held": entry.held_microusd,
            "posted": entry.posted_microusd,
            "alerted": entry.alerted_microusd,
        }
        if connection.execute(_ENTER, given).rowcount != 1:
            raise Conflict(f"the {entry.key.window} account of {entry.key.scope} is full")


def _key(key: AccountKey) -> dict[str, Any]:
    return {"scope": key.scope, "window": key.window.value, "start_ms": key.start_ms}


# Made once: to make a statement takes as long as to run it.
_BUDGETS: Final = sa.select(BUDGET).order_by(BUDGET.c.tenant_id)
_BUDGETS_OF: Final = _BUDGETS.where(BUDGET.c.tenant_id.in_(sa.bindparam("tenants", expanding=True)))
_ACCOUNTS: Final = sa.select(ACCOUNT).where(
    sa.tuple_(ACCOUNT.c.scope, ACCOUNT.c.window, ACCOUNT.c.start_ms).in_(
        sa.bindparam("keys", expanding=True)
    )
)


def read_accounts(
    connection: Connection, keys: Collection[AccountKey]
) -> Mapping[AccountKey, Account]:
    """Those that are there; what is missing was never entered."""
    if not keys:
        return {}
    wanted = [(key.scope, key.window.value, key.start_ms) for key in sorted(keys)]
    found = connection.execute(_ACCOUNTS, {"keys": wanted}).mappings()
    accounts = [_account(row) for row in found]
    return {account.key: account for account in accounts}


def _account(row: Mapping[Any, Any]) -> Account:
    return Account(
        key=AccountKey(row["scope"], Window(row["window"]), row["start_ms"]),
        posted_microusd=row["posted_microusd"],
        held_microusd=row["held_microusd"],
        alerted_microusd=row["alerted_microusd"],
    )


def read_budgets(
    connection: Connection, tenant_ids: Iterable[TenantId] | None
) -> Mapping[TenantId, Budget]:
    """Of these tenants, or all."""
    if tenant_ids is None:
        found = connection.execute(_BUDGETS)
    else:
        found = connection.execute(_BUDGETS_OF, {"tenants": sorted(tenant_ids)})
    budgets = [_budget(row) for row in found.mappings()]
    return {budget.tenant_id: budget for budget in budgets}


def _budget(row: Mapping[Any, Any]) -> Budget:
    limits: Mapping[str, int] = row["limits"]
    return Budget(
        tenant_id=row["tenant_id"],
        limits={Window(name): limit for name, limit in limits.items()},
        alert_permille=row["alert_permille"],
        hard_stop=row["hard_stop"],
        changed_ms=row["changed_ms"],
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


def write_nodes(connection: Connection, nodes: Iterable[Node]) -> None:
    """As they were last seen."""
    for node in nodes:
        same = sa.and_(NODE.c.name == node.name, NODE.c.from_ms == node.from_ms)
        seen = NODE.update().where(same).values(until_ms=node.until_ms)
        if not connection.execute(seen).rowcount:
            row = {column.name: getattr(node, column.name) for column in NODE.columns}
            connection.execute(NODE.insert().values(row))


def read_nodes(connection: Connection, from_ms: int, until_ms: int) -> Sequence[Node]:
    """Those that were there at some instant of the period."""
    asked = sa.select(NODE).where(NODE.c.until_ms > from_ms, NODE.c.from_ms < until_ms)
    found = connection.execute(asked.order_by(NODE.c.from_ms, NODE.c.name)).mappings()
    return [Node(**row) for row in found]
