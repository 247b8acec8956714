"""A slot of a Ray cluster: the actor in which units run, a batch at a time.

    work(attempts, payloads) -> frames, as a worker's process writes them (`worker.py`)

It answers `beat` in a thread of its own, so that its owner can tell work from a hang; it is
stopped by being killed. Only bytes, numbers and text go in and out. The compiler is loaded from
the start, beside the first beat and the way of the first batch; Ray's driver, which imports this
to name the class, has no use for it.
"""

from __future__ import annotations

import importlib
import io
import os
import threading
from collections.abc import Sequence
from typing import Any

import ray

from portalis.workload.executors import frames

# Threads of the actor, by what they do: units, and short answers beside them.
GROUPS = {"work": 1, "talk": 1}


def _worker() -> Any:  # noqa: ANN401 - a module
    """What does the work, loaded once however many ask."""
    return importlib.import_module("portalis.workload.executors.worker")


class RaySlot:
    """Runs in a worker process of Ray. nicer: how much it gives way to others."""

    def __init__(self, nicer: int = 0) -> None:
        os.nice(nicer)
        threading.Thread(target=_worker, daemon=True).start()

    def beat(self) -> int:
        """The id of the process."""
        return os.getpid()

    def work(self, attempt_ids: Sequence[str], payloads: Sequence[bytes]) -> bytes:
        """Do them; a frame each."""
        out = io.BytesIO()
        for attempt_id, (head, output) in zip(
            attempt_ids, _worker().answers(payloads), strict=True
        ):
            frames.write(out, {"attempt": attempt_id, **head}, output)
        return out.getvalue()


# Ray's annotations leave out this one; clients outside of the cluster need it said here.
_ray: Any = ray
_ray.method(concurrency_group="talk")(RaySlot.beat)
_ray.method(concurrency_group="work")(RaySlot.work)
