"""The `Executor` port on a Ray cluster, seen from the service: it speaks with Ray's driver,
which is a process of its own (`ray_driver.py`), started anew when it ends.

Ray is disposable: what its driver had when it ended is lost, and the clerk tries it again.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

from portalis.core import faults
from portalis.core.clock import Clock
from portalis.core.ids import AttemptId
from portalis.workload.executors import frames
from portalis.workload.executors.mailbox import Mailbox, not_known
from portalis.workload.executors.ray_scaling import NOTHING, ONE_CPU
from portalis.workload.model.retry import Cause
from portalis.workload.model.snapshot import Gpu
from portalis.workload.ports import Alive, Finished, Fleet, Lost, News, Task, Unavailable

# A driver that is silent for this long hangs.
SILENT_MS = 15_000
# From one driver to the next: doubles while they end at once.
FIRST_REST_S = 0.5
MAX_REST_S = 10.0
CLOSE_S = 10.0
# What is known without a driver.
_AWAY: Mapping[str, Any] = {
    "slots": 0,
    "spot_slots": None,
    "gpus": [],
    "nodes": None,
    "places": {},
    "processes": [],
}
_DRIVER = (sys.executable, "-m", "portalis.workload.executors.ray_driver")


class RayExecutor:
    """address: `local` makes a cluster of this machine, for this executor; `auto`, `HOST:PORT`
    and `ray://HOST:PORT` as `ray.init` takes them. slots: at most; 0: as many as nodes bear.
    told: called with what an operator should know. slot: what one takes of a node, bundle: what
    a node has that is asked of Ray's autoscaler, by Ray's names; without a bundle none is asked
    for, and all nodes are used. Raises ImportError without Ray."""

    def __init__(
        self,
        address: str,
        clock: Clock,
        slots: int = 0,
        told: Callable[[str], None] = lambda _: None,
        environ: Mapping[str, str] | None = None,
        slot: Mapping[str, float] = ONE_CPU,
        bundle: Mapping[str, float] = NOTHING,
    ) -> None:
        if importlib.util.find_spec("ray") is None:
            raise ImportError("Ray needs an extra: pip install 'portalis[ray]'")
        asked = {"address": address, "slots": slots, "slot": dict(slot), "bundle": dict(bundle)}
        self._command = (*_DRIVER, json.dumps(asked))
        self._wanted: Fleet | None = None
        self._leaving: Mapping[str, int] = {}
        self._environ = environ
        self._clock = clock
        self._told = told
        self._news = Mailbox()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._known: set[AttemptId] = set()
        self._state: Mapping[str, Any] = _AWAY
        self._heard_ms = clock.now_ms()
        self._driver: subprocess.Popen[bytes] | None = None
        self._orders: queue.SimpleQueue[tuple[Mapping[str, Any], bytes] | None] | None = None
        self._open()
        self._thread = threading.Thread(target=self._keep, name="ray", daemon=True)
        self._thread.start()

    @property
    def slots(self) -> int:
        return int(self._state["slots"])

    @property
    def nodes(self) -> Fleet | None:
        """How many nodes are there and stay, by market; None: it is not known."""
        found: Fleet | None = self._state["nodes"]
        return found

    def scale(self, fleet: Fleet | None) -> None:
        """Ask Ray's autoscaler for so many nodes, and use no more; None: it is not asked."""
        with self._lock:
            if fleet != self._wanted:
                self._wanted = fleet
                if self._orders is not None:
                    self._orders.put(({"scale": fleet}, b""))

    @property
    def places(self) -> Mapping[str, int]:
        found: Mapping[str, int] = self._state["places"]
        return found

    def drain(self, places: Mapping[str, int]) -> None:
        """By Ray, which takes no node back that it has drained."""
        with self._lock:
            if places != self._leaving:
                self._leaving = dict(places)
                if self._orders is not None:
                    self._orders.put(({"drain": self._leaving}, b""))

    @property
    def gpus(self) -> Sequence[Gpu]:
        return [Gpu(**each) for each in self._state["gpus"]]

    @property
    def spot_slots(self) -> int | None:
        found: int | None = self._state["spot_slots"]
        return found

    def start(self, batch: Sequence[Task]) -> None:
        with self._lock:
            if self._orders is None:
                raise Unavailable("Ray does not answer")
            fresh = [task for task in batch if task.attempt_id not in self._known]
            if fresh:
                self._known.update(task.attempt_id for task in fresh)
                self._orders.put(start_frame(fresh))

    def stop(self, attempt_id: AttemptId, cause: Cause) -> None:
        with self._lock:
            if self._orders is not None and attempt_id in self._known:
                self._orders.put(({"stop": attempt_id, "cause": cause}, b""))
                return
        self._news.put(not_known(attempt_id, cause))

    def adopt(self, attempt_ids: Collection[AttemptId]) -> Collection[AttemptId]:
        with self._lock:
            return self._known.intersection(attempt_ids)

    def poll(self, timeout_ms: int) -> Sequence[News]:
        if self._clock.now_ms() - self._heard_ms > SILENT_MS:
            _kill(self._driver)
        return self._news.take(timeout_ms)

    def wake(self) -> None:
        self._news.wake()

    def close(self) -> None:
        self._closing.set()
        with self._lock:
            if self._orders is not None:
                self._orders.put(None)
        self._thread.join(timeout=CLOSE_S)
        _kill(self._driver)
        self._thread.join(timeout=CLOSE_S)

    def processes(self, place: str = "") -> Sequence[int]:
        """The ids of the processes in which units run, at that node or at all of them."""
        return [pid for pid, node in self._state["processes"] if place in ("", node)]

    @property
    def driver(self) -> int | None:
        """The id of the driver's process."""
        return None if self._driver is None else self._driver.pid

    def _open(self) -> None:
        """A driver, and a thread that writes to it: a pipe may be full."""
        driver = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=None if self._environ is None else dict(self._environ),
            start_new_session=True,
        )
        orders: queue.SimpleQueue[tuple[Mapping[str, Any], bytes] | None] = queue.SimpleQueue()
        with self._lock:
            self._driver, self._orders = driver, orders
            if self._wanted is not None:
                orders.put(({"scale": self._wanted}, b""))
            if self._leaving:
                orders.put(({"drain": self._leaving}, b""))
            self._heard_ms = self._clock.now_ms()
        threading.Thread(target=_write, args=(driver, orders), daemon=True).start()

    def _keep(self) -> None:
        """There is a driver as long as this is open."""
        rest_s = FIRST_REST_S
        while True:
            assert self._driver is not None
            if self._follow(self._driver):
                rest_s = FIRST_REST_S
            self._dismiss(self._driver)
            if self._closing.wait(rest_s):
                return
            rest_s = min(rest_s * 2, MAX_REST_S)
            self._open()

    def _follow(self, driver: subprocess.Popen[bytes]) -> bool:
        """Hear what it says until it ends; whether it was of use."""
        assert driver.stdout is not None
        was_useful = False
        with contextlib.suppress(OSError, ValueError):
            while (frame := frames.read(driver.stdout)) is not None:  # type: ignore[arg-type]
                self._heard_ms = self._clock.now_ms()
                heard = faults.attempt(partial(self._hear, *frame))
                if isinstance(heard, faults.Fault):
                    # What it was of ends with its lease.
                    self._told(f"Ray: {heard}")
                was_useful = was_useful or self.slots > 0
        return was_useful

    def _hear(self, head: Mapping[str, Any], body: bytes) -> None:
        if "slots" in head:
            self._state = head
        elif "alive" in head:
            for attempt_id, place, running_ms in head["alive"]:
                self._news.put(
                    Alive(attempt_id=AttemptId(attempt_id), place=place, running_ms=running_ms)
                )
        elif "finished" in head:
            self._end(Finished(output=body, **head["finished"]))
        elif "lost" in head:
            self._end(Lost(**{**head["lost"], "cause": Cause(head["lost"]["cause"])}))
        elif "trouble" in head:
            self._told(f"Ray: {head['trouble']}")

    def _end(self, news: Finished | Lost) -> None:
        with self._lock:
            self._known.discard(news.attempt_id)
        self._news.put(news)

    def _dismiss(self, driver: subprocess.Popen[bytes]) -> None:
        """It has ended, or is to: what it had is lost."""
        _kill(driver)
        driver.wait()
        if driver.stdout is not None:
            driver.stdout.close()
        with self._lock:
            if self._orders is not None:
                self._orders.put(None)
            self._orders = None
            self._state = _AWAY
            lost, self._known = self._known, set()
        for attempt_id in lost:
            message = "the connection to Ray ended"
            self._news.put(Lost(attempt_id=attempt_id, cause=Cause.UNAVAILABLE, message=message))


def start_frame(batch: Sequence[Task]) -> tuple[Mapping[str, Any], bytes]:
    """The frame that starts the batch."""
    heads = [
        {
            "attempt": task.attempt_id,
            "size": len(task.payload),
            "avoid": task.avoid,
            "urgency": task.urgency,
            "memory_mb": task.memory_mb,
            "predicted_ms": task.predicted_ms,
            "gpus": task.gpus,
            "spot": task.spot,
        }
        for task in batch
    ]
    return {"start": heads}, b"".join(task.payload for task in batch)


def _write(
    driver: subprocess.Popen[bytes],
    orders: queue.SimpleQueue[tuple[Mapping[str, Any], bytes] | None],
) -> None:
    """Until there is nothing more to say; then its standard input ends."""
    assert driver.stdin is not None
    with contextlib.suppress(OSError):
        while (order := orders.get()) is not None:
            frames.write(driver.stdin, *order)  # type: ignore[arg-type]
    with contextlib.suppress(OSError):
        driver.stdin.close()


def _kill(driver: subprocess.Popen[bytes] | None) -> None:
    """The driver, with a cluster of its own."""
    if driver is not None and driver.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(driver.pid, signal.SIGKILL)
