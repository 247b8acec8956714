"""A text of YAML -> a `Policy`, or the first thing in it that is not enforced: with its line.

A key is enforced or refused; none is decoration. `REFUSED` says of keys that others have what
does the same here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from portalis.core import documents
from portalis.resource.policy import Policy

# `*`: any one part. What is written of a group holds for all that is in it.
REFUSED: Final[Mapping[str, str]] = {
    "alerts": "alerts are rules of Prometheus; who is told is Alertmanager's configuration",
    "auto_scaling.enabled": "the setting scale_nodes says how many nodes are asked for at most; "
    "with 0 none are",
    "auto_scaling.scale_up.*.action": "write what is in it one level up, beside threshold",
    "auto_scaling.scale_down.*.action": "write what is in it one level up, beside threshold",
    "spot_instances.strategy": "write max_price_multiplier and fallback_enabled one level up",
    "spot_instances.diversification": "spot nodes are asked for in every zone that Terraform made "
    "a network for",
    "spot_instances.fallback_delay_minutes": "set scale_fallback_s",
    "spot_instances.instance_types": "a cluster has workers of one type: `portalis cluster render "
    "--worker NAME`",
    "spot_instances.interruption": "every unit that is done is kept, what was interrupted begins "
    "again by itself and at no charge of a retry; a webhook on `unit.*` tells of it",
    "spot_instances.monitoring": "`portalis node-agent` looks every five seconds; what may be paid "
    "is a limit, not a matter for alerts",
    "monitoring": "the service always exports its metrics; where to is set at the reader",
    "load_balancing": "workers take the next batch when they are free, so none has more to do "
    "than another; a silent one gets nothing, and what it had runs elsewhere",
    "priority_queues.*.autoscale_trigger": "a cluster grows by what all queues want: write a rule "
    "in auto_scaling.scale_up",
    "priority_queues.*.name": "a queue is called by its key; write a comment",
    "gpu_allocation.*.description": "write a comment",
    "gpu_allocation.*.load_balancing": "round_robin, exclusive and spot_only always spread units, "
    "bin_packing never does",
    "multi_tenant.isolation.cpu_core_pinning": "slots are not bound to cores; max_cpu_cores "
    "bounds what a tenant has",
    "multi_tenant.isolation.network_bandwidth_limit": "units have no network at all",
    "multi_tenant.isolation.storage_quota": "`portalis storage` shows and frees what is kept",
    "multi_tenant.fair_share.min_share_percentage": "shares are equal: who used less goes first",
    "reservations.schedules.*.description": "write a comment, or a longer name",
    "gpu_memory.allocation_strategy": "a unit is given the memory of its size, no more and no less",
    "gpu_memory.dynamic.initial_fraction": "a unit is given all of its memory at once",
    "gpu_memory.dynamic.growth_factor": "memory grows only after a unit ran out of it "
    "(oom_handling.memory_increment_gb)",
    "gpu_memory.dynamic.allow_growth": "set oom_handling.retry_with_more_memory",
    "gpu_memory.pooling": "pools are the model engine's own",
}


def parse(text: str, name: str) -> Policy:
    """name: of the file, for errors. Raises DocumentError."""
    return documents.parse(Policy, text, name, refusal)


def refusal(path: documents.Path) -> str | None:
    """Why the key is not taken, if it is one that others have."""
    for key, why in REFUSED.items():
        parts = key.split(".")
        if len(parts) == len(path) and all(
            part in ("*", str(given)) for part, given in zip(parts, path, strict=True)
        ):
            return f"is not enforced here: {why}"
    return None
