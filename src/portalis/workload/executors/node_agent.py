"""The agent of a spot machine: notices of its end in, its node drained.

    metadata service --poll--> notices --follow (pure)--> drain the node, say so

What runs there and what comes instead is the clerk's: it sees the node drain.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from portalis.core.clock import Clock
from portalis.resource.notices import Notice, Watched, follow, keys
from portalis.workload.ports import Unavailable

DRAIN_S = 30.0
# What the process that drains says when Ray has agreed.
ACCEPTED = "drained"
# Of what Ray says, at most so many characters are told.
MAX_SAID = 300


class Source(Protocol):
    """What `Metadata` does."""

    def notices(self) -> tuple[Notice, ...]: ...


class Agent:
    """drain: drains the node by the notice; raises Unavailable. told: called with what an
    operator should know."""

    def __init__(
        self,
        source: Source,
        drain: Callable[[Notice], None],
        clock: Clock,
        told: Callable[[str], None],
    ) -> None:
        self._source = source
        self._drain = drain
        self._clock = clock
        self._told = told
        self._seen = Watched(now_ms=clock.now_ms(), answered_ms=clock.now_ms())

    @property
    def drained(self) -> Notice | None:
        """The notice for which the node was drained."""
        return self._seen.drained

    def look(self) -> None:
        """Ask once, and do what follows. A service that does not answer, or a cluster that does
        not drain the node, is asked again by the next call."""
        seen = replace(self._seen, now_ms=self._clock.now_ms())
        # Without an answer what it said before holds.
        with contextlib.suppress(Unavailable):
            seen = replace(seen, notices=self._source.notices(), answered_ms=seen.now_ms)
        following = follow(seen)
        self._seen = replace(seen, told=keys(seen))
        for text in following.says:
            self._told(text)
        if following.drain is not None:
            try:
                self._drain(following.drain)
            except Unavailable as error:
                self._told(str(error))
                return
            self._seen = replace(self._seen, drained=following.drain)
            self._told("the node is drained")


def ray_drainer(address: str, node_id: str) -> Callable[[Notice], None]:
    """Drains the node of a Ray cluster; empty: the one of this machine."""

    def drain(notice: Notice) -> None:
        module = "portalis.workload.executors.ray_drain"
        message = f"{notice.kind} {notice.action}".strip()
        command = [sys.executable, "-m", module, address, node_id, str(notice.at_ms), message]
        try:
            ran = subprocess.run(
                command, capture_output=True, text=True, timeout=DRAIN_S, check=False
            )
        except (subprocess.TimeoutExpired, OSError) as error:
            raise Unavailable(f"the node is not drained: {error}") from error
        if ACCEPTED not in ran.stdout:
            text = (ran.stderr.strip().splitlines() or [""])[-1][:MAX_SAID]
            raise Unavailable(f"the node is not drained: {text}")

    return drain
