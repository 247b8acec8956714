"""The job plane by itself: what it adds to the work that it runs.

    python benchmarks/plane.py [--jobs 2000] [--clients 100]

One table: durable jobs a second with an executor that takes no time (each job is a plan and
one unit), by the durability of the store; and how long a submission takes when many clients
submit at once.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from portalis.core.clock import SystemClock
from portalis.core.garbage import collect_seldom
from portalis.core.ids import AttemptId, SystemBits, TenantId
from portalis.storage.cache import MemoryCache
from portalis.storage.objects import UrlObjects
from portalis.storage.state_sql import Durability, SqlState
from portalis.workload.control.controller import Controller
from portalis.workload.desk import Desk
from portalis.workload.model.payload import Work, plan_bytes
from portalis.workload.model.retry import Cause
from portalis.workload.model.transitions import ACTIVE_JOB
from portalis.workload.model.unit import UnitKind, UnitPlan
from portalis.workload.ports import Finished, JobQuery, News, Task

SLOTS = 64
FILES = {"a.py": b"print(1)\n"}


class InstantExecutor:
    """Everything that is started has ended at the next look."""

    slots = SLOTS
    gpus = ()
    spot_slots = None

    def __init__(self) -> None:
        self._news: list[News] = []

    def start(self, batch: Sequence[Task]) -> None:
        for task in batch:
            output = b"{}"
            if Work.from_bytes(task.payload).kind is UnitKind.PLAN:
                output = plan_bytes([UnitPlan(number=1, predicted_ms=100)])
            self._news.append(
                Finished(attempt_id=task.attempt_id, output=output, place="here", busy_ms=0)
            )

    def stop(self, attempt_id: AttemptId, cause: Cause) -> None:
        """Nothing runs."""

    @property
    def places(self) -> Mapping[str, int]:
        return {}

    def drain(self, places: Mapping[str, int]) -> None:
        """There are none."""

    def adopt(self, attempt_ids: Collection[AttemptId]) -> Collection[AttemptId]:
        return attempt_ids

    def poll(self, timeout_ms: int) -> Sequence[News]:
        del timeout_ms
        found, self._news = self._news, []
        return found

    def wake(self) -> None:
        """Nobody waits."""

    def close(self) -> None:
        """Nothing runs."""


def throughput(folder: Path, durability: Durability, count: int) -> tuple[float, float, float]:
    """Submissions a second, one after the other, and jobs a second from there to their end,
    with the CPU milliseconds of each: on a machine that does other work they mean something."""
    state = SqlState(f"sqlite:///{folder / durability}.db", durability)
    objects, clock = UrlObjects("memory:///"), SystemClock()
    desk = Desk(state, objects, clock, SystemBits())
    started = time.perf_counter()
    for n in range(count):
        desk.submit(TenantId(f"t{n % 20}"), FILES)
    submitted = time.perf_counter()
    controller = Controller(
        state, objects, MemoryCache(clock), InstantExecutor(), clock, "benchmark"
    )
    cpu_s = time.process_time()
    while not _ended(state):
        for _ in range(10):
            controller.step(0)
    ended, cpu_s = time.perf_counter(), time.process_time() - cpu_s
    state.close()
    return count / (submitted - started), count / (ended - submitted), 1000 * cpu_s / count


def _ended(state: SqlState) -> bool:
    return not state.jobs(JobQuery(tenant_id=None, states=ACTIVE_JOB, limit=1))


def submissions(folder: Path, durability: Durability, clients: int, each: int) -> list[float]:
    """How long each submission took, in milliseconds, in order of size."""
    state = SqlState(f"sqlite:///{folder / durability}-clients.db", durability)
    desk = Desk(state, UrlObjects("memory:///"), SystemClock(), SystemBits())
    took: list[float] = []

    def client(name: str) -> None:
        for _ in range(each):
            started = time.perf_counter()
            desk.submit(TenantId(name), FILES)
            took.append((time.perf_counter() - started) * 1000)

    threads = [threading.Thread(target=client, args=(f"t{n}",)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    state.close()
    return sorted(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--jobs", type=int, default=2000)
    parser.add_argument("--clients", type=int, default=100)
    asked = parser.parse_args()
    collect_seldom()
    print("| store | submissions/s | jobs/s to their end | CPU ms a job | jobs/s a core |")
    print("| --- | ---: | ---: | ---: | ---: |")
    modes: tuple[tuple[Durability, int], ...] = (("normal", asked.jobs), ("full", asked.jobs // 10))
    with tempfile.TemporaryDirectory() as folder:
        for durability, count in modes:
            submit, run, cpu_ms = throughput(Path(folder), durability, max(count, 1))
            print(
                f"| SQLite, WAL, synchronous={durability} | {submit:,.0f} | {run:,.0f} "
                f"| {cpu_ms:.2f} | {1000 / cpu_ms:,.0f} |",
                flush=True,
            )
        print(f"\n{asked.clients} clients that submit at once, again and again:")
        for durability, _ in modes:
            took = submissions(Path(folder), durability, asked.clients, 10)
            p50, p99 = took[len(took) // 2], took[len(took) * 99 // 100]
            print(f"synchronous={durability}: p50 {p50:.0f} ms, p99 {p99:.0f} ms")


if __name__ == "__main__":
    main()
