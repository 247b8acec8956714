"""`portalis dev`: the whole stack as processes, a job through it, and nothing left of it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import psycopg
import pytest
from redis import Redis

from portalis.app.stack import kept
from portalis.app.stack.plan import PARTS, PlanError, planned
from portalis.app.stack.programs import GRAFANA, POSTGRES, REDIS, Program
from portalis.app.stack.servers import HOST, free_port, listens, wait_for
from tests.app.test_serve import PROGRAM, call
from tests.contracts.conftest import needs

NEEDED = [part for part in PARTS if part.needed and part.program]


def dev(folder: Path, verb: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return call(folder, "dev", verb, "--folder", folder, *arguments)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Of a stack that is ended, whatever happens."""
    place = tmp_path / "stack"
    yield place
    kept.stop(place, 60)


def of_folder(folder: Path) -> list[int]:
    """Processes that work in it."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            where = (each / "cwd").resolve()
            zombie = (each / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
        except OSError:
            continue
        if where.is_relative_to(folder) and not zombie:
            found.append(int(each.name))
    return found


@pytest.mark.slow
def test_a_job_goes_through_all_of_it_and_nothing_is_left(folder: Path, tmp_path: Path) -> None:
    needs(*(part.program for part in NEEDED if part.program))
    (tmp_path / "main.py").write_text(PROGRAM)
    wanted = free_port()
    up = dev(folder, "up", *any_ports("portalis"), "--port", f"portalis={wanted}", "--json")
    assert up.returncode == 0, up.stderr
    told = json.loads(up.stdout)
    parts = {part["name"]: part for part in told["parts"]}
    assert {part.name for part in NEEDED} < set(parts)
    assert parts["portalis"]["url"] == f"http://127.0.0.1:{wanted}"
    if GRAFANA.find() is None:
        assert f"grafana is not installed: {GRAFANA.install}" in up.stderr
    assert {part["state"] for part in parts.values()} == {"serves"}
    assert dev(folder, "status").returncode == 0
    assert dev(folder, "up").returncode == 2

    home = folder / "home"
    ran = call(home, "submit", str(tmp_path / "main.py"), "--wait", "--verify", "none", "--json")
    assert ran.returncode == 0, ran.stderr
    job = json.loads(ran.stdout)["id"]
    assert call(home, "results", job, "-o", tmp_path / "out").returncode == 0
    # Each part has its share of it.
    secrets = kept.passwords(folder)
    postgres = parts["postgres"]["url"].replace("***", secrets["postgres"])
    with psycopg.connect(postgres) as database:
        assert database.execute("SELECT id FROM job").fetchall() == [(job,)]
    listed = httpx.get(f"{parts['s3']['url']}/portalis?list-type=2").text
    assert "<Key>objects/" in listed
    with Redis.from_url(parts["redis"]["url"].replace("***", secrets["redis"])) as redis:
        assert redis.keys("*")
    asked = {"query": 'portalis_jobs_completed_total{state="done"} == 1'}
    query = f"{parts['prometheus']['url']}/api/v1/query"
    assert wait_for(lambda: bool(httpx.get(query, params=asked).json()["data"]["result"]))
    managers = httpx.get(f"{parts['prometheus']['url']}/api/v1/alertmanagers").json()
    address = parts["alertmanager"]["url"]
    assert managers["data"]["activeAlertmanagers"] == [{"url": f"{address}/api/v2/alerts"}]
    # No password is shown, and none is open to others.
    assert not any(secret in up.stdout + up.stderr for secret in secrets.values())
    assert (folder / kept.SECRETS).stat().st_mode & 0o777 == 0o600

    # A part that dies is told of.
    os.kill(next(p.pid for p in kept.read(folder) if p.name == "redis"), signal.SIGKILL)
    assert wait_for(lambda: "redis" in dev(folder, "status").stdout and _ended(folder, "redis"))
    ill = dev(folder, "status")
    assert ill.returncode == 1
    assert "ended with -9" in ill.stdout

    down = dev(folder, "down")
    assert down.returncode == 0, down.stderr
    assert wait_for(lambda: of_folder(folder) == [])
    assert not any(listens(part.port) for part in kept.read(folder))
    assert dev(folder, "status").returncode == 1
    assert dev(folder, "down", "--delete").returncode == 0
    assert not folder.exists()


def _ended(folder: Path, name: str) -> bool:
    return any(part.name == name and part.ended is not None for part in kept.read(folder))


def any_ports(*but: str) -> list[str]:
    """Of all parts, so that no two stacks meet."""
    return [f"--port={part.name}=0" for part in PARTS if part.name not in but]


def small(*parts: str) -> list[str]:
    """Arguments of a stack of the service and these."""
    left_out = [part.name for part in PARTS if part.name not in ("portalis", *parts)]
    ports = [f"--port={name}=0" for name in ("portalis", *parts)]
    return [*ports, *(f"--without={name}" for name in left_out)]


def test_a_keeper_that_is_killed_takes_its_parts_with_it(folder: Path) -> None:
    needs(Program(("setpriv",), "apt-get install util-linux"), POSTGRES)
    assert dev(folder, "up", *small("postgres")).returncode == 0
    assert of_folder(folder)
    keeper = kept.keeper(folder)
    assert keeper is not None
    os.kill(keeper, signal.SIGKILL)
    assert wait_for(lambda: of_folder(folder) == [])
    assert dev(folder, "status").returncode == 1


def test_what_does_not_start_leaves_nothing(folder: Path) -> None:
    """The service refuses a setting: what was started before it ends again."""
    needs(REDIS)
    ran = subprocess.run(
        [sys.executable, "-m", "portalis", "dev", "up", "--folder", folder, *small("redis")],
        env={**os.environ, "PORTALIS_NODE_PRICE": "no such machine"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "portalis ended with 2" in ran.stderr
    assert "no such machine" in ran.stderr
    assert kept.keeper(folder) is None
    assert wait_for(lambda: of_folder(folder) == [])


def test_facts_and_passwords_stay(folder: Path, tmp_path: Path) -> None:
    """Without an S3 server that forgets, a stack goes on where it ended."""
    needs(POSTGRES)
    (tmp_path / "main.py").write_text(PROGRAM)
    home = folder / "home"
    assert dev(folder, "up", *small("postgres")).returncode == 0
    ran = call(home, "submit", str(tmp_path / "main.py"), "--wait", "--verify", "none", "--json")
    assert ran.returncode == 0, ran.stderr
    assert dev(folder, "down").returncode == 0
    assert dev(folder, "up", *small("postgres")).returncode == 0
    job = json.loads(ran.stdout)["id"]
    assert call(home, "results", job, "-o", tmp_path / "out").returncode == 0


def test_programs_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Program, "find", lambda _: None)
    with pytest.raises(PlanError) as refused:
        planned({}, frozenset())
    for part in NEEDED:
        assert part.program is not None
        assert f"{part.name}: {part.program.install}" in str(refused.value)
        assert f"--without {part.name}" in str(refused.value)
    found = planned({}, frozenset(part.name for part in NEEDED))
    assert list(found.ports) == ["portalis"]
    assert found.absent == {"grafana": GRAFANA.install}


@pytest.mark.parametrize(
    ("ports", "without", "said"),
    [
        ({"mysql": 1}, (), "there is no part 'mysql'"),
        ({}, ("mysql",), "there is no part 'mysql'"),
        ({}, ("portalis",), "without the service"),
        ({"redis": 1}, ("redis",), "redis has a port and is left out"),
        ({"portalis": 7, "redis": 7}, (), "port 7 is that of another part"),
    ],
)
def test_what_is_asked_for_wrongly(
    ports: dict[str, int], without: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Program, "find", lambda self: self.names[0])
    with pytest.raises(PlanError, match=said):
        planned(ports, frozenset(without))


def test_ports_are_given_or_chosen() -> None:
    left_out = frozenset(part.name for part in PARTS if part.name != "portalis")
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        with pytest.raises(PlanError, match=f"somebody listens on port {port} already"):
            planned({"portalis": port}, left_out)
    assert planned({"portalis": port}, left_out).ports == {"portalis": port}
    usual = PARTS[3].port
    with ExitStack() as stack:
        if not listens(usual):
            assert planned({}, left_out).ports == {"portalis": usual}
            taken = stack.enter_context(socket.socket())
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind((HOST, usual))
            taken.listen()
        assert planned({}, left_out).ports["portalis"] != usual
    assert planned({"portalis": 0}, left_out).ports["portalis"] > 0


@pytest.mark.parametrize("given", ["redis", "redis=", "redis=x", "redis=65536"])
def test_a_port_that_is_none(tmp_path: Path, given: str) -> None:
    ran = dev(tmp_path / "stack", "up", "--port", given)
    assert ran.returncode == 2
    assert f"--port {given}: a part and its port" in ran.stderr
