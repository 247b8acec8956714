"""How busy the slots are kept.

    python -m benchmarks.utilisation [--lines 20000] [--small 400] [--slots 2]

A job keeps the executor saturated: one of projects (see `showcase.py`), whose units take
seconds, and one of small units, which take some hundredths of one. Utilisation is
slot time that attempts are charged (the work alone) over slot time that there was, from the
beginning of the first unit after the plan to that of the last batch, and to the end of all.
Verification is off: what is measured is what the plane takes, not what rustc does.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.showcase import sources_of
from tests.ray_nodes import RayNodes

from portalis.core.ids import TenantId, child_id
from portalis.workload.assembly import Plane, PlaneSettings, open_plane
from portalis.workload.model.attempt import Attempt
from portalis.workload.model.transitions import JobState

TENANT = TenantId("benchmark")


@contextmanager
def planes(slots: int) -> Iterator[Iterator[tuple[str, Plane]]]:
    """A plane on each executor, one after the other, ready to work."""
    with tempfile.TemporaryDirectory() as folder, RayNodes() as nodes:
        nodes.add(cpus=slots)

        def each() -> Iterator[tuple[str, Plane]]:
            for name, executor in (("local", "local"), ("Ray", f"ray:{nodes.address}")):
                home = Path(folder) / name
                settings = PlaneSettings(home=home, executor=executor, slots=slots)
                with open_plane(settings) as plane:
                    while plane.executor.slots < slots:
                        time.sleep(0.05)
                    # The compiler is loaded before the clock runs.
                    warm(plane)
                    yield name, plane

        yield each()


def small(count: int) -> dict[str, bytes]:
    """Programs of twenty lines."""
    lines = [f"def f{n}(a: int) -> int:\n    return a + {n}\n" for n in range(10)]
    return {f"small{n}.py": f"# {n}\n{''.join(lines)}".encode() for n in range(count)}


def warm(plane: Plane) -> None:
    files = {f"warm{n}.py": f"x = {n}\n".encode() for n in range(8)}
    job = plane.desk.submit(TENANT, files, options={"verify": "none"}).job
    plane.wait(TENANT, job.id)


def utilisation(plane: Plane, attempts: list[Attempt], begin_ms: int, end_ms: int) -> float:
    """The share of all slots' time between the instants that attempts are charged for."""
    charged = {each.attempt_id: each.slot_ms for each in plane.state.charges(attempts[0].job_id)}
    used_ms = 0.0
    for attempt in attempts:
        assert attempt.ended_ms is not None
        # Of one that was over before its beginning was heard of, only the end is known.
        running_ms = attempt.running_ms or attempt.ended_ms - charged[attempt.id]
        inside_ms = min(attempt.ended_ms, end_ms) - max(running_ms, begin_ms)
        took_ms = max(attempt.ended_ms - running_ms, 1)
        used_ms += charged[attempt.id] * max(inside_ms, 0) / took_ms
    return used_ms / (plane.executor.slots * max(end_ms - begin_ms, 1))


def measure(plane: Plane, files: dict[str, bytes]) -> str:
    """One run."""
    job = plane.desk.submit(TENANT, files, options={"verify": "none"}).job
    job = plane.wait(TENANT, job.id)
    assert job.state is JobState.DONE
    plan = child_id(job.id, "u", 0)
    attempts = [a for a in plane.state.attempts_of(job.id) if a.unit_id != plan]
    begun = [a.running_ms for a in attempts if a.running_ms is not None]
    begin_ms, last_ms = min(begun), max(begun)
    end_ms = max(a.ended_ms or 0 for a in attempts)
    saturated = utilisation(plane, attempts, begin_ms, last_ms)
    whole = utilisation(plane, attempts, begin_ms, end_ms)
    wall_s = (end_ms - begin_ms) / 1000
    return f"{len(attempts)} | {wall_s:.1f} | {saturated:.1%} | {whole:.1%}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--slots", type=int, default=2)
    parser.add_argument("--small", type=int, default=400)
    asked = parser.parse_args()
    corpora = (("projects", sources_of(asked.lines)), ("small units", small(asked.small)))
    print("| executor | job | units | wall s | saturated | to the end, with the tail |")
    print("|---|---|--:|--:|--:|--:|")
    with planes(asked.slots) as each:
        for name, plane in each:
            for kind, files in corpora:
                print(f"| {name} | {kind} | {measure(plane, files)} |", flush=True)
    print(
        f"\nSaturated: until the last batch began. {asked.slots} slots on {os.cpu_count()} × "
        f"{platform.machine()}; the goal is 90 %."
    )


if __name__ == "__main__":
    main()
