"""What is asked of Ray's autoscaler: so many nodes, as bundles that each fill one.

A request holds until the next one, also when whoever made it has ended: so whoever begins to
lead says at once what it wants, be it nothing, and withdraws it at the end. One cluster has one
request; who does not lead makes none. The autoscaler adds nodes for it; it takes
them away when they are idle and not asked for any more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

from portalis.core import faults
from portalis.workload.ports import Fleet

# What a slot takes of a node, if nothing else is said.
ONE_CPU: Final[Mapping[str, float]] = {"CPU": 1}
# What is wanted is said again this often: a head that was started anew has forgotten it.
REPEAT_S: Final = 10.0
NOTHING: Final[Mapping[str, float]] = {}


class Asked(Protocol):
    """What `RayCluster` does."""

    def request(self, bundles: Sequence[tuple[str, Mapping[str, float]]]) -> None: ...


class Requested:
    """bundle: the resources of a node, by Ray's names. told: called with what an operator should
    know."""

    def __init__(
        self, cluster: Asked, bundle: Mapping[str, float], told: Callable[[str], None]
    ) -> None:
        self._cluster = cluster
        self._bundle = bundle
        self._told = told
        self._lock = threading.Lock()
        self._published: Fleet | None = None
        self._again_s = 0.0
        self.fleet: Fleet | None = None

    def want(self, fleet: Fleet | None) -> None:
        """So many from now on; `publish` says it to Ray. None: another one asks."""
        self.fleet = fleet

    def is_awaited(self, nodes: int) -> bool:
        """Whether others than so many are wanted."""
        return self.fleet is not None and sum(self.fleet.values()) != nodes

    def publish(self, now_s: float) -> None:
        """What is wanted, if Ray was told something else or not lately. Where it does not take
        it, it is told again by the next call."""
        with self._lock:
            fleet = self.fleet
            if fleet is None or (fleet == self._published and now_s < self._again_s):
                return
            self._again_s = now_s + REPEAT_S
            bundles = [
                (market, self._bundle) for market, count in fleet.items() for _ in range(count)
            ]
            failed = faults.attempt(lambda: self._cluster.request(bundles))
            if isinstance(failed, faults.Fault):
                self._told(f"the autoscaler was not asked for {len(bundles)} nodes: {failed}")
            else:
                self._published = fleet

    def withdraw(self, now_s: float) -> None:
        """Nothing is wanted any more."""
        if self.fleet is not None:
            self.want({})
            self.publish(now_s)


def resources_of(text: str) -> Mapping[str, float]:
    """Resources by Ray's names, of `CPU=16,GPU=8`. Raises ValueError."""
    found: dict[str, float] = {}
    for each in text.split(","):
        name, equals, amount = each.strip().partition("=")
        if not equals or not name or name in found or not float(amount) > 0:
            raise ValueError(f"{text!r} is no list of resources, such as CPU=16,GPU=8")
        found[name] = float(amount)
    return found
