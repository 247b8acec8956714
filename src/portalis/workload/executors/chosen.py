"""The executor that a setting names."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Protocol

from portalis.core.clock import Clock
from portalis.workload.executors.local import LocalExecutor
from portalis.workload.executors.ray import RayExecutor
from portalis.workload.executors.ray_scaling import resources_of


class Named(Protocol):
    """What settings say of an executor, as `PlaneSettings` has it."""

    executor: str
    scale_nodes: int
    scale_node: str
    scale_slot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """As `PlaneSettings` says. slots: at most; 0: one a processor. scaled: nodes are asked of the
    autoscaler of a Ray cluster; node, slot: what such a node has, and a slot takes of it."""

    name: str
    slots: int
    scaled: bool = False
    node: str = "CPU=1"
    slot: str = "CPU=1"

    @property
    def places(self) -> int:
        """Slots that a node has. Raises ValueError if there is none."""
        node, slot = resources_of(self.node), resources_of(self.slot)
        found = int(min(node.get(name, 0) // amount for name, amount in slot.items()))
        if found < 1:
            raise ValueError(f"no slot of {self.slot!r} fits in {self.node!r}")
        return found


def choice_of(named: Named, slots: int) -> Choice:
    """The executor that settings name."""
    return Choice(
        name=named.executor,
        slots=slots,
        scaled=named.scale_nodes > 0,
        node=named.scale_node,
        slot=named.scale_slot,
    )


def chosen(choice: Choice, clock: Clock) -> LocalExecutor | RayExecutor:
    """Its processes load from now on. Raises ValueError for what no executor is or bears,
    ImportError without what it needs."""
    kind, _, rest = choice.name.partition(":")
    if kind == "local":
        if choice.scaled:
            raise ValueError("only a Ray cluster has an autoscaler that nodes are asked of")
        return LocalExecutor(choice.slots or os.cpu_count() or 1, clock)
    if kind not in ("ray", "auto"):
        raise ValueError(f"no executor: {choice.name!r}")
    assert choice.places
    address = choice.name if rest.startswith("//") else rest
    if kind == "auto":
        address = kind
    return RayExecutor(
        address or os.environ.get("RAY_ADDRESS", "local"),
        clock,
        choice.slots,
        _say,
        slot=resources_of(choice.slot),
        bundle=resources_of(choice.node) if choice.scaled else {},
    )


def _say(text: str) -> None:
    print(f"portalis: {text}", file=sys.stderr)  # noqa: T201
