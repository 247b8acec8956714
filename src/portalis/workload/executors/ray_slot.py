"""A slot of a Ray cluster: the actor in which units run, one at a time.

    work(attempt, payload) -> a frame, as a worker's process writes it (`worker.py`)

It answers `beat` in a thread of its own, so that its owner can tell work from a hang; it is
stopped by being killed. Only bytes, numbers and text go in and out.
"""

from __future__ import annotations

import io
import os
from typing import Any

import ray

from portalis.workload.executors import frames
from portalis.workload.executors.worker import answer

# Threads of the actor, by what they do: units one after the other, short answers beside them.
GROUPS = {"work": 1, "talk": 2}


class RaySlot:
    """Runs in a worker process of Ray."""

    def __init__(self) -> None:
        self._dropped: set[str] = set()

    def beat(self) -> int:
        """The id of the process."""
        return os.getpid()

    def drop(self, attempt_id: str) -> None:
        """Do not begin this one."""
        self._dropped.add(attempt_id)

    def work(self, attempt_id: str, payload: bytes) -> bytes:
        """Do it, unless it was dropped."""
        out = io.BytesIO()
        if attempt_id in self._dropped:
            self._dropped.discard(attempt_id)
            frames.write(out, {"kind": "dropped"})
        else:
            head, output = answer(payload)
            frames.write(out, head, output)
        return out.getvalue()


# Ray's annotations leave out this one; clients outside of the cluster need it said here.
_ray: Any = ray
_ray.method(concurrency_group="talk")(RaySlot.beat)
_ray.method(concurrency_group="talk")(RaySlot.drop)
_ray.method(concurrency_group="work")(RaySlot.work)
