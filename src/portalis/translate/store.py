"""Texts on disk by key, in the user's cache: read whole and undamaged, or not at all.

An entry is a digest and compressed text, written beside and renamed, so processes do not
disturb each other. What was not used for longest goes first when there is too much.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import zlib
from pathlib import Path

LIMIT_BYTES = 1 << 30
# Trimming leaves room, so that it is not needed at each call.
TRIMMED_SHARE = 0.8
_DIGEST_BYTES = 32
# Quick: reading and writing an entry should cost less than the disk.
_LEVEL = 1


class Store:
    """A cache that cannot be read or written only costs time: no error leaves it."""

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        self._folder = folder
        self._limit_bytes = limit_bytes
        self._has_grown = False

    def get(self, key: str) -> str | None:
        """The text; None if there is none, or it is damaged."""
        path = self._path(key)
        try:
            raw = path.read_bytes()
            body = raw[_DIGEST_BYTES:]
            if hashlib.sha256(body).digest() != raw[:_DIGEST_BYTES]:
                path.unlink(missing_ok=True)
                return None
            os.utime(path)
            return zlib.decompress(body).decode("utf-8")
        except (OSError, zlib.error, UnicodeDecodeError):
            return None

    def put(self, key: str, text: str) -> None:
        body = zlib.compress(text.encode("utf-8"), _LEVEL)
        with contextlib.suppress(OSError):
            write_beside(self._path(key), hashlib.sha256(body).digest() + body)
            self._has_grown = True

    def trim(self) -> None:
        """Remove what was not used for longest, if this store has grown beyond its limit."""
        if not self._has_grown:
            return
        self._has_grown = False
        with contextlib.suppress(OSError):  # another process trims at the same time
            found = [(p.stat(), p) for p in self._folder.glob("*/*")]
            size = sum(stat.st_size for stat, _ in found)
            if size <= self._limit_bytes:
                return
            for stat, path in sorted(found, key=lambda entry: entry[0].st_mtime_ns):
                path.unlink(missing_ok=True)
                size -= stat.st_size
                if size <= self._limit_bytes * TRIMMED_SHARE:
                    return

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]


def write_beside(path: Path, content: bytes) -> None:
    """Write a whole file or none: beside, then rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".beside-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
