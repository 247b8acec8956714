"""A service on a real Ray cluster: its end, and a cluster that is elsewhere."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portalis.core.clock import SystemClock
from portalis.core.ids import SystemBits
from portalis.storage.objects import UrlObjects
from portalis.storage.state_sql import SqlState
from portalis.workload.assembly import PlaneSettings, open_plane
from portalis.workload.desk import Desk
from portalis.workload.model.retry import Cause
from tests.contracts.test_ray_faults import WAIT_S, check, running, submit, until
from tests.ray_nodes import RayNodes


@pytest.fixture(scope="module")
def steady(ray_nodes: RayNodes) -> Iterator[str]:
    """A node that stays."""
    node = ray_nodes.add(cpus=1)
    yield node
    ray_nodes.kill(node)


@contextmanager
def serving(home: Path, address: str) -> Iterator[subprocess.Popen[str]]:
    command = ("serve", "--port", "0", "--home", str(home), "--executor", f"ray:{address}")
    with subprocess.Popen(
        [sys.executable, "-m", "portalis", *command], stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            assert process.stderr.readline().startswith("portalis: serving on ")
            yield process
        finally:
            process.kill()


def test_the_controller_is_killed(ray_nodes: RayNodes, steady: str, tmp_path: Path) -> None:
    with serving(tmp_path, ray_nodes.address) as service:
        state = SqlState(f"sqlite:///{tmp_path}/state.db")
        desk = Desk(state, UrlObjects(f"file://{tmp_path}/objects"), SystemClock(), SystemBits())
        job_id = submit(desk, "controller")
        until(lambda: bool(running(state, job_id, steady)))
        service.send_signal(signal.SIGKILL)
        service.wait()
    assert running(state, job_id)
    with serving(tmp_path, ray_nodes.address) as service:
        assert set(check(state, job_id)) == {Cause.DRAINED}
        service.send_signal(signal.SIGTERM)
        assert service.wait(timeout=WAIT_S) == 0
    state.close()


def test_a_client_outside_of_the_cluster(ray_nodes: RayNodes, steady: str, tmp_path: Path) -> None:
    with open_plane(PlaneSettings(home=tmp_path, executor=ray_nodes.client)) as plane:
        job_id = submit(plane.desk, "client")
        assert check(plane.state, job_id) == []
        assert {attempt.place for attempt in plane.state.attempts_of(job_id)} == {steady}
