"""The contract of `Prints`, on every database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from portalis.core.ids import JobId, TenantId, UnitId
from portalis.storage.prints import SqlPrints
from portalis.storage.state_sql import driven
from portalis.workload.model.fingerprint import Known
from portalis.workload.ports import Prints, Unavailable

ANN, BOB = TenantId("ann"), TenantId("bob")


@pytest.fixture(params=["sqlite", "postgres"])
def prints(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Prints]:
    url = f"sqlite:///{tmp_path}/state.db"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres")
    engine = sa.create_engine(driven(url))
    yield SqlPrints(engine)
    engine.dispose()


def made(name: str, *bands: int, tenant_id: TenantId = ANN) -> Known:
    return Known(
        tenant_id=tenant_id,
        job_id=JobId("job_1"),
        unit_id=UnitId("job_1.u1"),
        path="a.py",
        name=name,
        line=1,
        verdict="verified",
        signature=(1, 2**32 - 1),
        bands=bands,
    )


def names(prints: Prints, *bands: int, tenant_id: TenantId = ANN, limit: int = 9) -> list[str]:
    return [known.name for known in prints.near(tenant_id, bands, limit)]


def test_who_shares_most_comes_first(prints: Prints) -> None:
    top = 2**63 - 1
    prints.add(ANN, "r1", [made("one", 1, 2), made("two", 1, 2, top), made("far", 9)])
    assert names(prints, 1, 2, top) == ["two", "one"]
    assert names(prints, 1, 2, top, limit=1) == ["two"]
    assert names(prints, 8) == []
    (found,) = prints.near(ANN, [9], 5)
    assert found == replace(made("far"), bands=())


def test_what_is_anothers_is_not_there(prints: Prints) -> None:
    prints.add(ANN, "r1", [made("one", 1)])
    assert names(prints, 1, tenant_id=BOB) == []
    assert set(prints.unseen(BOB, ["r1"])) == {"r1"}


def test_a_result_is_added_once(prints: Prints) -> None:
    assert set(prints.unseen(ANN, ["r1", "r2"])) == {"r1", "r2"}
    prints.add(ANN, "r1", [made("one", 1, 1)])
    prints.add(ANN, "r1", [made("one", 1), made("more", 1)])
    prints.add(ANN, "r2", [])
    assert names(prints, 1) == ["one"]
    assert set(prints.unseen(ANN, ["r1", "r2"])) == set()


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path}/no/such/state.db")
    with pytest.raises(Unavailable):
        SqlPrints(engine)
    engine.dispose()
