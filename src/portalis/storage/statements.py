"""The statements of the state's commits and of its reads by id, as texts for the driver."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect


class Statements:
    """In the words of one database."""

    def __init__(self, dialect: Dialect) -> None:
        self._quote = dialect.identifier_preparer.quote
        self._is_sqlite = dialect.name == "sqlite"
        self._mark = "?" if self._is_sqlite else "%s"

    def insert(self, table: sa.Table, names: Sequence[str]) -> str:
        """Of one row."""
        marks = ", ".join(self._mark for _ in names)
        return f"INSERT INTO {self._quote(table.name)} ({self._columns(names)}) VALUES ({marks})"

    def update(
        self, table: sa.Table, names: Sequence[str], where: Sequence[str], more: str = ""
    ) -> str:
        """Of the rows that have these values: first the new ones, then those. more: further
        assignments and conditions, as they are."""
        sets = ", ".join(f"{self._quote(name)} = {self._mark}" for name in names)
        has = " AND ".join(f"{self._quote(name)} = {self._mark}" for name in where)
        return f"UPDATE {self._quote(table.name)} SET {sets}{more} WHERE {has}"

    def insert_new(self, table: sa.Table, names: Sequence[str]) -> str:
        """Of one row; where there is one of its key nothing changes."""
        return f"{self.insert(table, names)} ON CONFLICT DO NOTHING"

    def delete(self, table: sa.Table, name: str) -> str:
        return f"DELETE FROM {self._quote(table.name)} WHERE {self._quote(name)} = {self._mark}"

    def select(self, table: sa.Table, names: Sequence[str], by: str) -> str:
        """The rows that have one of many values; see `many`."""
        among = "IN (SELECT value FROM json_each(?))" if self._is_sqlite else "= ANY(%s)"
        return (
            f"SELECT {self._columns(names)} FROM {self._quote(table.name)} "
            f"WHERE {self._quote(by)} {among}"
        )

    def select_keys(
        self, table: sa.Table, names: Sequence[str], by: Sequence[str], count: int
    ) -> str:
        """The rows that have one of so many keys of several columns"""
        marks = f"({', '.join(self._mark for _ in by)})"
        return (
            f"SELECT {self._columns(names)} FROM {self._quote(table.name)} "
            f"WHERE ({self._columns(by)}) IN (VALUES {', '.join([marks] * count)})"
        )

    def filled(self, text: str, names: Sequence[str]) -> str:
        """A text with `?` for each parameter and `{name}` for each of the columns."""
        columns = {name: self._quote(name) for name in names}
        return text.format(**columns).replace("?", self._mark)

    def many(self, values: Collection[str]) -> tuple[Any]:
        """The parameter of `select`."""
        return (json.dumps(list(values)) if self._is_sqlite else list(values),)

    def _columns(self, names: Sequence[str]) -> str:
        return ", ".join(self._quote(name) for name in names)


def run(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> int:
    """The statement with each of the rows; how many rows of the table it met."""
    return connection.exec_driver_sql(statement, list(rows)).rowcount if rows else 0
