"""No decorative key: each key of the policy has a test that fails without it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from portalis.app.policy import keys

ROOT = Path(__file__).parents[2]
SIZE: Final = "job_size_thresholds.{tiny,small,medium,large,xlarge}"
QUEUE: Final = "priority_queues.{interactive,batch,training,low_priority}"
SELECTION: Final = "gpu_allocation.strategy_selection"
CLASSIFY, GPUS = "tests/resource/test_classify.py", "tests/resource/test_gpus.py"
POLICY: Final = "tests/workload/test_policy.py"
FILE: Final = "tests/resource/test_policy_file.py"
NODES: Final = "tests/resource/test_policy_nodes.py"
CHOSEN: Final = (POLICY, "test_each_queue_has_the_strategy_that_is_chosen")
LIMITS: Final = (CLASSIFY, "test_gpus_are_for_units_that_need_the_model_engine")
GROWS: Final = (NODES, "test_it_grows_by_so_many_after_so_long_up_to_so_many")
SHRINKS: Final = (NODES, "test_it_shrinks_while_it_is_little_used")
SPOT: Final = (NODES, "test_spot_may_be_switched_off_and_so_may_what_takes_its_place")

TESTS: Final = {
    f"{SIZE}.max_loc": (CLASSIFY, "test_a_job_has_the_first_size_that_it_fits_into"),
    f"{SIZE}.max_functions": (POLICY, "test_functions_make_a_job_larger"),
    f"{SIZE}.gpu_allocation": LIMITS,
    f"{SIZE}.cpu_cores": (POLICY, "test_a_job_has_the_slots_of_its_size"),
    f"{SIZE}.memory_gb": (CLASSIFY, "test_out_of_memory_more_is_set_aside"),
    f"{SIZE}.max_latency_ms": (POLICY, "test_half_of_the_target_is_waited_for"),
    f"{SIZE}.priority_queue": (POLICY, "test_a_job_has_a_size_and_the_queue_of_it"),
    f"{QUEUE}.priority": (POLICY, "test_a_queue_has_its_rank"),
    f"{QUEUE}.max_concurrent_jobs": (POLICY, "test_a_queue_has_so_many_jobs_at_work"),
    f"{QUEUE}.max_queue_size": (POLICY, "test_a_full_queue_refuses_and_says_when_to_come_again"),
    f"{QUEUE}.timeout_seconds": (POLICY, "test_a_queue_has_its_timeout"),
    f"{QUEUE}.gpu_share_policy": (POLICY, "test_only_a_preemptive_queue_has_others_stopped"),
    f"{QUEUE}.target_latency_ms": (POLICY, "test_half_of_the_target_is_waited_for"),
    f"{QUEUE}.allow_preemption": (POLICY, "test_only_who_may_be_is_stopped"),
    f"{SELECTION}.interactive": CHOSEN,
    f"{SELECTION}.batch": CHOSEN,
    f"{SELECTION}.training": CHOSEN,
    f"{SELECTION}.low_priority": CHOSEN,
    "gpu_allocation.round_robin.max_jobs_per_gpu": (
        GPUS,
        "test_a_gpu_has_no_more_units_than_it_may",
    ),
    "gpu_allocation.round_robin.gpu_sharing": (GPUS, "test_a_gpu_has_no_more_units_than_it_may"),
    "gpu_allocation.bin_packing.max_jobs_per_gpu": (GPUS, "test_bin_packing_bounds_units_a_gpu"),
    "gpu_allocation.bin_packing.gpu_sharing": (GPUS, "test_bin_packing_bounds_units_a_gpu"),
    "gpu_allocation.bin_packing.pack_threshold": (
        GPUS,
        "test_bin_packing_fills_a_gpu_up_to_the_threshold",
    ),
    "gpu_allocation.exclusive.max_jobs_per_gpu": (FILE, "test_faults_are_named_with_their_line"),
    "gpu_allocation.exclusive.gpu_sharing": (FILE, "test_faults_are_named_with_their_line"),
    "gpu_allocation.spot_only.max_jobs_per_gpu": (GPUS, "test_spot_only_bounds_units_a_gpu"),
    "gpu_allocation.spot_only.gpu_sharing": (GPUS, "test_spot_only_bounds_units_a_gpu"),
    "gpu_allocation.spot_only.fallback_to_on_demand": (
        POLICY,
        "test_spot_only_units_fall_back_after_a_time",
    ),
    "gpu_allocation.spot_only.fallback_threshold_minutes": (
        POLICY,
        "test_spot_only_units_fall_back_after_a_time",
    ),
    "multi_tenant.enabled": (POLICY, "test_without_tenants_there_are_no_quotas"),
    "multi_tenant.quotas.*.max_gpus": (POLICY, "test_a_tenant_has_so_many_gpus"),
    "multi_tenant.quotas.*.max_cpu_cores": (POLICY, "test_a_tenant_has_the_slots_of_its_tier"),
    "multi_tenant.quotas.*.max_memory_gb": (POLICY, "test_a_tenant_has_so_much_memory_set_aside"),
    "multi_tenant.quotas.*.max_concurrent_jobs": (
        POLICY,
        "test_a_tenant_has_so_many_jobs_at_work",
    ),
    "multi_tenant.quotas.*.max_queue_size": (POLICY, "test_a_full_tier_refuses"),
    "multi_tenant.quotas.*.max_cost_per_day": (POLICY, "test_a_tier_has_a_daily_budget"),
    "multi_tenant.tenants.*": (POLICY, "test_a_tenant_has_the_slots_of_its_tier"),
    "multi_tenant.isolation.gpu_memory_limit": LIMITS,
    "multi_tenant.fair_share.enabled": (
        POLICY,
        "test_without_fair_share_the_oldest_job_goes_first",
    ),
    "multi_tenant.fair_share.window_minutes": (
        POLICY,
        "test_what_was_used_counts_half_after_the_window",
    ),
    "reservations.enabled": (POLICY, "test_slots_are_kept_at_their_times"),
    "reservations.schedules.*.name": (POLICY, "test_slots_are_kept_at_their_times"),
    "reservations.schedules.*.cron": (POLICY, "test_slots_are_kept_at_their_times"),
    "reservations.schedules.*.duration_hours": (POLICY, "test_a_reservation_lasts"),
    "reservations.schedules.*.resources.priority_queue": (
        POLICY,
        "test_slots_are_kept_at_their_times",
    ),
    "reservations.schedules.*.resources.gpus": (POLICY, "test_gpus_are_kept_at_their_times"),
    "reservations.schedules.*.resources.cpu_cores": (
        POLICY,
        "test_slots_are_kept_at_their_times",
    ),
    "reservations.schedules.*.resources.exclusive": (
        POLICY,
        "test_a_queue_may_be_alone_on_its_gpus_meanwhile",
    ),
    "gpu_memory.dynamic.max_fraction": (POLICY, "test_the_strategy_of_a_queue_is_chosen"),
    "gpu_memory.job_limits.tiny": LIMITS,
    "gpu_memory.job_limits.small": LIMITS,
    "gpu_memory.job_limits.medium": LIMITS,
    "gpu_memory.job_limits.large": LIMITS,
    "gpu_memory.job_limits.xlarge": LIMITS,
    "gpu_memory.oom_handling.retry_with_more_memory": (
        CLASSIFY,
        "test_out_of_memory_it_is_tried_so_often",
    ),
    "gpu_memory.oom_handling.max_retries": (CLASSIFY, "test_out_of_memory_it_is_tried_so_often"),
    "gpu_memory.oom_handling.memory_increment_gb": (
        CLASSIFY,
        "test_out_of_memory_more_is_set_aside",
    ),
    "gpu_memory.oom_handling.fallback_to_cpu": (
        CLASSIFY,
        "test_out_of_gpu_memory_the_cpu_is_the_last_resort",
    ),
    "auto_scaling.scale_up.*.metric": (NODES, "test_it_grows_above_the_threshold_of_a_metric"),
    "auto_scaling.scale_up.*.threshold": (NODES, "test_it_grows_above_the_threshold_of_a_metric"),
    "auto_scaling.scale_up.*.duration_seconds": GROWS,
    "auto_scaling.scale_up.*.add_workers": GROWS,
    "auto_scaling.scale_up.*.max_workers": GROWS,
    "auto_scaling.scale_down.*.metric": (NODES, "test_a_rule_of_idle_time_replaces_the_setting"),
    "auto_scaling.scale_down.*.threshold": SHRINKS,
    "auto_scaling.scale_down.*.duration_seconds": SHRINKS,
    "auto_scaling.scale_down.*.remove_workers": SHRINKS,
    "auto_scaling.scale_down.*.min_workers": SHRINKS,
    "auto_scaling.cooldown.scale_up_seconds": (NODES, "test_it_rests_after_a_change"),
    "auto_scaling.cooldown.scale_down_seconds": (NODES, "test_it_rests_after_a_change"),
    "spot_instances.enabled": SPOT,
    "spot_instances.fallback_enabled": SPOT,
    "spot_instances.max_price_multiplier": (
        "tests/infra/test_cluster.py",
        "test_what_a_spot_worker_may_cost",
    ),
}


def test_each_key_has_a_test_and_each_test_a_key() -> None:
    assert sorted(key.name for key in keys()) == sorted(TESTS)


@pytest.mark.parametrize("key", TESTS)
def test_the_test_is_there_and_knows_the_key(key: str) -> None:
    file, name = TESTS[key]
    text = _text(file)
    assert f"def {name}(" in text
    word = next(part for part in reversed(key.split(".")) if part != "*")
    assert re.search(rf"\b{word}\b", text), f"{file} does not say {word}"


@cache
def _text(file: str) -> str:
    return (ROOT / file).read_text("utf-8")
