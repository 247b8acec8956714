"""Ray's driver, a process of its own: frames in on standard input, frames out on standard output.

    in:  {"start": [{"attempt", "size", …}]} + the payloads · {"stop", "cause"} · {"scale"}
         · {"drain"}
    out: {"beat"} · {"slots", "nodes", "places", "processes"} · {"alive": […]}
         · {"finished"} + the output · {"lost"} · {"trouble"}

Ray ends the process that is connected to it when its head is gone, takes signals and
prints: none of that may happen to the service. Ends when standard input does.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any, BinaryIO

from portalis.core import faults
from portalis.core.clock import SystemClock
from portalis.core.ids import AttemptId
from portalis.workload.executors import frames
from portalis.workload.executors.ray_cluster import RayCluster
from portalis.workload.executors.ray_pool import RayPool
from portalis.workload.model.retry import Cause
from portalis.workload.ports import Alive, Finished, Lost, News, Task

ROUND_MS = 200


class _Out:
    """Frames to the owner, from any thread."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def write(self, head: Mapping[str, Any], body: bytes = b"") -> None:
        try:
            with self._lock:
                frames.write(self._stream, head, body)
        except OSError:
            # The owner is gone.
            os._exit(0)

    def trouble(self, text: str) -> None:
        self.write({"trouble": text})


def main() -> None:
    """Until standard input ends, or Ray does."""
    asked = json.loads(sys.argv[1])
    orders, stream = frames.own_pipes()
    out = _Out(stream)
    threading.Thread(target=_beat, args=(out,), daemon=True).start()
    cluster = faults.attempt(partial(RayCluster, asked["address"], asked["slots"], asked["slot"]))
    if isinstance(cluster, faults.Fault):
        out.trouble(str(cluster))
        os._exit(1)
    pool = RayPool(cluster, SystemClock(), asked["slots"], out.trouble, asked["bundle"])
    ended = threading.Event()
    threading.Thread(target=_obey, args=(orders, pool, out, ended), daemon=True).start()
    told: Mapping[str, Any] = {}
    while not (pool.is_over or ended.is_set()):
        _tell(out, pool.poll(ROUND_MS))
        state = {
            "slots": pool.slots,
            "spot_slots": pool.spot_slots,
            "gpus": [asdict(gpu) for gpu in pool.gpus],
            "nodes": pool.nodes,
            "places": pool.places,
            "processes": pool.processes(),
        }
        if state != told:
            out.write(state)
            told = state
    threading.Thread(target=_end_anyway, daemon=True).start()
    pool.close()
    os._exit(0)


def _end_anyway() -> None:
    """A cluster that does not answer is not waited for."""
    time.sleep(5)
    os._exit(0)


def _beat(out: _Out) -> None:
    while True:
        time.sleep(frames.BEAT_S)
        out.write({"beat": True})


def _obey(orders: BinaryIO, pool: RayPool, out: _Out, ended: threading.Event) -> None:
    """What cannot be obeyed is told, and ends the driver: another one is begun."""
    failed = faults.attempt(partial(_obey_all, orders, pool))
    if isinstance(failed, faults.Fault):
        out.trouble(str(failed))
    ended.set()


def _obey_all(orders: BinaryIO, pool: RayPool) -> None:
    while (frame := frames.read(orders)) is not None:
        head, body = frame
        if "start" in head:
            pool.start(tasks_of(head["start"], body))
        elif "scale" in head:
            pool.scale(head["scale"])
        elif "drain" in head:
            pool.drain(head["drain"])
        else:
            pool.stop(AttemptId(head["stop"]), Cause(head["cause"]))


def tasks_of(heads: Sequence[Mapping[str, Any]], body: bytes) -> list[Task]:
    """The tasks again."""
    found, at = [], 0
    for head in heads:
        found.append(
            Task(
                attempt_id=AttemptId(head["attempt"]),
                payload=body[at : at + head["size"]],
                avoid=tuple(head["avoid"]),
                urgency=head["urgency"],
                memory_mb=head["memory_mb"],
                gpus=tuple(head["gpus"]),
                spot=head["spot"],
                predicted_ms=head["predicted_ms"],
            )
        )
        at += head["size"]
    return found


def _tell(out: _Out, news: Sequence[News]) -> None:
    """In their order; runs of `Alive` go in one frame."""
    alive: list[tuple[str, str, int | None]] = []
    for each in news:
        if isinstance(each, Alive):
            alive.append((each.attempt_id, each.place, each.running_ms))
            continue
        if alive:
            out.write({"alive": alive})
            alive = []
        if isinstance(each, Finished):
            out.write(
                {
                    "finished": {
                        "attempt_id": each.attempt_id,
                        "place": each.place,
                        "busy_ms": each.busy_ms,
                        "summary": dict(each.summary),
                    }
                },
                each.output,
            )
        else:
            out.write({"lost": lost_head(each)})
    if alive:
        out.write({"alive": alive})


def lost_head(news: Lost) -> Mapping[str, Any]:
    """What a frame says of it."""
    return {
        "attempt_id": news.attempt_id,
        "cause": news.cause,
        "message": news.message,
        "place": news.place,
        "busy_ms": news.busy_ms,
    }


if __name__ == "__main__":
    main()
