"""The `Executor` port on this machine: a pool of processes that live on from unit to unit.

Each slot has a thread that owns one process and gives it a batch at a time, whose units it
does together. Killing the process is how an attempt is stopped; its end is how the loss of an
attempt is noticed, at once. What else was in the batch is begun again, where the process died
of itself each alone, so that only the culprit is lost.

Urgent batches do not wait for the end of others: one more process is kept for them, to which a
slot that works on what is not urgent is lent. What it works on goes on beside, and does not pay
for that time; so slots never work for longer than they are there.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from portalis.core import faults
from portalis.core.clock import Clock
from portalis.core.ids import AttemptId
from portalis.resource.policy import TOP
from portalis.workload.executors import frames
from portalis.workload.executors.mailbox import HEARTBEAT_MS, Mailbox, not_known
from portalis.workload.model.retry import Cause
from portalis.workload.model.snapshot import Gpu
from portalis.workload.ports import Alive, Finished, Lost, News, Task, Unavailable

_CAUSES = {
    "refused": Cause.REFUSED,
    "out_of_memory": Cause.OUT_OF_MEMORY,
    "fault": Cause.FAULT,
}


# Who answers requests, and what is urgent, goes before the work of batches.
_NICER: Final = 10
_URGENT_NICER: Final = 5


@dataclass(slots=True)
class _Slot:
    """A place where one batch runs at a time. running: what of it has not ended. stopped: what
    of that is to end, and why. next: batches that only this slot takes.

    is_spare: it has no time of its own and runs what is urgent in that of `lender`. urgency: of
    the batch. lent_from_ms: since when it is lent; lent_ms: for how long of its batch it was.
    drain_ms: nothing new begins in it, and it ends by then."""

    place: str
    process: subprocess.Popen[bytes] | None = None
    running: dict[AttemptId, Task] = field(default_factory=dict)
    since_ms: int = 0
    beat_ms: int = 0
    stopped: dict[AttemptId, Cause] = field(default_factory=dict)
    next: deque[list[Task]] = field(default_factory=deque)
    is_spare: bool = False
    urgency: int = 0
    lender: _Slot | None = None
    lent_from_ms: int | None = None
    lent_ms: int = 0
    drain_ms: int | None = None


class LocalExecutor:
    """`slots` processes. `command`: what a process runs; for tests."""

    def __init__(
        self, slots: int, clock: Clock, command: Sequence[str] | None = None, place: str = "local"
    ) -> None:
        self._clock = clock
        self._command = command or (sys.executable, "-m", "portalis.workload.executors.worker")
        self._news = Mailbox()
        self._changed = threading.Condition()
        self._closing = False
        self._queue: list[tuple[int, int, list[Task]]] = []
        self._order = 0
        # Whether anything urgent was there.
        self._is_asked = False
        self._known: set[AttemptId] = set()
        self._told_ms = 0
        self._own = [_Slot(f"{place}-{number}") for number in range(slots)]
        spare = [_Slot(f"{place}-urgent", is_spare=True)] if slots else []
        self._slots = self._own + spare
        self._threads = [
            threading.Thread(target=self._serve, args=(slot,), name=slot.place, daemon=True)
            for slot in self._slots
        ]
        for thread in self._threads:
            thread.start()

    @property
    def slots(self) -> int:
        return sum(slot.drain_ms is None for slot in self._own)

    @property
    def places(self) -> Mapping[str, int]:
        return {slot.place: int(slot.drain_ms is None or bool(slot.running)) for slot in self._own}

    def drain(self, places: Mapping[str, int]) -> None:
        with self._changed:
            for slot in self._own:
                drain_ms = places.get(slot.place)
                if drain_ms == slot.drain_ms:
                    continue
                slot.drain_ms = drain_ms
                if drain_ms is not None:
                    # What it alone was to take is for any.
                    self._enqueue(list(slot.next), slot.urgency)
                    slot.next.clear()
                self._changed.notify_all()

    def _part(self, now_ms: int) -> None:
        """What runs at a place that is to be gone now is handed back."""
        with self._changed:
            for slot in self._own:
                if slot.drain_ms is not None and slot.drain_ms <= now_ms and slot.running:
                    for attempt_id in slot.running:
                        slot.stopped.setdefault(attempt_id, Cause.DRAINED)
                    _kill(slot.process)

    @property
    def gpus(self) -> Sequence[Gpu]:
        # The model engine, which needs them, is not part of the workers.
        return ()

    @property
    def spot_slots(self) -> int | None:
        return None

    def start(self, batch: Sequence[Task]) -> None:
        with self._changed:
            if self._closing:
                raise Unavailable("the executor is closed")
            fresh = [task for task in batch if task.attempt_id not in self._known]
            if fresh:
                self._known.update(task.attempt_id for task in fresh)
                self._enqueue([fresh], max(task.urgency for task in fresh))

    def _enqueue(self, batches: Sequence[list[Task]], urgency: int) -> None:
        for batch in batches:
            self._order += 1
            self._is_asked = self._is_asked or urgency > TOP
            self._queue.append((-urgency, self._order, batch))
        self._queue.sort(key=lambda entry: entry[:2])
        self._changed.notify_all()

    def stop(self, attempt_id: AttemptId, cause: Cause) -> None:
        with self._changed:
            for tasks in self._waiting():
                found = next((task for task in tasks if task.attempt_id == attempt_id), None)
                if found is not None:
                    tasks.remove(found)
                    self._lost(found, cause, "it had not begun", "", 0)
                    return
            for slot in self._slots:
                if attempt_id in slot.running:
                    slot.stopped[attempt_id] = cause
                    _kill(slot.process)
                    return
        self._news.put(not_known(attempt_id, cause))

    def adopt(self, attempt_ids: Collection[AttemptId]) -> Collection[AttemptId]:
        with self._changed:
            return self._known.intersection(attempt_ids)

    def poll(self, timeout_ms: int) -> Sequence[News]:
        found = self._news.take(timeout_ms)
        now_ms = self._clock.now_ms()
        self._part(now_ms)
        if now_ms - self._told_ms >= HEARTBEAT_MS:
            self._told_ms = now_ms
            found += self._alive(now_ms)
        return found

    def wake(self) -> None:
        self._news.wake()

    def close(self) -> None:
        with self._changed:
            self._closing = True
            for slot in self._slots:
                _kill(slot.process)
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(timeout=5)

    def processes(self) -> Sequence[int]:
        """The ids of the processes that live; the spare one's only while it works."""
        return [
            slot.process.pid
            for slot in self._slots
            if slot.process
            and slot.process.poll() is None
            and not (slot.is_spare and not slot.running)
        ]

    def _alive(self, now_ms: int) -> list[News]:
        with self._changed:
            found: list[News] = [
                Alive(attempt_id=task.attempt_id) for tasks in self._waiting() for task in tasks
            ]
            for slot in self._slots:
                # What runs speaks for itself: a hung process is silent.
                if now_ms - slot.beat_ms < 3 * HEARTBEAT_MS:
                    found += _running(slot)
            return found

    def _waiting(self) -> list[list[Task]]:
        """The batches that no process has."""
        batches = [tasks for _, _, tasks in self._queue]
        return batches + [tasks for slot in self._slots for tasks in slot.next]

    def _serve(self, slot: _Slot) -> None:
        # Before the first task: a process needs a second to load the compiler.
        while True:
            if slot.drain_ms is None:
                self._load(slot)
            batch = self._next(slot)
            if batch is None:
                _end(slot.process)
                return
            if not batch:
                continue
            for each in _running(slot):
                self._news.put(each)
            self._run(slot, batch)
            self._give_back(slot)

    def _load(self, slot: _Slot) -> None:
        """Let the slot's process load. The spare one loads once something urgent was there, since
        others need none, and is waited for until it speaks: what is urgent would else wait for
        it."""
        if slot.is_spare:
            with self._changed:
                while not self._closing and not self._is_asked:
                    self._changed.wait(timeout=1.0)
        fresh = slot.process is None or slot.process.poll() is not None
        with contextlib.suppress(OSError, ValueError):
            process = self._process(slot)
            if slot.is_spare and fresh:
                assert process.stdout is not None
                frames.read(process.stdout)  # type: ignore[arg-type]

    def _next(self, slot: _Slot) -> list[Task] | None:
        """The next batch of the slot; waits for one. None: the end. Empty: it is used again."""
        was_drained = False
        with self._changed:
            while not self._closing:
                batch = self._take(slot) if self._may_begin(slot) else []
                if batch:
                    slot.running = {task.attempt_id: task for task in batch}
                    slot.stopped = {}
                    slot.since_ms = slot.beat_ms = self._clock.now_ms()
                    slot.urgency = max(task.urgency for task in batch)
                    slot.lent_ms = 0
                    if slot.lender is not None:
                        slot.lender.lent_from_ms = slot.since_ms
                    # The spare one may lend what has become busy just now.
                    self._changed.notify_all()
                    return batch
                if slot.drain_ms is not None:
                    _end(slot.process)
                    slot.process, was_drained = None, True
                elif was_drained:
                    return []
                self._changed.wait(timeout=1.0)
        return None

    def _may_begin(self, slot: _Slot) -> bool:
        """Whether the slot has time to work: its own that is not lent, or, of the spare one, that
        of a lender that is found here."""
        if not slot.is_spare:
            return slot.lent_from_ms is None and slot.drain_ms is None
        slot.lender = None
        staying = [each for each in self._own if each.drain_ms is None]
        if all(each.running for each in staying):
            lenders = [each for each in staying if each.urgency <= TOP and not each.stopped]
            # The one that has worked for the longest would end first: it is left alone.
            slot.lender = max(lenders, key=lambda each: each.since_ms, default=None)
        return slot.lender is not None

    def _give_back(self, slot: _Slot) -> None:
        """The slot that was lent to this one works for itself again."""
        with self._changed:
            lender, slot.lender = slot.lender, None
            if lender is not None:
                self._settle(lender)
                lender.lent_from_ms = None
                self._changed.notify_all()

    def _settle(self, slot: _Slot) -> None:
        """Note for how long of its batch the slot was lent until now."""
        if slot.lent_from_ms is not None:
            now_ms = self._clock.now_ms()
            slot.lent_ms += now_ms - slot.lent_from_ms
            slot.lent_from_ms = now_ms

    def _take(self, slot: _Slot) -> list[Task]:
        """A batch that is not empty, if there is one."""
        while slot.next:
            if batch := slot.next.popleft():
                return batch
        for number, (urgency, _, tasks) in enumerate(self._queue):
            if not tasks or (slot.is_spare and -urgency <= TOP):
                continue
            elsewhere = any(
                other.place not in tasks[0].avoid and other.drain_ms is None for other in self._own
            )
            if slot.place in tasks[0].avoid and elsewhere:
                continue
            del self._queue[number]
            return tasks
        return []

    def _run(self, slot: _Slot, batch: Sequence[Task]) -> None:
        """Until the batch's end, or its process's."""
        if isinstance(faults.attempt(partial(self._converse, slot, batch)), faults.Fault):
            # It ended, or what it said makes no sense.
            _kill(slot.process)
        with self._changed:
            if slot.running or slot.stopped:
                # An order to stop may have met an answer on the way: the process is being
                # killed then, too.
                _end(slot.process)
                slot.process = None
            self._leave(slot)

    def _converse(self, slot: _Slot, batch: Sequence[Task]) -> None:
        """Ask the process, and hear its answers. Raises OSError, ValueError."""
        process = self._process(slot)
        assert process.stdin is not None
        assert process.stdout is not None
        payloads = [task.payload for task in batch]
        head = {
            "attempts": [task.attempt_id for task in batch],
            "sizes": [len(payload) for payload in payloads],
        }
        frames.write(process.stdin, head, b"".join(payloads))  # type: ignore[arg-type]
        while slot.running:
            frame = frames.read(process.stdout)  # type: ignore[arg-type]
            if frame is None:
                return
            slot.beat_ms = self._clock.now_ms()
            if "attempt" in frame[0]:
                with self._changed:
                    task = slot.running.pop(AttemptId(frame[0]["attempt"]))
                    self._answered(slot, task, *frame)

    def _leave(self, slot: _Slot) -> None:
        """What of the batch has not ended is lost, or begun again."""
        left, slot.running = list(slot.running.values()), {}
        self._settle(slot)
        busy_ms = max(0, self._clock.now_ms() - slot.since_ms - slot.lent_ms)
        again = [task for task in left if task.attempt_id not in slot.stopped]
        if len(left) == 1 and again:
            self._lost(again.pop(), Cause.WORKER_DIED, "", slot.place, busy_ms)
        for task in left:
            cause = slot.stopped.get(task.attempt_id)
            if cause is not None:
                self._lost(task, cause, "", slot.place, busy_ms)
        if slot.is_spare:
            # Whichever slot has time for it.
            self._enqueue([again] if slot.stopped else [[task] for task in again], slot.urgency)
        elif again and slot.stopped:
            slot.next.appendleft(again)
        else:
            slot.next.extendleft([task] for task in reversed(again))
        slot.stopped = {}

    def _process(self, slot: _Slot) -> subprocess.Popen[bytes]:
        with self._changed:
            if slot.process is None or slot.process.poll() is not None:
                if self._closing or slot.stopped:
                    raise BrokenPipeError
                # Its pipes outlive a process that died while it was idle.
                _end(slot.process)
                slot.process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
                nicer = _URGENT_NICER if slot.is_spare else _NICER
                _give_way(slot.process, nicer)
            return slot.process

    def _answered(self, slot: _Slot, task: Task, head: dict[str, Any], output: bytes) -> None:
        self._settle(slot)
        unpaid_ms = min(slot.lent_ms, head["busy_ms"])
        slot.lent_ms -= unpaid_ms
        busy_ms = head["busy_ms"] - unpaid_ms
        if head["kind"] == "done":
            self._known.discard(task.attempt_id)
            self._news.put(
                Finished(
                    attempt_id=task.attempt_id,
                    output=output,
                    place=slot.place,
                    busy_ms=busy_ms,
                    summary=head["summary"],
                )
            )
        else:
            self._lost(task, _CAUSES[head["kind"]], head["message"], slot.place, busy_ms)

    def _lost(self, task: Task, cause: Cause, message: str, place: str, busy_ms: int) -> None:
        self._known.discard(task.attempt_id)
        self._news.put(
            Lost(
                attempt_id=task.attempt_id,
                cause=cause,
                message=message,
                place=place,
                busy_ms=busy_ms,
            )
        )


def _running(slot: _Slot) -> list[News]:
    return [
        Alive(attempt_id=attempt_id, place=slot.place, running_ms=slot.since_ms)
        for attempt_id in slot.running
    ]


def _give_way(process: subprocess.Popen[bytes], nicer: int) -> None:
    """The process and what it starts go after those of this one's priority. Lower than the
    lowest there is none."""
    own = os.getpriority(os.PRIO_PROCESS, 0)
    with contextlib.suppress(ProcessLookupError):
        os.setpriority(os.PRIO_PROCESS, process.pid, min(19, own + nicer))


def _kill(process: subprocess.Popen[bytes] | None) -> None:
    """The process with all that it started."""
    if process is not None and process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            process.kill()


def _end(process: subprocess.Popen[bytes] | None) -> None:
    """Kill it, and let the system forget it."""
    if process is None:
        return
    _kill(process)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue
