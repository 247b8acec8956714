"""The process that starts a stack, keeps it, and ends it with itself.

    python -m portalis.app.stack.keeper FOLDER PLAN

PLAN: a `Plan`'s ports, as JSON. On stdout a line of JSON for each part that serves, then `ready`
or `failed`; nothing after that. SIGTERM ends all parts in the reverse order, then this.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import Final
from urllib.parse import urlsplit

from portalis.app.client import read_access
from portalis.app.settings import hide_password
from portalis.app.stack import kept, servers, watching
from portalis.app.stack.programs import MissingError
from portalis.app.stack.servers import HOST, Server, StartError

_LOOK_S: Final = 1.0
_FAILURES: Final = (MissingError, StartError, kept.StackError, OSError)


class _StopAskedError(Exception):
    """Somebody asked for the end."""


@dataclass
class _Stack:
    """ports: of the parts that are wanted. begun: those that serve, by name."""

    folder: Path
    ports: Mapping[str, int]
    told: Callable[[Mapping[str, object]], None]
    closing: ExitStack = field(default_factory=ExitStack)
    begun: dict[str, Server] = field(default_factory=dict)
    shown: dict[str, kept.Running] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self) -> None:
        """All parts, one after the other. Raises StartError, MissingError, OSError."""
        secrets = kept.passwords(self.folder)
        makers: Mapping[str, Callable[[Path, int], Server]] = {
            "postgres": lambda folder, port: servers.postgres(folder, port, secrets["postgres"]),
            "redis": lambda folder, port: servers.redis(folder, port, password=secrets["redis"]),
            "s3": lambda folder, port: servers.s3(folder, port, secrets["s3"]),
            "portalis": lambda _, port: self._service(port, secrets["s3"]),
            "alertmanager": self._alertmanager,
            "prometheus": self._prometheus,
            "grafana": lambda folder, port: self._grafana(folder, port, secrets["grafana"]),
        }
        if "s3" in self.ports and servers.s3_forgets():
            # Facts without their objects would be of no use.
            for place in ("postgres", "home"):
                shutil.rmtree(self.folder / place, ignore_errors=True)
        (self.folder / "home").mkdir(mode=0o700, exist_ok=True)
        for name, port in self.ports.items():
            folder = self.folder / name
            server = makers[name](folder, port)
            process = self.closing.enter_context(servers.running(server))
            self.begun[name], self.processes[name] = server, process
            self.shown[name] = kept.Running(
                name=name,
                url=hide_password(server.url),
                port=port,
                pid=process.pid,
                log=str(server.log),
            )
            kept.write(self.folder, self.shown)
            self.told({"part": name, "url": hide_password(server.url)})

    def look(self) -> None:
        """Note what has ended by itself."""
        for name, process in self.processes.items():
            if process.poll() is not None and self.shown[name].ended is None:
                self.shown[name] = replace(self.shown[name], ended=process.returncode)
                kept.write(self.folder, self.shown)
                sys.stderr.write(f"{name} ended with {process.returncode}\n")
                sys.stderr.flush()

    def close(self) -> None:
        self.closing.close()

    def _service(self, port: int, s3_secret: str) -> Server:
        environ = {}
        if (postgres := self.begun.get("postgres")) is not None:
            environ["PORTALIS_DATABASE_URL"] = postgres.url
        if (redis := self.begun.get("redis")) is not None:
            environ["PORTALIS_CACHE_URL"] = redis.url
        if (s3 := self.begun.get("s3")) is not None:
            environ["PORTALIS_OBJECTS_URL"] = f"s3://{servers.BUCKET}/objects"
            environ |= servers.s3_environ(s3, s3_secret)
        return servers.service(self.folder / "home", port, environ)

    def _alertmanager(self, folder: Path, port: int) -> Server:
        watching.write_alertmanager(folder, watching.alertmanager_config(folder))
        return servers.alertmanager(folder, port)

    def _prometheus(self, folder: Path, port: int) -> Server:
        access = read_access(self.folder / "home")
        if access is None:
            raise StartError("the service has left no token for Prometheus")
        # Without an Alertmanager nobody listens there, and Prometheus says so.
        alertmanager = f"{HOST}:{self.ports.get('alertmanager', 9093)}"
        config = watching.prometheus_config(folder, urlsplit(access.url).netloc, alertmanager)
        watching.write_prometheus(folder, config, access.token)
        return servers.prometheus(folder, port)

    def _grafana(self, folder: Path, port: int, password: str) -> Server:
        prometheus = self.begun.get("prometheus")
        watching.write_grafana(folder, prometheus.url if prometheus else f"http://{HOST}:9090")
        return servers.grafana(folder, port, password)


def main(folder: Path, ports: Mapping[str, int]) -> int:
    """Until it is told to end; the exit code."""

    def told(line: Mapping[str, object]) -> None:
        try:
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
        except BrokenPipeError:
            # Who started this has gone; the stack stays.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def end(_number: int, _frame: FrameType | None) -> None:
        _deaf()
        raise _StopAskedError

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    stack = _Stack(folder, ports, told)
    try:
        with kept.held(folder):
            try:
                stack.start()
                told({"ready": True})
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                while True:
                    stack.look()
                    time.sleep(_LOOK_S)
            finally:
                _deaf()
                stack.close()
    except _StopAskedError:
        return 0
    except _FAILURES as error:
        told({"failed": str(error)})
        return 1


def _deaf() -> None:
    """What ends in order is not ended in the middle."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), json.loads(sys.argv[2])))
