"""Real servers for the suites: started where their programs are installed, each once a run.

Where one is missing the suite says which; under CI (the variable `CI`) that is a failure.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ray_nodes import RayNodes

WAIT_S = 30.0


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed")
    pytest.skip(f"{what} is not installed")


def needs_ray() -> None:
    if importlib.util.find_spec("ray") is None:
        missing("Ray")


def wait_for(ready: Callable[[], bool]) -> None:
    until = time.monotonic() + WAIT_S
    while not ready():
        assert time.monotonic() < until, "the server does not answer"
        time.sleep(0.05)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _postgres_programs() -> Path | None:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    places += [Path(on_path).parent] if on_path else []
    return next((place for place in places if (place / "initdb").exists()), None)


def _not_root() -> tuple[list[str], str | None]:
    """What makes a command run as a user under whom PostgreSQL runs, and that user."""
    if os.geteuid():
        return [], None
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = next(name for name in ("postgres", "nobody") if name in names)
    # Root's shell may leave the folders of the system's own programs out of PATH.
    runuser = shutil.which("runuser", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    return [runuser or "runuser", "-u", user, "--"], user


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of an empty database."""
    programs = _postgres_programs()
    if programs is None:
        missing("PostgreSQL")
    assert programs is not None
    become, user = _not_root()
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="portalis-pg-") as folder:
        if user is not None:
            shutil.chown(folder, user)
        data = f"{folder}/data"
        made = subprocess.run(
            [*become, str(programs / "initdb"), "-D", data, "-U", "portalis", "-A", "trust", "-N"],
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
        )
        assert made.returncode == 0, made.stderr
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        control = [*become, str(programs / "pg_ctl"), "-D", data, "-w"]
        subprocess.run(
            [*control, "-o", options, "-l", f"{folder}/log", "start"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
        )
        try:
            yield f"postgresql://portalis@127.0.0.1:{port}/postgres"
        finally:
            stop = [*control, "-m", "immediate", "stop"]
            subprocess.run(stop, check=False, stdout=subprocess.DEVNULL, cwd=folder)


def _redis(folder: str, port: int, *more: str) -> subprocess.Popen[bytes]:
    place = Path(folder) / str(port)
    place.mkdir()
    return subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", *more],
        stdout=subprocess.DEVNULL,
        cwd=place,
    )


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The URL of an empty bucket; the environment says where it is, as it does for S3 itself."""
    program = Path(sys.executable).with_name("moto_server")
    if not program.exists():
        missing("an S3 server (moto)")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        "AWS_ENDPOINT_URL": address,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
    }
    with (
        pytest.MonkeyPatch.context() as patch,
        subprocess.Popen(
            [program, "-H", "127.0.0.1", "-p", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as server,
    ):
        try:
            wait_for(lambda: listens(port))
            urllib.request.urlopen(
                urllib.request.Request(f"{address}/portalis-test", method="PUT"), timeout=30
            ).close()
            for name, value in environment.items():
                patch.setenv(name, value)
            yield "s3://portalis-test/here"
        finally:
            server.kill()


@pytest.fixture(scope="session")
def redis() -> Iterator[str]:
    """The URL of a Redis server."""
    if shutil.which("redis-server") is None:
        missing("Redis")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="portalis-redis-") as folder:
        server = _redis(folder, port)
        try:
            wait_for(lambda: listens(port))
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.kill()
            server.wait()


@pytest.fixture(scope="session")
def redis_cluster() -> Iterator[str]:
    """The URL of one of three masters of a cluster."""
    if shutil.which("redis-server") is None or shutil.which("redis-cli") is None:
        missing("Redis")
    ports: list[int] = []
    while len(ports) < 3:
        # A node of a cluster listens ten thousand ports higher, too.
        port = free_port()
        if port < 55_000 and port not in ports:
            ports.append(port)
    with tempfile.TemporaryDirectory(prefix="portalis-redis-") as folder:
        servers = [_redis(folder, port, "--cluster-enabled", "yes") for port in ports]
        try:
            wait_for(lambda: all(listens(port) for port in ports))
            nodes = [f"127.0.0.1:{port}" for port in ports]
            made = ["redis-cli", "--cluster", "create", *nodes, "--cluster-yes"]
            subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
            asked = ["redis-cli", "-p", str(ports[0]), "cluster", "info"]
            wait_for(
                lambda: (
                    b"cluster_state:ok"
                    in subprocess.run(asked, capture_output=True, check=False).stdout
                )
            )
            yield f"redis://127.0.0.1:{ports[0]}"
        finally:
            for server in servers:
                server.kill()
                server.wait()


@pytest.fixture(scope="session")
def ray_nodes() -> Iterator[RayNodes]:
    """A Ray cluster whose only node is the head, without CPUs."""
    needs_ray()
    with RayNodes() as nodes:
        yield nodes
