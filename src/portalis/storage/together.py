"""Commits of many threads, made together: one transaction, one flush of the disk.

Who comes while another one writes waits; the first of those that wait writes for all of them.
Each has its own outcome: what is refused is undone alone, by a savepoint.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from portalis.storage.turns import Turn
from portalis.workload.model.changes import Changes
from portalis.workload.ports import Conflict, Deposed, Unavailable

_OUTCOMES: Final = (DBAPIError, Conflict, Deposed)


@dataclass(slots=True)
class _Asked:
    changes: Changes
    is_over: bool = False
    error: Exception | None = None


class Together:
    """transaction: begins one, and commits it at its end. write: changes into it; what it
    raises is the outcome of those changes."""

    def __init__(
        self,
        turn: Turn,
        transaction: Callable[[], AbstractContextManager[Connection]],
        write: Callable[[Connection, Changes], None],
    ) -> None:
        self._turn = turn
        self._transaction = transaction
        self._write = write
        self._line = threading.Lock()
        self._waiting: list[_Asked] = []

    def commit(self, changes: Changes) -> None:
        """Return when they are committed. Raises what `write` or the transaction does."""
        mine = _Asked(changes)
        with self._line:
            self._waiting.append(mine)
        with self._turn:
            if not mine.is_over:
                with self._line:
                    waiting, self._waiting = self._waiting, []
                self._commit(waiting)
        if mine.error is not None:
            raise mine.error

    def _commit(self, waiting: Sequence[_Asked]) -> None:
        failure: Exception | None = Unavailable("who wrote for others failed")
        try:
            with self._transaction() as connection:
                for asked in waiting:
                    self._try(connection, asked, alone=len(waiting) == 1)
            failure = None
        except (*_OUTCOMES, Unavailable) as error:
            failure = error
        finally:
            for asked in waiting:
                asked.error = asked.error or failure
                asked.is_over = True

    def _try(self, connection: Connection, asked: _Asked, *, alone: bool) -> None:
        if alone:
            self._write(connection, asked.changes)
            return
        connection.exec_driver_sql("SAVEPOINT one")
        try:
            self._write(connection, asked.changes)
        except _OUTCOMES as error:
            connection.exec_driver_sql("ROLLBACK TO one")
            asked.error = error
        connection.exec_driver_sql("RELEASE one")
