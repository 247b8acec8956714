"""The `Objects` port on obstore: a local folder, memory, S3 and what speaks its language."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError
from obstore.store import LocalStore, MemoryStore, ObjectStore, S3Store, from_url

from portalis.workload.ports import ASIDE, ObjectInfo, Unavailable

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig

_KEY = re.compile(r"[A-Za-z0-9_=@+,.-]+(/[A-Za-z0-9_=@+,.-]+)*")

# So many are deleted by one request.
_TOGETHER = 1_000
# A store that is away is said to be, before who asks loses patience.
_RETRIES: Final[RetryConfig] = {"max_retries": 3, "retry_timeout": timedelta(seconds=20)}
_CONNECT, _REQUEST = timedelta(seconds=5), timedelta(seconds=120)
# obstore says one of some calls and the other of others.
_MISSING = (NotFoundError, FileNotFoundError)


class UrlObjects:
    """`url`: `memory:///`, `file:///folder` (made if it is missing), `s3://bucket/prefix`.
    Where S3 is, and who asks, is said by its own variables (`AWS_REGION`, `AWS_ENDPOINT_URL`, …).
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
        found = self._find(_checked(key))
        if found is None:
            found = self._find(f"{ASIDE}/{key}")
            if found is None:
                # Brought back by another one between the two looks.
                found = self._find(key)
            else:
                # What is aside stays: somebody may be moving it there once more.
                self.put_new(key, found)
        if found is None:
            raise KeyError(key)
        return found

    def _find(self, key: str) -> bytes | None:
        with _reachable():
            try:
                return bytes(obstore.get(self._store, key).bytes())
            except _MISSING:
                return None

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
                    # What others laid there is no object.
                    if _is_key(meta["path"])
                ]
        return iter(sorted(found, key=lambda info: info.key))

    def delete(self, keys: Iterable[str]) -> None:
        wanted = [_checked(key) for key in keys]
        for start in range(0, len(wanted), _TOGETHER):
            self._delete(wanted[start : start + _TOGETHER])

    def _delete(self, keys: Sequence[str]) -> None:
        with _reachable():
            try:
                obstore.delete(self._store, [*keys])
            except _MISSING:
                # One was not there, and nobody says which ones are left.
                for key in keys if len(keys) > 1 else ():
                    self._delete([key])

    def put_aside(self, key: str) -> None:
        found = self._find(_checked(key))
        if found is not None:
            # Put, not renamed: its time is that of now.
            self.put(f"{ASIDE}/{key}", found)
            self.delete([key])


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
        if url.startswith("s3:"):
            return S3Store.from_url(url, client_options=_client(), retry_config=_RETRIES)
        return from_url(url)
    except BaseError as error:
        raise ValueError(f"{url}: {error}") from error


def _client() -> ClientConfig:
    # Options take the place of what the environment says of them.
    plain = os.environ.get("AWS_ALLOW_HTTP", "").lower() in ("1", "true")
    return {"connect_timeout": _CONNECT, "timeout": _REQUEST, "allow_http": plain}


def _checked(key: str) -> str:
    """The key. Raises ValueError for one that leads elsewhere."""
    if not _is_key(key):
        raise ValueError(f"no key of an object: {key!r}")
    return key


def _is_key(key: str) -> bool:
    return bool(_KEY.fullmatch(key)) and not any(set(part) == {"."} for part in key.split("/"))
