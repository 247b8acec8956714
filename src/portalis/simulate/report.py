"""What is printed of a simulation: always called simulated, beside what the seed claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portalis.core.digest import Json
from portalis.core.money import MICRO, text
from portalis.cost.catalog import PriceTag
from portalis.simulate.calibration import Calibration
from portalis.simulate.figures import Figures, as_object
from portalis.simulate.scenario import Claim, Scenario, Variant
from portalis.simulate.simulation import Deciding, Facts

SCHEMA = "portalis.simulation/1"


@dataclass(frozen=True, slots=True)
class Result:
    """One variant of a scenario."""

    variant: Variant
    facts: Facts
    figures: Figures

    @property
    def deciding(self) -> Deciding:
        return self.facts.deciding

    @property
    def prices(self) -> tuple[PriceTag, ...]:
        """Those that it goes by."""
        texts = {node.price for node in self.facts.nodes}
        texts |= {charge.price for charge in self.facts.charges}
        return tuple(sorted(PriceTag.parse(each) for each in texts if each))


def span(ms: int) -> str:
    """As people say it."""
    seconds = ms / 1000
    if seconds < 1:
        return f"{ms} ms"
    if seconds < 120:
        return f"{seconds:.1f} s"
    if seconds < 7200:
        return f"{seconds / 60:.1f} min"
    return f"{seconds / 3600:.1f} h"


def cost(amount_microusd: int) -> str:
    """Three digits are enough here; what is exact is in the JSON."""
    if amount_microusd >= MICRO:
        return f"${amount_microusd / MICRO:,.2f}"
    return f"${amount_microusd / MICRO:.3g}" if amount_microusd else "$0"


COLUMNS = (
    *("", "time", "cost", "a translation", "utilisation", "wait p50 / p99"),
    *("machines", "interruptions", "the seed's claim"),
)


def row(result: Result, claim: Claim | None) -> tuple[str, ...]:
    """One line of the table."""
    found = result.figures
    survived = "all survived" if found.done == found.jobs else f"{found.done} jobs done"
    return (
        result.variant.name or "simulated",
        span(found.work_ms),
        cost(found.costs.total_microusd),
        cost(found.microusd_a_translation),
        f"{found.utilisation:.0%}",
        f"{span(found.wait_p50_ms)} / {span(found.wait_p99_ms)}",
        f"{found.machines}, {found.most_slots} slots at most",
        f"{found.interruptions}, {survived}" if found.interruptions else "none",
        claimed(claim),
    )


def claimed(claim: Claim | None) -> str:
    if claim is None:
        return ""
    parts = (claim.time, claim.cost, claim.utilisation, claim.machines)
    return ", ".join(part for part in parts if part)


def as_text(scenario: Scenario, results: Sequence[Result], speeds: Calibration) -> str:
    """For people."""
    lines = [
        f"{scenario.title} (simulated; speeds of {speeds.machine}, {speeds.measured})",
        *([scenario.about] if scenario.about else []),
    ]
    for result in results:
        claim = result.variant.claim or scenario.claim
        lines += ["", *_details(result, claim, scenario.deciding == "charged")]
    return "\n".join(lines) + "\n"


def _details(result: Result, claim: Claim | None, charged: bool) -> list[str]:
    found = result.figures
    costs = found.costs
    adds = "" if costs.holds else f" WHICH DOES NOT ADD UP: {', '.join(costs.broken)}"
    lines = [f"  {result.variant.name}"] if result.variant.name else []
    lines += [
        f"  time           {span(found.work_ms)} (simulated)",
        f"  jobs           {found.done:,} of {found.jobs:,} done, {found.translations:,} "
        f"translations, {found.cache_hits:,} of them known before",
        f"  cost           {text(costs.total_microusd)} = {text(costs.work_microusd)} work + "
        f"{text(costs.overhead_microusd)} overhead + {text(costs.idle_microusd)} idle{adds}",
        *(f"  price          {tag.words()}" for tag in result.prices),
        f"  a translation  {text(found.microusd_a_translation)}",
        f"  utilisation    {found.utilisation:.1%} of {found.paid_ms / 3_600_000:,.2f} slot hours "
        f"on {found.machines} machines, {found.most_slots} slots at most",
        f"  queue wait     p50 {span(found.wait_p50_ms)}, p99 {span(found.wait_p99_ms)}",
    ]
    for kind in found.kinds:
        lines.append(
            f"  {kind.name:<14} {kind.done:,} jobs in p50 {span(kind.job_p50_ms)}, "
            f"p99 {span(kind.job_p99_ms)}; all units begun after {span(kind.begun_mean_ms)}"
        )
    if found.interruptions:
        lines.append(
            f"  interruptions  {found.interruptions} machines, {found.interrupted_units} units "
            f"begun again; {found.late} deadlines missed"
        )
    if found.preempted:
        lines.append(f"  preempted      {found.preempted} units made room")
    if found.stopped_budget:
        lines.append(f"  budgets        stopped jobs {found.stopped_budget} times")
    if result.deciding.rounds:
        passes = "which passed on the virtual clock, too" if charged else "none of it in `time`"
        lines.append(
            f"  scheduler      {result.deciding.decide_s:.1f} s of the processor to decide, "
            f"{result.deciding.clerk_s:.1f} s with all that it writes, "
            f"in {result.deciding.rounds:,} rounds, {passes}"
        )
    if claim is not None:
        lines.append(f"  claimed        {claimed(claim)} ({claim.source})")
    return lines


def as_json_object(
    scenario: Scenario, results: Sequence[Result], speeds: Calibration, seed: int
) -> dict[str, Json]:
    """`measured` is of this machine and this time; all else depends on file and seed alone,
    unless `deciding` is `charged`: then all is of this machine."""
    return {
        "schema": SCHEMA,
        "simulated": True,
        "title": scenario.title,
        "seed": seed,
        "deciding": scenario.deciding,
        "calibration": {
            "measured": speeds.measured.isoformat(),
            "machine": speeds.machine,
            "lines": getattr(speeds.speeds, scenario.verify).lines,
            "corpus": getattr(speeds.speeds, scenario.verify).corpus,
        },
        "variants": [
            {
                "name": result.variant.name,
                "features": list(result.variant.features),
                "figures": as_object(result.figures),
                "prices": [tag.words() for tag in result.prices],
                "claim": _claim(result.variant.claim or scenario.claim),
                "measured": {
                    "rounds": result.deciding.rounds,
                    "decide_s": round(result.deciding.decide_s, 3),
                    "clerk_s": round(result.deciding.clerk_s, 3),
                },
            }
            for result in results
        ],
    }


def _claim(claim: Claim | None) -> Json:
    return None if claim is None else claim.model_dump()


def as_markdown(rows: Sequence[Sequence[str]], columns: Sequence[str] = COLUMNS) -> str:
    """A table."""
    head = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return "\n".join([*head, *("| " + " | ".join(each) + " |" for each in rows)]) + "\n"
