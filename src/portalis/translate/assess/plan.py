"""In which order to migrate: a module after what it imports, and the best first."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from graphlib import TopologicalSorter

from portalis.core.graphs import strong_components
from portalis.translate.artifacts import FunctionVerdict
from portalis.translate.assess.assessment import Assessment, Blocker, Share, blockers, share

TOP = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One unit of the migration: the modules of one component of the import graph.

    dependents: modules that import it, directly or through others.
    done_lines: translated lines of this and all earlier steps, of `Plan.share.lines`.
    blockers: what holds lines of this unit back, worst first.
    """

    position: int
    modules: tuple[str, ...]
    share: Share
    dependents: int
    done_lines: int
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    share: Share
    steps: tuple[Step, ...]


def plan(assessment: Assessment) -> Plan:
    """Among the units whose imports are all placed, the one with the greatest share of
    translated lines comes next; then the one that more modules wait for, then by name."""
    report = assessment.report
    verdicts: dict[str, list[FunctionVerdict]] = {}
    for verdict in report.verdicts:
        verdicts.setdefault(verdict.fact.module, []).append(verdict)
    imports = {module: report.imports.get(module, ()) for module in verdicts}
    units = [
        tuple(sorted(unit)) for unit in strong_components(sorted(imports), imports.__getitem__)
    ]
    unit_of = {module: unit for unit in units for module in unit}
    needs = {
        unit: {unit_of[other] for module in unit for other in imports[module]} - {unit}
        for unit in units
    }
    waiting = _dependents(units, needs)
    shares = {unit: share(v for m in unit for v in verdicts[m]) for unit in units}
    steps: list[Step] = []
    done = 0
    for unit in _order(needs, {u: (-shares[u].score, -waiting[u], u) for u in units}):
        done += shares[unit].translated_lines
        mine = [v for m in unit for v in verdicts[m]]
        files = {v.fact.file for v in mine}
        found = blockers([d for d in report.diagnostics if d.span.file in files], mine)
        steps.append(Step(len(steps) + 1, unit, shares[unit], waiting[unit], done, found[:TOP]))
    return Plan(assessment.share, tuple(steps))


Unit = tuple[str, ...]
Rank = tuple[Decimal, int, Unit]


def _order(needs: Mapping[Unit, set[Unit]], rank: Mapping[Unit, Rank]) -> Iterable[Unit]:
    sorter = TopologicalSorter(needs)
    sorter.prepare()
    ready: list[Rank] = []
    while sorter.is_active():
        for unit in sorter.get_ready():
            heapq.heappush(ready, rank[unit])
        unit = heapq.heappop(ready)[2]
        sorter.done(unit)
        yield unit


def _dependents(units: Sequence[Unit], needs: Mapping[Unit, set[Unit]]) -> dict[Unit, int]:
    """How many modules need a unit, directly or through others."""
    needed_by: dict[Unit, set[Unit]] = {unit: set() for unit in units}
    for unit in units:
        waiting = [unit]
        seen: set[Unit] = set()
        while waiting:
            for other in needs[waiting.pop()] - seen:
                seen.add(other)
                waiting.append(other)
        for other in seen:
            needed_by[other].add(unit)
    return {unit: sum(map(len, above)) for unit, above in needed_by.items()}
