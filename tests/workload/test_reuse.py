"""What was translated before is not translated again: by whom it is found, and what is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from portalis.core.digest import Json
from portalis.core.ids import TenantId
from portalis.workload.assembly import Plane, PlaneSettings, open_plane
from portalis.workload.control import keys
from portalis.workload.control.reuse import Reuse
from portalis.workload.model.job import Job
from portalis.workload.model.transitions import JobState

ANN, BOB = TenantId("ann"), TenantId("bob")
Options = Mapping[str, Json]
QUICK: Options = {"verify": "none"}
SHARED: Options = {"verify": "none", "share_cache": True}
FILES = {"a.py": b"print(1)\n", "b.py": b"print(2)\n"}


@pytest.fixture
def plane(tmp_path: Path) -> Iterator[Plane]:
    with open_plane(PlaneSettings(home=tmp_path, slots=1)) as found:
        yield found


def done(plane: Plane, tenant_id: TenantId, options: Options) -> Job:
    job = plane.desk.submit(tenant_id, FILES, options=options).job
    ended = plane.wait(tenant_id, job.id, 60)
    assert ended.state is JobState.DONE
    return ended


def translated(plane: Plane, job: Job) -> int:
    """How many units were run for it, besides the plan."""
    return len(plane.desk.charges(job.tenant_id, job.id)) - 1


def test_a_tenant_finds_its_own(plane: Plane) -> None:
    counts = plane.controller.reuse.counts
    assert translated(plane, done(plane, ANN, QUICK)) == 2
    assert (counts.hits, counts.misses, counts.saved_ms) == (0, 2, 0)
    again = done(plane, ANN, QUICK)
    assert translated(plane, again) == 0
    assert (counts.hits, counts.misses) == (2, 2)
    saved = [
        event.detail["saved_ms"]
        for event in plane.desk.events(ANN, again.id)
        if event.event == "cache_hit"
    ]
    assert len(saved) == 2
    assert sum(map(int, map(str, saved))) == counts.saved_ms > 0


@pytest.mark.parametrize(("first", "second"), [(QUICK, QUICK), (SHARED, QUICK), (QUICK, SHARED)])
def test_nobody_finds_anothers_unless_both_share(
    plane: Plane, first: Options, second: Options
) -> None:
    done(plane, ANN, first)
    assert translated(plane, done(plane, BOB, second)) == 2


def test_who_shares_gets_a_copy_of_its_own(plane: Plane) -> None:
    one, two = done(plane, ANN, SHARED), done(plane, BOB, SHARED)
    assert translated(plane, two) == 0
    results = [plane.desk.results(job.tenant_id, job.id) for job in (one, two)]
    for tenant_id, units in zip((ANN, BOB), results, strict=True):
        assert all(keys.is_of(tenant_id, unit.result) for unit in units)
    contents = [
        [plane.desk.result(job.tenant_id, unit.id) for unit in units]
        for job, units in zip((one, two), results, strict=True)
    ]
    assert contents[0] == contents[1]
    # Ann's own results are found by what Ann does not share, too.
    assert translated(plane, done(plane, ANN, QUICK)) == 0


def test_two_jobs_at_once_translate_once(plane: Plane) -> None:
    jobs = [plane.desk.submit(ANN, FILES, options=QUICK).job for _ in range(3)]
    ended = [plane.wait(ANN, job.id, 60) for job in jobs]
    assert {job.state for job in ended} == {JobState.DONE}
    assert sum(translated(plane, job) for job in ended) == 2


def test_what_is_no_entry_or_gone_is_a_miss(plane: Plane) -> None:
    job = done(plane, ANN, QUICK)
    (unit, _) = plane.desk.results(ANN, job.id)
    reuse = Reuse(plane.cache, plane.objects, 60_000)
    found = reuse.find(ANN, {}, unit)
    assert found is not None
    assert (found.result, found.summary) == (unit.result, unit.summary)
    plane.objects.delete([unit.result])
    assert reuse.find(ANN, {}, unit) is None
    for entry in (b"", b"[]", b'{"result": 1}', b'{"result": "x", "summary": {}, "busy_ms": "a"}'):
        plane.cache.put(keys.cache(ANN, unit.cache_key), entry, 60_000)
        assert reuse.find(ANN, {}, unit) is None
