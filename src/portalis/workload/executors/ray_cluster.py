"""What is asked of Ray, and nothing else of it: nodes, actors, calls, reasons of their ends.

Only Ray's driver imports this (`ray_driver.py`). One cluster a process: Ray allows no more.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Any

import ray
from ray import exceptions
from ray.autoscaler.sdk import request_resources
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

from portalis.workload.executors import ray_drain
from portalis.workload.executors.ray_places import Node, gpu_mb
from portalis.workload.executors.ray_scaling import ONE_CPU
from portalis.workload.executors.ray_slot import GROUPS, RaySlot
from portalis.workload.model.retry import Cause
from portalis.workload.ports import ANY

# Ray's annotations leave out what is used here.
_ray: Any = ray
OWN = "local"
# Of a cluster that is made here: it holds sources on their way, not data.
_STORE_BYTES = 256 << 20
# Ray's defaults notice a hung node after a minute.
_HEALTH = {
    "health_check_initial_delay_ms": 1_000,
    "health_check_period_ms": 1_000,
    "health_check_timeout_ms": 2_000,
    "health_check_failure_threshold": 3,
}
_MB = 1 << 20
_PROBE_S = 0.2
# What works on batches gives way to what is urgent; both do to Ray, whose workers have 15.
_NICER = 4
# Ray's label of a node.
MARKET = "ray.io/market-type"
# Of `DeathReason` in Ray's tables: a node that was taken away after a notice, or for idling.
_DRAINED = frozenset((3, 4))


class RayCluster:
    """The cluster at `address`: `local` makes one of this machine, with `cpus` of them (0: all),
    that ends with this process; else as `ray.init` takes it. slot: what one takes of a node, by
    Ray's names. Raises ConnectionError."""

    def __init__(self, address: str, cpus: int, slot: Mapping[str, float] = ONE_CPU) -> None:
        more: dict[str, Any] = {}
        if address == OWN:
            more = {
                "num_cpus": cpus or None,
                "include_dashboard": False,
                "object_store_memory": _STORE_BYTES,
                "_system_config": _HEALTH,
            }
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        _ray.init(address=address, log_to_driver=False, **more)
        self._takes = {name: amount for name, amount in slot.items() if amount > 0}
        others = {name: each for name, each in self._takes.items() if name not in ("CPU", "GPU")}
        self._slot = _ray.remote(
            num_cpus=self._takes.get("CPU", 0),
            num_gpus=self._takes.get("GPU", 0),
            resources=others,
            max_restarts=0,
            max_task_retries=0,
            concurrency_groups=GROUPS,
        )(RaySlot)

    def nodes(self) -> list[Node]:
        """All that the cluster ever had. Raises where it does not answer."""
        draining = _draining()
        return [
            Node(
                id=each["NodeID"],
                alive=each["Alive"],
                address=(each["NodeManagerAddress"], each["NodeManagerPort"]),
                slots=self._slots(each["Resources"]),
                memory_mb=int(each["Resources"].get("memory", 0)) // _MB,
                drain_ms=draining.get(each["NodeID"]),
                drained=each.get("DeathReason") in _DRAINED,
                market=each.get("Labels", {}).get(MARKET, ANY),
                gpus=int(each["Resources"].get("GPU", 0)),
                gpu_mb=gpu_mb(each["Resources"]),
            )
            for each in _ray.nodes()
        ]

    def _slots(self, resources: Mapping[str, float]) -> int:
        """As many as a node's resources bear."""
        return int(min(resources.get(name, 0) // amount for name, amount in self._takes.items()))

    def request(self, bundles: Sequence[tuple[str, Mapping[str, float]]]) -> None:
        """Let Ray's autoscaler see to it that the cluster has room for all of these, each in its
        market, until it is asked for something else."""
        request_resources(
            bundles=[dict(bundle) for _, bundle in bundles],
            bundle_label_selectors=[{MARKET: market} if market else {} for market, _ in bundles],
        )

    def spawn(self, node_id: str, memory_mb: int, *, spare: bool = False) -> Any:  # noqa: ANN401
        """An actor at the node, when there is room; calls wait until then. spare: it takes nothing
        of the node's accounts, and goes before the others. Ray's handle."""
        place = NodeAffinitySchedulingStrategy(node_id=node_id, soft=False)
        memory = memory_mb * _MB or None
        nothing = {"num_cpus": 0, "num_gpus": 0, "resources": {}} if spare else {}
        options = {"scheduling_strategy": place, "memory": memory, **nothing}
        return self._slot.options(**options).remote(0 if spare else _NICER)

    def call(self, actor: Any, method: str, *given: Any) -> Future[Any]:  # noqa: ANN401
        """What the actor's method gives, or why it does not."""
        found: Future[Any] = getattr(actor, method).remote(*given).future()
        return found

    def kill(self, actor: Any) -> None:  # noqa: ANN401
        """By force, with what runs in it; one that is dead stays so."""
        _ray.kill(actor)

    def drain(self, node_id: str, deadline_ms: int) -> str:
        """Let Ray start nothing more at the node, and take it away when it idles. Why it does
        not; empty: it does."""
        if _ray.util.client.ray.is_connected():
            return "only a node of the cluster can ask that; use ray:HOST:PORT, or auto"
        return ray_drain.ask(node_id, deadline_ms, "drained by an operator")

    def close(self) -> None:
        """Leave the cluster; what was started in it ends."""
        _ray.shutdown()


def cause_of(error: BaseException) -> Cause:
    """Why an actor is gone, or does not answer."""
    text = str(error)
    if isinstance(error, exceptions.OutOfMemoryError) or "running low on memory" in text:
        return Cause.OUT_OF_MEMORY
    if isinstance(error, exceptions.RayActorError) and error.preempted:
        return Cause.DRAINED
    if isinstance(error, exceptions.NodeDiedError) or "its node has died" in text:
        return Cause.NODE_DIED
    return Cause.WORKER_DIED


def refuses(node: Node) -> bool:
    """Whether the node's machine says that no raylet is there: Ray itself takes seconds to."""
    try:
        socket.create_connection(node.address, timeout=_PROBE_S).close()
    except ConnectionRefusedError:
        return True
    except OSError:
        # It does not say anything: it may be out of reach from here.
        return False
    return False


def _draining() -> dict[str, int]:
    """By node, when it is to be gone. Ray has no public name for this, and a client that is
    outside of the cluster cannot ask."""
    if _ray.util.client.ray.is_connected():
        return {}
    return dict(_ray._private.state.state.get_draining_nodes())
