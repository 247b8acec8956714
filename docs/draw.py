"""Draws the diagrams of docs/architecture.md, by the tables that the code runs by, in their places
there:

    python docs/draw.py

A place begins with `<!-- drawn: NAME -->` and ends with `<!-- /drawn -->`; a test compares.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from portalis.translate.passes.order import PASSES
from portalis.workload.model.transitions import JOB, UNIT, Machine

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs/architecture.md"
_PLACE = re.compile(r"(<!-- drawn: (\w+) -->\n).*?(<!-- /drawn -->)", re.DOTALL)
# Boxes of one row.
_IN_A_ROW = 6


def drawn(page: str) -> str:
    """The page with all its diagrams as they are now. Raises KeyError for one of no table."""
    return _PLACE.sub(lambda place: f"{place[1]}{_fenced(DIAGRAMS[place[2]]())}{place[3]}", page)


def _fenced(lines: Iterable[str]) -> str:
    return "\n".join(["```mermaid", *lines, "```", ""])


def _walls(number: int) -> Iterator[str]:
    """A contract of layers: each imports those below it, and none above."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layered = [each for each in _contracts(config) if each["type"] == "layers"]
    layers: list[str] = layered[number]["layers"]
    yield "flowchart TD"
    for at, layer in enumerate(layers):
        names = [name.strip(" ()").removeprefix("portalis.") for name in layer.split("|")]
        yield f'    l{at}["{" · ".join(names)}"]'
    yield "    " + " --> ".join(f"l{at}" for at in range(len(layers)))


def _contracts(config: Mapping[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = config["tool"]["importlinter"]["contracts"]
    return found


def _machine(machine: Machine[Any, Any]) -> Iterator[str]:
    """States, and the events that lead from one to another."""
    events: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (state, event), edge in machine.edges.items():
        events[state, edge.to].append(event)
    yield "stateDiagram-v2"
    yield f"    [*] --> {machine.start}"
    for (state, to), names in events.items():
        yield f"    {state} --> {to}: {', '.join(names)}"


def _passes() -> Iterator[str]:
    """Row by row, in their order."""
    names = [each.__module__.rpartition(".")[2] for each in PASSES]
    yield "flowchart LR"
    for start in range(0, len(names), _IN_A_ROW):
        row = names[max(start - 1, 0) : start + _IN_A_ROW]
        yield "    " + " --> ".join(row)


DIAGRAMS: Final[Mapping[str, Callable[[], Iterator[str]]]] = {
    "storeys": lambda: _walls(0),
    "compiler": lambda: _walls(1),
    "passes": _passes,
    "job": lambda: _machine(JOB),
    "unit": lambda: _machine(UNIT),
}


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text("utf-8")), "utf-8")
