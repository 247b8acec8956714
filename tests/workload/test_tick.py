"""The scheduler: by invariants on random snapshots, and by what its rules say on small ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.resource.policy import OPEN, TOP
from portalis.workload.control.classes import BOOST_EVERY_MS, rank
from portalis.workload.control.limits import Limits
from portalis.workload.control.tick import tick
from portalis.workload.model.job import Priority
from portalis.workload.model.snapshot import (
    Decisions,
    HeldUnit,
    ReadyUnit,
    Snapshot,
    WaitReason,
    World,
)
from portalis.workload.model.transitions import UnitState

NOW = 10_000_000
# Batches of one length; `CALM` lets them grow.
LIMITS = Limits(calm_batch_ms=0)
CALM = Limits()


def _ready(
    name: str,
    job: str = "j",
    tenant: str = "ann",
    priority: Priority = Priority.BATCH,
    predicted_ms: int = 1000,
    waited_ms: int = 0,
    job_ms: int = 0,
    cache_key: str = "",
) -> ReadyUnit:
    return ReadyUnit(
        id=UnitId(name),
        job_id=JobId(job),
        tenant_id=TenantId(tenant),
        priority=priority,
        job_ms=job_ms,
        ready_ms=NOW - waited_ms,
        predicted_ms=predicted_ms,
        cache_key=cache_key,
    )


def _held(
    name: str,
    priority: Priority = Priority.BATCH,
    running_for_ms: int | None = 100,
    tenant: str = "ann",
    state: UnitState = UnitState.LEASED,
    cache_key: str = "",
    batch: str = "",
) -> HeldUnit:
    return HeldUnit(
        id=UnitId(name),
        attempt_id=AttemptId(f"{name}.a"),
        job_id=JobId(f"job of {name}"),
        tenant_id=TenantId(tenant),
        priority=priority,
        state=state,
        leased_ms=NOW - 5_000,
        predicted_ms=1000,
        running_ms=None if running_for_ms is None else NOW - running_for_ms,
        cache_key=cache_key,
        batch=batch,
    )


def _tick(
    ready: list[ReadyUnit],
    held: list[HeldUnit] | None = None,
    slots: int = 1,
    usage: dict[str, float] | None = None,
    limits: Limits = LIMITS,
) -> Decisions:
    world = World(ready=tuple(ready), held=tuple(held or ()))
    used = {TenantId(tenant): ms for tenant, ms in (usage or {}).items()}
    return tick(Snapshot(now_ms=NOW, slots=slots, world=world, usage_ms=used), limits)


def _granted(decisions: Decisions) -> list[str]:
    return [unit for grant in decisions.grants for unit in grant.units]


def test_the_window_is_bounded() -> None:
    found = _tick([_ready(f"u{n}", job=f"j{n}") for n in range(50)], slots=3)
    assert len(_granted(found)) == 3 * LIMITS.window
    assert sum(wait.units for wait in found.waits) == 44
    assert {wait.reason for wait in found.waits} == {WaitReason.CAPACITY}


def test_small_units_go_together_and_fill_no_more_than_a_batch() -> None:
    found = _tick([_ready(f"u{n:02}", predicted_ms=20) for n in range(30)])
    assert [len(grant.units) for grant in found.grants] == [10, 10]


def test_a_batch_is_smaller_where_a_slot_would_idle() -> None:
    few = [_ready(f"u{n}", predicted_ms=20) for n in range(6)]
    assert [len(grant.units) for grant in _tick(few, slots=2).grants] == [3, 3]
    # To verify a batch takes a time of its own.
    assert [len(grant.units) for grant in _tick(few, slots=6).grants] == [2, 2, 2]


def test_the_longest_unit_of_a_job_goes_first() -> None:
    units = [_ready(f"u{n}", predicted_ms=n * 100) for n in (2, 5, 3)]
    assert _granted(_tick(units)) == ["u5", "u3"]


def test_interactive_goes_before_the_oldest_batch() -> None:
    old = _ready("old", job="a", waited_ms=10**9)
    new = _ready("new", job="b", priority=Priority.INTERACTIVE)
    assert _granted(_tick([old, new]))[0] == "new"


def test_no_age_overtakes_interactive() -> None:
    for priority in Priority:
        top = rank(OPEN.queue(priority), 10**12)
        assert (top > TOP) == (priority is Priority.INTERACTIVE)


def test_who_waits_long_enough_overtakes_the_next_class() -> None:
    old = _ready("old", job="a", priority=Priority.LOW_PRIORITY, waited_ms=6 * BOOST_EVERY_MS)
    new = _ready("new", job="b", priority=Priority.BATCH)
    assert _granted(_tick([old, new], slots=1, limits=Limits(window=1))) == ["old"]


def test_the_tenant_that_used_less_goes_first() -> None:
    units = [_ready("a", job="a", tenant="ann", job_ms=1), _ready("b", job="b", tenant="bob")]
    found = _tick(units, usage={"ann": 5.0, "bob": 500.0}, limits=Limits(window=1))
    assert _granted(found) == ["a"]


def test_what_is_granted_counts_at_once() -> None:
    """One tenant's many jobs do not push out another's one, however they arrive."""
    units = [_ready(f"a{n}", job=f"a{n}", tenant="ann", job_ms=n) for n in range(20)]
    units.append(_ready("b", job="b", tenant="bob", job_ms=100))
    assert "b" in _granted(_tick(units))


def test_a_tenant_has_its_quota() -> None:
    units = [_ready(f"u{n}", job=f"j{n}") for n in range(5)]
    found = _tick(units, slots=8, limits=Limits(tenant_units=2))
    assert len(_granted(found)) == 2
    assert {wait.reason for wait in found.waits} == {WaitReason.QUOTA}


def test_the_same_translation_is_made_once() -> None:
    units = [_ready("u1", job="a", cache_key="k"), _ready("u2", job="b", cache_key="k")]
    found = _tick(units, slots=4)
    assert _granted(found) == ["u1"]
    assert [wait.reason for wait in found.waits] == [WaitReason.SAME_IN_FLIGHT]
    found = _tick(units, held=[_held("h", cache_key="k")], slots=4)
    assert _granted(found) == []
    other = [_ready("u3", tenant="bob", cache_key="k")]
    assert _granted(_tick(other, held=[_held("h", cache_key="k")], slots=4)) == ["u3"]


def test_without_an_executor_nothing_is_granted() -> None:
    found = _tick([_ready("u")], slots=0)
    assert not found.grants
    assert found.waits[0].reason is WaitReason.NO_EXECUTOR


def _urgent(waited_ms: int) -> ReadyUnit:
    return _ready("urgent", job="u", priority=Priority.INTERACTIVE, waited_ms=waited_ms)


def test_an_urgent_unit_finds_room_in_a_full_window() -> None:
    held = [_held(f"h{n}") for n in range(2)]
    assert _granted(_tick([_urgent(0)], held=held)) == ["urgent"]


def test_after_the_grace_the_least_work_is_lost() -> None:
    held = [
        _held("long", Priority.LOW_PRIORITY, 9_000),
        _held("short", Priority.LOW_PRIORITY, 200),
        _held("batch", Priority.BATCH, 10),
        _held("urgent", Priority.INTERACTIVE, None),
    ]
    found = _tick([], held=held, slots=3)
    assert [preempt.unit_id for preempt in found.preempts] == ["short"]
    assert not _tick([_urgent(100)], held=held[:3], slots=3).preempts


def test_a_victim_that_is_leaving_is_enough() -> None:
    held = [
        _held("going", Priority.LOW_PRIORITY, 100, state=UnitState.YIELDING),
        _held("other", Priority.LOW_PRIORITY, 100),
        _held("urgent", Priority.INTERACTIVE, None),
    ]
    assert not _tick([], held=held, slots=2).preempts


def test_nobody_is_killed_where_a_slot_is_free() -> None:
    held = [_held("a", Priority.LOW_PRIORITY), _held("urgent", Priority.INTERACTIVE, None)]
    assert not _tick([], held=held, slots=2).preempts


_candidates = st.builds(
    _held,
    name=st.uuids().map(str),
    priority=st.sampled_from(list(Priority)),
    running_for_ms=st.sampled_from([None, 0, 10, 200, 200, 9_000]),
    state=st.sampled_from([UnitState.LEASED, UnitState.LEASED, UnitState.YIELDING]),
)


def _waits_urgently(unit: HeldUnit) -> bool:
    return unit.priority is Priority.INTERACTIVE and unit.running_ms is None


@settings(max_examples=300, deadline=None)
@given(
    st.lists(_candidates, max_size=6, unique_by=lambda unit: unit.id),
    st.integers(0, 3),
    st.integers(1, 7),
)
def test_victims_by_brute_force(held: list[HeldUnit], urgent: int, slots: int) -> None:
    """Of all sets of units that may be stopped and that make room for those that have waited for
    too long: none is smaller where all find room, none of that size loses less work."""
    waiting = [_held(f"urgent{n}", Priority.INTERACTIVE, None) for n in range(urgent)]
    late = [unit for unit in (*held, *waiting) if _waits_urgently(unit)]
    found = {each.unit_id for each in _tick([], [*held, *waiting], slots=slots).preempts}

    def lost_ms(units: Iterable[HeldUnit]) -> int:
        return sum(NOW - (unit.running_ms or 0) for unit in units)

    may = [
        unit
        for unit in held
        if unit.priority is Priority.LOW_PRIORITY
        and unit.state is UnitState.LEASED
        and unit.running_ms is not None
        and NOW - unit.running_ms >= LIMITS.exempt_ms
    ]
    running = sum(unit.running_ms is not None for unit in held)
    leaving = sum(unit.state is UnitState.YIELDING for unit in held)

    def is_enough(stopped: Sequence[HeldUnit]) -> bool:
        return max(0, slots - running) + leaving + len(stopped) >= len(late)

    sets = [set_ for size in range(len(may) + 1) for set_ in combinations(may, size)]
    enough = [each for each in sets if is_enough(each)] or [tuple(may)]
    size = min(map(len, enough))
    least = min(lost_ms(each) for each in enough if len(each) == size)
    assert found <= {unit.id for unit in may}
    assert (len(found), lost_ms(u for u in may if u.id in found)) == (size, least)


units = st.builds(
    _ready,
    name=st.uuids().map(str),
    job=st.sampled_from(["j1", "j2", "j3", "j4"]),
    tenant=st.just("ann"),
    priority=st.sampled_from(list(Priority)),
    predicted_ms=st.integers(0, 500),
    waited_ms=st.integers(0, 10**7),
    cache_key=st.sampled_from(["", "", "k1", "k2"]),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(units, max_size=40, unique_by=lambda unit: unit.id), st.integers(0, 6))
def test_on_any_snapshot(ready: list[ReadyUnit], slots: int) -> None:
    held = [_held(f"h{n}") for n in range(slots)]
    found = _tick(ready, held=held, slots=slots)
    granted = Counter(_granted(found))
    assert set(granted.values()) <= {1}
    assert granted.keys() <= {unit.id for unit in ready}
    assert len(granted) + sum(wait.units for wait in found.waits) == len(ready)
    worth = sum(
        min(1.0, max(unit.predicted_ms, 1) / LIMITS.batch_ms)
        for unit in ready
        if unit.id in granted
    )
    # The window, room for one urgent unit a slot, and the batch that fills the last place.
    assert worth <= slots * LIMITS.window + slots - len(held) + 1
    keys = Counter(unit.cache_key for unit in ready if unit.id in granted and unit.cache_key)
    assert set(keys.values()) <= {1}
    assert _tick(ready[::-1], held=held, slots=slots) == found


def _small(count: int) -> list[ReadyUnit]:
    return [_ready(f"u{n:04}", predicted_ms=20) for n in range(count)]


def _sizes(found: Decisions) -> list[int]:
    return [len(grant.units) for grant in found.grants]


def test_batches_are_long_while_nothing_urgent_is_there() -> None:
    """Two slots, twice as many batches; of 2,000 units each is worth 1,500 ms."""
    assert _sizes(_tick(_small(2000), slots=2, limits=CALM)) == [75] * 4
    held = [_held("h", priority=Priority.INTERACTIVE)]
    assert set(_sizes(_tick(_small(2000), held=held, slots=2, limits=CALM))) == {10}
    urgent = _ready("i", job="k", priority=Priority.INTERACTIVE)
    assert set(_sizes(_tick([*_small(2000), urgent], slots=2, limits=CALM))) == {1, 10}


def test_batches_get_shorter_towards_the_end() -> None:
    """4,000 ms for each slot: four batches of it."""
    assert _sizes(_tick(_small(400), slots=2, limits=CALM))[0] == 50
    assert _sizes(_tick(_small(40), slots=2, limits=CALM))[0] == 10
    assert _sizes(_tick(_small(8), slots=2, limits=CALM)) == [4, 4]


def test_a_long_batch_that_is_held_has_one_place() -> None:
    held = [_held(f"h{n}", batch="one") for n in range(20)]
    # One of four places is taken, whether batches are long now or short again.
    assert len(_tick(_small(2000), held=held, slots=2, limits=CALM).grants) == 3
    held = [_held("h", priority=Priority.INTERACTIVE, batch="two"), *held]
    assert len(_tick(_small(2000), held=held, slots=2, limits=CALM).grants) == 2
