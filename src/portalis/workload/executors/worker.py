"""A worker's process: frames in on standard input, frames out on standard output.

    in:  {"attempts", "sizes"} + a `Work` of each
    out: {"beat"} every second · of each attempt, in the same order:
         {"attempt", "kind": done|refused|out_of_memory|fault, ...} + its output

A thread of its own beats, so the owner can tell work from a hang; and it ends the process
group when the owner is gone. Standard output of whatever runs here goes to standard error.
"""

from __future__ import annotations

import itertools
import os
import signal
import threading
import time
from collections.abc import Sequence
from functools import partial
from typing import Any, BinaryIO

from portalis.core import faults
from portalis.workload.executors import frames, peak
from portalis.workload.executors.work import Done, Refused, run, run_parts
from portalis.workload.model.payload import Work


def main() -> None:
    """Until standard input ends."""
    tasks, news = frames.own_pipes()
    lock = threading.Lock()
    threading.Thread(target=_beat, args=(news, lock, os.getppid()), daemon=True).start()
    while (frame := frames.read(tasks)) is not None:
        head, body = frame
        found = answers(_cut(body, head["sizes"]))
        with lock:
            for attempt, (said, output) in zip(head["attempts"], found, strict=True):
                frames.write(news, {"attempt": attempt, **said}, output)


def _cut(body: bytes, sizes: Sequence[int]) -> list[bytes]:
    ends = list(itertools.accumulate(sizes))
    return [body[end - size : end] for end, size in zip(ends, sizes, strict=True)]


def _beat(news: BinaryIO, lock: threading.Lock, owner: int) -> None:
    while True:
        time.sleep(frames.BEAT_S)
        try:
            if os.getppid() != owner:
                raise BrokenPipeError
            with lock:
                frames.write(news, {"beat": True})
        except OSError:
            os.killpg(0, signal.SIGKILL)


# The head of the frame that says how an attempt ended, and its output.
Answer = tuple[dict[str, Any], bytes]


def answer(payload: bytes) -> Answer:
    """Do one `Work`. Never raises."""
    return answers([payload])[0]


def answers(payloads: Sequence[bytes]) -> list[Answer]:
    """Do them all; parts of plans together. Never raises. `busy_ms` of all is the time that it
    took: what was done together is shared out by the CPU time that each needed."""
    works = [faults.attempt(partial(Work.from_bytes, payload)) for payload in payloads]
    together = _together([work for work in works if isinstance(work, Work) and work.is_part])
    return [together[id(work)] if id(work) in together else _alone(work) for work in works]


def _together(parts: Sequence[Work]) -> dict[int, Answer]:
    """By the identity of the work: what is missing is to be done by itself."""
    if len(parts) < 2:
        return {}
    started = time.perf_counter()
    peak.reset()
    found = faults.attempt(partial(run_parts, parts))
    if isinstance(found, faults.Fault):
        return {}
    took_ms = int((time.perf_counter() - started) * 1000)
    done = [(id(work), *each) for work, each in zip(parts, found, strict=True) if each is not None]
    shares = shared_out(took_ms, [cpu_s for *_, cpu_s in done])
    return {
        key: _answer(result, busy_ms)
        for (key, result, _), busy_ms in zip(done, shares, strict=True)
    }


def shared_out(whole: int, weights: Sequence[float]) -> list[int]:
    """The whole in parts of these weights: none of it is lost, however small they are."""
    if not weights:
        return []
    total = sum(weights)
    if not total:
        weights, total = [1.0] * len(weights), len(weights)
    ends = [int(whole * min(1.0, sum_ / total)) for sum_ in itertools.accumulate(weights)]
    ends[-1] = whole
    return [end - begin for begin, end in zip([0, *ends], ends, strict=False)]


def _alone(work: Work | faults.Fault) -> Answer:
    started = time.perf_counter()
    peak.reset()
    result: Done | Refused | faults.Fault | None
    try:
        result = work if isinstance(work, faults.Fault) else run(work)
    except MemoryError:
        result = None
    except Exception as error:  # noqa: BLE001 - our bug, reported as ours
        result = faults.Fault(faults.describe(error))
    return _answer(result, int((time.perf_counter() - started) * 1000))


def _answer(result: Done | Refused | faults.Fault | None, busy_ms: int) -> Answer:
    """None: there was not enough memory."""
    if isinstance(result, Done):
        # Of all that it was done together with; of rustc, which it started, nothing.
        summary = {**result.summary, "peak_mb": peak.peak_mb()}
        done = {"kind": "done", "summary": summary, "busy_ms": busy_ms}
        return done, result.output
    if result is None:
        found = {"kind": "out_of_memory", "message": "the unit needs more memory"}
    elif isinstance(result, Refused):
        found = {"kind": "refused", "message": result.message}
    else:
        found = {"kind": "fault", "message": str(result)}
    return {**found, "busy_ms": busy_ms}, b""


if __name__ == "__main__":
    main()
