"""A cache that goes away in the middle of a job, and an object store whose disk is full: they
slow jobs, and fail none."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from portalis.app.stack.programs import REDIS
from portalis.app.stack.servers import free_port, redis, running
from portalis.core.ids import TenantId
from portalis.workload.assembly import Plane, PlaneSettings, open_plane
from portalis.workload.model.job import Job
from portalis.workload.model.transitions import JobState, UnitState
from portalis.workload.ports import Unavailable
from tests.contracts.conftest import needs
from tests.full_disk import FullDisk

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
    needs(REDIS)
    server = redis(tmp_path / "redis", free_port())
    settings = PlaneSettings(home=tmp_path / "home", cache_url=server.url, slots=1)
    with running(server) as process, open_plane(settings) as plane:
        job = plane.desk.submit(ANN, FILES, options=QUICK).job
        until(plane, job, 3)
        process.kill()
        process.wait()
        assert plane.desk.job(ANN, job.id).state is JobState.RUNNING
        ended = plane.wait(ANN, job.id, 60)
        assert (ended.state, ended.reason) == (JobState.DONE, "")
        check_whole(plane, job)


def test_a_redis_with_another_password(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is said, and nothing else changes."""
    needs(REDIS)
    server = redis(tmp_path / "redis", free_port(), password="right")
    url = server.url.replace("right", "wrong")
    settings = PlaneSettings(home=tmp_path / "home", cache_url=url, slots=1)
    with running(server), open_plane(settings) as plane:
        job = plane.desk.submit(ANN, {"a.py": b"print(1)\n"}, options=QUICK).job
        assert plane.wait(ANN, job.id, 60).state is JobState.DONE
        assert "invalid username-password pair" in plane.cache.fault()
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 1
    assert "invalid username-password pair" in said[0]
    assert "wrong" not in said[0]


def test_an_object_store_that_denies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who submits is told why, and nothing is left behind."""

    class Denying(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
            self.send_response(403)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing is to be said."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Denying) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        for name, value in (
            ("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_address[1]}"),
            ("AWS_ALLOW_HTTP", "true"),
            ("AWS_ACCESS_KEY_ID", "key"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
            ("AWS_REGION", "us-east-1"),
        ):
            monkeypatch.setenv(name, value)
        plane = open_plane(PlaneSettings(home=tmp_path, objects_url="s3://bucket/x", slots=1))
        try:
            with pytest.raises(Unavailable, match=r"lacked the necessary privileges.*AccessDenied"):
                plane.desk.submit(ANN, {"a.py": b"print(1)\n"})
            assert not plane.state.tenants()
        finally:
            plane.close()
            server.shutdown()
            thread.join()


def test_a_full_disk_on_the_object_store(tmp_path: Path) -> None:
    home = tmp_path / "home"
    disk = FullDisk(home / "objects", tmp_path)
    command = [sys.executable, "-m", "portalis", "serve", "--port", "0", "--workers", "1"]
    with subprocess.Popen(
        [*command, "--home", str(home)], stderr=subprocess.PIPE, text=True, env=disk.environ
    ) as service:
        assert service.stderr is not None
        assert service.stderr.readline().startswith("portalis: serving on ")
        # This plane only submits and looks: its controller is not started, its disk not full.
        plane = open_plane(PlaneSettings(home=home, slots=1))
        job = plane.desk.submit(ANN, FILES, options=QUICK).job
        until(plane, job, 2)
        with disk.full():
            done = settled(plane, job)
            assert done < len(FILES)
            stuck = plane.desk.job(ANN, job.id)
            assert stuck.state is JobState.RUNNING
            assert not stuck.count(UnitState.FAILED)
        assert plane.wait(ANN, job.id, 90).state is JobState.DONE
        check_whole(plane, job)
        assert {attempt.cause for attempt in plane.desk.attempts(ANN, job.id)} == {None}
        service.terminate()
    plane.close()


def settled(plane: Plane, job: Job) -> int:
    """How many of its units are done when for two seconds none has been."""
    done, since = -1, time.monotonic()
    while time.monotonic() - since < 2.0:
        now = len(plane.state.units(job.id, (UnitState.DONE,)))
        if now != done:
            done, since = now, time.monotonic()
        time.sleep(0.05)
    return done
