"""What the policy allows: the scheduler's decisions under it, and who is refused at the desk."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portalis.core.clock import ManualClock
from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.core.money import MICRO
from portalis.resource.policy import Policy
from portalis.resource.policy_file import parse
from portalis.storage.state_memory import MemoryState
from portalis.workload.control.limits import Limits
from portalis.workload.control.money import budgets_of
from portalis.workload.control.tick import tick
from portalis.workload.desk import BudgetSpent, Desk, QueueFull, Refusal
from portalis.workload.model.job import Priority
from portalis.workload.model.ledger import Budget, Tariff, Window
from portalis.workload.model.snapshot import (
    Decisions,
    Gpu,
    HeldUnit,
    ReadyUnit,
    Snapshot,
    WaitReason,
    World,
)
from portalis.workload.model.transitions import UnitState
from tests.simulate.world import DictObjects, Odds

# A Monday, at nine.
NOW = 1_793_005_200_000
ANN, BOB = TenantId("ann"), TenantId("bob")
MINUTE_MS = 60_000


def _policy(text: str) -> Policy:
    return parse(text, "policy.yaml")


def _ready(
    name: str,
    job: str = "j",
    tenant: TenantId = ANN,
    priority: Priority = Priority.BATCH,
    waited_ms: int = 0,
    size: str = "tiny",
    memory_mb: int = 0,
    gpus: int = 0,
) -> ReadyUnit:
    return ReadyUnit(
        id=UnitId(name),
        job_id=JobId(job),
        tenant_id=tenant,
        priority=priority,
        job_ms=0,
        ready_ms=NOW - waited_ms,
        predicted_ms=1_000,
        size=size,
        memory_mb=memory_mb,
        gpus=gpus,
        gpu_mb=1_000 if gpus else 0,
    )


def _held(
    name: str,
    job: str = "h",
    tenant: TenantId = ANN,
    priority: Priority = Priority.BATCH,
    memory_mb: int = 0,
    gpus: str = "",
) -> HeldUnit:
    return HeldUnit(
        id=UnitId(name),
        attempt_id=AttemptId(f"{name}.a"),
        job_id=JobId(job),
        tenant_id=tenant,
        priority=priority,
        state=UnitState.LEASED,
        leased_ms=NOW - 5_000,
        predicted_ms=1_000,
        running_ms=NOW - 100,
        size="tiny",
        memory_mb=memory_mb,
        gpus=gpus,
    )


def _gpus(count: int, spot: bool = False) -> tuple[Gpu, ...]:
    return tuple(Gpu(id=f"g{n}", node="node", memory_mb=80_000, spot=spot) for n in range(count))


def _tick(
    policy: str,
    ready: list[ReadyUnit],
    held: list[HeldUnit] | None = None,
    slots: int = 8,
    gpus: tuple[Gpu, ...] = (),
    spot_slots: int | None = None,
    now_ms: int = NOW,
    usage: dict[TenantId, float] | None = None,
) -> Decisions:
    seen = Snapshot(
        now_ms=now_ms,
        slots=slots,
        world=World(ready=tuple(ready), held=tuple(held or ())),
        usage_ms=usage or {},
        gpus=gpus,
        spot_slots=spot_slots,
    )
    return tick(seen, Limits(policy=_policy(policy)))


def _granted(found: Decisions) -> list[str]:
    return [unit for grant in found.grants for unit in grant.units]


def _waits(found: Decisions) -> dict[WaitReason, int]:
    counts: dict[WaitReason, int] = defaultdict(int)
    for wait in found.waits:
        counts[wait.reason] += wait.units
        assert wait.text
    return dict(counts)


def _many(count: int, **more: object) -> list[ReadyUnit]:
    """A unit each of so many jobs."""
    return [_ready(f"u{n}", job=f"j{n}", **more) for n in range(count)]  # type: ignore[arg-type]


def test_a_queue_has_its_rank() -> None:
    units = [_ready("b", job="b"), _ready("t", job="t", priority=Priority.TRAINING)]
    assert _granted(_tick("", units))[0] == "b"
    swapped = "priority_queues: {training: {priority: 60}}"
    assert _granted(_tick(swapped, units))[0] == "t"


def test_a_queue_has_so_many_jobs_at_work() -> None:
    policy = "priority_queues: {batch: {max_concurrent_jobs: 3}}"
    found = _tick(policy, _many(6), [_held("h")])
    assert len(_granted(found)) == 2
    assert _waits(found) == {WaitReason.QUEUE: 4}
    # Others, and what is at work already, go on.
    more = [_ready("x", job="h"), _ready("y", job="y", priority=Priority.INTERACTIVE)]
    found = _tick(policy, [*_many(6), *more], [_held("h")])
    assert {"x", "y"} < set(_granted(found))


def test_a_job_has_the_slots_of_its_size() -> None:
    units = [_ready(f"u{n}") for n in range(20)]
    found = _tick("job_size_thresholds: {tiny: {cpu_cores: 3}}", units)
    assert len(found.grants) == 3
    assert _waits(found) == {WaitReason.SIZE: 17}
    assert len(_tick("job_size_thresholds: {small: {cpu_cores: 3}}", units).grants) == 16
    # A machine without so many is used as it is.
    assert len(_tick("job_size_thresholds: {tiny: {cpu_cores: 3}}", units, slots=2).grants) == 4


TIER = "multi_tenant: {quotas: {default: {%s}, gold: {}}, tenants: {bob: gold}}"


def test_a_tenant_has_the_slots_of_its_tier() -> None:
    units = [*_many(6), *(_ready(f"b{n}", job=f"b{n}", tenant=BOB) for n in range(6))]
    found = _tick(TIER % "max_cpu_cores: 2", units, [_held("h")])
    assert Counter(unit[0] for unit in _granted(found)) == {"u": 1, "b": 6}
    assert _waits(found) == {WaitReason.QUOTA: 5}


def test_a_tenant_has_so_many_jobs_at_work() -> None:
    found = _tick(TIER % "max_concurrent_jobs: 2", [*_many(4), _ready("x", job="h")], [_held("h")])
    assert sorted(_granted(found)) == ["u0", "x"]
    assert _waits(found) == {WaitReason.QUOTA: 3}


def test_a_tenant_has_so_much_memory_set_aside() -> None:
    units = [*_many(2, memory_mb=600), _ready("small", job="s")]
    found = _tick(TIER % "max_memory_gb: 1", units, [_held("h", memory_mb=300)])
    assert sorted(_granted(found)) == ["small", "u0"]
    assert _waits(found) == {WaitReason.QUOTA: 1}


def test_a_tenant_has_so_many_gpus() -> None:
    found = _tick(TIER % "max_gpus: 2", _many(3, gpus=1), [_held("h", gpus="g0")], gpus=_gpus(4))
    assert len(_granted(found)) == 1
    assert _waits(found) == {WaitReason.QUOTA: 2}


def test_without_tenants_there_are_no_quotas() -> None:
    off = "multi_tenant: {enabled: false, quotas: {default: {max_concurrent_jobs: 1}}}"
    assert len(_granted(_tick(off, _many(4)))) == 4


def test_without_fair_share_the_oldest_job_goes_first() -> None:
    units = [_ready("a", job="a"), _ready("b", job="b", tenant=BOB)]
    usage = {ANN: 500.0, BOB: 1.0}
    assert _granted(_tick("", units, usage=usage))[0] == "b"
    off = "multi_tenant: {fair_share: {enabled: false}}"
    assert _granted(_tick(off, units, usage=usage))[0] == "a"


def test_what_was_used_counts_half_after_the_window() -> None:
    policy = _policy("multi_tenant: {fair_share: {window_minutes: 5}}")
    assert Limits(policy=policy).half_life_ms == 5 * MINUTE_MS


def _urgent(waited_ms: int, size: str = "tiny") -> ReadyUnit:
    return _ready("urgent", "u", BOB, Priority.INTERACTIVE, waited_ms=waited_ms, size=size)


def _victims(policy: str, waited_ms: int, priority: Priority, size: str = "tiny") -> int:
    """With all slots, and the window, taken."""
    held = [_held(f"h{n}", job=f"h{n}", priority=priority) for n in range(24)]
    return len(_tick(policy, [_urgent(waited_ms, size)], held).preempts)


LOW = Priority.LOW_PRIORITY


def test_only_a_preemptive_queue_has_others_stopped() -> None:
    assert _victims("", 1_000, LOW) == 1
    calm = "priority_queues: {interactive: {gpu_share_policy: non_preemptive, priority: 80}}"
    assert _victims(calm, 1_000, LOW) == 0


def test_only_who_may_be_is_stopped() -> None:
    assert _victims("", 1_000, Priority.BATCH) == 0
    assert _victims("priority_queues: {batch: {allow_preemption: true}}", 1_000, Priority.BATCH)
    safe = "priority_queues: {low_priority: {allow_preemption: false}}"
    assert _victims(safe, 1_000, LOW) == 0


def test_half_of_the_target_is_waited_for() -> None:
    by_size = "job_size_thresholds: {tiny: {max_latency_ms: 8000}}"
    assert (_victims(by_size, 3_999, LOW), _victims(by_size, 4_000, LOW)) == (0, 1)
    assert _victims(by_size, 3_999, LOW, "small") == 1
    by_queue = by_size + "\npriority_queues: {interactive: {target_latency_ms: 4000}}"
    assert (_victims(by_queue, 1_999, LOW), _victims(by_queue, 2_000, LOW)) == (0, 1)


def test_nobody_is_stopped_for_what_could_not_run_then() -> None:
    full = "priority_queues: {interactive: {max_concurrent_jobs: 1}}"
    held = [_held(f"h{n}", job=f"h{n}", priority=LOW) for n in range(23)]
    held.append(_held("i", "i", BOB, Priority.INTERACTIVE))
    assert not _tick(full, [_urgent(60_000)], held).preempts


def test_a_queue_has_its_timeout() -> None:
    policy = _policy("priority_queues: {interactive: {timeout_seconds: 60}}")
    limits = Limits(policy=policy)
    assert limits.longest_ms(Priority.INTERACTIVE) == 60_000
    assert limits.longest_ms(Priority.BATCH) == 1_800_000
    assert Limits(policy=policy, unit_ms=1_000).longest_ms(Priority.BATCH) == 1_000


def test_spot_only_units_take_spot_slots() -> None:
    units = _many(6, priority=LOW)
    found = _tick("", units, spot_slots=2)
    assert all(grant.spot for grant in found.grants)
    assert len(_granted(found)) == 2
    assert _waits(found) == {WaitReason.SPOT: 4}
    # Nodes of no market, and other queues.
    assert len(_granted(_tick("", units))) == 6
    assert len(_granted(_tick("", _many(6), spot_slots=0))) == 6


def test_spot_only_units_fall_back_after_a_time() -> None:
    late = _many(6, priority=LOW, waited_ms=10 * MINUTE_MS)
    assert len(_granted(_tick("", late, spot_slots=0))) == 6
    assert not any(grant.spot for grant in _tick("", late, spot_slots=0).grants)
    spot = "gpu_allocation: {spot_only: {%s}}"
    patient = spot % "fallback_threshold_minutes: 20"
    assert not _granted(_tick(patient, late, spot_slots=0))
    assert not _granted(_tick(spot % "fallback_to_on_demand: false", late, spot_slots=0))


RESERVED = (
    "reservations: {enabled: %s, schedules: [{name: office hours, cron: 0 8-17 * * 1-5, "
    "resources: {priority_queue: interactive, %s}}]}"
)


def test_slots_are_kept_at_their_times() -> None:
    policy = RESERVED % ("true", "cpu_cores: 6")
    found = _tick(policy, _many(8))
    assert len(_granted(found)) == 2
    assert _waits(found) == {WaitReason.RESERVED: 6}
    assert "office hours" in found.waits[0].text
    urgent = _many(8, priority=Priority.INTERACTIVE)
    assert len(_granted(_tick(policy, urgent))) == 8
    assert len(_granted(_tick(policy, _many(8), now_ms=NOW + 10 * 60 * MINUTE_MS))) == 8
    assert len(_granted(_tick(RESERVED % ("false", "cpu_cores: 6"), _many(8)))) == 8
    assert not _granted(_tick(RESERVED % ("true", "cpu_cores: all"), _many(8)))


def test_a_reservation_lasts() -> None:
    policy = (
        "reservations: {schedules: [{name: night, cron: 0 0 * * *, duration_hours: %s, "
        "resources: {priority_queue: training, cpu_cores: all}}]}"
    )
    assert len(_granted(_tick(policy % 9, _many(8)))) == 8
    assert not _granted(_tick(policy % 9.5, _many(8)))


def test_gpus_are_kept_at_their_times() -> None:
    policy = RESERVED % ("true", "gpus: 2")
    units = _many(3, gpus=1, priority=Priority.TRAINING)
    found = _tick(policy, units, gpus=_gpus(3))
    assert len(_granted(found)) == 1
    assert "office hours" in found.waits[0].text
    assert not _granted(_tick(RESERVED % ("true", "gpus: all"), units, gpus=_gpus(3)))
    assert len(_granted(_tick("", units, gpus=_gpus(3)))) == 3


def test_a_queue_may_be_alone_on_its_gpus_meanwhile() -> None:
    units = _many(3, gpus=1, priority=Priority.INTERACTIVE)
    assert len(_granted(_tick(RESERVED % ("true", "gpus: 1"), units, gpus=_gpus(1)))) == 3
    alone = RESERVED % ("true", "gpus: 1, exclusive: true")
    assert len(_granted(_tick(alone, units, gpus=_gpus(1)))) == 1


@pytest.mark.parametrize("queue", list(Priority))
def test_each_queue_has_the_strategy_that_is_chosen(queue: Priority) -> None:
    """interactive, batch, training, low_priority: shared or alone on one GPU."""
    units = _many(2, gpus=1, priority=queue)
    for strategy, share, granted in (
        ("round_robin", "non_preemptive", 2),
        ("exclusive", "exclusive", 1),
        ("spot_only", "spot_only", 0),
    ):
        policy = (
            f"gpu_allocation: {{strategy_selection: {{{queue}: {strategy}}}}}\n"
            f"priority_queues: {{{queue}: {{gpu_share_policy: {share}, priority: 40}}}}"
        )
        assert len(_granted(_tick(policy, units, gpus=_gpus(1)))) == granted


def test_the_strategy_of_a_queue_is_chosen() -> None:
    units = _many(2, gpus=1)
    packed = [grant.gpus for grant in _tick("", units, gpus=_gpus(2)).grants]
    assert packed == [("g0",), ("g0",)]
    spread = "gpu_allocation: {strategy_selection: {batch: round_robin}}"
    assert [grant.gpus for grant in _tick(spread, units, gpus=_gpus(2)).grants] == [
        ("g0",),
        ("g1",),
    ]
    tight = "gpu_memory: {dynamic: {max_fraction: 0.02}}"
    assert [grant.gpus for grant in _tick(tight, units, gpus=_gpus(2)).grants] == [
        ("g0",),
        ("g1",),
    ]


def test_without_gpus_everything_else_runs() -> None:
    found = _tick("", [_ready("cpu"), _ready("gpu", gpus=1)])
    assert _granted(found) == ["cpu"]
    assert _waits(found) == {WaitReason.GPU: 1}
    assert found.waits[0].text == "1 GPUs are wanted, 0 are there"


# At the desk.


def _desk(policy: str, tariff: Tariff | None = None) -> tuple[Desk, MemoryState, ManualClock]:
    state, clock, rng = MemoryState(), ManualClock(NOW), random.Random(1)
    limits = Limits(policy=_policy(policy), tariff=tariff or Tariff())
    return Desk(state, DictObjects(rng, Odds()), clock, rng, limits), state, clock


FILES = {"a.py": b"def f() -> int:\n    return 1\n"}


def test_a_job_has_a_size_and_the_queue_of_it() -> None:
    desk, _, _ = _desk("job_size_thresholds: {tiny: {priority_queue: interactive}}")
    small = desk.submit(ANN, FILES).job
    large = desk.submit(ANN, {"a.py": b"\n" * 500}).job
    assert (small.size, small.priority) == ("tiny", Priority.INTERACTIVE)
    assert (large.size, large.priority) == ("small", Priority.BATCH)
    assert desk.submit(ANN, FILES, priority=LOW).job.priority is LOW
    said = desk.events(ANN, small.id)[0].detail
    assert (said["size"], said["reason"]) == ("tiny", "3 lines, 1 functions")


def test_functions_make_a_job_larger() -> None:
    desk, _, _ = _desk("job_size_thresholds: {tiny: {max_functions: 1}}")
    assert desk.submit(ANN, FILES).job.size == "tiny"
    two = {"a.py": b"def f(): ...\ndef g(): ...\n"}
    found = desk.submit(ANN, two).job
    assert found.size == "small"
    said = desk.events(ANN, found.id)[0].detail["reason"]
    assert said == "2 functions are more than 1 (tiny)"


def test_what_no_size_is_for_is_refused() -> None:
    desk, _, _ = _desk(
        "job_size_thresholds: {tiny: {max_loc: 1}, small: {max_loc: 2}, "
        "medium: {max_loc: 3}, large: {max_loc: 4}, xlarge: {max_loc: 5}}"
    )
    with pytest.raises(Refusal, match="6 lines are more than 5"):
        desk.submit(ANN, {"a.py": b"\n" * 5})


def test_a_full_queue_refuses_and_says_when_to_come_again() -> None:
    desk, _, clock = _desk("priority_queues: {batch: {max_queue_size: 3}}")
    jobs = [desk.submit(ANN, FILES).job for _ in range(3)]
    with pytest.raises(QueueFull, match="the queue batch has 3 jobs") as caught:
        desk.submit(BOB, FILES)
    assert caught.value.retry_s == 5
    desk.submit(BOB, FILES, priority=Priority.INTERACTIVE)
    clock.advance(20_000)
    desk.cancel(ANN, jobs[0].id)
    desk.submit(BOB, FILES)
    with pytest.raises(QueueFull) as caught:
        desk.submit(BOB, FILES)
    # One of them has ended in twenty seconds.
    assert caught.value.retry_s == 20


def test_a_full_tier_refuses() -> None:
    desk, _, _ = _desk(TIER % "max_queue_size: 2")
    for _ in range(2):
        desk.submit(ANN, FILES)
    with pytest.raises(QueueFull, match="the tenant ann has 2 jobs"):
        desk.submit(ANN, FILES)
    for _ in range(5):
        desk.submit(BOB, FILES)


def test_a_key_that_brought_a_job_is_answered_by_a_full_queue_too() -> None:
    desk, _, _ = _desk("priority_queues: {batch: {max_queue_size: 1}}")
    first = desk.submit(ANN, FILES, idempotency_key="k")
    again = desk.submit(ANN, FILES, idempotency_key="k")
    assert (again.job.id, again.fresh) == (first.job.id, False)


def test_a_tier_has_a_daily_budget() -> None:
    text = TIER % "max_cost_per_day: 0.0001"
    desk, state, _ = _desk(text, Tariff(rate_microusd_h=MICRO, price="test"))
    with pytest.raises(BudgetSpent):
        desk.submit(ANN, FILES)
    desk.submit(BOB, FILES)
    found = budgets_of(state, _policy(text), (ANN, BOB))
    assert {tenant: budget.limits for tenant, budget in found.items()} == {ANN: {Window.DAY: 100}}
    # What it was given counts more.
    state.put_budget(Budget(tenant_id=ANN, limits={Window.DAY: 9 * MICRO}))
    desk.submit(ANN, FILES)


# Whatever the policy and the moment: what is bounded is never more than it may be.

QUEUE = st.sampled_from(list(Priority))
BOUND = st.integers(1, 4)


@st.composite
def _policies(draw: st.DrawFn) -> str:
    return (
        f"job_size_thresholds: {{tiny: {{cpu_cores: {draw(BOUND)}}}}}\n"
        f"priority_queues: {{batch: {{max_concurrent_jobs: {draw(BOUND)}}}}}\n"
        f"multi_tenant: {{quotas: {{default: {{max_cpu_cores: {draw(BOUND)}, "
        f"max_concurrent_jobs: {draw(BOUND)}, max_gpus: {draw(BOUND)}}}}}}}\n"
        f"reservations: {{schedules: [{{name: n, cron: '* * * * *', resources: "
        f"{{priority_queue: interactive, cpu_cores: {draw(BOUND)}, gpus: {draw(BOUND)}}}}}]}}\n"
    )


@st.composite
def _ready_units(draw: st.DrawFn) -> list[ReadyUnit]:
    units = []
    for job in range(draw(st.integers(0, 6))):
        priority, tenant = draw(QUEUE), draw(st.sampled_from((ANN, BOB)))
        size = draw(st.sampled_from(("tiny", "small")))
        waited_ms = draw(st.sampled_from((0, 400, 70_000, 10**7)))
        units += [
            _ready(
                f"{job}.{n}",
                f"j{job}",
                tenant,
                priority,
                waited_ms,
                size,
                gpus=draw(st.sampled_from((0, 0, 1, 2))),
            )
            for n in range(draw(st.integers(1, 5)))
        ]
    return units


@settings(max_examples=300, deadline=None)
@given(_policies(), _ready_units(), st.integers(0, 6), st.integers(0, 4))
def test_what_is_bounded_is_never_more(
    text: str, ready: list[ReadyUnit], slots: int, gpus: int
) -> None:
    """From nothing held. Each unit is granted or waits with a reason, once; the same moment
    brings the same decisions; and what can go on does: with a free machine somebody runs."""
    policy, devices = _policy(text), _gpus(gpus, spot=True)
    found = _tick(text, ready, slots=slots, gpus=devices)
    assert found == _tick(text, list(reversed(ready)), slots=slots, gpus=devices)
    granted = _granted(found)
    assert len(granted) == len(set(granted))
    assert len(granted) + sum(wait.units for wait in found.waits) == len(ready)
    assert all(wait.text for wait in found.waits)
    units = {unit.id: unit for unit in ready}
    workers = [units[grant.units[0]] for grant in found.grants]
    quota = policy.multi_tenant.quota(ANN)
    cores = quota.max_cpu_cores or 0
    for tenant in (ANN, BOB):
        mine = [unit for unit in workers if unit.tenant_id == tenant]
        if cores < slots:
            assert len(mine) <= cores
        assert len({unit.job_id for unit in mine}) <= (quota.max_concurrent_jobs or 0)
        assert sum(unit.gpus for unit in mine) <= (quota.max_gpus or 0)
    size = policy.job_size_thresholds.tiny.cpu_cores or 0
    of_job = Counter(unit.job_id for unit in workers if unit.size == "tiny")
    assert size >= slots or all(count <= size for count in of_job.values())
    batch = {unit.job_id for unit in workers if unit.priority is Priority.BATCH}
    assert len(batch) <= (policy.priority_queues.batch.max_concurrent_jobs or 0)
    kept = policy.reservations.schedules[0].resources
    foreign = [unit for unit in workers if unit.priority is not Priority.INTERACTIVE]
    assert len(foreign) <= max(0, slots - int(kept.cpu_cores))
    touched = {
        gpu
        for grant in found.grants
        for gpu in grant.gpus
        if units[grant.units[0]].priority is not Priority.INTERACTIVE
    }
    assert len(touched) <= max(0, gpus - int(kept.gpus))
    for grant in found.grants:
        assert len(grant.gpus) == units[grant.units[0]].gpus
    if slots > int(kept.cpu_cores) and any(not unit.gpus for unit in ready):
        assert granted
