"""A slot of a Ray cluster: the actor in which units run, a batch at a time.

    work(attempts, payloads) -> frames, as a worker's process writes them (`worker.py`)

It answers `beat` in a thread of its own, so that its owner can tell work from a hang; it is
stopped by being killed. Only bytes, numbers and text go in and out.
"""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from typing import Any

import ray

from portalis.workload.executors import frames
from portalis.workload.executors.worker import answers

# Threads of the actor, by what they do: units, and short answers beside them.
GROUPS = {"work": 1, "talk": 1}


class RaySlot:
    """Runs in a worker process of Ray."""

    def beat(self) -> int:
        """The id of the process."""
        return os.getpid()

    def work(self, attempt_ids: Sequence[str], payloads: Sequence[bytes]) -> bytes:
        """Do them; a frame each."""
        out = io.BytesIO()
        for attempt_id, (head, output) in zip(attempt_ids, answers(payloads), strict=True):
            frames.write(out, {"attempt": attempt_id, **head}, output)
        return out.getvalue()


# Ray's annotations leave out this one; clients outside of the cluster need it said here.
_ray: Any = ray
_ray.method(concurrency_group="talk")(RaySlot.beat)
_ray.method(concurrency_group="work")(RaySlot.work)
