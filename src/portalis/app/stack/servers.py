"""Servers as processes: what is run, when it serves, how it ends.

    a folder, a port --maker--> Server --running--> a process, its log in the folder

A server ends with whoever started it, however that ends, where setpriv is installed.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from portalis.app.stack import programs

HOST: Final = "127.0.0.1"
LOG: Final = "log"
BUCKET: Final = "portalis"
USER: Final = "portalis"
REGION: Final = "us-east-1"
START_S, STOP_S = 60.0, 20.0
_LOOK_S = 0.05
# Of a log, so much is told where a server does not start.
_TAIL = 2_000


class StartError(Exception):
    """A server does not serve; the text has the end of what it said."""


def free_port() -> int:
    """That nobody listens on now."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


def listens(port: int) -> bool:
    """Whether anybody does, on this machine."""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex((HOST, port)) == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """url: for who uses it. environ: beside what is inherited. ready: asked until it says yes.
    begun: done once it serves. stop: the signal that ends it well."""

    name: str
    command: tuple[str, ...]
    folder: Path
    port: int
    url: str
    environ: Mapping[str, str] = field(default_factory=dict)
    ready: Callable[[], bool] | None = None
    begun: Callable[[], None] | None = None
    stop: signal.Signals = signal.SIGTERM

    @property
    def log(self) -> Path:
        return self.folder / LOG

    def serves(self) -> bool:
        return self.ready() if self.ready is not None else listens(self.port)


@contextmanager
def running(server: Server) -> Iterator[subprocess.Popen[bytes]]:
    """Serves within, and is gone after. Raises StartError."""
    server.folder.mkdir(parents=True, exist_ok=True)
    with server.log.open("ab") as log:
        try:
            process = subprocess.Popen(
                _bound(server),
                cwd=server.folder,
                env={**os.environ, **server.environ},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C is for who started it, who then ends it in order.
                start_new_session=True,
            )
        except OSError as error:
            raise StartError(f"{server.name} cannot be started: {error}") from error
    try:
        _await(server, process)
        if server.begun is not None:
            server.begun()
        yield process
    finally:
        _end(server, process)


def wait_for(true: Callable[[], bool], seconds: float = START_S) -> bool:
    """Whether it became true in this time."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(_LOOK_S)
    return True


def _await(server: Server, process: subprocess.Popen[bytes]) -> None:
    came = wait_for(lambda: process.poll() is not None or server.serves())
    if process.poll() is None and came:
        return
    why = "does not answer" if process.returncode is None else f"ended with {process.returncode}"
    said = server.log.read_bytes()[-_TAIL:].decode("utf-8", "replace").strip()
    raise StartError(f"{server.name} {why}; {server.log} ends with:\n{said}")


def _end(server: Server, process: subprocess.Popen[bytes]) -> None:
    """With what it started itself."""
    if process.poll() is None:
        process.send_signal(server.stop)
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _bound(server: Server) -> list[str]:
    """The command, so that it ends with the process that runs it."""
    setpriv = shutil.which("setpriv")
    if setpriv is None or server.command[0] == setpriv:
        return list(server.command)
    return [setpriv, "--pdeathsig", server.stop.name, "--", *server.command]


def redis(folder: Path, port: int, *more: str, password: str = "") -> Server:
    """A cache: it forgets all when it ends. more: arguments. Raises MissingError."""
    program = programs.REDIS.path()
    folder.mkdir(parents=True, exist_ok=True)
    # A password among the arguments could be read by everyone on the machine.
    config = folder / "redis.conf"
    config.touch(mode=0o600)
    lines = [f"bind {HOST}", f"port {port}", 'save ""', "maxmemory-policy allkeys-lru"]
    lines += [f"requirepass {password}"] if password else []
    config.write_text("\n".join(lines) + "\n")
    secret = f":{password}@" if password else ""
    return Server(
        name="redis",
        command=(program, str(config), *more),
        folder=folder,
        port=port,
        url=f"redis://{secret}{HOST}:{port}/0",
    )


def postgres(folder: Path, port: int, password: str) -> Server:
    """With a database of the user's name; what is in the folder is kept. Raises MissingError,
    StartError."""
    # What PATH has may be a link: the others are where it leads.
    programs_folder = Path(programs.POSTGRES.path()).resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    become = _not_root(folder)
    data = folder / "data"
    if not (data / "PG_VERSION").exists():
        _initialise([*become, str(programs_folder / "initdb")], folder, password)
    program = str(programs_folder / "postgres")
    asked = [str(programs_folder / "pg_isready"), "-q", "-h", HOST, "-p", str(port), "-d", USER]
    # A power cut may cost what is here; the end of a process does not.
    options = ("-c", f"listen_addresses={HOST}", "-c", "fsync=off", "-k", "")
    return Server(
        name="postgres",
        command=(*become, program, "-D", str(data), "-p", str(port), *options),
        folder=folder,
        port=port,
        url=f"postgresql://{USER}:{password}@{HOST}:{port}/postgres",
        ready=lambda: subprocess.run(asked, check=False).returncode == 0,
        # Without waiting for those who are connected.
        stop=signal.SIGINT,
    )


def _initialise(initdb: list[str], folder: Path, password: str) -> None:
    secret = folder / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    made = subprocess.run(
        [
            *(*initdb, "-D", str(folder / "data"), "-U", USER, "-N", "-E", "UTF8", "--locale", "C"),
            *("-A", "scram-sha-256", "--pwfile", str(secret)),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    secret.unlink()
    if made.returncode:
        raise StartError(f"postgres cannot begin: {made.stderr.strip()[-_TAIL:]}")


def _not_root(folder: Path) -> tuple[str, ...]:
    """What makes a command run as a user under whom PostgreSQL runs. Root's folders stay open to
    it, whoever may enter them. Raises MissingError."""
    if os.geteuid():
        return ()
    setpriv = programs.Program(("setpriv",), "apt-get install util-linux").path()
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, user)
    reach = "+dac_override,+dac_read_search"
    group = str(pwd.getpwnam(user).pw_gid)
    return (
        *(setpriv, "--reuid", user, "--regid", group, "--clear-groups", "--inh-caps", reach),
        *("--ambient-caps", reach, "--pdeathsig", "INT", "--"),
    )


def s3(folder: Path, port: int, secret: str) -> Server:
    """With an empty bucket, or MinIO's as it was. Raises MissingError."""
    program = programs.S3.path()
    address = f"{HOST}:{port}"
    environ = {}
    command: tuple[str, ...]
    if Path(program).name == "minio":
        # A folder at the top is a bucket.
        (folder / "data" / BUCKET).mkdir(parents=True, exist_ok=True)
        command = (program, "server", str(folder / "data"), "--address", address)
        environ = {"MINIO_ROOT_USER": USER, "MINIO_ROOT_PASSWORD": secret}
    else:
        command = (program, "-H", HOST, "-p", str(port))
    return Server(
        name="s3",
        command=command,
        folder=folder,
        port=port,
        url=f"http://{address}",
        environ=environ,
        begun=None if environ else lambda: _make_bucket(f"http://{address}/{BUCKET}"),
    )


