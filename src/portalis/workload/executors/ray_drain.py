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
from ray.experimental.internal_kv import internal_kv_get_gcs_client

from portalis.workload.executors.node_agent import ACCEPTED

_ray: Any = ray
_tables: Any = autoscaler_pb2
_client: Any = internal_kv_get_gcs_client


def ask(node_id: str, deadline_ms: int, message: str) -> str:
    """Of a process that is connected to the node's cluster. Why Ray does not; empty: it does."""
    reason = _tables.DrainNodeReason.Value("DRAIN_NODE_REASON_PREEMPTION")
    accepted, why_not = _client().drain_node(node_id, reason, message, deadline_ms)
    return "" if accepted else str(why_not)


def main(address: str, node_id: str, deadline_ms: int, message: str) -> None:
    """Raises SystemExit where the cluster does not take it."""
    # It finds the cluster's token, too.
    _ray.init(address=address, log_to_driver=False)
    node_id = node_id or _ray.get_runtime_context().get_node_id()
    why_not = ask(node_id, deadline_ms, message)
    if why_not:
        raise SystemExit(f"Ray does not drain node {node_id}: {why_not}")
    # A node that idles is gone at once, and this process with it.
    sys.stdout.write(ACCEPTED)
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
