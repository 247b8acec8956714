"""How fast translations are here: measured in CPU time of this process and of the rustc that it
runs, so that a busy machine measures the same as an idle one, more or less."""

from __future__ import annotations

import os
import platform
import sysconfig
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from portalis.resource.rates import Rate
from portalis.translate.pipeline import Settings, Task, Verification, cpu_seconds, translate_batch
from portalis.translate.sources import load
from portalis.translate.units import partition

LEVELS: tuple[Verification, ...] = ("none", "compile", "run")
# A one-line program this often, alone and together, gives what starts and units take.
TIMES = 20
# Modules of Python's own library that are plain code: on every machine the same, near enough.
MODULES = (
    *("bisect", "colorsys", "fnmatch", "heapq", "shlex", "textwrap", "difflib", "statistics"),
)


def library() -> list[str]:
    """The paths of those modules."""
    folder = Path(sysconfig.get_paths()["stdlib"])
    return [str(folder / f"{name}.py") for name in MODULES]


def measure(verify: Verification, small: str, paths: Sequence[str]) -> tuple[Rate, int]:
    """The rates, and the lines that they were measured on. small: of a one-line program."""
    first = partition(load([small], "auto").tree)[0].tree
    trees = [unit.tree for path in paths for unit in partition(load([path], "auto").tree)]
    one = Task(first, Settings(verify=verify))
    tasks = [Task(tree, Settings(verify=verify)) for tree in trees]
    _cpu_ms([one])
    alone = sum(_cpu_ms([one]) for _ in range(TIMES)) / TIMES
    each = _cpu_ms([one] * TIMES) / TIMES
    start = max(0.0, (alone - each) * TIMES / (TIMES - 1))
    unit = max(0.0, alone - start)
    lines = sum(file.text.count("\n") + 1 for tree in trees for file in tree.files)
    work = _cpu_ms(tasks) - start - unit * len(tasks)
    return Rate(round(start), round(unit), round(1000 * max(0.0, work) / lines)), lines


def _cpu_ms(tasks: list[Task]) -> float:
    before = cpu_seconds()
    translate_batch(tasks)
    return 1000 * (cpu_seconds() - before)


def machine(cpuinfo: Iterable[str]) -> str:
    """The class of this machine, by the lines of /proc/cpuinfo."""
    found = {
        name.strip(): value.strip()
        for name, _, value in (line.partition(":") for line in cpuinfo)
        if value
    }
    model = found.get("model name", platform.machine())
    number = f" model {found['model']}" if "model" in found else ""
    return f"{model}{number}, {os.cpu_count()} cores"


def document(
    found: Mapping[Verification, tuple[Rate, int]], corpus: str, today: date, machine_class: str
) -> str:
    """The text of a calibration file."""
    lines = [
        "# portalis bench calibrate: CPU milliseconds of one core, microseconds a line.",
        f"measured: {today.isoformat()}",
        f'machine: "{machine_class}"',
        "speeds:",
    ]
    for name, (rate, count) in found.items():
        lines += [
            f"  {name}:",
            f"    start_ms: {rate.start_ms}",
            f"    unit_ms: {rate.unit_ms}",
            f"    line_us: {rate.line_us}",
            f"    lines: {count}",
            f'    corpus: "{corpus}"',
        ]
    return "\n".join(lines) + "\n"
