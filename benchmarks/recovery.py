"""Time from a fault to the instant when the unit that it hit runs again.

    python -m benchmarks.recovery [--count 5]

Each row is a fault, a number of times: a unit is at work, the fault is done with a signal, and
the store says when its next attempt began. On Ray there are two nodes, and the one on which the
unit ran is replaced before the next time. Where the service is killed it is started again at once.
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ray_nodes import RayNodes

from portalis.core.clock import SystemClock
from portalis.core.ids import JobId, SystemBits, TenantId, UnitId, child_id
from portalis.storage.objects import UrlObjects
from portalis.storage.state_sql import SqlState
from portalis.workload.assembly import Plane, PlaneSettings, open_plane
from portalis.workload.desk import Desk
from portalis.workload.executors.local import LocalExecutor
from portalis.workload.executors.ray import RayExecutor
from portalis.workload.model.attempt import Attempt
from portalis.workload.ports import State

TENANT = TenantId("benchmark")
CRASH_S, HANG_S = 5.0, 15.0
_number = iter(range(1_000_000))


@dataclass(frozen=True, slots=True)
class Row:
    executor: str
    fault: str
    goal_s: float
    took_s: Sequence[float]

    def __str__(self) -> str:
        took = sorted(self.took_s)
        figures = f"{took[len(took) // 2]:.1f} s | {took[-1]:.1f} s | {self.goal_s:.0f} s"
        return f"| {self.executor} | {self.fault} | {len(took)} | {figures} |"


def long_job(desk: Desk) -> JobId:
    """One unit that works for longer than a recovery takes, and that no cache knows."""
    lines = [f"def f{n}(a: int) -> int:\n    return a + {n}\n" for n in range(8_000)]
    files = {"a.py": f"# {next(_number)}\n{''.join(lines)}".encode()}
    return desk.submit(TENANT, files, options={"verify": "none"}).job.id


def attempt_at_work(state: State, job_id: JobId, after: int) -> Attempt:
    """The attempt at the job's unit that began to work after so many others; waits for it."""
    unit_id = UnitId(child_id(job_id, "u", 1))
    until = time.monotonic() + 120
    while time.monotonic() < until:
        for attempt in state.attempts_of(job_id):
            at_work = attempt.running_ms is not None and attempt.ended_ms is None
            if attempt.unit_id == unit_id and attempt.fence > after and at_work:
                return attempt
        time.sleep(0.02)
    raise SystemExit(f"the unit of {job_id} does not run")


def recovery_s(state: State, desk: Desk, fault: Callable[[Attempt], None]) -> float:
    """Do the fault to a unit at work; seconds until its next attempt works."""
    job_id = long_job(desk)
    before = attempt_at_work(state, job_id, 0)
    began_ms = SystemClock().now_ms()
    fault(before)
    after = attempt_at_work(state, job_id, before.fence)
    assert after.running_ms is not None
    desk.cancel(TENANT, job_id)
    return (after.running_ms - began_ms) / 1000


def signal_workers(plane: Plane, number: signal.Signals) -> None:
    assert isinstance(plane.executor, LocalExecutor | RayExecutor)
    for process in plane.executor.processes():
        os.kill(process, number)


def in_plane(plane: Plane, slots: int, count: int, fault: Callable[[Attempt], None]) -> list[float]:
    took = []
    for _ in range(count):
        while plane.executor.slots < slots or plane.state.open_attempts():
            time.sleep(0.05)
        took.append(recovery_s(plane.state, plane.desk, fault))
    return took


def local(folder: Path, count: int) -> Iterator[Row]:
    with open_plane(PlaneSettings(home=folder, slots=1)) as plane:

        def with_signal(number: signal.Signals) -> list[float]:
            return in_plane(plane, 1, count, lambda _: signal_workers(plane, number))

        yield Row("local", "worker killed", CRASH_S, with_signal(signal.SIGKILL))
        yield Row("local", "worker hangs", HANG_S, with_signal(signal.SIGSTOP))


def on_ray(folder: Path, nodes: RayNodes, count: int) -> Iterator[Row]:
    for _ in range(2):
        nodes.add(cpus=1)
    with open_plane(PlaneSettings(home=folder, executor=f"ray:{nodes.address}")) as plane:

        def kill(place: str) -> None:
            assert isinstance(plane.executor, RayExecutor)
            for process in plane.executor.processes(place):
                os.kill(process, signal.SIGKILL)

        took = in_plane(plane, 2, count, lambda attempt: kill(attempt.place))
        yield Row("Ray", "worker killed", CRASH_S, took)
        yield Row(
            "Ray", "all workers killed", CRASH_S, in_plane(plane, 2, count, lambda _: kill(""))
        )

        def with_node(do: Callable[[str], None]) -> list[float]:
            took = []
            for _ in range(count):
                took += in_plane(plane, 2, 1, lambda attempt: do(attempt.place))
                nodes.add(cpus=1)
            return took

        yield Row("Ray", "node killed", CRASH_S, with_node(nodes.kill))
        yield Row("Ray", "node hangs", HANG_S, with_node(nodes.hang))


def service(name: str, executor: str, home: Path, count: int) -> Row:
    """The service killed and started again."""
    took = []
    for number in range(count):
        place = home / str(number)
        with serving(place, executor) as first:
            state = SqlState(f"sqlite:///{place}/state.db")
            objects = UrlObjects(f"file://{place}/objects")
            desk = Desk(state, objects, SystemClock(), SystemBits())
            services = [first]

            def again(
                _: Attempt, services: list[subprocess.Popen[str]] = services, place: Path = place
            ) -> None:
                services[0].kill()
                services[0].wait()
                services.append(start(place, executor))

            took.append(recovery_s(state, desk, again))
            services[-1].kill()
            services[-1].wait()
            state.close()
    return Row(name, "service killed", CRASH_S, took)


def start(home: Path, executor: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "portalis", "serve", "--port", "0", "--workers", "1"]
    return subprocess.Popen(
        [*command, "--home", str(home), "--executor", executor],
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def serving(home: Path, executor: str) -> Iterator[subprocess.Popen[str]]:
    process = start(home, executor)
    assert process.stderr is not None
    process.stderr.readline()
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=5)
    count = parser.parse_args().count
    print("| executor | fault | times | median | worst | goal |\n|---|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for row in local(home / "local", count):
            print(row, flush=True)
        print(service("local", "local", home / "service", count), flush=True)
        with RayNodes() as nodes:
            for row in on_ray(home / "ray", nodes, count):
                print(row, flush=True)
            executor = f"ray:{nodes.address}"
            print(service("Ray", executor, home / "ray-service", count), flush=True)
    load = os.getloadavg()[0]
    print(
        f"\nOn {os.cpu_count()} × {platform.machine()}, at a load of {load:.0f}. Ray's head checks "
        "its nodes every second and gives them up after three (docs/architecture.md)."
    )


if __name__ == "__main__":
    main()
