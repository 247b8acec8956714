"""The controller's process: it answers, it is replaced when it ends, and it leaves no orphan."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from portalis.app.clerk import Clerk
from portalis.app.planes import front_of
from portalis.app.settings import SettingsError, load
from portalis.app.told import Told
from portalis.core.ids import JobId, TenantId
from portalis.storage.turns import Turn
from portalis.workload.control.reuse import ReuseCounts
from portalis.workload.model.job import Priority
from portalis.workload.model.snapshot import Wait, WaitReason
from portalis.workload.model.transitions import ENDED_JOB, JobState
from portalis.workload.ports import Sight
from tests.app.test_serve import call, environ, serving

ANN = TenantId("ann")
OPTIONS = {"verify": "none"}
WAIT_S = 60.0


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT_S
    while not holds():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.02)


def session_of(pid: int) -> list[int]:
    """The processes of the session, and of those that its processes began in others."""
    parents = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                fields = (path / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(path.name)] = int(fields[1])
    found = [pid] if pid in parents else []
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found


def is_there(pid: int) -> bool:
    return bool(session_of(pid))


def test_what_is_told_survives_the_way() -> None:
    wait = Wait(
        job_id=JobId("job_1"), units=2, reason=WaitReason.BUDGET, text="a limit", wants_microusd=3
    )
    told = Told(
        slots=2,
        refused={"result": 1, "commit": 0},
        reused=ReuseCounts(hits=3, misses=1, saved_ms=20),
        waits=(wait,),
        cache_fault="it is away",
        pool=Sight(demand=3, wanted={"spot": 2}, there=None),
    )
    assert Told.from_bytes(told.to_bytes()) == told


def test_a_controller_that_is_killed_is_replaced(tmp_path: Path) -> None:
    settings = load({"home": str(tmp_path / "home"), "workers": 1}, {}).settings
    with Clerk(settings) as clerk:
        clerk.ready()
        front = front_of(settings, clerk.wake)
        assert clerk.told().slots == 1
        first = clerk.pid
        job = front.desk.submit(ANN, {"a.py": b"print(1)\n"}, options=OPTIONS).job
        os.kill(first, signal.SIGKILL)
        until(lambda: front.desk.job(ANN, job.id).state in ENDED_JOB)
        assert front.desk.job(ANN, job.id).state is JobState.DONE
        assert clerk.pid != first
        until(lambda: clerk.told().slots == 1)
        front.close()
        second = clerk.pid
    assert not is_there(second)


def test_an_urgent_job_wakes_the_controller(tmp_path: Path) -> None:
    settings = load({"home": str(tmp_path / "home"), "workers": 1}, {}).settings
    woken = threading.Event()
    with Clerk(settings) as clerk:
        clerk.ready()
        front = front_of(settings, woken.set)
        for priority in (Priority.BATCH, Priority.INTERACTIVE):
            assert not woken.is_set()
            files = {"a.py": f"print({priority!r})\n".encode()}
            front.desk.submit(ANN, files, priority=priority, options=OPTIONS)
        assert woken.is_set()
        front.close()


@pytest.mark.parametrize(
    ("setting", "value", "why"),
    [("node_price", "no such machine", "no such machine"), ("policy", "/nowhere.yaml", "nowhere")],
)
def test_what_stands_in_its_way_is_said(tmp_path: Path, setting: str, value: str, why: str) -> None:
    settings = load({"home": str(tmp_path / "home"), setting: value}, {}).settings
    with Clerk(settings) as clerk, pytest.raises(SettingsError, match=why):
        clerk.ready()


def test_what_is_in_memory_is_refused(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "portalis", "serve", "--port", "0"],
        env={**environ(tmp_path / "home"), "PORTALIS_OBJECTS_URL": "memory:///"},
        capture_output=True,
        text=True,
        check=False,
        timeout=WAIT_S,
    )
    assert ran.returncode == 2
    assert "objects_url: what is in memory is not shared" in ran.stderr


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_all_of_a_service_end_with_it(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "long.py").write_text("".join(f"def f{n}(): pass\n" for n in range(20_000)))
    with serving(tmp_path / "home") as process:
        assert call(tmp_path / "home", "submit", tmp_path / "long.py").returncode == 0
        # The service, the controller, the worker.
        until(lambda: len(session_of(process.pid)) >= 3)
        all_of_it = session_of(process.pid)
        process.send_signal(number)
        process.wait(WAIT_S)
        until(lambda: not any(map(is_there, all_of_it)))


def test_a_turn_is_one_at_a_time_and_ends_with_its_process(tmp_path: Path) -> None:
    path = tmp_path / "turn"
    program = (
        "import sys; from pathlib import Path; from portalis.storage.turns import Turn\n"
        "with Turn(Path(sys.argv[1])): print('mine', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"mine\n"
        taken = threading.Event()
        mine = Turn(path)

        def take() -> None:
            with mine:
                taken.set()

        thread = threading.Thread(target=take)
        thread.start()
        assert not taken.wait(0.2)
        other.kill()
        assert taken.wait(WAIT_S)
        thread.join()
        mine.close()
