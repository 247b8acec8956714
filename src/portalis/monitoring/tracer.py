"""Traces of jobs, sent when they end, to whatever receives OTLP over HTTP.

Traces are for looking, not for keeping accounts: what a receiver does not take after a few
tries is dropped, with a line in the log, and no job waits for it.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Final

import httpx

from portalis.core import faults
from portalis.core.ids import JobId
from portalis.monitoring.spans import otlp, spans_of
from portalis.workload.model.changes import Changes
from portalis.workload.model.events import LogEvent
from portalis.workload.model.transitions import ENDED_JOB
from portalis.workload.ports import State, Unavailable

LOG: Final = logging.getLogger(__name__)
# Jobs that wait to be told of; beyond that the newest are left out.
MOST_WAITING: Final = 10_000
SPANS_AT_ONCE: Final = 1_000
TRIES: Final = 3
_TIMEOUT_S: Final = 5.0
_AGAIN_S: Final = 1.0
_READ: Final = 1_000


class Tracer:
    """Runs in a thread of its own while it is used as a context. url: of the receiver."""

    def __init__(self, state: State, url: str, again_s: float = _AGAIN_S) -> None:
        self._state = state
        self._url = f"{url.rstrip('/')}/v1/traces"
        self._again_s = again_s
        self._ended: queue.Queue[JobId | None] = queue.Queue(MOST_WAITING)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._rounds, name="traces", daemon=True)
        state.on_commit(self._committed)

    def __enter__(self) -> Tracer:
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        self._put(None)
        self._thread.join()

    def _committed(self, changes: Changes) -> None:
        if not self._stopping.is_set():
            for job in changes.jobs:
                if job.state in ENDED_JOB:
                    self._put(job.id)

    def _put(self, job_id: JobId | None) -> None:
        try:
            self._ended.put_nowait(job_id)
        except queue.Full:
            LOG.warning("no trace of %s: too many jobs wait to be told of", job_id)

    def _rounds(self) -> None:
        with httpx.Client(timeout=_TIMEOUT_S) as client:
            while not (self._stopping.is_set() and self._ended.empty()):
                job_id = self._ended.get()
                if job_id is None:
                    return
                told = faults.attempt(lambda: self._tell(client, job_id))  # noqa: B023 - now
                if told is not None:
                    LOG.warning("no trace of %s: %s", job_id, told)
                    if self._stopping.is_set():
                        return

    def _tell(self, client: httpx.Client, job_id: JobId) -> str | None:
        """Why not, if not."""
        why = "it is gone"
        for _ in range(TRIES):
            try:
                job = self._state.job(job_id)
                if job is None:
                    return why
                spans = spans_of(job, self._events(job_id), self._state.attempts_of(job_id))
                for start in range(0, len(spans), SPANS_AT_ONCE):
                    body = otlp(job_id, spans[start : start + SPANS_AT_ONCE])
                    client.post(self._url, json=body).raise_for_status()
            except (httpx.HTTPError, httpx.InvalidURL, Unavailable) as error:
                why = str(error) or type(error).__name__
                if self._stopping.wait(self._again_s):
                    return why
            else:
                return None
        return why

    def _events(self, job_id: JobId) -> Sequence[LogEvent]:
        found: list[LogEvent] = []
        while page := self._state.events(job_id, len(found), _READ):
            found += page
        return found
