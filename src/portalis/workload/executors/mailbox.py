"""News on their way from the threads that make them to the one that polls."""

from __future__ import annotations

import queue

from portalis.core.ids import AttemptId
from portalis.workload.model.retry import Cause
from portalis.workload.ports import Lost, News

# No poll waits for longer: at least so often an executor says what is alive.
HEARTBEAT_MS = 1_000


class Mailbox:
    """For any number of threads that put, and one that takes."""

    def __init__(self) -> None:
        self._news: queue.SimpleQueue[News | None] = queue.SimpleQueue()

    def put(self, news: News) -> None:
        self._news.put(news)

    def wake(self) -> None:
        """Let a `take` that waits return."""
        self._news.put(None)

    def take(self, timeout_ms: int) -> list[News]:
        """All there is; waits for some at most this long, and no longer than a heartbeat."""
        found: list[News] = []
        try:
            first = self._news.get(timeout=min(timeout_ms, HEARTBEAT_MS) / 1000)
            while True:
                if first is not None:
                    found.append(first)
                first = self._news.get_nowait()
        except queue.Empty:
            return found


def not_known(attempt_id: AttemptId, cause: Cause) -> Lost:
    """What is said of an attempt that the executor does not have."""
    return Lost(attempt_id=attempt_id, cause=cause, message="not known here")
