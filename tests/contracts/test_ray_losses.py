"""A Ray cluster that loses its head, and a node that runs out of memory."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from portalis.core.ids import TenantId
from portalis.resource.memory import Needs, after_oom
from portalis.storage.policies import shipped
from portalis.workload.assembly import PlaneSettings, open_plane
from portalis.workload.model.attempt import Attempt
from portalis.workload.model.retry import Cause
from tests.contracts.conftest import needs_ray
from tests.contracts.test_ray_faults import check, running, submit, until
from tests.ray_nodes import RayNodes, free_port

# What the node bears more than the machine uses when it starts, and steps to get there.
SPARE_MB, STEP_MB = 1_000, 250


@contextlib.contextmanager
def eaten(seen: list[bytearray]) -> Iterator[None]:
    """What was taken of the machine's memory is given back."""
    try:
        yield
    finally:
        seen.clear()


@pytest.mark.slow
def test_the_head_is_lost_and_another_one_takes_its_place(tmp_path: Path) -> None:
    needs_ray()
    port = free_port()
    with contextlib.ExitStack() as first:
        nodes = first.enter_context(RayNodes(port))
        nodes.add(cpus=1)
        with open_plane(PlaneSettings(home=tmp_path, executor=f"ray:{nodes.address}")) as plane:
            job_id = submit(plane.desk, "head")
            until(lambda: bool(running(plane.state, job_id)))
            nodes.behead()
            # Nothing is given to a cluster that is not there, and so no attempt is used up.
            until(lambda: plane.executor.slots == 0 and not running(plane.state, job_id))
            first.close()
            attempts = len(plane.state.attempts_of(job_id))
            with RayNodes(port) as again:
                assert again.address == nodes.address
                assert len(plane.state.attempts_of(job_id)) == attempts
                again.add(cpus=1)
                assert set(check(plane.state, job_id)) == {Cause.UNAVAILABLE}


def memory_after(times: int, size: str) -> int:
    """MB that a unit has set aside for it after it ran out of memory so often: once, where the
    machine is fast."""
    needs = Needs()
    for lost in range(times):
        needs = after_oom(needs, lost, size, shipped()).needs
    return needs.memory_mb


@pytest.mark.slow
def test_a_node_runs_out_of_memory(ray_nodes: RayNodes, tmp_path: Path) -> None:
    node = ray_nodes.add(cpus=1, spare_mb=SPARE_MB)
    taken: list[bytearray] = []
    with (
        eaten(taken),
        open_plane(PlaneSettings(home=tmp_path, executor=f"ray:{ray_nodes.address}")) as plane,
    ):
        job_id = submit(plane.desk, "memory", functions=6_000)
        until(lambda: bool(running(plane.state, job_id)))

        def lost() -> list[Attempt]:
            return [each for each in plane.state.attempts_of(job_id) if each.cause is not None]

        def kills() -> bool:
            # A node without memory starts no slot: only what runs can lose it.
            if not running(plane.state, job_id):
                taken.clear()
            elif len(taken) * STEP_MB < 3 * SPARE_MB:
                taken.append(bytearray(b"x") * (STEP_MB << 20))
            return bool(lost())

        until(kills)
        taken.clear()
        assert set(check(plane.state, job_id)) == {Cause.OUT_OF_MEMORY}
        victims = Counter(each.unit_id for each in lost())
        units = plane.desk.units(TenantId("ann"), job_id)
        size = plane.desk.job(TenantId("ann"), job_id).size
        set_aside = {unit.id: unit.memory_mb for unit in units if unit.id in victims}
        assert set_aside == {each: memory_after(times, size) for each, times in victims.items()}
    ray_nodes.kill(node)
