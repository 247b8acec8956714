"""The `Cache` port in memory and on disk, and two caches as one."""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from pathlib import Path

from portalis.core.clock import Clock
from portalis.workload.ports import Cache, CacheStats

_TRIM_TO = 0.9
# A cache on disk counts its bytes, which takes a look at all of it, when it may have grown by
# this part of what it may hold.
_LOOK_PARTS = 20


class MemoryCache:
    """The newest used values, up to `max_bytes` of them."""

    def __init__(self, clock: Clock, max_bytes: int = 64 << 20) -> None:
        self._clock = clock
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._values: OrderedDict[str, tuple[bytes, int]] = OrderedDict()
        self._size_bytes = 0
        self._hits = 0
        self._misses = 0

    def get(self, key: str) -> bytes | None:
        with self._lock:
            found = self._values.get(key)
            if found is not None and found[1] <= self._clock.now_ms():
                self._drop(key)
                found = None
            if found is None:
                self._misses += 1
                return None
            self._hits += 1
            self._values.move_to_end(key)
            return found[0]

    def put(self, key: str, value: bytes, span_ms: int) -> None:
        with self._lock:
            self._drop(key)
            if len(value) > self._max_bytes:
                return
            self._values[key] = (value, self._clock.now_ms() + span_ms)
            self._size_bytes += len(value)
            while self._size_bytes > self._max_bytes:
                self._drop(next(iter(self._values)))

    def delete(self, key: str) -> None:
        with self._lock:
            self._drop(key)

    def _drop(self, key: str) -> None:
        found = self._values.pop(key, None)
        if found is not None:
            self._size_bytes -= len(found[0])

    def stats(self) -> CacheStats:
        with self._lock:
            return CacheStats(self._hits, self._misses, len(self._values), self._size_bytes)

    def fault(self) -> str:
        return ""

    def close(self) -> None:
        """Nothing is to be closed."""


_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
  key TEXT PRIMARY KEY, value BLOB NOT NULL, until_ms INTEGER NOT NULL, used_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entry_used ON entry (used_ms);
"""


class DiskCache:
    """One file of SQLite, shared by the processes of a machine; the longest unused go when
    there is more than about `max_bytes`. What cannot be read or written is a miss."""

    def __init__(self, path: Path, clock: Clock, max_bytes: int = 1 << 30) -> None:
        self._clock = clock
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._hits = 0
        self._misses = 0
        # Not counted yet: what earlier processes left.
        self._grown_bytes = max_bytes
        self._file: sqlite3.Connection | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(
                path, timeout=1.0, isolation_level=None, check_same_thread=False
            )
            self._file.execute("PRAGMA journal_mode=WAL")
            self._file.execute("PRAGMA synchronous=OFF")
            self._file.executescript(_SCHEMA)
        except (OSError, sqlite3.Error):
            self._file = None

    def get(self, key: str) -> bytes | None:
        now_ms = self._clock.now_ms()
        with self._lock:
            found = self._run("SELECT value FROM entry WHERE key=? AND until_ms>?", key, now_ms)
            if not found:
                self._misses += 1
                return None
            self._run("UPDATE entry SET used_ms=? WHERE key=?", now_ms, key)
            self._hits += 1
            return bytes(found[0][0])

    def put(self, key: str, value: bytes, span_ms: int) -> None:
        now_ms = self._clock.now_ms()
        with self._lock:
            self._run(
                "INSERT OR REPLACE INTO entry VALUES (?,?,?,?)",
                key,
                value,
                now_ms + span_ms,
                now_ms,
            )
            self._grown_bytes += len(value)
            if self._grown_bytes > self._max_bytes // _LOOK_PARTS:
                self._grown_bytes = 0
                self._trim(now_ms)

    def delete(self, key: str) -> None:
        with self._lock:
            self._run("DELETE FROM entry WHERE key=?", key)

    def stats(self) -> CacheStats:
        with self._lock:
            found = self._run("SELECT count(*), coalesce(sum(length(value)), 0) FROM entry")
            entries, size = found[0] if found else (0, 0)
            return CacheStats(self._hits, self._misses, entries, size)

    def fault(self) -> str:
        return ""

    def close(self) -> None:
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _trim(self, now_ms: int) -> None:
        found = self._run("SELECT coalesce(sum(length(value)), 0) FROM entry")
        size = found[0][0] if found else 0
        if size <= self._max_bytes:
            return
        self._run("DELETE FROM entry WHERE until_ms<=?", now_ms)
        for key, length in self._run("SELECT key, length(value) FROM entry ORDER BY used_ms, key"):
            if size <= self._max_bytes * _TRIM_TO:
                break
            self._run("DELETE FROM entry WHERE key=?", key)
            size -= length

    def _run(self, statement: str, *values: object) -> list[tuple[int, ...]]:
        if self._file is None:
            return []
        try:
            return self._file.execute(statement, values).fetchall()
        except sqlite3.Error:
            return []


class TieredCache:
    """A fast cache in front of a larger one; what is found behind is kept in front."""

    def __init__(self, front: Cache, behind: Cache, front_span_ms: int = 600_000) -> None:
        self._front = front
        self._behind = behind
        self._front_span_ms = front_span_ms

    def get(self, key: str) -> bytes | None:
        found = self._front.get(key)
        if found is None:
            found = self._behind.get(key)
            if found is not None:
                self._front.put(key, found, self._front_span_ms)
        return found

    def put(self, key: str, value: bytes, span_ms: int) -> None:
        self._behind.put(key, value, span_ms)
        self._front.put(key, value, min(span_ms, self._front_span_ms))

    def delete(self, key: str) -> None:
        self._behind.delete(key)
        self._front.delete(key)

    def stats(self) -> CacheStats:
        front, behind = self._front.stats(), self._behind.stats()
        return CacheStats(
            front.hits + behind.hits, behind.misses, behind.entries, behind.size_bytes
        )

    def fault(self) -> str:
        return self._front.fault() or self._behind.fault()

    def close(self) -> None:
        self._front.close()
        self._behind.close()
