"""Which GPUs a unit is given: what each strategy prefers, and by brute force whether a place is
found exactly where there is one."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from portalis.resource.gpus import MINUTE_MS, Use, Wish, place
from portalis.resource.policy import OPEN, QUEUES, GpuAllocation, Strategy
from portalis.resource.policy_file import parse
from portalis.resource.reserve import NOTHING, Kept
from portalis.workload.model.job import Priority
from portalis.workload.model.snapshot import Gpu

RULES = OPEN.gpu_allocation
GB = 1_000


def _gpus(*counts: int, memory_mb: int = 80 * GB, spot: bool = False) -> list[Gpu]:
    """A node with so many, for each of the counts."""
    return [
        Gpu(id=f"{node}{number}", node=node, memory_mb=memory_mb, spot=spot)
        for node, count in zip("abcdef", counts, strict=False)
        for number in range(count)
    ]


def _use(*gpus: str, queue: Priority = Priority.BATCH, memory_mb: int = 0) -> Use:
    strategy: Strategy = OPEN.strategy(queue)
    return Use(gpus=gpus, queue=queue, strategy=strategy, memory_mb=memory_mb)


def _wish(gpus: int = 1, queue: Priority = Priority.BATCH, memory_mb: int = 0) -> Wish:
    return Wish(gpus=gpus, queue=queue, strategy=OPEN.strategy(queue), memory_mb=memory_mb)


def _rules(text: str) -> GpuAllocation:
    return parse(f"gpu_allocation: {{{text}}}", "p").gpu_allocation


def test_round_robin_takes_those_with_the_fewest_units() -> None:
    uses: list[Use] = []
    for _ in range(6):
        found = place(_wish(queue=Priority.INTERACTIVE), _gpus(3), uses, RULES)
        uses.append(_use(*found.gpus, queue=Priority.INTERACTIVE))
    assert [use.gpus[0] for use in uses] == ["a0", "a1", "a2"] * 2


def test_a_gpu_has_no_more_units_than_it_may() -> None:
    uses = [_use("a0", queue=Priority.INTERACTIVE)] * 2
    wish = _wish(queue=Priority.INTERACTIVE)
    assert place(wish, _gpus(1), uses, _rules("round_robin: {max_jobs_per_gpu: 3}")).gpus
    assert not place(wish, _gpus(1), uses, _rules("round_robin: {max_jobs_per_gpu: 2}")).gpus
    alone = _rules("round_robin: {max_jobs_per_gpu: 1, gpu_sharing: false}")
    assert not place(wish, _gpus(1), uses[:1], alone).gpus


def test_bin_packing_fills_a_gpu_up_to_the_threshold() -> None:
    """At 40 of 80 GB the next one is begun with a threshold of a half, not with one of 0.7."""
    uses = [_use("a1", memory_mb=40 * GB)]
    wish = _wish(memory_mb=16 * GB)
    assert place(wish, _gpus(3), uses, RULES).gpus == ("a1",)
    assert place(wish, _gpus(3), uses, _rules("bin_packing: {pack_threshold: 0.5}")).gpus == ("a0",)
    assert place(wish, _gpus(3), [], _rules("bin_packing: {max_jobs_per_gpu: 1}")).gpus
    none_free = [_use("a0", memory_mb=60 * GB)]
    assert place(wish, _gpus(1), none_free, RULES).gpus == ("a0",)


def test_bin_packing_bounds_units_a_gpu() -> None:
    uses = [_use("a0", memory_mb=GB)] * 2
    assert place(_wish(), _gpus(2), uses, _rules("bin_packing: {max_jobs_per_gpu: 2}")).gpus == (
        "a1",
    )
    alone = _rules("bin_packing: {max_jobs_per_gpu: 1, gpu_sharing: false}")
    assert place(_wish(), _gpus(2), uses[:1], alone).gpus == ("a1",)


def test_exclusive_has_its_gpus_for_itself() -> None:
    training = _wish(2, queue=Priority.TRAINING)
    # The node with the fewest free GPUs that suffices.
    assert place(training, _gpus(4, 2), [], RULES).gpus == ("b0", "b1")
    assert place(training, _gpus(4, 2), [_use("b0")], RULES).gpus == ("a0", "a1")
    mine = [_use("a0", "a1", queue=Priority.TRAINING)]
    assert not place(_wish(), _gpus(2), mine, RULES).gpus


def test_spot_only_takes_spot_gpus_until_it_has_waited_for_too_long() -> None:
    gpus = [*_gpus(1), Gpu(id="s0", node="s", memory_mb=80 * GB, spot=True)]
    wish = _wish(queue=Priority.LOW_PRIORITY)
    assert place(wish, gpus, [], RULES).gpus == ("s0",)
    assert not place(wish, _gpus(1), [], RULES).gpus
    late = replace(wish, waited_ms=10 * MINUTE_MS)
    assert place(late, _gpus(1), [], RULES).gpus == ("a0",)
    assert place(late, gpus, [], RULES).gpus == ("s0",)
    patient = _rules("spot_only: {fallback_threshold_minutes: 30}")
    assert not place(late, _gpus(1), [], patient).gpus
    never = _rules("spot_only: {fallback_to_on_demand: false}")
    assert not place(late, _gpus(1), [], never).gpus


def test_spot_only_bounds_units_a_gpu() -> None:
    gpus = _gpus(1, spot=True)
    uses = [_use("a0", queue=Priority.LOW_PRIORITY)] * 2
    wish = _wish(queue=Priority.LOW_PRIORITY)
    assert place(wish, gpus, uses, RULES).gpus
    assert not place(wish, gpus, uses, _rules("spot_only: {max_jobs_per_gpu: 2}")).gpus
    alone = _rules("spot_only: {max_jobs_per_gpu: 1, gpu_sharing: false}")
    assert not place(wish, gpus, uses[:1], alone).gpus


def test_memory_is_given_away_up_to_a_fraction() -> None:
    wish = _wish(memory_mb=40 * GB)
    uses = [_use("a0", memory_mb=40 * GB)]
    assert place(wish, _gpus(1), uses, RULES, 1.0).gpus
    assert not place(wish, _gpus(1), uses, RULES, 0.95).gpus


def test_what_is_kept_is_left_alone() -> None:
    held = Kept(gpus={Priority.INTERACTIVE: 2}, names={Priority.INTERACTIVE: "office hours"})
    uses = [_use("a0")]
    assert place(_wish(), _gpus(3), uses, RULES, 1.0, held).gpus == ("a0",)
    refused = place(_wish(2), _gpus(3), uses, RULES, 1.0, held)
    assert not refused.gpus
    assert "office hours" in refused.reason
    assert place(_wish(2, queue=Priority.INTERACTIVE), _gpus(3), uses, RULES, 1.0, held).gpus


def test_a_queue_may_be_alone_while_something_is_kept_for_it() -> None:
    held = Kept(alone=frozenset((Priority.BATCH,)))
    assert not place(_wish(), _gpus(1), [_use("a0")], RULES, 1.0, held).gpus
    assert place(_wish(), _gpus(1), [_use("a0")], RULES).gpus


def test_too_few_are_said_so() -> None:
    assert place(_wish(2), _gpus(1), [], RULES).reason == "2 GPUs are wanted, 1 are there"
    assert not place(_wish(2), _gpus(1, 1), [], RULES).gpus


# By brute force: every set of GPUs that the rules allow.


def _is_allowed(
    chosen: tuple[Gpu, ...], wish: Wish, gpus: list[Gpu], uses: list[Use], held: Kept
) -> bool:
    if len({gpu.node for gpu in chosen}) > 1:
        return False
    rule = RULES.spot_only
    late = wish.waited_ms >= rule.fallback_threshold_minutes * MINUTE_MS
    for gpu in chosen:
        there = [use for use in uses if gpu.id in use.gpus]
        if wish.strategy == "spot_only" and not gpu.spot and not late:
            return False
        if there and "exclusive" in (wish.strategy, *(use.strategy for use in there)):
            return False
        strategies = {wish.strategy, *(use.strategy for use in there)}
        if len(there) + 1 > min(RULES.sharing(each).max_jobs_per_gpu for each in strategies):
            return False
        if sum(use.memory_mb for use in there) + wish.memory_mb > 0.95 * gpu.memory_mb:
            return False
    for queue, count in held.gpus.items():
        if queue == wish.queue:
            continue
        foreign = {gpu for use in uses if use.queue != queue for gpu in use.gpus}
        if len(gpus) - len(foreign | {gpu.id for gpu in chosen}) < count:
            return False
    return True


QUEUE = st.sampled_from([Priority(name) for name in QUEUES])
MEMORY = st.sampled_from((0, 8 * GB, 20 * GB, 40 * GB))


@st.composite
def _worlds(draw: st.DrawFn) -> tuple[Wish, list[Gpu], list[Use], Kept]:
    gpus = [
        Gpu(id=f"{node}{n}", node=node, memory_mb=80 * GB, spot=draw(st.booleans()))
        for node in "ab"[: draw(st.integers(1, 2))]
        for n in range(draw(st.integers(1, 3)))
    ]
    ids = st.sampled_from([gpu.id for gpu in gpus])
    uses = [
        _use(*draw(st.sets(ids, min_size=1, max_size=2)), queue=draw(QUEUE), memory_mb=draw(MEMORY))
        for _ in range(draw(st.integers(0, 4)))
    ]
    queue = draw(QUEUE)
    wish = replace(
        _wish(draw(st.integers(1, 3)), queue=queue, memory_mb=draw(MEMORY)),
        waited_ms=draw(st.sampled_from((0, 10 * MINUTE_MS))),
    )
    kept = draw(st.sampled_from((0, 1, 2)))
    held = Kept(gpus={draw(QUEUE): kept}) if kept else NOTHING
    return wish, gpus, uses, held


@settings(max_examples=400, deadline=None)
@given(_worlds())
def test_a_place_is_found_exactly_where_there_is_one(
    world: tuple[Wish, list[Gpu], list[Use], Kept],
) -> None:
    wish, gpus, uses, held = world
    found = place(wish, gpus, uses, RULES, 0.95, held)
    allowed = [
        {gpu.id for gpu in chosen}
        for chosen in itertools.combinations(gpus, wish.gpus)
        if _is_allowed(chosen, wish, gpus, uses, held)
    ]
    assert bool(found.gpus) == bool(allowed), found
    assert not found.gpus or set(found.gpus) in allowed
    assert found.reason


@settings(max_examples=200, deadline=None)
@given(_worlds())
def test_packing_begins_a_gpu_only_where_it_must(
    world: tuple[Wish, list[Gpu], list[Use], Kept],
) -> None:
    """Of all places for one GPU: one in use below the threshold, if there is any."""
    wish, gpus, uses, _ = world
    wish = replace(wish, gpus=1, queue=Priority.BATCH, strategy="bin_packing")
    found = place(wish, gpus, uses, RULES, 0.95)
    used = {
        each: sum(use.memory_mb for use in uses if each in use.gpus)
        for use in uses
        for each in use.gpus
    }
    better = [
        gpu.id
        for gpu in gpus
        if gpu.id in used
        and used[gpu.id] < 0.7 * gpu.memory_mb
        and _is_allowed((gpu,), wish, gpus, uses, NOTHING)
    ]
    if better:
        assert found.gpus[0] in better
        assert used[found.gpus[0]] == max(used[each] for each in better)
