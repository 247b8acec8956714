"""The state of a service -> a folder, and back: facts, and the objects that they name.

    FOLDER/manifest.json    what there is, with digests: written last
    FOLDER/state.db         the facts as of one instant, made while the service runs; of
                            PostgreSQL state.dump
    FOLDER/objects/KEY      each object that a fact names

The facts are copied first: an object that they name stays at least as long as the grace of
`portalis storage gc`. Nothing is restored before all of it is known to be whole.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import portalis
from portalis.app.facts import Facts, FactsError, facts_at
from portalis.app.settings import Settings
from portalis.core.digest import digest
from portalis.storage.objects import UrlObjects
from portalis.workload.ports import Objects

SCHEMA: Final = "portalis.backup/1"
MANIFEST: Final = "manifest.json"
_OBJECTS: Final = "objects"


class BackupError(Exception):
    """Nothing was made or restored; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds. version: of Portalis. engine: of the database; database: digest of its
    file. objects: digest of each by key. size_bytes: of all."""

    version: str
    created_ms: int
    database: str
    engine: str = "sqlite"
    objects: Mapping[str, str] = field(default_factory=dict)
    size_bytes: int = 0


def make(settings: Settings, folder: Path, now_ms: int) -> Manifest:
    """Also of a service that runs. The folder is there when it is whole, or not at all. Raises
    BackupError, Unavailable."""
    with _saying():
        facts = facts_at(settings.database_url)
        facts.check_there()
    if folder.exists():
        raise BackupError(f"{folder} is there already")
    beside = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        with _saying(), _writable(folder):
            beside.mkdir(parents=True, mode=0o700)
            facts.save(beside / facts.file)
            keys = facts.keys(beside / facts.file)
            found = _objects(UrlObjects(settings.objects_url), keys, beside)
            content = (beside / facts.file).read_bytes()
            manifest = Manifest(
                version=portalis.__version__,
                created_ms=now_ms,
                database=digest(content),
                engine=facts.engine,
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
    with _saying():
        facts = facts_at(settings.database_url)
    manifest = checked(folder, facts)
    with _saying():
        facts.check_empty()
    objects = UrlObjects(settings.objects_url)
    if next(objects.list(), None) is not None:
        raise BackupError("the object store is not empty: state is restored into an empty one")
    with _saying(), _writable(settings.home):
        for key in manifest.objects:
            objects.put(key, (folder / _OBJECTS / key).read_bytes())
        # The facts come last: without them there is nothing, and a restore can be tried again.
        facts.load(folder / facts.file)
    return manifest


def checked(folder: Path, facts: Facts) -> Manifest:
    """What the folder holds, if that is what was put there, and what these facts can be made of.
    Raises BackupError."""
    path = folder / MANIFEST
    try:
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if told.pop("schema") != SCHEMA:
            raise BackupError(f"{path} is not of {SCHEMA}")
        manifest = Manifest(**told)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"{folder} is no backup: {error}") from error
    if manifest.engine != facts.engine:
        raise BackupError(
            f"the facts in {folder} are of {manifest.engine}, those of this service of "
            f"{facts.engine}: set database_url to one of that kind"
        )
    parts = {facts.file: manifest.database}
    parts |= {f"{_OBJECTS}/{key}": each for key, each in manifest.objects.items()}
    for name, expected in parts.items():
        part = folder / name
        if not part.resolve().is_relative_to(folder.resolve()):
            raise BackupError(f"{path} names {name}, which is not in the backup")
        if not part.is_file() or digest(part.read_bytes()) != expected:
            raise BackupError(f"{part} is missing or damaged: nothing was restored")
    with _saying():
        facts.check_sound(folder / facts.file)
    return manifest


def _objects(objects: Objects, keys: Collection[str], folder: Path) -> dict[str, tuple[str, int]]:
    """Copies them: digest and size in bytes by key."""
    found = {}
    for key in sorted(keys):
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
def _saying() -> Iterator[None]:
    try:
        yield
    except FactsError as error:
        raise BackupError(str(error)) from error


@contextmanager
def _writable(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError(f"{place} cannot be written: {error}") from error
