"""A worker's process: frames in on standard input, frames out on standard output.

    in:  {"attempt", "memory_mb"} + a `Work`
    out: {"beat"} every second · {"attempt", "kind": done|refused|out_of_memory|fault, ...}

A thread of its own beats, so the owner can tell work from a hang; and it ends the process
group when the owner is gone. Standard output of whatever runs here goes to standard error.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Mapping
from typing import Any, BinaryIO

from portalis.core.faults import describe
from portalis.workload.executors import frames
from portalis.workload.executors.work import Refused, run
from portalis.workload.model.payload import Work

BEAT_S = 1.0


def main() -> None:
    """Until standard input ends."""
    tasks, news = own_pipes()
    lock = threading.Lock()
    threading.Thread(target=_beat, args=(news, lock, os.getppid()), daemon=True).start()
    while (frame := frames.read(tasks)) is not None:
        head, payload = frame
        found, output = answer(payload)
        with lock:
            frames.write(news, {"attempt": head["attempt"], **found}, output)


def own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes, moved to where nothing that runs here reads or prints."""
    tasks = os.fdopen(os.dup(0), "rb")
    news = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return tasks, news


def _beat(news: BinaryIO, lock: threading.Lock, owner: int) -> None:
    while True:
        time.sleep(BEAT_S)
        try:
            if os.getppid() != owner:
                raise BrokenPipeError
            with lock:
                frames.write(news, {"beat": True})
        except OSError:
            os.killpg(0, signal.SIGKILL)


def answer(payload: bytes) -> tuple[Mapping[str, Any], bytes]:
    """Do a `Work`: the head of the frame that says how it ended, and the output. Never raises."""
    started = time.perf_counter()
    output = b""
    found: dict[str, Any]
    try:
        result = run(Work.from_bytes(payload))
        if isinstance(result, Refused):
            found = {"kind": "refused", "message": result.message}
        else:
            found = {"kind": "done", "summary": result.summary}
            output = result.output
    except MemoryError:
        found = {"kind": "out_of_memory", "message": "the unit needs more memory"}
    except Exception as error:  # noqa: BLE001 - our bug, reported as ours
        found = {"kind": "fault", "message": describe(error)}
    return {**found, "busy_ms": int((time.perf_counter() - started) * 1000)}, output


if __name__ == "__main__":
    main()
