"""Nodes of a Ray cluster as values: what GPUs one has, and what may run on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from portalis.workload.model.snapshot import Gpu
from portalis.workload.ports import ANY, SPOT, Task

# Of a GPU's id: what stands between node and number.
_GPU: Final = ":gpu-"
# As data sheets have it, a GB as 1000 MB: of cards of one name the smallest.
_GPU_GB: Final = {
    "T4": 16,
    "V100": 16,
    "A10G": 24,
    "L4": 24,
    "L40S": 48,
    "A100": 40,
    "A100-40G": 40,
    "A100-80G": 80,
    "H100": 80,
    "H200": 141,
    "B200": 180,
}
_GPU_MB: Final = {f"accelerator_type:{name}": gb * 1000 for name, gb in _GPU_GB.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node, alive or not. address: where its raylet listens. slots: that fit. drain_ms: it is
    being taken away: when; 0 is not yet known. drained: it died of that. market: how its machine
    is paid for, as its label says. gpus: whole ones; gpu_mb: memory of each; 0: of a type that is
    not known."""

    id: str
    alive: bool
    address: tuple[str, int]
    slots: int
    memory_mb: int
    drain_ms: int | None = None
    drained: bool = False
    market: str = ANY
    gpus: int = 0
    gpu_mb: int = 0


def gpu_mb(resources: Mapping[str, float]) -> int:
    """Memory of one GPU of a node, by the resource with which Ray names its type."""
    return next((_GPU_MB[name] for name in resources if name in _GPU_MB), 0)


def gpus_of(node: Node) -> Sequence[Gpu]:
    """Those whose memory is known: of others nobody could say what fits."""
    spot = node.market == SPOT
    return [
        Gpu(id=f"{node.id}{_GPU}{number}", node=node.id, memory_mb=node.gpu_mb, spot=spot)
        for number in range(node.gpus if node.gpu_mb else 0)
    ]


def bears(node: Node, tasks: Iterable[Task]) -> bool:
    """Whether it has the GPUs that the tasks were given, and is of their market."""
    return all(
        (not task.spot or node.market == SPOT)
        and all(gpu.rpartition(_GPU)[0] == node.id for gpu in task.gpus)
        for task in tasks
    )
