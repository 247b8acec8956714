"""`make showcase`: a large codebase on a Ray cluster that loses a node on the way.

    python -m benchmarks.showcase [--lines 60000] [--verify compile]

CPython's library without its tests, as a repository of many projects (a folder for each
top-level module or package), is submitted to `portalis serve` on a Ray cluster of a head and
two nodes. When a third of the units is done, a node at which one runs is killed. The result is
downloaded and checked against the store; then the same job is submitted again. One table; exit
code 1 if anything was lost or counted twice.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import os
import platform
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.isolation import is_test
from tests.ray_nodes import RayNodes

from portalis.core.ids import JobId
from portalis.storage.state_sql import SqlState
from portalis.workload.model.transitions import ENDED_JOB, UnitState

# Tables of characters, which say little about code.
DATA = frozenset(("encodings", "pydoc_data", "lib-dynload"))


def sources_of(lines: int) -> dict[str, bytes]:
    """Files of whole projects by their path, until there are this many lines."""
    library = Path(sysconfig.get_path("stdlib"))
    found: dict[str, bytes] = {}
    count = 0
    project = ""
    for path in sorted(library.rglob("*.py")):
        relative = path.relative_to(library)
        if is_test(relative) or not DATA.isdisjoint(relative.parts):
            continue
        if count >= lines and relative.parts[0] != project:
            break
        project = relative.parts[0]
        content = path.read_bytes()
        found[f"project_{project.removesuffix('.py')}/{relative.as_posix()}"] = content
        count += content.count(b"\n")
    return found


@contextmanager
def serving(home: Path, executor: str) -> Iterator[None]:
    """`portalis serve` as a process."""
    command = [sys.executable, "-m", "portalis", "serve", "--port", "0", "--executor", executor]
    service = subprocess.Popen(command, env=environ(home), stderr=subprocess.PIPE, text=True)
    try:
        assert service.stderr is not None
        print(service.stderr.readline().strip(), file=sys.stderr)
        yield
    finally:
        service.terminate()
        service.wait(timeout=60)


def environ(home: Path) -> dict[str, str]:
    return {**os.environ, "PORTALIS_HOME": str(home)}


def call(home: Path, *arguments: str | Path) -> str:
    """A verb of the command line; what it prints."""
    command = [sys.executable, "-m", "portalis", *map(str, arguments)]
    ran = subprocess.run(command, env=environ(home), capture_output=True, text=True, check=False)
    if ran.returncode not in (0, 100):
        raise SystemExit(f"{' '.join(command)}: {ran.returncode}\n{ran.stderr}")
    return ran.stdout.strip()


def until(seen: Callable[[], bool]) -> float:
    """Seconds until it is so."""
    started = time.monotonic()
    while not seen():
        time.sleep(0.05)
    return time.monotonic() - started


class Run:
    """One submission, watched in the store."""

    def __init__(self, state: SqlState, home: Path, code: Path, verify: str) -> None:
        self._state = state
        self._started = time.monotonic()
        self.id = JobId(call(home, "submit", code, "--verify", verify, "--name", "library"))

    def done(self) -> int:
        return len(self._state.units(self.id, (UnitState.DONE,)))

    def units(self) -> int:
        return len(self._state.units(self.id))

    def is_over(self) -> bool:
        job = self._state.job(self.id)
        return job is not None and job.state in ENDED_JOB

    def running_at(self, places: list[str]) -> str | None:
        """One of the places at which a unit runs."""
        found = {
            attempt.place
            for attempt in self._state.attempts_of(self.id)
            if attempt.ended_ms is None and attempt.running_ms is not None
        }
        return next((place for place in places if place in found), None)

    def finish(self) -> float:
        """Wait for its end; seconds since it was submitted."""
        until(self.is_over)
        return time.monotonic() - self._started

    def figures(self) -> dict[str, Any]:
        """What the store says of it, and what is wrong with that."""
        job = self._state.job(self.id)
        assert job is not None
        attempts = self._state.attempts_of(self.id)
        charges = self._state.charges(self.id)
        units = self._state.units(self.id)
        useful = Counter(charge.unit_id for charge in charges if charge.useful)
        return {
            "state": job.state.value,
            "units": len(units) - 1,
            "done": sum(unit.state is UnitState.DONE for unit in units) - 1,
            "attempts": len(attempts),
            "causes": Counter(a.cause.value for a in attempts if a.cause is not None),
            "busy_s": sum(charge.slot_ms for charge in charges) / 1000,
            "wasted_s": sum(c.slot_ms for c in charges if not c.useful) / 1000,
            "twice": sum(count - 1 for count in useful.values()),
            "uncharged": len(attempts) - len(charges),
        }


def same_files(one: Path, other: Path) -> bool:
    found = filecmp.dircmp(one, other)
    if found.left_only or found.right_only or found.diff_files or found.funny_files:
        return False
    return all(same_files(one / name, other / name) for name in found.common_dirs)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lines", type=int, default=60_000)
    parser.add_argument("--verify", choices=("none", "compile"), default="compile")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, RayNodes() as nodes:
        folder = Path(temporary)
        home, code = folder / "home", folder / "code"
        sources = sources_of(asked.lines)
        for name, content in sources.items():
            (code / name).parent.mkdir(parents=True, exist_ok=True)
            (code / name).write_bytes(content)
        places = [nodes.add(cpus=1) for _ in range(2)]
        with serving(home, f"ray:{nodes.address}"):
            state = SqlState(f"sqlite:///{home}/state.db")
            first = Run(state, home, code, asked.verify)
            until(lambda: first.units() > 1 and first.done() * 3 >= first.units())
            until(lambda: first.running_at(places) is not None or first.is_over())
            victim = first.running_at(places)
            done = first.done() - 1
            if victim is None:
                raise SystemExit("the job was over before a node could be killed")
            nodes.kill(victim)
            took_s = first.finish()
            found = first.figures()
            call(home, "results", first.id, "-o", folder / "first")
            second = Run(state, home, code, asked.verify)
            again_s = second.finish()
            again = second.figures()
            call(home, "results", second.id, "-o", folder / "second")
            state.close()
        report = json.loads((folder / "first" / "report.json").read_text())
        made = (folder / "first" / "src").rglob("*.rs")
        rust = sum(path.read_bytes().count(b"\n") for path in made)
        same = same_files(folder / "first" / "src", folder / "second" / "src")
    whole = len(report["sources"]) == len(sources)
    lines = sum(content.count(b"\n") for content in sources.values())
    causes = ", ".join(f"{name} {count}" for name, count in found["causes"].items())
    print("| | |\n|---|--:|")
    print(f"| Python | {lines:,} lines in {len(sources)} files |")
    print(f"| units | {found['units']} |")
    print(f"| node killed | after {done} units |")
    print(
        f"| state of the job | {found['state']}, {found['done']} of {found['units']} units done |"
    )
    print(f"| attempts | {found['attempts']}, lost: {causes or 'none'} |")
    print(f"| units charged twice, attempts not charged | {found['twice']}, {found['uncharged']} |")
    print(
        f"| work, of it lost with the node | {found['busy_s']:.1f} s, {found['wasted_s']:.1f} s |"
    )
    print(f"| from submission to the end | {took_s:.1f} s |")
    print(f"| result | {'whole' if whole else 'NOT WHOLE'}, {rust:,} lines of Rust |")
    print(f"| the same job again | {again_s:.1f} s, {again['attempts']} attempt (the plan) |")
    print(f"| its result | {'the same' if same else 'ANOTHER ONE'} |")
    print(
        f"\nVerification: {asked.verify}. A head and two nodes of one CPU each on "
        f"{os.cpu_count()} × {platform.machine()}, CPython {platform.python_version()}."
    )
    lost = found["done"] != found["units"] or found["twice"] or found["uncharged"]
    return 1 if lost or not whole or not same or again["attempts"] != 1 else 0


if __name__ == "__main__":
    sys.exit(main())
