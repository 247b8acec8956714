"""A whole plane on real servers: state in PostgreSQL, cache in Redis."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.core.ids import TenantId
from portalis.workload.assembly import PlaneSettings, open_plane
from portalis.workload.control.storekeeping import collect, stats
from portalis.workload.model.transitions import JobState

ANN = TenantId("ann")
FILES = {"a.py": b"print(1)\n", "b.py": b"print(2)\n"}


def test_a_job_on_postgresql_and_redis(tmp_path: Path, postgres: str, redis: str) -> None:
    settings = PlaneSettings(home=tmp_path, database_url=postgres, cache_url=redis, slots=1)
    options = {"verify": "none"}
    with open_plane(settings) as plane:
        first = plane.desk.submit(ANN, FILES, options=options).job
        assert plane.wait(ANN, first.id, 60).state is JobState.DONE
        second = plane.desk.submit(ANN, FILES, options=options).job
        assert plane.wait(ANN, second.id, 60).state is JobState.DONE
        # The plan is made anew, what it plans is known.
        assert len(plane.desk.charges(ANN, first.id)) == 3
        assert len(plane.desk.charges(ANN, second.id)) == 1
        results = [plane.desk.results(ANN, each.id) for each in (first, second)]
        assert [unit.result for unit in results[0]] == [unit.result for unit in results[1]]


def test_a_job_on_s3(tmp_path: Path, s3: str) -> None:
    settings = PlaneSettings(home=tmp_path, objects_url=f"{s3}/plane", slots=1)
    with open_plane(settings) as plane:
        job = plane.desk.submit(ANN, FILES, options={"verify": "none"}).job
        assert plane.wait(ANN, job.id, 60).state is JobState.DONE
        results = plane.desk.results(ANN, job.id)
        assert all(plane.desk.result(ANN, unit.id) for unit in results)
        assert {info.key.split("/")[2] for info in plane.objects.list()} == {"sources", "results"}
        found = stats(plane.objects, plane.state)
        assert found.tenants.keys() == {ANN}
        # All of it is named; whatever its age, nothing goes.
        later_ms = plane.clock.now_ms() + 10**9
        assert collect(plane.objects, plane.state, later_ms).put_aside.objects == 0
    assert not (tmp_path / "objects").exists()


def test_a_url_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no URL of a database"):
        open_plane(PlaneSettings(home=tmp_path, database_url="what is this"))
