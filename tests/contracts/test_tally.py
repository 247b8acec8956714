"""The `Tally` port: what a plane did, in numbers, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa

from portalis.core.ids import TenantId
from portalis.storage import tally_sql
from portalis.storage.state_sql import driven
from portalis.storage.tally_sql import SqlTally
from portalis.translate.artifacts import Verdict
from portalis.workload.assembly import PlaneSettings, open_plane
from portalis.workload.executors import work
from portalis.workload.model.job import Priority
from portalis.workload.model.tally import Count, Counted
from portalis.workload.model.transitions import JobState, UnitState

ANN, BOB = TenantId("ann"), TenantId("bob")
FILES = {"a.py": b"def f(n: int) -> int:\n    return n\n", "b.py": b"print(2)\n"}
EVER_MS = 1 << 60


def of(counts: Counter[Count], what: Counted) -> dict[tuple[str, ...], int]:
    return {labels: count for (each, labels), count in counts.items() if each is what and count}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_what_a_plane_did(tmp_path: Path, database: str, request: pytest.FixtureRequest) -> None:
    url = f"sqlite:///{tmp_path}/state.db"
    if database == "postgresql":
        url = request.getfixturevalue("postgres")
    engine = sa.create_engine(driven(url))
    tally = SqlTally(engine)
    settings = PlaneSettings(home=tmp_path, database_url=url, slots=1)
    options = {"verify": "none"}
    try:
        with open_plane(settings) as plane:
            for _ in range(2):
                job = plane.desk.submit(ANN, FILES, options=options).job
                assert plane.wait(ANN, job.id, 60).state is JobState.DONE
            broken = plane.desk.submit(BOB, {"c.py": b"def (:\n"}, options={"what": 1}).job
            assert plane.wait(BOB, broken.id, 60).state is JobState.FAILED
            past = tally.past(0, EVER_MS)
            charges = [
                each
                for tenant, id_ in ((ANN, job.id), (BOB, broken.id))
                for each in plane.desk.charges(tenant, id_)
            ]
            present = tally.present()
            now_ms = plane.clock.now_ms()
            waiting = SqlTally(engine)
            halves = [tally.past(0, broken.created_ms), tally.past(broken.created_ms, EVER_MS)]
        counts = Counter(past.counts)
        assert of(counts, Counted.SUBMITTED) == {("ann", "batch"): 2, ("bob", "batch"): 1}
        assert of(counts, Counted.ENDED) == {
            ("ann", "batch", "done"): 2,
            ("bob", "batch", "failed"): 1,
        }
        assert of(counts, Counted.CACHE_HIT) == {("ann",): 2}
        assert of(counts, Counted.CACHE_MISS) == {("ann",): 2}
        assert of(counts, Counted.ATTEMPT) == {("succeeded",): 4, ("refused",): 1}
        assert of(counts, Counted.UNIT) == {("run",): 2, ("cache",): 2}
        assert of(counts, Counted.LINE) == {("run",): 5, ("cache",): 5}
        assert sum(of(counts, Counted.VERDICT).values()) > 0
        assert of(counts, Counted.STAGE_MS)[("translate",)] > 0
        assert sum(of(counts, Counted.COST_MICROUSD).values()) >= sum(
            charge.cost_microusd for charge in charges
        )
        assert {tenant for tenant, _, _ in of(counts, Counted.SLOT_MS)} <= {"ann", "bob"}
        assert [span.priority for span in past.latencies] == [Priority.BATCH] * 2
        assert len(past.waits) == 3
        # A span of time is the sum of its parts.
        assert sum((Counter(each.counts) for each in halves), Counter()) == +counts
        assert sum(each.rows for each in halves) == past.rows == waiting.rows(EVER_MS)
        assert waiting.rows(0) == 0
        assert (present.jobs, present.orders, present.running) == ({}, 0, 0)
        assert present.leads_until_ms > now_ms - 1_000
    finally:
        engine.dispose()


def test_what_there_is_now(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/state.db"
    plane = open_plane(PlaneSettings(home=tmp_path, slots=1))
    engine = sa.create_engine(url)
    try:
        plane.desk.submit(ANN, FILES)
        present = SqlTally(engine).present()
        assert present.jobs == {(Priority.BATCH, JobState.QUEUED): 1}
        assert present.units == {UnitState.READY: 1}
        assert list(present.ready_ms) == [Priority.BATCH]
        assert present.leads_until_ms == 0
    finally:
        plane.close()
        engine.dispose()


def test_old_facts_are_found_by_their_instant(tmp_path: Path) -> None:
    """The index is made, also in a database that was there before, and used."""
    engine = sa.create_engine(f"sqlite:///{tmp_path}/state.db")
    SqlTally(engine)
    with engine.connect() as connection:
        for asked in tally_sql._ROWS:
            text = str(asked.compile(engine, compile_kwargs={"render_postcompile": True}))
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", (0, 1)).fetchall()
            assert "USING" in str(plan), plan
            assert "INDEX" in str(plan), plan
    engine.dispose()


def test_names_are_the_engine_s() -> None:
    assert set(tally_sql.VERDICTS) == {verdict.value for verdict in Verdict}
    assert tally_sql.STAGES == work._STAGES
