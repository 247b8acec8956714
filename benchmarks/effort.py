"""Fits the constants by which `portalis assess` predicts rustc's core seconds.

Translates programs of `tests/cases/run`, lets cargo check and build each against a runtime
that is built already, and fits seconds = start + line * lines of Rust by least squares. Core
seconds are user and system time of all processes, so other load matters little.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import linear_regression

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases" / "run"
COMMANDS = {"check": ["check"], "build": ["build", "--release"]}


def core_seconds(command: list[str], cwd: Path, environment: dict[str, str]) -> float | None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used if ran.returncode == 0 else None


def main(count: int = 40) -> None:
    paths = sorted(CASES.glob("*.py"), key=lambda p: p.stat().st_size)
    chosen = paths[:: max(1, len(paths) // count)]
    seconds: dict[str, list[tuple[int, float]]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {**os.environ, "CARGO_TARGET_DIR": str(folder / "target")}
        out = folder / "package"
        for i, path in enumerate([chosen[0], *chosen]):
            command = [sys.executable, "-m", "portalis", "translate", str(path), "-o", str(out)]
            subprocess.run(
                [*command, "--verify", "none", "--force", "--no-cache"],
                capture_output=True,
                check=False,
            )
            lines = sum(p.read_text("utf-8").count("\n") for p in (out / "src").glob("*.rs"))
            for what, words in COMMANDS.items():
                used = core_seconds(["cargo", *words, "--offline", "--quiet"], out, environment)
                if i and used is not None:  # the first one builds the runtime
                    seconds[what].append((lines, used))
    for what, found in seconds.items():
        fit = linear_regression(*zip(*found, strict=True))
        spread = sum(abs(s - fit.intercept - fit.slope * n) for n, s in found) / len(found)
        print(
            f"{what}: {fit.intercept:.2f} s + {fit.slope * 1000:.2f} ms a line of Rust, mean "
            f"error {spread:.2f} s, over {len(found)} programs of up to "
            f"{max(n for n, _ in found)} lines"
        )


if __name__ == "__main__":
    main()
