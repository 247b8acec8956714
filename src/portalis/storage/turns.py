"""Whose turn it is to write to a file that has one writer at a time.

SQLite lets a second writer look again and again, after up to a tenth of a second; here it is told
at once: threads by a lock, processes by the system's lock of a file beside the database.
"""

from __future__ import annotations

import fcntl
import threading
from pathlib import Path
from types import TracebackType


class Turn:
    """One at a time, of all who name the same file; of this process alone where there is none.
    Ends with the process that has it. Raises OSError for a file that cannot be made."""

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.Lock()
        self._file = None if path is None else path.open("ab")

    def __enter__(self) -> None:
        self._lock.acquire()
        if self._file is not None:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX)
            except BaseException:
                self._lock.release()
                raise

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._lock.release()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
