"""The state of a service -> a folder, and back: facts, and the objects that they name.

    FOLDER/manifest.json    what there is, with digests: written last
    FOLDER/state.db         the database as of one instant, made while the service runs
    FOLDER/objects/KEY      each object that a fact names

The facts are copied first: an object that they name stays at least as long as the grace of
`portalis storage gc`. Nothing is restored before all of it is known to be whole.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlalchemy.engine import make_url

import portalis
from portalis.app.settings import Settings
from portalis.core.digest import digest
from portalis.storage.objects import UrlObjects
from portalis.storage.state_sql import SqlState
from portalis.workload.ports import Objects

SCHEMA: Final = "portalis.backup/1"
MANIFEST: Final = "manifest.json"
_DATABASE, _OBJECTS = "state.db", "objects"


class BackupError(Exception):
    """Nothing was made or restored; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds. version: of Portalis. database: digest of `state.db`. objects: digest
    of each by key. size_bytes: of all."""

    version: str
    created_ms: int
    database: str
    objects: Mapping[str, str] = field(default_factory=dict)
    size_bytes: int = 0


def make(settings: Settings, folder: Path, now_ms: int) -> Manifest:
    """Also of a service that runs. The folder is there when it is whole, or not at all. Raises
    BackupError, Unavailable."""
    source = _sqlite(settings)
    if not source.is_file():
        raise BackupError(f"there is no state: {source} does not exist")
    if folder.exists():
        raise BackupError(f"{folder} is there already")
    beside = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        with _writable(folder):
            beside.mkdir(parents=True, mode=0o700)
            _copy(source, beside / _DATABASE)
            found = _objects(UrlObjects(settings.objects_url), beside)
            content = (beside / _DATABASE).read_bytes()
            manifest = Manifest(
                version=portalis.__version__,
                created_ms=now_ms,
                database=digest(content),
                objects={key: each for key, (each, _) in found.items()},
                size_bytes=len(content) + sum(size for _, size in found.values()),
            )
            text = json.dumps({"schema": SCHEMA, **asdict(manifest)}, indent=1)
            (beside / MANIFEST).write_text(text + "\n", "utf-8")
            beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return manifest


def restore(settings: Settings, folder: Path) -> Manifest:
    """Into a service that has nothing yet and does not run. Raises BackupError, Unavailable."""
    target = _sqlite(settings)
    manifest = checked(folder)
    for path in (target, *(target.with_name(target.name + end) for end in ("-wal", "-shm"))):
        if path.exists():
            raise BackupError(f"{path} is there already: state is restored into an empty home")
    objects = UrlObjects(settings.objects_url)
    if next(objects.list(), None) is not None:
        raise BackupError("the object store is not empty: state is restored into an empty one")
    with _writable(target):
        for key in manifest.objects:
            objects.put(key, (folder / _OBJECTS / key).read_bytes())
        # The facts come last: without them there is nothing, and a restore can be tried again.
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy(folder / _DATABASE, target)
    return manifest


def checked(folder: Path) -> Manifest:
    """What the folder holds, if that is what was put there. Raises BackupError."""
    path = folder / MANIFEST
    try:
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if told.pop("schema") != SCHEMA:
            raise BackupError(f"{path} is not of {SCHEMA}")
        manifest = Manifest(**told)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"{folder} is no backup: {error}") from error
    parts = {_DATABASE: manifest.database}
    parts |= {f"{_OBJECTS}/{key}": each for key, each in manifest.objects.items()}
    for name, expected in parts.items():
        part = folder / name
        if not part.resolve().is_relative_to(folder.resolve()):
            raise BackupError(f"{path} names {name}, which is not in the backup")
        if not part.is_file() or digest(part.read_bytes()) != expected:
            raise BackupError(f"{part} is missing or damaged: nothing was restored")
    _sound(folder / _DATABASE)
    return manifest


def _sqlite(settings: Settings) -> Path:
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise BackupError(
            "the state is not in a file here: back PostgreSQL up with pg_dump, and its objects "
            "with the tools of their store"
        )
    return Path(url.database)


def _copy(source: Path, target: Path) -> None:
    """One consistent copy, whoever writes meanwhile; a file by itself, without a log beside."""
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as before,
        closing(sqlite3.connect(target)) as after,
    ):
        before.backup(after)
        after.execute("PRAGMA journal_mode=DELETE")
    _sound(target)


def _sound(database: Path) -> None:
    try:
        # Nobody writes to it: no log is looked for.
        address = f"{database.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as found:
            said = found.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        raise BackupError(f"{database} is no sound database: {error}") from error
    if said != "ok":
        raise BackupError(f"{database} is no sound database: {said}")


def _objects(objects: Objects, folder: Path) -> dict[str, tuple[str, int]]:
    """Copies what the facts in the folder name: digest and size in bytes by key."""
    state = SqlState(f"sqlite:///{folder / _DATABASE}")
    try:
        keys = sorted(state.object_keys())
    finally:
        state.close()
    with closing(sqlite3.connect(folder / _DATABASE)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    found = {}
    for key in keys:
        try:
            content = objects.get(key)
        except KeyError as error:
            raise BackupError(f"the state names {key}, which the object store lacks") from error
        path = folder / _OBJECTS / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        found[key] = (digest(content), len(content))
    return found


@contextmanager
def _writable(place: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{place} cannot be written: {error}") from error
