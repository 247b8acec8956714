"""What would have cost less: from measured use, one step after the other.

Each recommendation is priced on the bill that the ones before it leave. So they never
overlap: applied together, in this order, they save exactly the sum that is stated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from portalis.core.money import text
from portalis.cost.catalog import Catalog, PricingModel, UnknownPrice


class Saving(StrEnum):
    CACHING = "caching"
    IDLE = "idle"
    RIGHT_SIZING = "right_sizing"
    SPOT = "spot_instances"
    RESERVED = "reserved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    kind: Saving
    savings_microusd: int
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A part of the bill. repeated: the same work was done before in the period.
    flexible: it may be interrupted (any class but interactive). needs_gpu: it used one."""

    instance: str
    model: PricingModel
    cost_microusd: int
    repeated: bool = False
    flexible: bool = True
    needs_gpu: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """idle: what nodes cost while they did nothing. busy_permille: of the period, how long at
    least one slot worked: what a reservation of one node would have been used for."""

    lines: tuple[Line, ...]
    idle_microusd: int = 0
    busy_permille: int = 0

    @property
    def total_microusd(self) -> int:
        return self.idle_microusd + sum(line.cost_microusd for line in self.lines)


Step = Callable[[Bill, Catalog], Bill]
# A reservation is paid for all the time: below this use on-demand costs less.
RESERVED_FROM_PERMILLE: Final = 600


def _cached(bill: Bill, _catalog: Catalog) -> Bill:
    return replace(bill, lines=tuple(line for line in bill.lines if not line.repeated))


def _scaled_down(bill: Bill, _catalog: Catalog) -> Bill:
    return replace(bill, idle_microusd=0)


def _right_sized(bill: Bill, catalog: Catalog) -> Bill:
    """Work that uses no GPU on machines that have none, by the price of a vCPU."""
    return replace(bill, lines=tuple(_without_gpu(line, catalog) for line in bill.lines))


def _without_gpu(line: Line, catalog: Catalog) -> Line:
    try:
        used = catalog.instance(line.instance)
        rate = used.rates[line.model]
    except (UnknownPrice, KeyError):
        return line
    plain = [
        each for each in catalog.instances.values() if not each.gpus and line.model in each.rates
    ]
    if line.needs_gpu or not used.gpus or not plain:
        return line
    cheapest = min(plain, key=lambda each: each.rates[line.model] / each.vcpus)
    cost = line.cost_microusd * cheapest.rates[line.model] * used.vcpus // (rate * cheapest.vcpus)
    better = replace(line, instance=cheapest.name, cost_microusd=cost)
    return better if cost < line.cost_microusd else line


def _on_spot(bill: Bill, catalog: Catalog) -> Bill:
    lines = (
        _paid_as(line, PricingModel.SPOT, catalog) if line.flexible else line for line in bill.lines
    )
    return replace(bill, lines=tuple(lines))


def _reserved(bill: Bill, catalog: Catalog) -> Bill:
    if bill.busy_permille < RESERVED_FROM_PERMILLE:
        return bill
    lines = (_paid_as(line, PricingModel.RESERVED, catalog) for line in bill.lines)
    return replace(bill, lines=tuple(lines))


def _paid_as(line: Line, model: PricingModel, catalog: Catalog) -> Line:
    """The same work, paid for in another way; unchanged where it is on-demand no more or no
    price is known."""
    if line.model is not PricingModel.ON_DEMAND:
        return line
    try:
        before = catalog.price(line.instance).rate_microusd_h
        after = catalog.price(line.instance, model).rate_microusd_h
    except UnknownPrice:
        return line
    return replace(line, model=model, cost_microusd=line.cost_microusd * after // before)


STEPS: Final[tuple[tuple[Saving, Step, str], ...]] = (
    (Saving.CACHING, _cached, "Keep results longer in the cache: work was done again"),
    (Saving.IDLE, _scaled_down, "Scale to zero when idle"),
    (Saving.RIGHT_SIZING, _right_sized, "Run work that uses no GPU on machines without one"),
    (Saving.SPOT, _on_spot, "Enable spot instances for work that may be interrupted"),
    (Saving.RESERVED, _reserved, "Reserve the capacity that is always in use"),
)


def apply(bill: Bill, kind: Saving, catalog: Catalog) -> Bill:
    """The bill as it would have been."""
    return next(step for name, step, _ in STEPS if name is kind)(bill, catalog)


def recommend(bill: Bill, catalog: Catalog) -> Sequence[Recommendation]:
    """What saves something, in the order in which to apply it."""
    found = []
    for kind, step, action in STEPS:
        after = step(bill, catalog)
        saved = bill.total_microusd - after.total_microusd
        if saved > 0:
            words = f"{action}: {text(saved)} of {text(bill.total_microusd)}"
            found.append(Recommendation(kind=kind, savings_microusd=saved, action=words))
        bill = after
    return found
