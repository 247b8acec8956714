"""Collections on every object store: what a job names stays, the rest goes in two steps."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from portalis.core.clock import SystemClock
from portalis.core.ids import SystemBits, TenantId
from portalis.storage.state_memory import MemoryState
from portalis.workload.control import keys
from portalis.workload.control.storekeeping import Amount, collect, stats
from portalis.workload.desk import Desk
from portalis.workload.ports import ASIDE, Objects
from tests.contracts.test_objects import STORES, opened

ANN, BOB = TenantId("ann"), TenantId("bob")
HOUR_MS = 3_600_000
NOTHING = Amount()


@pytest.fixture(params=STORES)
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> Objects:
    return opened(request.param, request, tmp_path)


@pytest.fixture
def state() -> MemoryState:
    return MemoryState()


@pytest.fixture
def desk(objects: Objects, state: MemoryState) -> Desk:
    return Desk(state, objects, SystemClock(), SystemBits())


def later(hours: float) -> int:
    return int(time.time() * 1000 + hours * HOUR_MS)


def test_stats_are_by_tenant_and_kind(objects: Objects, state: MemoryState, desk: Desk) -> None:
    assert stats(objects, state).total == NOTHING
    one = desk.submit(ANN, {"a.py": b"print(1)\n"}).job
    objects.put(keys.result(ANN, b"12345"), b"12345")
    objects.put(keys.result(BOB, b"1"), b"1")
    found = stats(objects, state)
    size = objects.size_bytes(one.sources)
    assert size is not None
    assert found.tenants == {
        ANN: {"sources": Amount(1, size), "results": Amount(1, 5)},
        None: {"results": Amount(1, 1)},
    }
    assert found.total == Amount(3, size + 6)


def test_what_nobody_names_goes_in_two_steps(
    objects: Objects, state: MemoryState, desk: Desk
) -> None:
    job = desk.submit(ANN, {"a.py": b"print(1)\n"}).job
    stray = keys.result(ANN, b"stray")
    objects.put(stray, b"stray")
    assert collect(objects, state, later(0), HOUR_MS).put_aside == NOTHING
    would = collect(objects, state, later(2), HOUR_MS, dry_run=True)
    assert (would.put_aside, objects.size_bytes(stray)) == (Amount(1, 5), 5)
    assert collect(objects, state, later(2), HOUR_MS).put_aside == Amount(1, 5)
    assert objects.size_bytes(stray) is None
    assert stats(objects, state).aside == Amount(1, 5)
    # It is aside since now, however old it was.
    again = collect(objects, state, later(0.5), HOUR_MS)
    assert (again.put_aside, again.deleted) == (NOTHING, NOTHING)
    assert collect(objects, state, later(2), HOUR_MS).deleted == Amount(1, 5)
    assert list(objects.list(ASIDE)) == []
    with pytest.raises(KeyError):
        objects.get(stray)
    assert desk.sources(ANN, job.id)


def test_what_is_named_meanwhile_is_found_and_brought_back(
    objects: Objects, state: MemoryState, desk: Desk
) -> None:
    """A commit that names an object comes just after the collection that looked for it."""
    sources = {"a.py": b"print(1)\n"}
    job = desk.submit(ANN, sources).job
    objects.put_aside(job.sources)
    assert objects.size_bytes(job.sources) is None
    assert desk.sources(ANN, job.id)
    assert objects.size_bytes(job.sources) is not None
    other = desk.submit(ANN, {"b.py": b"print(2)\n"}).job
    objects.put_aside(other.sources)
    found = collect(objects, state, later(2), HOUR_MS)
    assert (found.deleted, found.put_aside, found.brought_back.objects) == (NOTHING, NOTHING, 2)
    assert objects.size_bytes(other.sources) is not None
    assert list(objects.list(ASIDE)) == []
    objects.put_aside("tenants/none")


def test_what_was_put_aside_is_put_anew(objects: Objects, state: MemoryState, desk: Desk) -> None:
    sources = {"a.py": b"print(1)\n"}
    key = desk.submit(ANN, sources).job.sources
    objects.put_aside(key)
    job = desk.submit(ANN, sources).job
    assert job.sources == key
    assert objects.size_bytes(key) is not None
    for _ in range(2):
        collect(objects, state, later(2), HOUR_MS)
    assert desk.sources(ANN, job.id)
