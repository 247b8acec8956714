"""Prometheus, Alertmanager and stand-ins for what they talk to, as processes of a test."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import yaml

from portalis.monitoring.alerts import rules
from tests.app.receiver import Receiver, receiving
from tests.contracts.conftest import listens, missing, wait_for

INFRA = Path(__file__).parents[2] / "infra"
# Below the ports that the system gives out by itself: nobody else takes them meanwhile.
_PORTS = iter(range(21_000 + os.getpid() % 500 * 20, 32_000))
# Minutes of the rules as seconds.
FASTER = 60

# Names and labels of NVIDIA's DCGM exporter.
DCGM = """\
# TYPE DCGM_FI_DEV_GPU_TEMP gauge
DCGM_FI_DEV_GPU_TEMP{gpu="0",UUID="GPU-1",device="nvidia0",Hostname="n1"} 61
# TYPE DCGM_FI_DEV_GPU_UTIL gauge
DCGM_FI_DEV_GPU_UTIL{gpu="0",UUID="GPU-1",device="nvidia0",Hostname="n1"} 43
# TYPE DCGM_FI_DEV_FB_USED gauge
DCGM_FI_DEV_FB_USED{gpu="0",UUID="GPU-1",device="nvidia0",Hostname="n1"} 5120
# TYPE DCGM_FI_DEV_FB_FREE gauge
DCGM_FI_DEV_FB_FREE{gpu="0",UUID="GPU-1",device="nvidia0",Hostname="n1"} 76000
"""


def free_port() -> int:
    return next(port for port in _PORTS if not listens(port))


@contextmanager
def exporting(text: str) -> Iterator[str]:
    """The address of an exporter that always tells the same."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Nothing is to be said."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@dataclass(frozen=True)
class Stack:
    """prometheus: its address. told: what arrived at PagerDuty and at Slack."""

    prometheus: str
    pagerduty: Receiver
    slack: Receiver

    def query(self, expr: str) -> list[dict[str, Any]]:
        """The series that it yields now."""
        answer = httpx.get(f"{self.prometheus}/api/v1/query", params={"query": expr})
        assert answer.status_code == 200, f"{expr}: {answer.text}"
        found: list[dict[str, Any]] = answer.json()["data"]["result"]
        return found

    def firing(self) -> set[str]:
        alerts = httpx.get(f"{self.prometheus}/api/v1/alerts").json()["data"]["alerts"]
        return {each["labels"]["alertname"] for each in alerts if each["state"] == "firing"}


@contextmanager
def watching(folder: Path, service: str, token: str) -> Iterator[Stack]:
    """Our configurations, with shorter times and other addresses. service: host and port."""
    for program in ("prometheus", "prometheus-alertmanager"):
        if shutil.which(program) is None:
            missing(program)
    with ExitStack() as stack:
        pagerduty, slack = stack.enter_context(receiving()), stack.enter_context(receiving())
        dcgm = stack.enter_context(exporting(DCGM))
        alerts = _alertmanager(folder, pagerduty, slack)
        (folder / "token").write_text(token)
        _write_prometheus(folder, service, dcgm, alerts)
        port = free_port()
        storage = f"--storage.tsdb.path={folder / 'prometheus'}"
        stack.enter_context(
            _process(
                folder,
                port,
                [
                    *("prometheus", f"--config.file={folder / 'prometheus.yml'}", storage),
                    f"--web.listen-address=127.0.0.1:{port}",
                ],
            )
        )
        where, _, listened = alerts.partition(":")
        assert where == "127.0.0.1"
        stack.enter_context(
            _process(
                folder,
                int(listened),
                [
                    "prometheus-alertmanager",
                    f"--config.file={folder / 'alertmanager.yml'}",
                    f"--storage.path={folder / 'alertmanager'}",
                    f"--web.listen-address={alerts}",
                    # By itself: it would look for others on all interfaces.
                    "--cluster.listen-address=",
                ],
            )
        )
        yield Stack(f"http://127.0.0.1:{port}", pagerduty, slack)


@contextmanager
def _process(folder: Path, port: int, arguments: list[str]) -> Iterator[None]:
    with (
        (folder / f"{arguments[0]}.log").open("w") as log,
        subprocess.Popen(arguments, stdout=log, stderr=log, cwd=folder) as process,
    ):
        try:
            wait_for(lambda: listens(port) or process.poll() is not None)
            assert process.poll() is None, (folder / f"{arguments[0]}.log").read_text()
            yield
        finally:
            process.terminate()


def _alertmanager(folder: Path, pagerduty: Receiver, slack: Receiver) -> str:
    config = yaml.safe_load((INFRA / "alertmanager/alertmanager.yml").read_text("utf-8"))
    config["route"].update(group_wait="1s", group_interval="1s")
    for name, content in (("pagerduty", "a-key"), ("slack", slack.url)):
        (folder / name).write_text(content)
    by_name = {each["name"]: each for each in config["receivers"]}
    by_name["pagerduty"]["pagerduty_configs"][0].update(
        routing_key_file=str(folder / "pagerduty"), url=pagerduty.url
    )
    by_name["slack"]["slack_configs"][0].update(api_url_file=str(folder / "slack"))
    (folder / "alertmanager.yml").write_text(json.dumps(config))
    return f"127.0.0.1:{free_port()}"


def _write_prometheus(folder: Path, service: str, dcgm: str, alerts: str) -> None:
    config = yaml.safe_load((INFRA / "prometheus/prometheus.yml").read_text("utf-8"))
    config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    config["rule_files"] = ["rules.yml"]
    (folder / "rules.yml").write_text(rules(FASTER), "utf-8")
    config["alerting"]["alertmanagers"][0]["static_configs"] = [{"targets": [alerts]}]
    jobs = {each["job_name"]: each for each in config["scrape_configs"]}
    jobs["portalis"]["authorization"]["credentials_file"] = str(folder / "token")
    jobs["portalis"]["static_configs"] = [{"targets": [service]}]
    jobs["dcgm"] = {"job_name": "dcgm", "static_configs": [{"targets": [dcgm]}]}
    config["scrape_configs"] = [jobs["portalis"], jobs["dcgm"]]
    (folder / "prometheus.yml").write_text(json.dumps(config))
