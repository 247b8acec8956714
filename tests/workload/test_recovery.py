"""A worker that hangs, one that is killed, and a service that is killed and started again: the
unit runs again in time, nothing is charged twice, and the job is done. Times are printed
(`pytest -s`)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from portalis.core.ids import JobId, TenantId
from portalis.workload.assembly import Plane, PlaneSettings, open_plane
from portalis.workload.model.attempt import Attempt
from portalis.workload.model.retry import Cause
from portalis.workload.model.transitions import JobState

ANN = TenantId("ann")
# A translation that takes several seconds.
LONG = "".join(f"def f{n}(a: int) -> int:\n    return a + {n}\n" for n in range(1_000)).encode()


def running(plane: Plane, job_id: JobId, accept: Callable[[Attempt], bool]) -> Attempt:
    """An attempt at a unit that is no plan, as soon as it runs."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for attempt in plane.desk.attempts(ANN, job_id):
            is_plan = attempt.unit_id.endswith("u000000")
            if attempt.running_ms is not None and not is_plan and accept(attempt):
                return attempt
        time.sleep(0.02)
    raise AssertionError("no attempt runs")


def bearable_s(target_s: float) -> float:
    """Twice as long where others use the machine: what is measured there is the machine."""
    return target_s * (1 if os.getloadavg()[0] < 2 else 2)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "cause", "target_s"),
    [(signal.SIGSTOP, Cause.LEASE_EXPIRED, 15.0), (signal.SIGKILL, Cause.WORKER_DIED, 5.0)],
    ids=["hang", "crash"],
)
@pytest.mark.parametrize("slots", [1, 2])
def test_a_unit_whose_worker_is_lost_runs_again_in_time(
    tmp_path: Path, slots: int, number: signal.Signals, cause: Cause, target_s: float
) -> None:
    with open_plane(PlaneSettings(home=tmp_path, slots=slots)) as plane:
        job_id = plane.desk.submit(ANN, {"long.py": LONG}, options={"verify": "none"}).job.id
        first = running(plane, job_id, lambda _: True)
        for process in plane.executor.processes():  # type: ignore[attr-defined]
            os.kill(process, number)
        lost_s = time.monotonic()
        again = running(plane, job_id, lambda attempt: attempt.id != first.id)
        took_s = time.monotonic() - lost_s
        print(f"\n{cause.value}, {slots} slots: runs again after {took_s:.2f} s")
        assert again.unit_id == first.unit_id
        assert plane.wait(ANN, job_id, 120).state is JobState.DONE
        attempts = plane.desk.attempts(ANN, job_id)
        charges = plane.desk.charges(ANN, job_id)
    assert {attempt.cause for attempt in attempts} == {None, cause}
    assert sorted(a.id for a in attempts) == sorted(charge.attempt_id for charge in charges)
    assert took_s < bearable_s(target_s)


def serve(home: Path) -> subprocess.Popen[str]:
    command = ("serve", "--port", "0", "--workers", "1", "--home", str(home))
    return subprocess.Popen(
        [sys.executable, "-m", "portalis", *command], stderr=subprocess.PIPE, text=True
    )


@pytest.mark.slow
def test_a_unit_whose_service_is_killed_runs_again_in_time(tmp_path: Path) -> None:
    with serve(tmp_path) as service:
        assert service.stderr is not None
        assert service.stderr.readline().startswith("portalis: serving on ")
        # This plane only looks and submits: its controller is not started.
        seen = open_plane(PlaneSettings(home=tmp_path, slots=1))
        job_id = seen.desk.submit(ANN, {"long.py": LONG}, options={"verify": "none"}).job.id
        first = running(seen, job_id, lambda _: True)
        service.kill()
    lost_s = time.monotonic()
    with serve(tmp_path) as service:
        again = running(seen, job_id, lambda attempt: attempt.id != first.id)
        took_s = time.monotonic() - lost_s
        print(f"\nservice killed: runs again after {took_s:.2f} s")
        assert seen.wait(ANN, job_id, 120).state is JobState.DONE
        service.terminate()
    attempts = seen.desk.attempts(ANN, job_id)
    charges = seen.desk.charges(ANN, job_id)
    seen.close()
    assert again.unit_id == first.unit_id
    assert {attempt.cause for attempt in attempts} == {None, Cause.DRAINED}
    assert sorted(a.id for a in attempts) == sorted(charge.attempt_id for charge in charges)
    assert took_s < bearable_s(5.0)
