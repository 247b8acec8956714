"""The table of `src/portalis/resource/rates.py`, measured: python benchmarks/rates.py [FILE…]

CPU milliseconds of one process and of the rustc that it runs. A one-line program twenty times,
alone and together, gives what each start and each unit takes; FILEs (else every eighth program
of `tests/cases/run`), together, give what a line takes beyond that.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from portalis.resource.rates import RATES, Rate
from portalis.translate.pipeline import Settings, Task, Verification, cpu_seconds, translate_batch
from portalis.translate.sources import load
from portalis.translate.units import partition

CASES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "run"
TIMES = 20
LEVELS: tuple[Verification, ...] = ("none", "compile", "run")


def cpu_ms(tasks: list[Task]) -> float:
    before = cpu_seconds()
    translate_batch(tasks)
    return 1000 * (cpu_seconds() - before)


def measure(verify: Verification, paths: list[str]) -> tuple[Rate, int]:
    """The rates, and the lines that they were measured on."""
    trees = [unit.tree for path in paths for unit in partition(load([path], "auto").tree)]
    small = [Task(trees[0], Settings(verify=verify))] * TIMES
    tasks = [Task(tree, Settings(verify=verify)) for tree in trees[1:]]
    cpu_ms(small[:1])
    alone = sum(cpu_ms([task]) for task in small) / TIMES
    each = cpu_ms(small) / TIMES
    start = max(0.0, (alone - each) * TIMES / (TIMES - 1))
    unit = max(0.0, alone - start)
    lines = sum(file.text.count("\n") + 1 for tree in trees[1:] for file in tree.files)
    work = cpu_ms(tasks) - start - unit * len(tasks)
    return Rate(round(start), round(unit), round(1000 * max(0.0, work) / lines)), lines


def main() -> None:
    given = sys.argv[1:] or [str(path) for path in sorted(CASES.glob("*.py"))[::8]]
    print("| verify | start, ms | a unit, ms | a line, us | lines | in the table |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.py"
        small.write_text("print(1)\n")
        for verify in LEVELS:
            found, lines = measure(verify, [str(small), *given])
            print(
                f"| {verify} | {found.start_ms} | {found.unit_ms} | {found.line_us} "
                f"| {lines:,} | {RATES[verify]} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
