"""Prometheus, Alertmanager and stand-ins for what they talk to, as processes of a test."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

from portalis.app.stack import servers
from portalis.app.stack import watching as watched
from portalis.app.stack.programs import ALERTMANAGER, PROMETHEUS
from tests.app.receiver import Receiver, receiving
from tests.contracts.conftest import needs

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
    return next(port for port in _PORTS if not servers.listens(port))


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
    needs(PROMETHEUS, ALERTMANAGER)
    with ExitStack() as stack:
        pagerduty, slack = stack.enter_context(receiving()), stack.enter_context(receiving())
        dcgm = stack.enter_context(exporting(DCGM))
        alerts = servers.alertmanager(folder / "alertmanager", free_port())
        _write_alertmanager(alerts.folder, pagerduty, slack)
        stack.enter_context(servers.running(alerts))
        told = servers.prometheus(folder / "prometheus", free_port())
        config = watched.prometheus_config(told.folder, service, f"{servers.HOST}:{alerts.port}")
        config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
        config["scrape_configs"] = [
            watched.scraped(config)["portalis"],
            {"job_name": "dcgm", "static_configs": [{"targets": [dcgm]}]},
        ]
        watched.write_prometheus(told.folder, config, token, FASTER)
        stack.enter_context(servers.running(told))
        yield Stack(told.url, pagerduty, slack)


def _write_alertmanager(folder: Path, pagerduty: Receiver, slack: Receiver) -> None:
    config = watched.alertmanager_config(folder)
    config["route"].update(group_wait="1s", group_interval="1s")
    by_name = {each["name"]: each for each in config["receivers"]}
    by_name["pagerduty"]["pagerduty_configs"][0]["url"] = pagerduty.url
    watched.write_alertmanager(folder, config)
    for name, content in (("pagerduty", "a-key"), ("slack", slack.url)):
        (folder / watched.SECRETS / name).write_text(content)
