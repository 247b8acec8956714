"""The sums that every view of a report shows."""

from __future__ import annotations

from dataclasses import dataclass

from portalis.translate.artifacts import Kept, Report, UnitFact, Verdict

ORDER = (
    Verdict.VERIFIED,
    Verdict.COMPILED,
    Verdict.UNCHECKED,
    Verdict.REFUSED,
    Verdict.BROKEN,
)


@dataclass(frozen=True, slots=True)
class Total:
    """functions counts functions and methods; lines are those of modules and classes too."""

    functions: int
    lines: int
    kept: Kept


def totals(report: Report) -> dict[Verdict | None, Total]:
    """By verdict, in the order of `ORDER`; under None the sum of all."""
    found: dict[Verdict | None, Total] = {}
    for verdict in (*ORDER, None):
        mine = [v for v in report.verdicts if verdict in (None, v.verdict)]
        found[verdict] = Total(
            sum(v.fact.kind in ("function", "method") for v in mine),
            sum(v.fact.lines for v in mine),
            sum((v.fact.kept for v in mine), Kept()),
        )
    return found


def percent(part: int, whole: int) -> str:
    """Rounded down to a tenth, so that 100 % means all; "-" of nothing."""
    return f"{part * 1000 // whole / 10:.1f} %" if whole else "-"


def summary(report: Report) -> str:
    """One line for people."""
    sums = totals(report)
    everything = sums[None]
    parts = [
        f"{sums[verdict].functions} {verdict.value}" for verdict in ORDER if sums[verdict].functions
    ]
    count = f"{everything.functions} function{'s' if everything.functions != 1 else ''}"
    kept = str(everything.kept)
    containers = f"; containers and objects: {kept}" if kept else ""
    return f"{count}, {everything.lines} lines: {', '.join(parts) or 'no functions'}{containers}"


def units_summary(report: Report) -> str:
    """One line for people; "" where it says nothing."""
    programs = sum(unit.is_binary for unit in report.units)
    kept = sum(unit.kept for unit in report.units)
    failed = sum(bool(unit.failure) for unit in report.units)
    if len(report.units) < 2:
        return "taken from the cache: nothing has changed" if kept else ""
    parts = [f"{len(report.units)} units that no import connects, {programs} of them programs"]
    parts += [f"{kept} taken from the cache"] if kept else []
    parts += [f"{failed} failed"] if failed else []
    return "; ".join(parts)


def cpu_by_stage(unit: UnitFact) -> dict[str, float]:
    """The stages that add up to the whole: not those within another."""
    return {stage: seconds for stage, seconds in unit.cpu_s.items() if "." not in stage}
