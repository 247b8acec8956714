"""A cache that goes away in the middle of a job, and an object store whose disk is full: they
slow jobs, and fail none."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portalis.core.ids import TenantId
from portalis.workload.assembly import Plane, PlaneSettings, open_plane
from portalis.workload.model.job import Job
from portalis.workload.model.transitions import JobState, UnitState
from tests.contracts.conftest import free_port, listens, missing, wait_for

ANN = TenantId("ann")
QUICK = {"verify": "none"}
# Each takes long enough for something to happen in between.
BODY = "".join(f"def f{n}(a: int) -> int:\n    return a + {n}\n" for n in range(100))
FILES = {f"m{number}.py": f"{BODY}print({number})\n".encode() for number in range(20)}


def until(plane: Plane, job: Job, done: int) -> None:
    """Until so many of its units are done."""
    end = time.monotonic() + 60
    while len(plane.state.units(job.id, (UnitState.DONE,))) < done:
        assert time.monotonic() < end, "the job does not go on"
        time.sleep(0.005)


def check_whole(plane: Plane, job: Job) -> None:
    """Every unit is done, and every attempt charged once."""
    assert len(plane.desk.results(ANN, job.id)) == len(FILES)
    attempts = [attempt.id for attempt in plane.desk.attempts(ANN, job.id)]
    charges = [charge.attempt_id for charge in plane.desk.charges(ANN, job.id)]
    assert sorted(attempts) == sorted(charges)


def test_a_redis_that_dies_in_mid_job(tmp_path: Path) -> None:
    if shutil.which("redis-server") is None:
        missing("Redis")
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    url = f"redis://127.0.0.1:{port}/0"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=tmp_path) as server:
        wait_for(lambda: listens(port))
        with open_plane(PlaneSettings(home=tmp_path / "home", cache_url=url, slots=1)) as plane:
            job = plane.desk.submit(ANN, FILES, options=QUICK).job
            until(plane, job, 3)
            server.kill()
            server.wait()
            assert plane.desk.job(ANN, job.id).state is JobState.RUNNING
            ended = plane.wait(ANN, job.id, 60)
            assert (ended.state, ended.reason) == (JobState.DONE, "")
            check_whole(plane, job)


@contextmanager
def small_disk(place: Path) -> Iterator[None]:
    """A file system of its own, with little room. Skips where none can be had."""
    place.mkdir(parents=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if os.geteuid() or made.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(path: Path) -> None:
    """To the last block."""
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))


def test_a_full_disk_on_the_object_store(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with (
        small_disk(home / "objects"),
        open_plane(PlaneSettings(home=home, slots=1)) as plane,
    ):
        job = plane.desk.submit(ANN, FILES, options=QUICK).job
        until(plane, job, 2)
        filler = home / "objects" / "filler"
        fill(filler)
        time.sleep(2.0)
        stuck = plane.desk.job(ANN, job.id)
        assert stuck.state is JobState.RUNNING
        assert not stuck.count(UnitState.FAILED)
        filler.unlink()
        assert plane.wait(ANN, job.id, 90).state is JobState.DONE
        check_whole(plane, job)
