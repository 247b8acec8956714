"""Which GPUs a unit is given: what is there and what is taken in, a placement with its reason
out. Pure.

All GPUs of a unit are of one node. What each strategy prefers is the order of its keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from portalis.resource.policy import GpuAllocation, Packing, Strategy
from portalis.resource.reserve import NOTHING, Kept
from portalis.workload.model.job import Priority
from portalis.workload.model.snapshot import Gpu


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A unit that has GPUs. memory_mb: of each of them."""

    gpus: tuple[str, ...]
    queue: Priority
    strategy: Strategy
    memory_mb: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A unit that wants GPUs. waited_ms: since it could run."""

    gpus: int
    queue: Priority
    strategy: Strategy
    memory_mb: int = 0
    waited_ms: int = 0


@dataclass(frozen=True, slots=True)
class Placement:
    """gpus: none if there is no place now. reason: why these, or why none."""

    gpus: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """A device and who is on it."""

    gpu: Gpu
    uses: tuple[Use, ...]

    @property
    def used_mb(self) -> int:
        return sum(use.memory_mb for use in self.uses)

    def is_foreign_to(self, queue: Priority) -> bool:
        """Whether somebody else than this queue is on it."""
        return any(use.queue != queue for use in self.uses)


MINUTE_MS: Final = 60_000


def place(
    wish: Wish,
    gpus: Sequence[Gpu],
    uses: Sequence[Use],
    allocation: GpuAllocation,
    max_fraction: float = 1.0,
    held: Kept = NOTHING,
) -> Placement:
    """Devices for the unit, as its strategy prefers them."""
    if len(gpus) < wish.gpus:
        return Placement((), f"{wish.gpus} GPUs are wanted, {len(gpus)} are there")
    seen = _seen(gpus, uses)
    alone = wish.strategy == "exclusive" or wish.queue in held.alone
    allowed, why = _allowed(wish, seen, allocation)
    fit = [each for each in allowed if _takes(each, wish, alone, allocation, max_fraction, held)]
    prefers = _PREFERS[wish.strategy](allocation)
    limits = _limits(seen, wish.queue, len(gpus), held)
    best: tuple[tuple[object, ...], tuple[str, ...]] | None = None
    for node in sorted({each.gpu.node for each in fit}):
        there = sorted((each for each in fit if each.gpu.node == node), key=prefers)
        taken = _take(there, wish.gpus, limits)
        if taken is None:
            continue
        # Where a unit is alone it takes the node with the fewest free GPUs that suffices.
        spare = len(there) if alone else 0
        key = (spare, tuple(prefers(each) for each in taken))
        if best is None or key < best[0]:
            best = key, tuple(each.gpu.id for each in taken)
    if best is not None:
        return Placement(best[1], f"{wish.strategy}: {why or _WHY[wish.strategy]}")
    if any(held.gpus.get(queue) for queue in Priority if queue != wish.queue):
        return Placement((), f"GPUs are kept for {held.by(wish.queue)}, or taken")
    return Placement((), why or f"no node has {wish.gpus} GPUs left for {wish.strategy}")


def _seen(gpus: Sequence[Gpu], uses: Sequence[Use]) -> list[_Seen]:
    on: dict[str, list[Use]] = {gpu.id: [] for gpu in gpus}
    for use in uses:
        for each in use.gpus:
            if each in on:
                on[each].append(use)
    return [_Seen(gpu, tuple(on[gpu.id])) for gpu in gpus]


def _allowed(
    wish: Wish, seen: Sequence[_Seen], allocation: GpuAllocation
) -> tuple[Sequence[_Seen], str]:
    """Those of the market that the unit is for; what is to say of it."""
    if wish.strategy != "spot_only":
        return seen, ""
    rule = allocation.spot_only
    late = wish.waited_ms >= rule.fallback_threshold_minutes * MINUTE_MS
    if rule.fallback_to_on_demand and late:
        return seen, "no spot GPU was free in time: any may do"
    return [each for each in seen if each.gpu.spot], ""


def _takes(
    seen: _Seen,
    wish: Wish,
    alone: bool,
    allocation: GpuAllocation,
    max_fraction: float,
    held: Kept,
) -> bool:
    """Whether the device takes the unit, too."""
    if seen.used_mb + wish.memory_mb > max_fraction * seen.gpu.memory_mb:
        return False
    if not seen.uses:
        return True
    if alone or any(use.strategy == "exclusive" or use.queue in held.alone for use in seen.uses):
        return False
    strategies = {wish.strategy, *(use.strategy for use in seen.uses)}
    most = min(allocation.sharing(strategy).max_jobs_per_gpu for strategy in strategies)
    return len(seen.uses) < most


def _limits(
    seen: Sequence[_Seen], queue: Priority, count: int, held: Kept
) -> Mapping[Priority, int]:
    """For each queue that GPUs are kept for: how many more the others may begin to use."""
    return {
        other: count - kept - sum(each.is_foreign_to(other) for each in seen)
        for other, kept in held.gpus.items()
        if other != queue and kept
    }


def _take(
    there: Sequence[_Seen], wanted: int, limits: Mapping[Priority, int]
) -> list[_Seen] | None:
    """The first that there may be; None: too few."""
    if any(left < 0 for left in limits.values()):
        return None
    left = dict(limits)
    taken: list[_Seen] = []
    for each in there:
        fresh = [queue for queue in left if not each.is_foreign_to(queue)]
        if len(taken) == wanted or any(left[queue] < 1 for queue in fresh):
            continue
        for queue in fresh:
            left[queue] -= 1
        taken.append(each)
    return taken if len(taken) == wanted else None


_Key = tuple[object, ...]


def _spread(_allocation: GpuAllocation) -> Callable[[_Seen], _Key]:
    return lambda each: (len(each.uses), each.used_mb, each.gpu.id)


def _spread_on_spot(_allocation: GpuAllocation) -> Callable[[_Seen], _Key]:
    return lambda each: (not each.gpu.spot, len(each.uses), each.used_mb, each.gpu.id)


def _pack(allocation: GpuAllocation) -> Callable[[_Seen], _Key]:
    rule: Packing = allocation.bin_packing

    def key(each: _Seen) -> _Key:
        is_full = each.used_mb >= rule.pack_threshold * each.gpu.memory_mb
        group = 2 if each.uses and is_full else 0 if each.uses else 1
        return (group, -each.used_mb, -len(each.uses), each.gpu.id)

    return key


_PREFERS: Final[Mapping[Strategy, Callable[[GpuAllocation], Callable[[_Seen], _Key]]]] = {
    "round_robin": _spread,
    "bin_packing": _pack,
    "exclusive": _spread,
    "spot_only": _spread_on_spot,
}
_WHY: Final[Mapping[Strategy, str]] = {
    "round_robin": "those with the fewest units",
    "bin_packing": "the fullest that take it",
    "exclusive": "nobody else has them",
    "spot_only": "the spot GPUs with the fewest units",
}
