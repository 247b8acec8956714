"""What is told of each commit to those outside: lines of JSON, and traces."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from portalis.app.settings import Settings
from portalis.monitoring import logs
from portalis.workload.ports import State


@contextmanager
def telling(settings: Settings, state: State) -> Iterator[None]:
    """Of what this process commits, as far as the settings ask for it."""
    if settings.log_json:
        logs.write_json(sys.stderr)
        state.on_commit(logs.log_commit)
    if not settings.traces_url:
        yield
        return
    # It brings an HTTP client, for which nobody else waits.
    from portalis.monitoring.tracer import Tracer  # noqa: PLC0415

    with Tracer(state, settings.traces_url):
        yield
