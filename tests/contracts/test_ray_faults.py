"""Faults on a real Ray cluster: nothing is lost, nothing counts twice, the job finishes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from portalis.core.ids import JobId, TenantId, child_id
from portalis.workload.assembly import Plane, PlaneSettings, open_plane
from portalis.workload.desk import Desk
from portalis.workload.executors.ray import RayExecutor
from portalis.workload.model.attempt import Attempt
from portalis.workload.model.retry import Cause
from portalis.workload.model.transitions import JobState, UnitState
from portalis.workload.ports import State
from tests.ray_nodes import RayNodes

ANN = TenantId("ann")
WAIT_S = 180.0
UNITS = 3


@pytest.fixture(scope="module")
def steady(ray_nodes: RayNodes) -> Iterator[str]:
    """A node that stays."""
    node = ray_nodes.add(cpus=1)
    yield node
    ray_nodes.kill(node)


@pytest.fixture(scope="module")
def plane(
    ray_nodes: RayNodes, steady: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plane]:
    home = tmp_path_factory.mktemp("home")
    with open_plane(PlaneSettings(home=home, executor=f"ray:{ray_nodes.address}")) as found:
        until(lambda: found.executor.slots == 1)
        yield found
    assert steady


def until(seen: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT_S
    while not seen():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.02)


def sources(tag: str, functions: int = 1_500) -> dict[str, bytes]:
    """Each file is a unit of some seconds; no cache has seen them."""
    body = [f"def f{n}(a: int) -> int:\n    return a + {n}\n" for n in range(functions)]
    return {f"{tag}{unit}.py": f"# {tag} {unit}\n{''.join(body)}".encode() for unit in range(UNITS)}


def submit(desk: Desk, tag: str, functions: int = 1_500) -> JobId:
    return desk.submit(ANN, sources(tag, functions), options={"verify": "none"}).job.id


def running(state: State, job_id: JobId, place: str = "") -> list[Attempt]:
    """Attempts at units that translate (the first one plans), at work there."""
    return [
        attempt
        for attempt in state.attempts_of(job_id)
        if attempt.running_ms is not None
        and attempt.ended_ms is None
        and attempt.unit_id != child_id(job_id, "u", 0)
        and place in ("", attempt.place)
    ]


def check(state: State, job_id: JobId) -> list[Cause]:
    """The job ends, with every unit once. Why attempts were lost."""
    until(lambda: (job := state.job(job_id)) is not None and job.state is JobState.DONE)
    units = state.units(job_id)
    assert len(units) == UNITS + 1
    assert all(unit.state is UnitState.DONE for unit in units)
    attempts = state.attempts_of(job_id)
    assert all(attempt.ended_ms is not None for attempt in attempts)
    charges = state.charges(job_id)
    assert sorted(each.attempt_id for each in charges) == sorted(each.id for each in attempts)
    useful = [each.unit_id for each in charges if each.useful]
    assert sorted(useful) == sorted(unit.id for unit in units)
    return [attempt.cause for attempt in attempts if attempt.cause is not None]


def executor(plane: Plane) -> RayExecutor:
    assert isinstance(plane.executor, RayExecutor)
    return plane.executor


def test_a_worker_of_ray_is_killed(plane: Plane) -> None:
    job_id = submit(plane.desk, "worker")
    until(lambda: bool(running(plane.state, job_id)))
    for process in executor(plane).processes():
        os.kill(process, signal.SIGKILL)
    assert check(plane.state, job_id) == [Cause.WORKER_DIED]


def test_rays_driver_is_killed(plane: Plane) -> None:
    job_id = submit(plane.desk, "driver")
    until(lambda: bool(running(plane.state, job_id)))
    driver = executor(plane).driver
    assert driver is not None
    os.kill(driver, signal.SIGKILL)
    assert set(check(plane.state, job_id)) == {Cause.UNAVAILABLE}


@contextmanager
def second(ray_nodes: RayNodes, plane: Plane, tag: str) -> Iterator[tuple[str, JobId]]:
    """One node more, at which a unit of the job runs."""
    node = ray_nodes.add(cpus=1)
    until(lambda: plane.executor.slots == 2)
    job_id = submit(plane.desk, tag)
    until(lambda: bool(running(plane.state, job_id, node)))
    yield node, job_id
    until(lambda: plane.executor.slots == 1)


def test_a_node_is_killed(ray_nodes: RayNodes, plane: Plane) -> None:
    with second(ray_nodes, plane, "killed") as (node, job_id):
        ray_nodes.kill(node)
        assert set(check(plane.state, job_id)) <= {Cause.NODE_DIED, Cause.WORKER_DIED}


def test_a_node_hangs(ray_nodes: RayNodes, plane: Plane) -> None:
    with second(ray_nodes, plane, "hangs") as (node, job_id):
        ray_nodes.hang(node)
        causes = check(plane.state, job_id)
        assert set(causes) <= {Cause.NODE_DIED, Cause.LEASE_EXPIRED}
        assert causes


def test_a_node_is_taken_away_after_a_notice(ray_nodes: RayNodes, plane: Plane) -> None:
    with second(ray_nodes, plane, "drained") as (node, job_id):
        ray_nodes.drain(node, 1_500)
        assert set(check(plane.state, job_id)) <= {Cause.DRAINED}
        ray_nodes.kill(node)


def test_an_operator_drains_a_node(ray_nodes: RayNodes, plane: Plane) -> None:
    """What runs there is handed back in time, and the node ends by itself."""
    with second(ray_nodes, plane, "leaves") as (node, job_id):
        slots = {node: 1}
        until(lambda: slots.items() <= {w.place: w.slots for w in plane.state.workers()}.items())
        assert plane.state.drain_worker(node, plane.clock.now_ms() + 2_000)
        assert set(check(plane.state, job_id)) <= {Cause.DRAINED}
        until(lambda: next(w for w in plane.state.workers() if w.place == node).slots == 0)
        until(lambda: not ray_nodes.is_alive(node))
