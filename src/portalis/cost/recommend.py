"""What would have cost less: from measured use, one step after the other.

Each recommendation is priced on the bill that the ones before it leave. So they never
overlap: applied together, in this order, they save exactly the sum that is stated. A tenant
pays for its work. Who runs the nodes pays for machines as long as they are there, so its bill
is worked out anew of what ran when: which machines that takes, from when until when.
`docs/cost_analysis.md` has each figure beside what the simulator says of the same step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import Final

from portalis.core.money import HOUR_MS, text
from portalis.cost.catalog import Catalog, Instance, PriceTag, PricingModel, UnknownPrice


class Saving(StrEnum):
    IDLE = "idle"
    CACHING = "caching"
    RIGHT_SIZING = "right_sizing"
    SPOT = "spot_instances"
    RESERVED = "reserved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    kind: Saving
    savings_microusd: int
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """An attempt that was charged, on one slot of a machine that has `slots`; rate: of the slot.
    repeated: the same work was done before in the period. flexible: it may be interrupted (any
    class but interactive). needs_gpu: it used one, or nobody knows."""

    instance: str
    model: PricingModel
    from_ms: int
    until_ms: int
    rate_microusd_h: int
    cost_microusd: int
    slots: int = 1
    repeated: bool = False
    flexible: bool = True
    needs_gpu: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """Of the period. nodes_microusd: what nodes cost, work and idle time; None: a tenant's bill,
    who pays for work alone. idle_ms, boot_ms: how long a machine would be kept after its last
    work, and takes until its first.

    cached: what was done before is known. reserved: prices (micro-dollars an hour) of machines
    that are reserved where that costs less, by instance.
    """

    runs: tuple[Run, ...]
    from_ms: int = 0
    until_ms: int = 0
    nodes_microusd: int | None = None
    idle_ms: int = 120_000
    boot_ms: int = 180_000
    cached: bool = False
    reserved: Mapping[str, int] | None = None
    # What machines cost now beyond those that come and go with the work.
    extra_microusd: int = 0
    # Where they follow it closer than is reckoned here: the share of that which they cost.
    closeness: Fraction = Fraction(1)

    @property
    def total_microusd(self) -> int:
        if self.nodes_microusd is None:
            runs = (run for run in self.runs if not (self.cached and run.repeated))
            return sum(run.cost_microusd for run in runs)
        return floor(_machines_microusd(self) * self.closeness) + self.extra_microusd


def of_nodes(bill: Bill, nodes_microusd: int) -> Bill:
    """The bill of who pays for the machines."""
    own = replace(bill, nodes_microusd=nodes_microusd)
    reckoned = _machines_microusd(own)
    if nodes_microusd < reckoned:
        return replace(own, closeness=Fraction(nodes_microusd, reckoned))
    return replace(own, extra_microusd=nodes_microusd - reckoned)


Step = Callable[[Bill, Catalog], Bill]
# Of the time for which spot machines are wanted they are there, by this reckoning; else the work
# is paid for on demand.
SPOT_PERMILLE: Final = 900


def _scaled_down(bill: Bill, _catalog: Catalog) -> Bill:
    return replace(bill, extra_microusd=0)


def _cached(bill: Bill, _catalog: Catalog) -> Bill:
    return replace(bill, cached=True)


def _right_sized(bill: Bill, catalog: Catalog) -> Bill:
    """Work that uses no GPU on machines that have none, a slot for each vCPU."""
    plain = [each for each in catalog.instances.values() if not each.gpus]
    return replace(bill, runs=tuple(_without_gpu(run, plain, catalog) for run in bill.runs))


def _without_gpu(run: Run, plain: Sequence[Instance], catalog: Catalog) -> Run:
    known = [each for each in plain if run.model in each.rates]
    try:
        has_gpu = catalog.instance(run.instance).gpus > 0
    except UnknownPrice:
        return run
    if run.needs_gpu or not has_gpu or not known:
        return run
    best = min(known, key=lambda each: (each.rates[run.model] / each.vcpus, each.vcpus))
    rate = -(-best.rates[run.model] // best.vcpus)
    if rate >= run.rate_microusd_h:
        return run
    cost = run.cost_microusd * rate // run.rate_microusd_h
    return replace(
        run, instance=best.name, slots=best.vcpus, rate_microusd_h=rate, cost_microusd=cost
    )


def _on_spot(bill: Bill, catalog: Catalog) -> Bill:
    runs = (_spot(run, catalog) if run.flexible else run for run in bill.runs)
    return replace(bill, runs=tuple(runs))


def _spot(run: Run, catalog: Catalog) -> Run:
    """The same work on spot machines; unchanged where it is on demand no more or no price is
    known."""
    if run.model is not PricingModel.ON_DEMAND:
        return run
    try:
        before = catalog.price(run.instance).rate_microusd_h
        spot = catalog.price(run.instance, PricingModel.SPOT).rate_microusd_h
    except UnknownPrice:
        return run
    after = (SPOT_PERMILLE * spot + (1000 - SPOT_PERMILLE) * before) // 1000
    if after >= before:
        return run
    rate = -(-run.rate_microusd_h * after // before)
    cost = run.cost_microusd * after // before
    return replace(run, model=PricingModel.SPOT, rate_microusd_h=rate, cost_microusd=cost)


def _reserved(bill: Bill, catalog: Catalog) -> Bill:
    """A tenant has no machines to reserve."""
    prices = {
        name: each.rates[PricingModel.RESERVED]
        for name, each in catalog.instances.items()
        if PricingModel.RESERVED in each.rates
    }
    prices.update((name, prices[of]) for name, of in catalog.names.items() if of in prices)
    return replace(bill, reserved=prices)


def cheaper(
    catalog: Catalog, tag: PriceTag, cost_microusd: int, memory_mb: int, gpu_mb: int
) -> tuple[str, int]:
    """The machine, paid for in the same way, on which the same slots cost least and each has so
    much memory, and what that saves; what was used itself, and 0, where nothing costs less or its
    price is not known. A slot is a vCPU, with its share of the machine's memory. gpu_mb: that a
    GPU of the machine has; 0: none is needed."""
    try:
        used = catalog.instance(tag.instance)
        rate = used.rates[tag.model]
    except (UnknownPrice, KeyError):
        return tag.instance, 0
    fit = [
        each
        for each in catalog.instances.values()
        if tag.model in each.rates
        and each.memory_gb * 1024 >= memory_mb * each.vcpus
        and each.gpu_memory_gb * 1024 >= gpu_mb
    ]
    if not fit:
        return tag.instance, 0
    least = min(fit, key=lambda each: each.rates[tag.model] / each.vcpus)
    cost = cost_microusd * least.rates[tag.model] * used.vcpus // (rate * least.vcpus)
    return (least.name, cost_microusd - cost) if cost < cost_microusd else (tag.instance, 0)


STEPS: Final[tuple[tuple[Saving, Step, str], ...]] = (
    (Saving.IDLE, _scaled_down, "Scale to zero when idle"),
    (Saving.CACHING, _cached, "Keep results longer in the cache: work was done again"),
    (Saving.RIGHT_SIZING, _right_sized, "Run work that uses no GPU on machines without one"),
    (Saving.SPOT, _on_spot, "Enable spot instances for work that may be interrupted"),
    (Saving.RESERVED, _reserved, "Reserve the machines that are nearly always there"),
)


def apply(bill: Bill, kind: Saving, catalog: Catalog) -> Bill:
    """The bill as it would have been."""
    return next(step for name, step, _ in STEPS if name is kind)(bill, catalog)


def recommend(bill: Bill, catalog: Catalog) -> Sequence[Recommendation]:
    """What saves something, in the order in which to apply it."""
    found = []
    before = bill.total_microusd
    for kind, step, action in STEPS:
        after = step(bill, catalog)
        total = after.total_microusd
        if total < before:
            words = f"{action}: {text(before - total)} of {text(before)}"
            found.append(Recommendation(kind=kind, savings_microusd=before - total, action=words))
            bill, before = after, total
    return found


def _machines_microusd(bill: Bill) -> int:
    """What machines cost that come with the work and go after it."""
    pools: dict[tuple[str, PricingModel, int], list[Run]] = defaultdict(list)
    for run in bill.runs:
        if run.until_ms > run.from_ms:
            pools[run.instance, run.model, run.slots].append(run)
    period_ms = bill.until_ms - bill.from_ms
    total = 0
    for (instance, model, slots), runs in pools.items():
        took = sum(run.until_ms - run.from_ms for run in runs)
        rate = slots * sum(r.rate_microusd_h * (r.until_ms - r.from_ms) for r in runs) // took
        known = sum(run.until_ms - run.from_ms for run in runs if bill.cached and run.repeated)
        reserved = None
        if model is PricingModel.ON_DEMAND and bill.reserved is not None:
            reserved = bill.reserved.get(instance)
        for machine in machines(runs, slots, bill.idle_ms, bill.boot_ms):
            # What is not run any more leaves no hole: the rest begins earlier.
            span_ms = machine.waits_ms + machine.works_ms * (took - known) // took
            cost = min(span_ms, period_ms) * rate
            if reserved is not None:
                cost = min(cost, period_ms * reserved)
            total += cost // HOUR_MS
    return total


@dataclass(slots=True)
class Machine:
    """For how long it is there while something runs on it, and while nothing does."""

    works_ms: int = 0
    waits_ms: int = 0
    at_ms: int = 0


def machines(runs: Iterable[Run], slots: int, idle_ms: int, boot_ms: int) -> Sequence[Machine]:
    """A first machine of so many slots, a second one and so on: each is there from `boot_ms`
    before something runs on it until `idle_ms` after nothing does."""
    steps: dict[int, int] = defaultdict(int)
    for run in runs:
        steps[run.from_ms] += 1
        steps[run.until_ms] -= 1
    found: list[Machine] = []
    running = 0
    for at_ms in sorted(steps):
        before, running = -(-running // slots), running + steps[at_ms]
        after = -(-running // slots)
        for number in range(before, after):
            if number == len(found):
                found.append(Machine(waits_ms=boot_ms + idle_ms))
            else:
                found[number].waits_ms += min(at_ms - found[number].at_ms, idle_ms + boot_ms)
            found[number].at_ms = at_ms
        for number in range(after, before):
            found[number].works_ms += at_ms - found[number].at_ms
            found[number].at_ms = at_ms
    return found
