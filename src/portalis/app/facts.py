"""The facts of a service as one file of a backup: of SQLite a database, of PostgreSQL what its own
pg_dump makes. Both are as of one instant, and are made while the service runs."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from portalis.app.stack.programs import MissingError, Program
from portalis.storage.state_sql import SqlState, driven
from portalis.storage.tables import METADATA
from portalis.workload.ports import Unavailable

_BIN: Final = ("usr/lib/postgresql/*/bin",)
PG_DUMP: Final = Program(("pg_dump",), "apt-get install postgresql-client", _BIN)
PG_RESTORE: Final = Program(("pg_restore",), "apt-get install postgresql-client", _BIN)
# Of what a program says, so much is told.
_TAIL: Final = 500


class FactsError(Exception):
    """The facts were not saved or loaded; the text says why."""


class Facts(Protocol):
    """engine: of the database. file: the name in a backup. Every call raises FactsError, and
    OSError of the backup's folder."""

    @property
    def engine(self) -> str: ...

    @property
    def file(self) -> str: ...

    def check_there(self) -> None:
        """There are facts."""
        ...

    def check_empty(self) -> None:
        """There are none, and nothing that would become mixed with others."""
        ...

    def save(self, path: Path) -> None: ...

    def keys(self, path: Path) -> Collection[str]:
        """Of the objects that the saved facts name, and maybe of some that were named since."""
        ...

    def check_sound(self, path: Path) -> None:
        """What was saved there can be read."""
        ...

    def load(self, path: Path) -> None: ...


def facts_at(database_url: str) -> Facts:
    """Raises FactsError for a database of which there is no backup."""
    url = make_url(database_url)
    if url.get_backend_name() == "postgresql":
        return PostgresFacts(url)
    if url.get_backend_name() == "sqlite" and url.database:
        return SqliteFacts(Path(url.database))
    raise FactsError("state that is in memory is not kept")


@dataclass(frozen=True, slots=True)
class SqliteFacts:
    """path: of the database."""

    path: Path
    engine: str = "sqlite"
    file: str = "state.db"

    def check_there(self) -> None:
        if not self.path.is_file():
            raise FactsError(f"there is no state: {self.path} does not exist")

    def check_empty(self) -> None:
        names = (self.path.name + end for end in ("", "-wal", "-shm"))
        for path in map(self.path.with_name, names):
            if path.exists():
                raise FactsError(f"{path} is there already: state is restored into an empty home")

    def save(self, path: Path) -> None:
        self._copy(self.path, path)

    def keys(self, path: Path) -> Collection[str]:
        state = SqlState(f"sqlite:///{path}")
        try:
            found = state.object_keys()
        finally:
            state.close()
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA journal_mode=DELETE")
        return found

    def check_sound(self, path: Path) -> None:
        try:
            # Nobody writes to it: no log is looked for.
            address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            with closing(sqlite3.connect(address, uri=True)) as found:
                said = found.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.Error as error:
            raise FactsError(f"{path} is no sound database: {error}") from error
        if said != "ok":
            raise FactsError(f"{path} is no sound database: {said}")

    def load(self, path: Path) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._copy(path, self.path)

    def _copy(self, source: Path, target: Path) -> None:
        """One consistent copy, whoever writes meanwhile; a file by itself, without a log beside."""
        try:
            with (
                closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old,
                closing(sqlite3.connect(target)) as new,
            ):
                old.backup(new)
                new.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.Error as error:
            raise FactsError(f"{target} cannot be written: {error}") from error
        self.check_sound(target)


@dataclass(frozen=True, slots=True)
class PostgresFacts:
    """url: of the database, in which others may have tables, too."""

    url: URL
    engine: str = "postgresql"
    file: str = "state.dump"

    def check_there(self) -> None:
        if not self._tables():
            raise FactsError(f"there is no state: {self._named()} has none of its tables")

    def check_empty(self) -> None:
        if found := self._tables():
            raise FactsError(
                f"{self._named()} has tables already ({', '.join(sorted(found)[:3])}, …): state is "
                "restored into a database without them"
            )

    def save(self, path: Path) -> None:
        tables = [f"--table={name}" for name in METADATA.tables]
        self._run(PG_DUMP, "--format=custom", "--no-owner", "--no-acl", f"--file={path}", *tables)

    def keys(self, path: Path) -> Collection[str]:
        # No job is ever forgotten: what the dump names is named now, too.
        del path
        try:
            state = SqlState(str(self.url.render_as_string(hide_password=False)))
        except Unavailable as error:
            raise FactsError(str(error)) from error
        try:
            return state.object_keys()
        finally:
            state.close()

    def check_sound(self, path: Path) -> None:
        _ended(PG_RESTORE, ["--list", str(path)], {})

    def load(self, path: Path) -> None:
        options = ("--no-owner", "--no-acl", "--exit-on-error", "--single-transaction")
        self._run(PG_RESTORE, *options, str(path))

    def _tables(self) -> set[str]:
        """Those of ours that are there."""
        url = driven(self.url.render_as_string(hide_password=False))
        engine = sa.create_engine(url)
        try:
            return set(sa.inspect(engine).get_table_names()) & set(METADATA.tables)
        except SQLAlchemyError as error:
            raise FactsError(f"{self._named()} does not answer: {error}") from error
        finally:
            engine.dispose()

    def _named(self) -> str:
        return self.url.render_as_string()

    def _run(self, program: Program, *arguments: str) -> None:
        plain = self.url.set(drivername="postgresql", password=None)
        # What processes are called with is seen by everybody.
        secret = {} if self.url.password is None else {"PGPASSWORD": str(self.url.password)}
        database = f"--dbname={plain.render_as_string(hide_password=False)}"
        _ended(program, [*arguments, database], secret)


def _ended(program: Program, arguments: list[str], environ: dict[str, str]) -> None:
    try:
        ran = subprocess.run(
            [program.path(), *arguments],
            env={**os.environ, **environ},
            capture_output=True,
            text=True,
            check=False,
        )
    except MissingError as error:
        raise FactsError(str(error)) from error
    if ran.returncode:
        said = ran.stderr.strip()[-_TAIL:]
        raise FactsError(f"{program.names[0]} ended with {ran.returncode}: {said}")
