"""What the service adds to the work: python benchmarks/service.py [--units 200] [--slots 2]

Programs of `tests/cases/run`, each a unit, are translated and checked by rustc: by a bare pool
of processes (what `portalis translate --jobs` does), and as one batch job of a plane with as
many slots. While that job saturates the slots, interactive jobs of one small program come one
after the other, with another plane, so that they cost the comparison nothing.

- overhead: CPU seconds of the plane, its workers and rustc, over those of the pool. CPU, since
  both may run on a machine that does other work; both were begun anew, with warm disk caches.
- utilisation: charged slot time, by the time of the slots from the plan's end to the job's.
- wait: of each interactive unit, plans included, from ready to running.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from portalis.core.ids import TenantId
from portalis.translate.pipeline import Settings, cpu_seconds, translate
from portalis.translate.sources import load
from portalis.workload.assembly import Plane, PlaneSettings, open_plane
from portalis.workload.model.job import Job, Priority
from portalis.workload.model.transitions import ENDED_JOB
from portalis.workload.model.unit import UnitKind

CASES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "run"
TENANT, OTHER = TenantId("batch"), TenantId("interactive")
SMALL = b"def price(n: int) -> int:\n    return n + 1\n"
OPTIONS = {"verify": "compile"}


def corpus(count: int) -> Mapping[str, bytes]:
    """Each a unit: no program imports another."""
    paths = sorted(CASES.glob("*.py"))
    step = max(1, len(paths) // count)
    return {path.name: path.read_bytes() for path in paths[::step][:count]}


def bare(files: Mapping[str, bytes], slots: int) -> tuple[float, float]:
    """Wall and CPU seconds of a pool of processes."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_bytes(text)
        tree = load([folder], "auto").tree
        wall_s, cpu_s = time.perf_counter(), cpu_seconds()
        translate(tree, Settings(jobs=slots, verify="compile"))
        return time.perf_counter() - wall_s, cpu_seconds() - cpu_s


def served(
    files: Mapping[str, bytes], slots: int, every_s: float = 0.0
) -> tuple[float, float, float, list[int]]:
    """Wall and CPU seconds of a plane, its utilisation, and the waits of interactive units
    in milliseconds, in order of size. every_s: how often one of those comes; 0: never."""
    with tempfile.TemporaryDirectory() as folder:
        wall_s, cpu_s = time.perf_counter(), cpu_seconds()
        plane = open_plane(PlaneSettings(home=Path(folder), slots=slots))
        small: list[Job] = []
        with plane:
            job = plane.desk.submit(TENANT, files, options=OPTIONS).job
            while plane.desk.job(TENANT, job.id).state not in ENDED_JOB:
                if every_s:
                    text = SMALL + b"# %d\n" % len(small)
                    asked = {"priority": Priority.INTERACTIVE, "options": OPTIONS}
                    small.append(plane.desk.submit(OTHER, {"a.py": text}, **asked).job)
                plane.wait(TENANT, job.id, every_s or None)
            wall_s = time.perf_counter() - wall_s
            used = utilisation(plane, plane.desk.job(TENANT, job.id), slots)
            waits = waited(plane, small)
        return wall_s, cpu_seconds() - cpu_s, used, waits


def utilisation(plane: Plane, job: Job, slots: int) -> float:
    """The part of the slots' time, from the first unit to the job's end, that was charged."""
    units = {unit.id: unit for unit in plane.desk.units(TENANT, job.id)}
    begun = [
        attempt.running_ms or attempt.leased_ms
        for attempt in plane.desk.attempts(TENANT, job.id)
        if units[attempt.unit_id].kind is not UnitKind.PLAN
    ]
    busy_ms = sum(
        charge.slot_ms
        for charge in plane.desk.charges(TENANT, job.id)
        if units[charge.unit_id].kind is not UnitKind.PLAN
    )
    return busy_ms / (slots * ((job.ended_ms or 0) - min(begun)))


def waited(plane: Plane, jobs: Sequence[Job]) -> list[int]:
    """From ready to running, of each unit that ran."""
    found = []
    for job in jobs:
        plane.wait(OTHER, job.id)
        units = {unit.id: unit for unit in plane.desk.units(OTHER, job.id)}
        found += [
            attempt.running_ms - (units[attempt.unit_id].ready_ms or 0)
            for attempt in plane.desk.attempts(OTHER, job.id)
            if attempt.running_ms is not None
        ]
    return sorted(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--units", type=int, default=200)
    parser.add_argument("--slots", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--every", type=float, default=0.5, help="seconds between small jobs")
    asked = parser.parse_args()
    files = corpus(asked.units)
    lines = sum(text.count(b"\n") for text in files.values())
    print(f"{len(files)} units, {lines:,} lines, {asked.slots} slots, SQLite synchronous=normal\n")
    # Once for what both keep on disk: the runtime's metadata, byte code.
    bare(dict(list(files.items())[:8]), asked.slots)
    print("| round | pool, CPU s | plane, CPU s | overhead | pool, s | plane, s | utilisation |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for number in range(1, asked.rounds + 1):
        pool_s, pool_cpu_s = bare(files, asked.slots)
        plane_s, plane_cpu_s, used, _ = served(files, asked.slots)
        print(
            f"| {number} | {pool_cpu_s:.1f} | {plane_cpu_s:.1f} "
            f"| {100 * (plane_cpu_s / pool_cpu_s - 1):+.1f} % "
            f"| {pool_s:.1f} | {plane_s:.1f} | {100 * used:.1f} % |",
            flush=True,
        )
    *_, used, waits = served(files, asked.slots, asked.every)
    p50, p99 = waits[len(waits) // 2], waits[len(waits) * 99 // 100]
    print(f"\n{len(waits)} interactive units while the slots are busy: ", end="")
    print(f"wait p50 {p50} ms, p99 {p99} ms, worst {waits[-1]} ms")


if __name__ == "__main__":
    main()
