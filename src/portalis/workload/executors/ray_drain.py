"""A node of a Ray cluster is drained: nothing new begins there, until it is gone.

    python -m portalis.workload.executors.ray_drain ADDRESS NODE DEADLINE_MS MESSAGE

A process of its own, since Ray ends what is connected to it. Ray's command for this is hidden and
may change: all that is known of it is here. Ray does not end what runs there at the deadline.
NODE: its id; empty: the node of this machine.
"""

from __future__ import annotations

import sys
from typing import Any

import ray
from ray.core.generated import autoscaler_pb2

_ray: Any = ray
_tables: Any = autoscaler_pb2


def main(address: str, node_id: str, deadline_ms: int, message: str) -> None:
    """Raises SystemExit where the cluster does not take it."""
    if not node_id:
        _ray.init(address=address, log_to_driver=False)
        node_id = _ray.get_runtime_context().get_node_id()
    gcs = _ray._private.services.canonicalize_bootstrap_address_or_die(address)
    client = _ray._raylet.GcsClient(address=gcs)
    reason = _tables.DrainNodeReason.Value("DRAIN_NODE_REASON_PREEMPTION")
    accepted, why_not = client.drain_node(node_id, reason, message, deadline_ms)
    if not accepted:
        raise SystemExit(f"Ray does not drain node {node_id}: {why_not}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
