"""What a period was like, from the facts of the store: jobs, the use of nodes, memory, and what
to reserve. Pure but for what is read; each answer is a value that is shown as it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

from portalis.core.ids import TenantId
from portalis.core.money import HOUR_MS, price_of
from portalis.cost.catalog import Catalog, PriceTag, PricingModel, UnknownPrice
from portalis.cost.recommend import cheaper
from portalis.resource.classify import SizeClass
from portalis.resource.memory import MB_OF_GB
from portalis.resource.policy import Policy
from portalis.workload.model.attempt import Charge
from portalis.workload.model.job import Job
from portalis.workload.model.ledger import Node
from portalis.workload.model.retry import Cause
from portalis.workload.model.transitions import JobState
from portalis.workload.model.unit import Unit
from portalis.workload.ports import JobQuery, State

# Of jobs that failed, so many are named.
MAX_NAMED: Final = 20
# A summary looks at so many jobs at most.
MAX_JOBS: Final = 100_000
# The weekly rule for capacity: parts of a thousand.
BUSY_PERMILLE, IDLE_PERMILLE = 800, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Milliseconds, of so many; nearest rank."""

    count: int = 0
    p50_ms: int = 0
    p95_ms: int = 0
    max_ms: int = 0

    @classmethod
    def of(cls, values: Iterable[int]) -> Spread:
        found = sorted(values)
        if not found:
            return cls()
        count = len(found)
        return cls(
            count=count,
            p50_ms=found[(count - 1) // 2],
            p95_ms=found[-(-95 * count // 100) - 1],
            max_ms=found[-1],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class JobsSummary:
    """Of jobs that were open at some time of the period. submitted: within it. states: of those
    that ended within it and of those that go on. latency: of the done ones, from submission to
    end; wait: until the first unit began. failed: the newest ones."""

    submitted: int = 0
    states: Mapping[str, int] = field(default_factory=dict)
    latency: Spread = field(default_factory=Spread)
    wait: Spread = field(default_factory=Spread)
    lines: int = 0
    cost_microusd: int = 0
    failed: tuple[Job, ...] = ()


def jobs_summary(state: State, tenant_id: TenantId | None, since_ms: int) -> JobsSummary:
    """Since then, of a tenant or of all."""
    query = JobQuery(tenant_id=tenant_id, since_ms=since_ms, limit=MAX_JOBS)
    jobs = state.jobs(query)
    done = [job for job in jobs if job.state is JobState.DONE]
    return JobsSummary(
        submitted=sum(job.created_ms >= since_ms for job in jobs),
        states=dict(sorted(Counter(job.state.value for job in jobs).items())),
        latency=Spread.of(job.ended_ms - job.created_ms for job in done if job.ended_ms),
        wait=Spread.of(job.started_ms - job.created_ms for job in jobs if job.started_ms),
        lines=sum(job.lines for job in done),
        cost_microusd=sum(job.cost_microusd for job in jobs),
        failed=tuple(job for job in jobs if job.state is JobState.FAILED)[:MAX_NAMED],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Utilisation:
    """Slot time in milliseconds: that there was, that made results, that made none. highest: of
    the hours of the period, the part of its slots that worked, in thousandths."""

    room_ms: int = 0
    work_ms: int = 0
    overhead_ms: int = 0
    highest_permille: int = 0

    @property
    def permille(self) -> int:
        return 1000 * (self.work_ms + self.overhead_ms) // max(self.room_ms, 1)

    @property
    def advice(self) -> str:
        """What the rule for capacity says."""
        if not self.room_ms:
            return "no slot was there"
        if self.permille > BUSY_PERMILLE:
            return "busy above 80 %: allow more nodes if it stays so for three days"
        if self.permille < IDLE_PERMILLE:
            return "busy below 40 %: allow fewer nodes if it stays so for three days"
        return "capacity fits"


def utilisation(
    nodes: Sequence[Node], charges: Iterable[Charge], from_ms: int, until_ms: int
) -> Utilisation:
    """Of the period. charges: of all that was leased in it, or ran into it."""
    room: dict[int, int] = defaultdict(int)
    used: dict[int, int] = defaultdict(int)
    for node in nodes:
        _spread(room, max(node.from_ms, from_ms), min(node.until_ms, until_ms), node.slots)
    spent = {True: 0, False: 0}
    for charge in charges:
        begin = max(charge.from_ms, from_ms)
        end = min(charge.from_ms + charge.slot_ms, until_ms)
        if begin < end:
            spent[charge.useful] += end - begin
            _spread(used, begin, end, 1)
    highest = max((1000 * used[hour] // there for hour, there in room.items() if there), default=0)
    return Utilisation(
        room_ms=sum(room.values()),
        work_ms=spent[True],
        overhead_ms=spent[False],
        highest_permille=min(highest, 1000),
    )


def _spread(hours: dict[int, int], begin: int, end: int, slots: int) -> None:
    """The time of so many slots, laid on the hours in which it lies."""
    while begin < end:
        until = min(end, (begin // HOUR_MS + 1) * HOUR_MS)
        hours[begin // HOUR_MS] += slots * (until - begin)
        begin = until


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryUse:
    """Of jobs of one size. peak_mb: the most that the process of a worker had at a unit, without
    what rustc took; 0: not known. set_aside_mb: the most for one unit; 0: none had memory of its
    own. ran_out: attempts that needed more than there was."""

    size: str
    units: int
    peak_mb: int
    set_aside_mb: int
    gpu_mb: int
    ran_out: int


def memory(state: State, charges: Sequence[Charge]) -> tuple[MemoryUse, ...]:
    """By size of job, the sizes in alphabetic order."""
    jobs = state.jobs_by_id({charge.job_id for charge in charges})
    units = state.units_by_id({charge.unit_id for charge in charges})
    attempts = state.attempts_by_id({charge.attempt_id for charge in charges})
    out: Counter[str] = Counter()
    for attempt in attempts.values():
        if attempt.cause is Cause.OUT_OF_MEMORY and attempt.job_id in jobs:
            out[jobs[attempt.job_id].size] += 1
    by_size = defaultdict(list)
    for unit in units.values():
        if unit.job_id in jobs:
            by_size[jobs[unit.job_id].size].append(unit)
    return tuple(
        MemoryUse(
            size=size,
            units=len(found),
            peak_mb=max(map(peak_mb, found)),
            set_aside_mb=max(unit.memory_mb for unit in found),
            gpu_mb=max(unit.gpu_mb for unit in found),
            ran_out=out[size],
        )
        for size, found in sorted(by_size.items())
    )


def peak_mb(unit: Unit) -> int:
    """Of its worker's process, as the summary says; 0: it does not."""
    found = unit.summary.get("peak_mb", 0)
    return found if isinstance(found, int) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeUse:
    """What jobs of one size used of one kind of machine. busy: of their attempts.
    peak_mb: as in `MemoryUse`. fits: the smallest class whose memory by the policy bears that;
    empty: it is not known, or none has memory. as_of: of the price that was charged. machine: the
    one of the catalog, of those that bear it, on which a slot costs least; saves_microusd: what
    that would have saved."""

    size: str
    instance: str
    jobs: int
    units: int
    busy: Spread
    peak_mb: int
    cost_microusd: int
    fits: str
    as_of: date
    machine: str
    saves_microusd: int


def sizing(
    state: State, charges: Sequence[Charge], catalog: Catalog, policy: Policy
) -> tuple[SizeUse, ...]:
    """By size and machine. A slot has its share of a machine's memory."""
    jobs = state.jobs_by_id({charge.job_id for charge in charges})
    units = state.units_by_id({charge.unit_id for charge in charges})
    groups: dict[tuple[str, PriceTag], list[Charge]] = defaultdict(list)
    for charge in charges:
        if charge.price and charge.job_id in jobs:
            tag = PriceTag.parse(charge.price)
            groups[jobs[charge.job_id].size, tag].append(charge)
    found = []
    for (size, tag), of in sorted(groups.items(), key=lambda each: each[0]):
        worked = [units[each] for each in {charge.unit_id for charge in of} if each in units]
        needs_mb = max((max(peak_mb(unit), unit.memory_mb) for unit in worked), default=0)
        gpu_mb = max((unit.gpu_mb for unit in worked), default=0)
        cost = sum(charge.cost_microusd for charge in of)
        machine, saves = cheaper(catalog, tag, cost, needs_mb, gpu_mb)
        found.append(
            SizeUse(
                size=size,
                instance=tag.instance,
                jobs=len({charge.job_id for charge in of}),
                units=len(worked),
                busy=Spread.of(charge.slot_ms for charge in of),
                peak_mb=max(map(peak_mb, worked), default=0),
                cost_microusd=cost,
                fits=_class_of(needs_mb, policy),
                as_of=tag.as_of,
                machine=machine,
                saves_microusd=saves,
            )
        )
    return tuple(found)


def _class_of(needs_mb: int, policy: Policy) -> str:
    if not needs_mb:
        return ""
    for size in SizeClass:
        memory_gb = policy.job_size_thresholds.of(size).memory_gb
        if memory_gb is not None and needs_mb <= memory_gb * MB_OF_GB:
            return size.value
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """Machines of one kind to reserve. break_even_permille: of the time, from which on a
    reserved one costs less. as_of: of the prices. paid, saves: in the period; saves is what
    `count` would have saved."""

    instance: str
    count: int
    break_even_permille: int
    as_of: date
    paid_microusd: int
    saves_microusd: int


def reservations(
    nodes: Sequence[Node], catalog: Catalog, from_ms: int, until_ms: int
) -> tuple[Reservation, ...]:
    """What to reserve if the next period is like this one: the k-th machine is reserved where
    it was there for a larger part of the period than a reserved one costs of one on demand. Only
    machines on demand count; others have no price to compare."""
    by_instance: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        tag = PriceTag.parse(node.price) if node.price else None
        if tag is not None and tag.model is PricingModel.ON_DEMAND:
            by_instance[tag.instance].append(node)
    found = []
    for instance, there in sorted(by_instance.items()):
        try:
            listed = catalog.price(instance)
            on_demand = listed.rate_microusd_h
            reserved = catalog.price(instance, PricingModel.RESERVED).rate_microusd_h
        except UnknownPrice:
            continue
        spans = _at_least(there, on_demand, from_ms, until_ms)
        always = price_of(reserved, from_ms, until_ms)
        savings = [price_of(on_demand, 0, span_ms) - always for span_ms in spans]
        found.append(
            Reservation(
                instance=instance,
                count=sum(saving > 0 for saving in savings),
                break_even_permille=1000 * reserved // on_demand,
                as_of=listed.as_of,
                paid_microusd=sum(price_of(on_demand, 0, span_ms) for span_ms in spans),
                saves_microusd=sum(saving for saving in savings if saving > 0),
            )
        )
    return tuple(found)


def _at_least(nodes: Sequence[Node], rate: int, from_ms: int, until_ms: int) -> list[int]:
    """For how long at least one machine was there, at least two, and so on. A node that is a
    cluster is as many machines as are paid for."""
    steps: Counter[int] = Counter()
    for node in nodes:
        begin, end = max(node.from_ms, from_ms), min(node.until_ms, until_ms)
        machines = max(1, round(node.slots * node.rate_microusd_h / rate))
        if begin < end:
            steps[begin] += machines
            steps[end] -= machines
    spans: list[int] = []
    count = 0
    for begin, end in pairwise(sorted(steps)):
        count += steps[begin]
        spans += [0] * (count - len(spans))
        for index in range(count):
            spans[index] += end - begin
    return spans
