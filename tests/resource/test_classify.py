"""Sizes of jobs, and what a unit is given after it ran out of memory."""

from __future__ import annotations

import pytest

from portalis.resource.classify import classify, functions_in
from portalis.resource.memory import FIRST_MB, Needs, after_oom, needs_of
from portalis.resource.policy import OPEN, SIZES, Policy
from portalis.resource.policy_file import parse
from portalis.storage.policies import shipped


def _policy(text: str) -> Policy:
    return parse(text, "policy.yaml")


@pytest.mark.parametrize(
    ("lines", "functions", "size"),
    [
        (100, 10, "tiny"),
        (101, 1, "small"),
        (100, 11, "small"),
        (1_000, 1_000, "medium"),
        (100_000, 10_000, "large"),
        (100_001, 1, "xlarge"),
        (10**9, 10**9, "xlarge"),
    ],
)
def test_a_job_has_the_first_size_that_it_fits_into(lines: int, functions: int, size: str) -> None:
    found = classify(lines, functions, shipped().job_size_thresholds)
    assert found.size is not None
    assert found.size.value == size
    assert "lines" in found.reason or "functions" in found.reason


def test_the_last_size_may_have_a_bound() -> None:
    sizes = _policy("job_size_thresholds: {xlarge: {max_loc: 1000000}}").job_size_thresholds
    found = classify(1_000_001, 0, sizes)
    assert found.size is None
    assert found.reason == "1,000,001 lines are more than 1,000,000 (xlarge)"


def test_functions_are_counted_without_parsing() -> None:
    text = b"def a(): pass\nclass B:\n    async  def c(self): ...\n\tdef d(): 1\nundef x\n# def e\n"
    assert functions_in([text, b"def"]) == 3


@pytest.mark.parametrize("size", SIZES)
def test_gpus_are_for_units_that_need_the_model_engine(size: str) -> None:
    text = (
        f"job_size_thresholds: {{{size}: {{gpu_allocation: 3}}}}\n"
        f"gpu_memory: {{job_limits: {{{size}: 5000}}}}\n"
    )
    policy = _policy(text)
    assert needs_of(size, False, policy) == Needs()
    assert needs_of(size, True, policy) == Needs(gpus=3, gpu_mb=5_000)
    free = _policy(text + "multi_tenant: {isolation: {gpu_memory_limit: false}}")
    assert needs_of(size, True, free) == Needs(gpus=3)


def _oom(text: str) -> Policy:
    return _policy(f"gpu_memory: {{oom_handling: {{{text}}}}}")


def test_out_of_memory_more_is_set_aside() -> None:
    assert after_oom(Needs(), 0, "tiny", OPEN).needs.memory_mb == FIRST_MB
    assert after_oom(Needs(1_000), 1, "tiny", OPEN).needs.memory_mb == 1_500
    by_size = _policy("job_size_thresholds: {tiny: {memory_gb: 3}}")
    assert after_oom(Needs(), 0, "tiny", by_size).needs.memory_mb == 3 * 1_024
    more = _oom("memory_increment_gb: 4")
    assert after_oom(Needs(2_048), 1, "tiny", more).needs.memory_mb == 6 * 1_024


def test_out_of_memory_it_is_tried_so_often() -> None:
    assert after_oom(Needs(1), 1, "tiny", OPEN).again
    assert not after_oom(Needs(1), 2, "tiny", OPEN).again
    assert after_oom(Needs(1), 4, "tiny", _oom("max_retries: 5")).again
    assert not after_oom(Needs(1), 0, "tiny", _oom("retry_with_more_memory: false")).again


def test_out_of_gpu_memory_the_cpu_is_the_last_resort() -> None:
    before = Needs(gpus=2, gpu_mb=4_000)
    assert after_oom(before, 0, "tiny", OPEN).needs == Needs(gpus=2, gpu_mb=6_000)
    last = after_oom(before, 2, "tiny", OPEN)
    assert last.again
    assert last.needs == Needs()
    assert not after_oom(last.needs, 3, "tiny", OPEN).again
    assert not after_oom(before, 2, "tiny", _oom("fallback_to_cpu: false")).again
