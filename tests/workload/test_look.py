"""A tick that sees a few jobs of each tenant and class decides as one that sees them all."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from portalis.core.ids import JobId, TenantId, UnitId
from portalis.workload.control.limits import Limits
from portalis.workload.control.look import Look, decided
from portalis.workload.control.tick import tick
from portalis.workload.model.job import Priority
from portalis.workload.model.snapshot import Decisions, Group, ReadyUnit, Snapshot, World

NOW_MS = 10_000_000
LIMITS = Limits(calm_batch_ms=0)
EVERYTHING = 10**6


class Rows:
    """A store that counts what it shows."""

    def __init__(self, units: Sequence[ReadyUnit]) -> None:
        self.of: dict[Group, dict[JobId, list[ReadyUnit]]] = defaultdict(dict)
        for unit in units:
            self.of[unit.tenant_id, unit.priority].setdefault(unit.job_id, []).append(unit)
        self.shown = 0

    def world(self, window: int, jobs: int) -> World:
        return World(ready=tuple(self.ready(window, jobs, self.of.keys())))

    def ready(self, window: int, jobs: int, groups: Collection[Group]) -> Sequence[ReadyUnit]:
        found = [
            unit
            for group in groups
            for job_id in heapq.nsmallest(jobs, self.of[group])
            for unit in self.of[group][job_id][:window]
        ]
        self.shown += len(found)
        return found


def _units(number: int, tenant: int, priority: Priority, lengths: Sequence[int]) -> list[ReadyUnit]:
    return [
        ReadyUnit(
            id=UnitId(f"j{number:05}.{place}"),
            job_id=JobId(f"j{number:05}"),
            tenant_id=TenantId(f"t{tenant}"),
            priority=priority,
            job_ms=number,
            ready_ms=number,
            predicted_ms=length,
        )
        for place, length in enumerate(lengths)
    ]


def _decide(rows: Rows, slots: int, usage: dict[TenantId, float], jobs: int) -> Decisions:
    def once(look: Look) -> Decisions:
        seen = Snapshot(now_ms=NOW_MS, slots=slots, world=look.world, usage_ms=usage, cut=look.cut)
        return tick(seen, LIMITS)

    return decided(Look(rows, EVERYTHING, jobs), once, most=EVERYTHING)


jobs_of_anyone = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(list(Priority)),
        st.lists(st.sampled_from([1, 30, 200, 1000]), min_size=1, max_size=4),
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(jobs_of_anyone, st.integers(0, 6), st.lists(st.integers(0, 5000), min_size=4, max_size=4))
def test_what_is_granted_does_not_depend_on_how_far_is_looked(
    asked: list[tuple[int, Priority, list[int]]], slots: int, used: list[int]
) -> None:
    units = [unit for number, each in enumerate(asked) for unit in _units(number, *each)]
    usage = {TenantId(f"t{number}"): float(ms) for number, ms in enumerate(used)}
    near = _decide(Rows(units), slots, usage, jobs=1)
    far = _decide(Rows(units), slots, usage, jobs=EVERYTHING)
    most = LIMITS.batch_ms
    # Where the whole is seen a batch may be smaller, so that no slot idles.
    if sum(min(most, unit.predicted_ms) for unit in units) >= most * slots:
        assert near.grants == far.grants
    assert {unit for grant in near.grants for unit in grant.units} == {
        unit for grant in far.grants for unit in grant.units
    }


def test_a_full_window_is_found_full_by_a_few_jobs_of_each_tenant() -> None:
    units = [unit for n in range(4000) for unit in _units(n, n % 10, Priority.BATCH, [1000])]
    rows = Rows(units)
    found = _decide(rows, 4, {}, jobs=4)
    assert len(found.grants) == 4 * LIMITS.window
    assert rows.shown == 10 * 4


def test_of_a_tenant_that_has_room_for_more_more_is_seen() -> None:
    """The other one used more, so it comes after all of this one's."""
    units = [unit for n in range(4000) for unit in _units(n, n % 2, Priority.BATCH, [1000])]
    rows = Rows(units)
    found = _decide(rows, 20, {TenantId("t1"): 1e9}, jobs=4)
    assert {unit[:6] for grant in found.grants for unit in grant.units} == {
        f"j{2 * n:05}" for n in range(40)
    }
    assert rows.shown <= 2 * (4 + 32 + 256)
