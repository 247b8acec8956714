"""The `Objects` port on obstore: a local folder, memory, S3 and what speaks its language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError
from obstore.store import LocalStore, MemoryStore, ObjectStore, from_url

from portalis.workload.ports import ObjectInfo, Unavailable

_KEY = re.compile(r"[A-Za-z0-9_=@+,.-]+(/[A-Za-z0-9_=@+,.-]+)*")

# obstore says one of some calls and the other of others.
_MISSING = (NotFoundError, FileNotFoundError)


class UrlObjects:
    """`url`: `memory:///`, `file:///folder` (made if it is missing), `s3://bucket/prefix`.
    Raises ValueError for a URL that obstore does not take."""

    def __init__(self, url: str) -> None:
        self._store = _open(url)

    def put(self, key: str, content: bytes) -> None:
        with _reachable():
            obstore.put(self._store, _checked(key), content)

    def put_new(self, key: str, content: bytes) -> bool:
        with _reachable():
            try:
                # A conditional put is one request; it is not split into parts.
                obstore.put(self._store, _checked(key), content, mode="create")
            except AlreadyExistsError:
                return False
        return True

    def get(self, key: str) -> bytes:
        with _reachable():
            try:
                return bytes(obstore.get(self._store, _checked(key)).bytes())
            except _MISSING as error:
                raise KeyError(key) from error

    def size_bytes(self, key: str) -> int | None:
        with _reachable():
            try:
                return int(obstore.head(self._store, _checked(key))["size"])
            except _MISSING:
                return None

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        found: list[ObjectInfo] = []
        with _reachable():
            for page in obstore.list(self._store, _checked(prefix) if prefix else None):
                found += [
                    ObjectInfo(
                        key=meta["path"],
                        size_bytes=meta["size"],
                        modified_ms=int(meta["last_modified"].timestamp() * 1000),
                    )
                    for meta in page
                ]
        return iter(sorted(found, key=lambda info: info.key))

    def delete(self, keys: Iterable[str]) -> None:
        for key in keys:
            with _reachable():
                try:
                    obstore.delete(self._store, _checked(key))
                except _MISSING:
                    continue


class _reachable:  # noqa: N801 - reads as a function
    """Failures of the world in the port's words."""

    def __enter__(self) -> None:
        return

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, (BaseError, OSError)):
            raise Unavailable(f"the object store does not answer: {error}") from error


def _open(url: str) -> ObjectStore:
    if url.startswith("memory:"):
        return MemoryStore()
    if url.startswith("file://"):
        folder = Path(url.removeprefix("file://"))
        folder.mkdir(parents=True, exist_ok=True)
        return LocalStore(folder, mkdir=True)
    try:
        return from_url(url)
    except BaseError as error:
        raise ValueError(f"{url}: {error}") from error


def _checked(key: str) -> str:
    """The key. Raises ValueError for one that leads elsewhere."""
    if not _KEY.fullmatch(key) or any(set(part) == {"."} for part in key.split("/")):
        raise ValueError(f"no key of an object: {key!r}")
    return key
