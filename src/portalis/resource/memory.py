"""What a unit is given after it ran out of memory. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from portalis.resource.policy import Policy

MB_OF_GB: Final = 1024
# What a unit is given after it needed more than there was, where nothing was set aside for it
# and the policy does not say how much: twice what a worker takes for a large unit.
FIRST_MB: Final = 1_024


@dataclass(frozen=True, slots=True)
class Needs:
    """memory_mb: set aside for it; 0: it shares its node. gpus: 0 is none, and then gpu_mb, of
    each of them, is 0, too."""

    memory_mb: int = 0
    gpus: int = 0
    gpu_mb: int = 0


@dataclass(frozen=True, slots=True)
class Next:
    """again: it is tried again, with these needs. reason: in words."""

    again: bool
    needs: Needs
    reason: str


def needs_of(size: str, gpus: bool, policy: Policy) -> Needs:
    """Of a unit of a job of this size that has not run yet. gpus: it needs the model engine."""
    if not gpus:
        return Needs()
    is_bound = policy.multi_tenant.isolation.gpu_memory_limit
    return Needs(
        gpus=policy.job_size_thresholds.of(size).gpu_allocation,
        gpu_mb=policy.gpu_memory.job_limits.of(size) if is_bound else 0,
    )


def after_oom(before: Needs, lost: int, size: str, policy: Policy) -> Next:
    """What follows when it has run out of memory; it did so `lost` times before."""
    rule = policy.gpu_memory.oom_handling
    more_mb = rule.memory_increment_gb * MB_OF_GB
    if rule.retry_with_more_memory and lost < rule.max_retries:
        if before.gpus:
            needs = replace(before, gpu_mb=before.gpu_mb + (more_mb or before.gpu_mb // 2))
            return Next(True, needs, f"again, with {needs.gpu_mb} MB on each GPU")
        own_gb = policy.job_size_thresholds.of(size).memory_gb
        floor_mb = FIRST_MB if own_gb is None else own_gb * MB_OF_GB
        # Half as much again where the policy does not say how much more.
        grown_mb = before.memory_mb + (more_mb or before.memory_mb // 2)
        wanted_mb = max(floor_mb, grown_mb) if before.memory_mb else floor_mb
        needs = replace(before, memory_mb=wanted_mb)
        return Next(True, needs, f"again, with {needs.memory_mb} MB set aside for it")
    if before.gpus and rule.fallback_to_cpu:
        return Next(True, replace(before, gpus=0, gpu_mb=0), "again, without GPUs")
    return Next(False, before, f"it ran out of memory {lost + 1} times")
