"""The identity that is checked whenever costs are reported: what nodes cost = work + idle +
overhead, as in OpenCost's specification.

A node's cost is the reading of a meter (`core/money.py`) over its life, for each of its slots;
work is what its attempts were charged; overhead is what attempts cost whose result did not
count; idle is the rest. What breaks the identity is work that the node cannot have done: more
than its slots had time for, or charged to no node.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portalis.core.money import price_of
from portalis.workload.model.attempt import Charge
from portalis.workload.model.ledger import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeCosts:
    """In micro-dollars. broken: what contradicts the identity, in words."""

    total_microusd: int = 0
    work_microusd: int = 0
    overhead_microusd: int = 0
    idle_microusd: int = 0
    broken: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        parts = self.work_microusd + self.overhead_microusd + self.idle_microusd
        return not self.broken and parts == self.total_microusd and self.idle_microusd >= 0


def node_costs(
    nodes: Sequence[Node], charges: Iterable[Charge], from_ms: int, until_ms: int
) -> NodeCosts:
    """Of the period: the nodes that were there in it and the charges of what was leased in it.
    Work that a node goes on with after the period is its own of the next one: only what lies
    inside counts."""
    total = 0
    since: dict[str, int] = {}
    room_ms: dict[str, int] = defaultdict(int)
    for node in nodes:
        begin, end = max(node.from_ms, from_ms), min(node.until_ms, until_ms)
        if begin < end:
            total += node.slots * price_of(node.rate_microusd_h, begin, end)
            room_ms[node.name] += node.slots * (end - begin)
            since[node.name] = min(begin, since.get(node.name, begin))
    spent = {True: 0, False: 0}
    used_ms: dict[str, int] = defaultdict(int)
    for charge in charges:
        # What it took over from another one it has not done before it was there itself.
        begin = max(charge.from_ms, since.get(charge.node, from_ms))
        end = min(charge.from_ms + charge.slot_ms, until_ms)
        if not charge.node or begin >= end:
            continue
        used_ms[charge.node] += end - begin
        inside = price_of(charge.rate_microusd_h, begin, end)
        spent[charge.useful] += min(inside, charge.cost_microusd)
    broken = tuple(
        f"{name}: {used} ms of work in {room_ms[name]} ms of its slots"
        for name, used in sorted(used_ms.items())
        if used > room_ms[name]
    )
    return NodeCosts(
        total_microusd=total,
        work_microusd=spent[True],
        overhead_microusd=spent[False],
        idle_microusd=total - spent[True] - spent[False],
        broken=broken,
    )
