"""The jobs of a scenario: who hands in what, and when. Drawn once, before the clock runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portalis.core.ids import TenantId
from portalis.resource.rates import PLAN, Rate
from portalis.simulate.chance import Chance
from portalis.simulate.cluster import Model, Modelled
from portalis.simulate.scenario import Arrivals, Load, Scenario
from portalis.workload.model.payload import Work, plan_bytes
from portalis.workload.model.unit import UnitKind, UnitPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A job that will be handed in. after_ms: since the beginning, or, where its tenant waits
    for the one before, since that was done. number: of all jobs, from 0."""

    number: int
    load: Load
    tenant_id: TenantId
    after_ms: int
    lines: int
    units: tuple[UnitPlan, ...]
    plan_ms: int

    @property
    def sources(self) -> bytes:
        """What its units are told: enough to find it again."""
        return str(self.number).encode()


Streams = Sequence[Sequence[Planned]]


def draw(scenario: Scenario, rate: Rate, chance: Chance) -> Streams:
    """One stream for each tenant of each load, in the order in which its jobs come."""
    streams = []
    number = 0
    known: dict[str, list[str]] = {}
    for load in scenario.load:
        for tenant in range(load.tenants):
            stream = []
            at_ms = round(load.from_s * 1000)
            for place in range(load.jobs):
                if place or load.arrivals in (Arrivals.RANDOM, Arrivals.AFTER):
                    pause = _pause_ms(load, chance)
                    at_ms = pause if load.arrivals is Arrivals.AFTER else at_ms + pause
                tenant_id = TenantId(f"{load.tenant}-{tenant + 1}")
                lines, units = _units(load, rate, chance, known.setdefault(tenant_id, []), number)
                stream.append(
                    Planned(
                        number=number,
                        load=load,
                        tenant_id=tenant_id,
                        after_ms=at_ms,
                        lines=lines,
                        units=units,
                        plan_ms=PLAN.unit_ms + lines * PLAN.line_us // 1000 if lines else 0,
                    )
                )
                number += 1
            streams.append(stream)
    return streams


def _pause_ms(load: Load, chance: Chance) -> int:
    mean_ms = load.every_s * 1000
    if load.arrivals in (Arrivals.RANDOM, Arrivals.AFTER):
        return round(chance.expovariate(1 / mean_ms))
    return round(mean_ms) if load.arrivals is Arrivals.EVEN else 0


def _units(
    load: Load, rate: Rate, chance: Chance, known: list[str], number: int
) -> tuple[int, tuple[UnitPlan, ...]]:
    """The lines of a job, and its units. known: cache keys of the tenant's earlier units."""
    lines = load.lines
    if load.spread:
        lines = max(1, round(lines * chance.uniform(1 - load.spread, 1 + load.spread)))
    count = load.units or -(-lines // load.unit_lines)
    units = []
    fresh = []
    for place in range(count):
        of_unit = min(load.unit_lines, lines - place * load.unit_lines) if lines else 0
        work_ms = rate.unit_ms + of_unit * rate.line_us // 1000 if lines else load.unit_ms
        key = f"{number}:{place}"
        if load.repeats and known and chance.random() < load.repeats:
            key = known[chance.randrange(len(known))]
        elif load.repeats:
            fresh.append(key)
        units.append(
            UnitPlan(
                number=place + 1,
                spec={"ms": work_ms},
                predicted_ms=work_ms,
                cache_key=key if load.repeats else "",
            )
        )
    known += fresh
    return lines, tuple(units)


def model(planned: Mapping[int, Planned], start_ms: int) -> Model:
    """What the cluster is told of a unit of these jobs. start_ms: of what is verified together."""

    def of(work: Work) -> Modelled:
        job = planned[int(work.sources)]
        if work.kind is UnitKind.PLAN:
            return Modelled(job.plan_ms, job.plan_ms, plan_bytes(job.units))
        work_ms = int(str(work.spec["ms"]))
        return Modelled(work_ms, work_ms, b"done", start_ms if job.lines else 0)

    return of


def all_of(streams: Streams) -> Iterator[Planned]:
    for stream in streams:
        yield from stream
