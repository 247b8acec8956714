"""The policy file: what it says counts, what it cannot mean is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.app.policy import document, rows
from portalis.core.documents import DocumentError
from portalis.resource.policy import OPEN
from portalis.resource.policy_file import REFUSED, parse
from portalis.storage.policies import load, shipped

ROOT = Path(__file__).parents[2]


def _fault(text: str) -> str:
    with pytest.raises(DocumentError) as caught:
        parse(text, "policy.yaml")
    return str(caught.value)


def test_the_page_of_the_documentation_is_of_this_model() -> None:
    assert (ROOT / "docs" / "policy.md").read_text("utf-8") == document()


def test_an_empty_file_bounds_nothing() -> None:
    assert parse("", "policy.yaml") == parse("# nothing\n", "policy.yaml") == OPEN


def test_the_shipped_file_says_each_key_or_leaves_it_open() -> None:
    """Whoever edits a copy of it sees all there is."""
    text = (ROOT / "config" / "resource_allocation.yaml").read_text("utf-8")
    silent = {key.rpartition(".")[2] for key, _ in rows(OPEN)} - {"max_cost_per_day"}
    assert sorted(name for name in silent if f"{name}:" not in text) == []
    assert load(None) == shipped() == parse(text, "policy.yaml")


def test_what_a_group_does_not_say_is_as_in_its_own_default() -> None:
    found = parse("priority_queues: {interactive: {max_queue_size: 3}}", "p").priority_queues
    assert found.interactive == OPEN.priority_queues.interactive.model_copy(
        update={"max_queue_size": 3}
    )
    assert found.batch == OPEN.priority_queues.batch


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\ngpus: 3\n", ":2: gpus: is no key here; there are: job_size_thresholds, "),
        ("priority_queues:\n  urgent: {}\n", ":2: priority_queues.urgent: is no key here"),
        ("multi_tenant:\n  quotas:\n    gold: {cpus: 1}\n", ":3: multi_tenant.quotas.gold.cpus:"),
        ("priority_queues:\n  batch:\n    priority: '4'\n", ":3: priority_queues.batch.priority:"),
        ("priority_queues: 3\n", ":1: priority_queues: input should be a"),
        ("a: 1\nb: 2\na: 3\n", ":3: a: was given before, in line 1"),
        ("a: [\n", ":2: not YAML"),
        ("a: &a [*a]\n", "nested too deeply"),
        ("? [1]\n: 2\n", ":1: a key is a word"),
        ("- 1\n", ":1: input should be a"),
        (
            "priority_queues:\n  interactive:\n    priority: 60\n",
            ":3: priority_queues.interactive.priority: above 90 is for preemptive queues",
        ),
        ("priority_queues:\n  batch: {priority: 95}\n", ":2: priority_queues.batch.priority:"),
        (
            "priority_queues:\n  interactive: {allow_preemption: true}\n",
            "interactive.allow_preemption: what has others stopped cannot be stopped",
        ),
        (
            "\npriority_queues:\n  training: {gpu_share_policy: non_preemptive}\n",
            ":3: priority_queues.training.gpu_share_policy: is non_preemptive, but gpu_allocation",
        ),
        (
            "job_size_thresholds:\n  small: {max_loc: 50}\n",
            ":2: job_size_thresholds.small.max_loc: is not above that of the size before it",
        ),
        ("multi_tenant:\n  tenants:\n    acme: gold\n", ":3: multi_tenant.tenants.acme: gold is"),
        (
            "gpu_allocation:\n  round_robin: {gpu_sharing: false}\n",
            "round_robin.max_jobs_per_gpu: is 1 without gpu_sharing",
        ),
        ("gpu_allocation:\n  exclusive: {max_jobs_per_gpu: 2}\n", ":2: gpu_allocation.exclusive"),
        (
            "reservations:\n  schedules:\n    - name: x\n      cron: 0 25 * * *\n"
            "      resources: {priority_queue: batch, gpus: 1}\n",
            ":4: reservations.schedules.0.cron: hour: '25' is not within 0 to 23",
        ),
        (
            "reservations:\n  schedules:\n    - name: x\n      cron: 0 1 * * *\n"
            "      resources: {priority_queue: batch}\n",
            ":5: reservations.schedules.0.resources: neither gpus nor cpu_cores",
        ),
    ],
)
def test_faults_are_named_with_their_line(text: str, says: str) -> None:
    assert says in _fault(text)
    assert _fault(text).startswith("policy.yaml:")


@pytest.mark.parametrize("key", REFUSED)
def test_keys_of_other_systems_are_refused_with_a_reason(key: str) -> None:
    at_star = {
        "priority_queues": "batch",
        "gpu_allocation": "exclusive",
        "reservations": "0",
        "auto_scaling": "0",
    }
    parts = [at_star[key.partition(".")[0]] if part == "*" else part for part in key.split(".")]
    text = ""
    for depth, part in enumerate(parts):
        is_item = part == "0"
        text += "  " * depth + ("-\n" if is_item else f"{part}:\n")
    text = text.rstrip("\n") + " 1\n" if parts[-1] != "0" else text
    assert REFUSED[key] in _fault(text)
    assert f"policy.yaml:{len(parts)}: " in _fault(text)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"nothing\.yaml:1: cannot be read"):
        load(tmp_path / "nothing.yaml")