def s3_forgets() -> bool:
    """Whether the S3 server that there is keeps its objects in memory only. Raises MissingError."""
    return Path(programs.S3.path()).name != "minio"


def s3_environ(server: Server, secret: str) -> dict[str, str]:
    """How a client of S3 finds it."""
    return {
        "AWS_ENDPOINT_URL": server.url,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": USER,
        "AWS_SECRET_ACCESS_KEY": secret,
    }


def _make_bucket(url: str) -> None:
    request = urllib.request.Request(url, method="PUT")
    try:
        urllib.request.urlopen(request, timeout=START_S).close()
    except (urllib.error.URLError, OSError) as error:
        raise StartError(f"s3 makes no bucket: {error}") from error


def prometheus(folder: Path, port: int) -> Server:
    """By prometheus.yml of the folder. Raises MissingError."""
    address = f"{HOST}:{port}"
    return Server(
        name="prometheus",
        command=(
            programs.PROMETHEUS.path(),
            f"--config.file={folder / 'prometheus.yml'}",
            f"--storage.tsdb.path={folder / 'data'}",
            f"--web.listen-address={address}",
        ),
        folder=folder,
        port=port,
        url=f"http://{address}",
        ready=lambda: _answers(f"http://{address}/-/ready"),
    )


def alertmanager(folder: Path, port: int) -> Server:
    """By alertmanager.yml of the folder. Raises MissingError."""
    address = f"{HOST}:{port}"
    return Server(
        name="alertmanager",
        command=(
            programs.ALERTMANAGER.path(),
            f"--config.file={folder / 'alertmanager.yml'}",
            f"--storage.path={folder / 'data'}",
            f"--web.listen-address={address}",
            # By itself: it would look for others on all interfaces.
            "--cluster.listen-address=",
        ),
        folder=folder,
        port=port,
        url=f"http://{address}",
        ready=lambda: _answers(f"http://{address}/-/ready"),
    )


def grafana(folder: Path, port: int, password: str) -> Server:
    """By the folder `provisioning`; password: of admin. Raises MissingError."""
    program = programs.GRAFANA.path()
    verb = ("server",) if Path(program).name == "grafana" else ()
    return Server(
        name="grafana",
        command=(program, *verb, "--homepath", "/usr/share/grafana"),
        folder=folder,
        port=port,
        url=f"http://{HOST}:{port}",
        environ={
            "GF_SERVER_HTTP_ADDR": HOST,
            "GF_SERVER_HTTP_PORT": str(port),
            "GF_PATHS_DATA": str(folder / "data"),
            "GF_PATHS_LOGS": str(folder / "data/logs"),
            "GF_PATHS_PROVISIONING": str(folder / "provisioning"),
            "GF_SECURITY_ADMIN_PASSWORD": password,
            "GF_ANALYTICS_REPORTING_ENABLED": "false",
        },
        ready=lambda: _answers(f"http://{HOST}:{port}/api/health"),
    )


def service(home: Path, port: int, environ: Mapping[str, str]) -> Server:
    """`portalis serve`. environ: its settings, and where S3 is."""
    url = f"http://{HOST}:{port}"
    return Server(
        name="portalis",
        command=(sys.executable, "-m", "portalis", "serve"),
        folder=home,
        port=port,
        url=url,
        environ={
            **environ,
            "PORTALIS_HOME": str(home),
            "PORTALIS_HOST": HOST,
            "PORTALIS_PORT": str(port),
        },
        ready=lambda: _answers(f"{url}/v1/health"),
    )


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1.0) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False
