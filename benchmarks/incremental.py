"""`make bench-incremental`: what the second run of a large tree takes, and what processes bring.

    python benchmarks/incremental.py TREE [--jobs N ...] [--verify LEVEL]

Each run is the command line in a process of its own, on a copy of TREE with a cache of its
own, in which the runtime is built. First cold, once for each number of processes; then with
nothing changed, with a line more in a file of a small, a middle and the largest unit.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from portalis.translate.sources import load
from portalis.translate.toolchain import find_toolchain
from portalis.translate.units import Unit, partition
from portalis.translate.verify.prebuilt import rustc_stamp

HEAD = "| run | wall s | CPU s | × by wall | × by CPU |\n|---|--:|--:|--:|--:|"


@dataclass(frozen=True, slots=True)
class Run:
    wall_s: float
    cpu_s: float


def cpu_s() -> float:
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime


@dataclass(frozen=True, slots=True)
class Bench:
    """folder: of this benchmark alone. tree: the copy."""

    folder: Path
    tree: Path
    verify: str

    def run(self, out: str, jobs: int) -> Run:
        command = [
            sys.executable, "-m", "portalis", "translate", str(self.tree), "-o",
            str(self.folder / out), "--jobs", str(jobs), "--verify", self.verify,
        ]  # fmt: skip
        environment = {**os.environ, "PORTALIS_CACHE": str(self.folder / "cache")}
        wall, cpu = time.perf_counter(), cpu_s()
        ran = subprocess.run(command, env=environment, capture_output=True, check=False)
        assert ran.returncode in (0, 1), ran.stderr.decode()
        return Run(time.perf_counter() - wall, cpu_s() - cpu)

    def forget(self) -> None:
        for name in ("units", "formatted"):
            shutil.rmtree(self.folder / "cache" / name, ignore_errors=True)


def row(name: str, run: Run, base: Run | None = None) -> None:
    ratios = f"{base.wall_s / run.wall_s:.1f} | {base.cpu_s / run.cpu_s:.1f}" if base else "1 | 1"
    print(f"| {name} | {run.wall_s:.1f} | {run.cpu_s:.1f} | {ratios} |", flush=True)


def chosen(units: tuple[Unit, ...]) -> dict[str, Unit]:
    """By lines: at the middle line of all, and the first and the last."""
    order = sorted(units, key=lambda unit: unit.lines)
    middle, seen = order[0], 0
    for unit in order:
        seen += unit.lines
        if seen * 2 >= sum(u.lines for u in order):
            middle = unit
            break
    return {"a small unit": order[len(order) // 4], "the middle line's unit": middle,
            "the largest unit": order[-1]}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("tree", type=Path)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--verify", default="compile")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portalis-incremental-") as name:
        bench = Bench(Path(name), Path(name) / "tree", asked.verify)
        bench.tree.mkdir()
        (bench.tree / "warm.py").write_text("print(1)\n")
        bench.run("warm", 1)
        shutil.rmtree(bench.tree)
        shutil.copytree(asked.tree, bench.tree, symlinks=True)
        units = partition(load([str(bench.tree)]).tree)
        lines, largest = sum(u.lines for u in units), max(u.lines for u in units)
        print(f"{lines:,} lines in {len(units):,} units, the largest of {largest:,}")
        print(f"\n{HEAD}")
        cold = {}
        for jobs in asked.jobs:
            bench.forget()
            shutil.rmtree(bench.folder / "out", ignore_errors=True)
            cold[jobs] = bench.run("out", jobs)
            row(f"cold, {jobs} processes", cold[jobs], cold[asked.jobs[0]])
        jobs, base = asked.jobs[-1], cold[asked.jobs[-1]]
        print(f"\nAgainst the cold run of {jobs} processes:\n")
        print(HEAD)
        row("nothing changed", bench.run("out", jobs), base)
        for name, unit in chosen(units).items():
            path = Path(unit.tree.files[-1].path)
            with path.open("a", encoding="utf-8") as file:
                file.write("\nA_LINE_MORE = 1\n")
            row(f"a line more in {name} ({unit.lines:,} lines)", bench.run("out", jobs), base)
    rustc = find_toolchain().rustc
    print(
        f"\nCPython {platform.python_version()}, {rustc_stamp(rustc).strip() if rustc else ''}, "
        f"{os.cpu_count()} × {platform.machine()}, load {os.getloadavg()[0]:.1f}."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
