"""`make bench`: the project's own table, and the public corpora that BENCH_SRC holds.

Each program of `benchmarks/programs` is translated from a cold prompt, built by cargo in
release mode, run (best of three) and compared with CPython. Prints Markdown.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from corpora import corpus_table

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = Path(__file__).resolve().parent / "programs"
RUNS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """Seconds of each step; rust_s is None if the program was not built; same: its output
    is CPython's."""

    name: str
    lines: int
    translate_s: float
    build_s: float
    python_s: float
    rust_s: float | None
    same: bool


def timed(command: list[str], cwd: Path, environment: dict[str, str]) -> tuple[float, int, bytes]:
    started = time.perf_counter()
    ran = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, check=False)
    return time.perf_counter() - started, ran.returncode, ran.stdout


def best(command: list[str], cwd: Path, environment: dict[str, str]) -> tuple[float, int, bytes]:
    return min((timed(command, cwd, environment) for _ in range(RUNS)), key=lambda run: run[0])


def measure(path: Path, folder: Path, environment: dict[str, str]) -> Row:
    out = folder / "package"
    lines = len(path.read_text("utf-8").splitlines())
    command = [
        sys.executable,
        "-m",
        "portalis",
        "translate",
        str(path),
        "-o",
        str(out),
        "--force",
        "--no-cache",
    ]
    translate_s, code, _ = timed(command, folder, environment)
    python_s, python_code, python_out = best([sys.executable, str(path)], folder, environment)
    if code > 1:
        return Row(path.stem, lines, translate_s, math.nan, python_s, None, same=False)
    build = ["cargo", "build", "--release", "--offline", "--quiet"]
    build_s, code, _ = timed(build, out, environment)
    if code:
        return Row(path.stem, lines, translate_s, build_s, python_s, None, same=False)
    binary = str(folder / "target" / "release" / path.stem)
    rust_s, rust_code, rust_out = best([binary], folder, environment)
    same = (python_code, python_out) == (rust_code, rust_out)
    return Row(path.stem, lines, translate_s, build_s, python_s, rust_s, same)


def table(rows: list[Row]) -> str:
    lines = [
        "| program | lines | translate + check | cargo build | CPython | Rust | speed-up | same |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
    ]
    ratios = []
    for row in rows:
        speed = "-"
        if row.rust_s is not None and row.same:
            ratios.append(row.python_s / row.rust_s)
            speed = f"{ratios[-1]:.1f}×"
        rust = f"{row.rust_s * 1000:.0f} ms" if row.rust_s is not None else "-"
        lines.append(
            f"| {row.name} | {row.lines} | {row.translate_s:.2f} s | {row.build_s:.1f} s "
            f"| {row.python_s * 1000:.0f} ms | {rust} | {speed} | {'yes' if row.same else 'NO'} |"
        )
    if ratios:
        mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
        lines.append(f"| geometric mean of {len(ratios)} | | | | | | {mean:.1f}× | |")
    return "\n".join(lines)


def main() -> int:
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    subprocess.run(
        [sys.executable, "-m", "portalis", "doctor", "--prebuild"],
        env=environment,
        capture_output=True,
        check=False,
    )
    with tempfile.TemporaryDirectory(prefix="portalis-bench-") as folder:
        # One folder for all packages: the runtime is built once.
        environment["CARGO_TARGET_DIR"] = f"{folder}/target"
        rows = [measure(path, Path(folder), environment) for path in sorted(PROGRAMS.glob("*.py"))]
    print(table(rows))
    sources = os.environ.get("BENCH_SRC")
    if sources:
        print("\n" + corpus_table(Path(sources)))
    else:
        print("\nBENCH_SRC is not set: no public corpora were run.")
    return 0 if all(row.same for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
