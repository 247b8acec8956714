"""The identity that is checked at run time: what a node costs = work + idle + overhead.

A node has slots, each a meter (`core/money.py`). Every instant of a slot belongs to one span
or to none: work (a charge), overhead (the node starts, or is being taken away) or, what is
left, idle time. The price of a span is the difference of two readings, so the parts add up
to the whole, to the micro-dollar; what can break the identity is only that two spans of one
slot overlap or leave the life of the node, and that is what is looked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portalis.core.money import price_of


class SpanKind(StrEnum):
    WORK = "work"
    OVERHEAD = "overhead"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `from_ms`, until but not at `until_ms`, one slot did this. subject: for whom."""

    from_ms: int
    until_ms: int
    kind: SpanKind
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeLife:
    """A node while it is paid for. spans: by slot; rate: of one slot."""

    name: str
    from_ms: int
    until_ms: int
    slot_rate_microusd_h: int
    slots: Mapping[str, Sequence[Span]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeCost:
    """In micro-dollars. broken: where the spans contradict each other, in words."""

    total_microusd: int
    work_microusd: int
    overhead_microusd: int
    idle_microusd: int
    broken: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        parts = self.work_microusd + self.overhead_microusd + self.idle_microusd
        return not self.broken and parts == self.total_microusd


_ZERO: Final = {SpanKind.WORK: 0, SpanKind.OVERHEAD: 0}


def node_cost(node: NodeLife) -> NodeCost:
    """The node's cost in its parts, each summed by itself: idle time is not what is missing
    to the total but the price of the gaps."""
    spent = dict(_ZERO)
    idle = 0
    broken: list[str] = []
    rate = node.slot_rate_microusd_h
    for slot, spans in sorted(node.slots.items()):
        at_ms = node.from_ms
        for span in sorted(spans):
            if span.from_ms < at_ms or span.until_ms < span.from_ms:
                broken.append(f"{node.name}/{slot}: {span.subject or span.kind} at {span.from_ms}")
                continue
            idle += price_of(rate, at_ms, span.from_ms)
            spent[span.kind] += price_of(rate, span.from_ms, span.until_ms)
            at_ms = span.until_ms
        if at_ms > node.until_ms:
            broken.append(f"{node.name}/{slot}: work after the end of the node")
        idle += price_of(rate, at_ms, max(at_ms, node.until_ms))
    total = len(node.slots) * price_of(rate, node.from_ms, node.until_ms)
    return NodeCost(
        total_microusd=total,
        work_microusd=spent[SpanKind.WORK],
        overhead_microusd=spent[SpanKind.OVERHEAD],
        idle_microusd=idle,
        broken=tuple(broken),
    )


def add_up(costs: Iterable[NodeCost]) -> NodeCost:
    """Of many nodes."""
    sums: dict[str, int] = defaultdict(int)
    broken: list[str] = []
    names = ("total_microusd", "work_microusd", "overhead_microusd", "idle_microusd")
    for cost in costs:
        for name in names:
            sums[name] += getattr(cost, name)
        broken += cost.broken
    return NodeCost(**{name: sums[name] for name in names}, broken=tuple(broken))
