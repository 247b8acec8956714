"""Tasks shared out to processes of ours, as lines of JSON there and back.

Which process does what, and with what else, is no part of a result. A process that dies
takes nothing with it but the task that it died of.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import portalis
from portalis.translate import exchange

Task = TypeVar("Task")
Done = TypeVar("Done")
Work = Callable[[Sequence[Task]], Sequence[Done]]

# Tasks lighter than this are given out together.
BATCH_WEIGHT = 1500
# A process starts in about half a second, in which it would do this much.
WORTH_A_PROCESS = 1500
COMMAND = (sys.executable, "-P", "-m", "portalis.translate.worker")


def share(
    tasks: Sequence[Task],
    weights: Sequence[int],
    jobs: int,
    work: Work[Task, Done],
    done: type[Done],
    died: Callable[[str], Done],
) -> Iterator[tuple[int, Done]]:
    """Each task's number and result, as they come; heavy ones are begun first.

    work: what a process does with a batch, for where none is worth starting. done: the type
    of a result. died: the result of a task that no process survived, from what is known.
    """
    batches = _batches(weights)
    jobs = min(jobs, len(batches), sum(weights) // WORTH_A_PROCESS)
    if jobs < 2:
        for batch in batches:
            yield from zip(batch, work([tasks[i] for i in batch]), strict=True)
        return
    # Who was in a batch that a process died of is tried once more, alone.
    alone: list[list[int]] = []
    for round_batches in (batches, alone):
        requests = [exchange.dumps([tasks[i] for i in batch]) for batch in round_batches]
        for number, reply in _answers(requests, jobs):
            batch = round_batches[number]
            if isinstance(reply, str):
                yield from zip(batch, exchange.loads_each(done, reply), strict=True)
            elif len(batch) > 1:
                alone += [[i] for i in batch]
            else:
                yield batch[0], died(str(reply))


def _batches(weights: Sequence[int]) -> list[list[int]]:
    """Numbers of tasks, heavy ones first; the same for the same weights."""
    order = sorted(range(len(weights)), key=lambda i: (-weights[i], i))
    batches: list[list[int]] = []
    room = 0
    for i in order:
        if weights[i] <= room:
            batches[-1].append(i)
        else:
            batches.append([i])
            room = BATCH_WEIGHT
        room -= weights[i]
    return batches


@dataclass(frozen=True, slots=True)
class _Death:
    """How a process ended that owed an answer."""

    code: int

    def __str__(self) -> str:
        if self.code >= 0:
            return f"its process ended with exit code {self.code}"
        try:
            name = signal.Signals(-self.code).name
        except ValueError:
            name = f"signal {-self.code}"
        short = ": memory may have been short" if -self.code == signal.SIGKILL else ""
        return f"its process was ended by {name}{short}"


def _answers(requests: Sequence[str], jobs: int) -> Iterator[tuple[int, str | _Death]]:
    """Each request's number and answer, as they come. Ends all processes when it ends."""
    waiting: queue.SimpleQueue[int | None] = queue.SimpleQueue()
    answered: queue.SimpleQueue[tuple[int, str | _Death]] = queue.SimpleQueue()
    lanes = [_Lane(requests, waiting, answered) for _ in range(min(jobs, len(requests)))]
    for number in range(len(requests)):
        waiting.put(number)
    try:
        for lane in lanes:
            threading.Thread(target=lane.run, name="portalis-lane", daemon=True).start()
        for _ in requests:
            yield answered.get()
    finally:
        for lane in lanes:
            waiting.put(None)
            lane.stop()


@dataclass(slots=True)
class _Lane:
    """One process at a time, and another after one that died."""

    requests: Sequence[str]
    waiting: queue.SimpleQueue[int | None]
    answered: queue.SimpleQueue[tuple[int, str | _Death]]
    process: subprocess.Popen[bytes] | None = None
    is_stopped: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        while (number := self.waiting.get()) is not None:
            try:
                answer = self._ask(self.requests[number])
            except OSError:
                answer = ""
            self.answered.put((number, answer or self._death()))

    def stop(self) -> None:
        """End the process and what it runs. May be called from another thread."""
        with self.lock:
            self.is_stopped = True
            if self.process is not None:
                _kill(self.process)

    def _ask(self, request: str) -> str:
        """The answer; "" if the process died."""
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(request.encode("ascii") + b"\n")
        process.stdin.flush()
        line = process.stdout.readline()
        return line.decode("ascii") if line.endswith(b"\n") else ""

    def _started(self) -> subprocess.Popen[bytes]:
        with self.lock:
            if self.is_stopped:
                raise OSError("stopped")
            if self.process is None:
                self.process = subprocess.Popen(
                    COMMAND,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=None if os.environ.get("PORTALIS_DEBUG") else subprocess.DEVNULL,
                    env=_environment(),
                    # A group of its own: Ctrl-C comes to us, and we end it with all it runs.
                    process_group=0,
                )
            return self.process

    def _death(self) -> _Death:
        with self.lock:
            process, self.process = self.process, None
        return _Death(_kill(process) if process is not None else 1)


def _kill(process: subprocess.Popen[bytes]) -> int:
    """End a process and its group, if it has not ended; its exit code."""
    code = process.poll()
    if code is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    return code


def _environment() -> dict[str, str]:
    """This process's, in which the same portalis is found."""
    home = str(Path(portalis.__file__).resolve().parents[1])
    paths = [home, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths))}
