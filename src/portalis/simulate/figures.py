"""What a run comes to: the facts in figures, for people and as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portalis.core.digest import Json
from portalis.core.ids import UnitId
from portalis.core.money import dollars, price_of
from portalis.cost.identity import NodeCosts, node_costs
from portalis.simulate.cluster import slot_ms
from portalis.simulate.simulation import Facts
from portalis.workload.model.transitions import JobState, UnitState
from portalis.workload.model.unit import UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Jobs of one load. job_ms, begun_ms: from when it came to its end, and until all its units
    had begun; those that were done."""

    name: str
    jobs: int
    done: int
    late: int
    job_p50_ms: int
    job_p99_ms: int
    begun_mean_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of one run. All times are virtual. work_ms: from the first job to the end of the last.
    wait: of units, from ready to begun. translations: units that were done, known ones among
    them. survived: every interruption, if no job failed."""

    work_ms: int
    paid_ms: int
    jobs: int
    done: int
    stopped_budget: int
    translations: int
    cache_hits: int
    lines: int
    wait_p50_ms: int
    wait_p99_ms: int
    utilisation: float
    costs: NodeCosts
    spot_microusd: int
    machines: int
    most_slots: int
    interruptions: int
    interrupted_units: int
    late: int
    preempted: int
    kinds: tuple[Kind, ...]
    reasons: Mapping[str, int]

    @property
    def microusd_a_translation(self) -> int:
        return self.costs.total_microusd // self.translations if self.translations else 0

    @property
    def holds(self) -> bool:
        """Whether all work was done, and costs add up."""
        return self.done == self.jobs and self.costs.holds


def percentile(values: Sequence[int], percent: int) -> int:
    """The smallest of them that so many percent are not above; 0 of none."""
    if not values:
        return 0
    return sorted(values)[max(0, -(-len(values) * percent // 100) - 1)]


def figures(facts: Facts) -> Figures:
    """Of one run."""
    units = {unit.id: unit for unit in facts.units}
    work = [unit for unit in facts.units if unit.kind is UnitKind.TRANSLATE]
    useful = [charge for charge in facts.charges if charge.useful]
    begun = {charge.unit_id: charge.from_ms for charge in useful}
    waits = [at_ms - (units[each].ready_ms or at_ms) for each, at_ms in begun.items()]
    costs = node_costs(facts.nodes, facts.charges, facts.starts_ms, facts.ends_ms + 1)
    spot = [node for node in facts.nodes if node.name in facts.spot_nodes]
    ends = [job.ended_ms or facts.ends_ms for job in facts.jobs]
    first_ms = min((job.created_ms for job in facts.jobs), default=facts.starts_ms)
    paid = slot_ms(facts.nodes)
    kinds = _kinds(facts, begun)
    return Figures(
        work_ms=max(ends, default=first_ms) - first_ms,
        paid_ms=paid,
        jobs=len(facts.jobs),
        done=sum(job.state is JobState.DONE for job in facts.jobs),
        stopped_budget=facts.stopped,
        translations=sum(unit.state is UnitState.DONE for unit in work),
        cache_hits=facts.cache_hits,
        lines=sum(job.lines for job in facts.jobs),
        wait_p50_ms=percentile(waits, 50),
        wait_p99_ms=percentile(waits, 99),
        utilisation=sum(charge.slot_ms for charge in facts.charges) / paid if paid else 0.0,
        costs=costs,
        spot_microusd=sum(
            n.slots * price_of(n.rate_microusd_h, n.from_ms, n.until_ms) for n in spot
        ),
        machines=len(facts.nodes),
        most_slots=max((sample.paid for sample in facts.samples), default=0),
        interruptions=facts.interruptions,
        interrupted_units=facts.interrupted_units,
        late=sum(kind.late for kind in kinds),
        preempted=facts.preempted,
        kinds=kinds,
        reasons=facts.reasons,
    )


def _kinds(facts: Facts, begun: Mapping[UnitId, int]) -> tuple[Kind, ...]:
    by_name: dict[str, list[int]] = defaultdict(list)
    last: dict[str, int] = {}
    for unit in facts.units:
        at_ms = begun.get(unit.id)
        if at_ms is not None:
            last[unit.job_id] = max(at_ms, last.get(unit.job_id, 0))
    for number, job in enumerate(facts.jobs):
        by_name[facts.of_job[job.id].load.name].append(number)
    kinds = []
    for name, numbers in by_name.items():
        found = [facts.jobs[number] for number in numbers]
        done = [job for job in found if job.state is JobState.DONE]
        took = [(job.ended_ms or 0) - job.created_ms for job in done]
        until = [last.get(job.id, job.created_ms) - job.created_ms for job in done]
        late = 0
        for job in found:
            deadline_h = facts.of_job[job.id].load.deadline_h
            if deadline_h is not None:
                due_ms = job.created_ms + deadline_h * 3_600_000
                late += job not in done or (job.ended_ms or 0) > due_ms
        kinds.append(
            Kind(
                name=name,
                jobs=len(found),
                done=len(done),
                late=late,
                job_p50_ms=percentile(took, 50),
                job_p99_ms=percentile(took, 99),
                begun_mean_ms=sum(until) // len(until) if until else 0,
            )
        )
    return tuple(kinds)


def as_object(found: Figures) -> dict[str, Json]:
    """The documented JSON; dollars with at most six decimals."""
    return {
        "time_s": found.work_ms / 1000,
        "slot_hours_paid": found.paid_ms / 3_600_000,
        "jobs": found.jobs,
        "jobs_done": found.done,
        "stopped_by_budget": found.stopped_budget,
        "translations": found.translations,
        "cache_hits": found.cache_hits,
        "lines": found.lines,
        "queue_wait_s": {"p50": found.wait_p50_ms / 1000, "p99": found.wait_p99_ms / 1000},
        "utilisation": round(found.utilisation, 4),
        "cost_usd": {
            "total": _usd(found.costs.total_microusd),
            "work": _usd(found.costs.work_microusd),
            "overhead": _usd(found.costs.overhead_microusd),
            "idle": _usd(found.costs.idle_microusd),
            "of_spot": _usd(found.spot_microusd),
            "adds_up": found.costs.holds,
            "a_translation": _usd(found.microusd_a_translation),
        },
        "machines": found.machines,
        "most_slots": found.most_slots,
        "interruptions": found.interruptions,
        "interrupted_units": found.interrupted_units,
        "deadlines_missed": found.late,
        "preempted": found.preempted,
        "kinds": [
            {
                "name": kind.name,
                "jobs": kind.jobs,
                "jobs_done": kind.done,
                "job_s": {"p50": kind.job_p50_ms / 1000, "p99": kind.job_p99_ms / 1000},
                "begun_mean_s": kind.begun_mean_ms / 1000,
            }
            for kind in found.kinds
        ],
        "reasons": dict(found.reasons),
    }


def _usd(amount_microusd: int) -> float:
    return float(dollars(amount_microusd))
