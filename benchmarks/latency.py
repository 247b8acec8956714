"""`make bench-latency`: how long a 100-line program takes to come back.

From a cold shell to a checked package (a new process each time); in a process that is warm,
as in a service's worker, without and with rustc's check. Prints the median and the worst of
N runs, and CPU seconds beside wall seconds, because only they mean something on a machine
that does other work.

    python benchmarks/latency.py [--runs N]
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from portalis.translate import pipeline
from portalis.translate.artifacts import SourceFile, SourceTree
from portalis.translate.toolchain import find_toolchain
from portalis.translate.verify.prebuilt import runtime_metadata, rustc_stamp

PROGRAMS = Path(__file__).resolve().parent / "programs"
LINES = 100
# name, seconds wanted
GOALS = (("cold, with check", 1.2), ("warm, no check", 0.15), ("warm, with check", 0.3))


def program() -> str:
    """A program of about 100 lines: two of ours after each other."""
    text = ""
    for path in sorted(PROGRAMS.glob("*.py")):
        text += path.read_text("utf-8")
        if text.count("\n") >= LINES:
            return text
    return text


def cpu_s() -> float:
    """User and system seconds of this process and its finished children."""
    spent = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in spent)


def timed(work: Callable[[], object], runs: int) -> list[tuple[float, float]]:
    """(wall, CPU) seconds of each run, after one that does not count."""
    work()
    out = []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), cpu_s()
        work()
        out.append((time.perf_counter() - wall, cpu_s() - cpu))
    return out


def cold(path: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "portalis", "translate", str(path), "-o", str(folder / "out")]
    ran = subprocess.run([*command, "--force", "--no-cache"], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()


def warm(text: str, verify: pipeline.Verification) -> None:
    tree = SourceTree((SourceFile("program.py", "program", text),), "program")
    done = pipeline.translate(tree, pipeline.Settings(verify=verify))
    assert not done.report.diagnostics, done.report.diagnostics


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=10)
    asked = parser.parse_args()
    # As an installer leaves a package, also where the environment keeps Python from writing it.
    compileall.compile_dir(str(Path(pipeline.__file__).parents[1]), quiet=1)
    runtime_metadata()
    text = program()
    with tempfile.TemporaryDirectory(prefix="portalis-latency-") as folder:
        path = Path(folder) / "program.py"
        path.write_text(text, encoding="utf-8")
        found = (
            timed(lambda: cold(path, Path(folder)), asked.runs),
            timed(lambda: warm(text, "none"), asked.runs),
            timed(lambda: warm(text, "compile"), asked.runs),
        )
    print("| | goal | median | worst | CPU, median | CPU, best |\n|---|--:|--:|--:|--:|--:|")
    for (name, goal), runs in zip(GOALS, found, strict=True):
        wall, cpu = ([run[i] for run in runs] for i in (0, 1))
        figures = (goal, statistics.median(wall), max(wall), statistics.median(cpu), min(cpu))
        print(f"| {name} | {' | '.join(f'{1000 * s:.0f} ms' for s in figures)} |")
    rustc = find_toolchain().rustc
    print(
        f"\n{text.count(chr(10))} lines, {asked.runs} runs each after one that does not count; "
        f"CPython {platform.python_version()}, {rustc_stamp(rustc).strip() if rustc else ''}, "
        f"{os.cpu_count()} × {platform.machine()}, load {os.getloadavg()[0]:.1f}."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
