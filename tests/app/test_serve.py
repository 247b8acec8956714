"""`portalis serve` as a process, and the command line beside it: from sources to a package."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from standardwebhooks import Webhook

from portalis.app.client import read_access
from portalis.app.listener import listening
from portalis.app.settings import load
from tests.app.receiver import receiving

PROGRAM = "def double(n: int) -> int:\n    return 2 * n\n\n\nprint(double(21))\n"
LIBRARY = "def half(n: int) -> int:\n    return n // 2\n"
START_S = 60


def environ(home: Path) -> dict[str, str]:
    return {**os.environ, "PORTALIS_HOME": str(home)}


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "portalis", "serve", "--port", "0", "--workers", "1"],
        env={**environ(home), **settings},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            assert line.startswith("portalis: serving on http://127.0.0.1:"), line
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def call(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "portalis", *map(str, arguments)],
        cwd=home.parent,
        env=environ(home),
        capture_output=True,
        text=True,
        # The first verification builds the runtime.
        timeout=300,
        check=False,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "main.py").write_text(PROGRAM)
    (tmp_path / "sources" / "halves.py").write_text(LIBRARY)
    (tmp_path / "broken.py").write_text("def (:\n")
    return tmp_path / "home"


def test_from_sources_to_a_package(home: Path) -> None:
    with serving(home) as process:
        assert home.stat().st_mode & 0o777 == 0o700
        assert (home / "access.json").stat().st_mode & 0o777 == 0o600
        ran = call(home, "submit", "sources", "--dry-run", "--json")
        estimate = json.loads(ran.stdout)
        assert (estimate["schema"], estimate["units"]) == ("portalis.estimate/1", 2)
        assert estimate["size_class"] == "tiny"
        hours = Decimal(str(estimate["predicted_s"])) / 3600
        cost = hours * Decimal(estimate["usd_per_slot_hour"])
        assert 0 <= Decimal(estimate["cost_usd"]) - cost < Decimal("0.000001")
        assert json.loads(call(home, "jobs", "--json").stdout)["jobs"] == []

        ran = call(home, "submit", "sources", "--wait", "--json", "--tenant", "ann")
        job = json.loads(ran.stdout)
        assert (ran.returncode, job["state"], job["tenant"]) == (0, "done", "ann"), ran.stderr
        assert (job["units"], job["progress"]) == ({"done": 3}, 1.0)
        assert "units_done" in ran.stderr
        out = home.parent / "out"
        for _ in range(2):  # made, then kept
            ran = call(home, "results", job["id"], "-o", out, "--force")
            assert (ran.returncode, ran.stdout) == (0, f"{out}\n"), ran.stderr
        assert 'name = "sources"' in (out / "Cargo.toml").read_text()
        report = json.loads((out / "report.json").read_text())
        assert (report["clean"], report["verification"]) == (True, "compile")
        assert sorted(Path(name).name for name in report["sources"]) == ["halves.py", "main.py"]
        assert call(home, "results", job["id"], "-o", out).returncode == 2

        broken = call(home, "submit", "broken.py", "--wait")
        assert broken.returncode == 100, broken.stderr
        assert "failed" in broken.stdout

        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=START_S) == 0

    before = read_access(home)
    with serving(home) as process:
        after = read_access(home)
        assert before is not None
        assert after is not None
        assert before.token == after.token
        assert call(home, "job", "show", job["id"]).returncode == 0
        # A stream that is open does not keep the service from stopping.
        headers = {"Authorization": f"Bearer {after.token}"}
        waiting = call(home, "submit", "sources", "--verify", "none").stdout.strip()
        url = f"{after.url}/v1/jobs/{waiting}/stream"
        with httpx.stream("GET", url, headers=headers, timeout=60) as stream:
            assert stream.status_code == 200
            started = time.monotonic()
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=START_S) == 0
            assert time.monotonic() - started < START_S / 2


def test_no_answer_waits_for_an_acknowledgement(home: Path) -> None:
    with listening(load({"home": str(home), "port": 0}).settings) as listener:

        async def answered() -> int:
            loop = asyncio.get_running_loop()
            seen: asyncio.Future[int] = loop.create_future()

            class Peer(asyncio.Protocol):
                def connection_made(self, transport: asyncio.BaseTransport) -> None:
                    socket_ = transport.get_extra_info("socket")
                    seen.set_result(socket_.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
                    transport.close()

            async with await loop.create_server(Peer, sock=listener):
                _, writer = await asyncio.open_connection(*listener.getsockname())
                writer.close()
                return await seen

        assert asyncio.run(answered())


def test_what_stands_in_the_way_is_said(home: Path) -> None:
    home.mkdir()
    (home / "portalis.toml").write_text("port = 8751\ncolour = 1\n")
    ran = call(home, "serve")
    assert ran.returncode == 2
    assert f"{home}/portalis.toml:2: `colour` is no setting" in ran.stderr
    assert call(home, "config", "show").returncode == 2
    (home / "portalis.toml").write_text("port = 8751\n")
    shown = json.loads(call(home, "config", "show", "--json").stdout)
    assert shown["schema"] == "portalis.config/1"
    assert shown["settings"]["port"] == {
        "value": "8751", "from": "file", "place": f"{home}/portalis.toml:1",
    }  # fmt: skip
    assert call(home, "jobs").returncode == 1


def test_a_webhook_hears_of_a_budget_that_is_nearly_spent(home: Path) -> None:
    settings = {"PORTALIS_WEBHOOKS_ALLOW_PRIVATE": "true", "PORTALIS_NODE_PRICE": "p5.48xlarge"}
    with receiving() as receiver, serving(home, **settings):
        ran = call(home, "webhook", "add", receiver.url, "--tenant", "ann", "--event",
                   "job.budget_alert")  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        secret = ran.stdout.strip()
        ran = call(home, "budget", "set", "ann", "--daily", "0.0001", "--no-hard-stop")
        assert ran.returncode == 0, ran.stderr
        ran = call(home, "submit", "sources", "--wait", "--tenant", "ann", "--json")
        assert ran.returncode == 0, ran.stderr
        job = json.loads(ran.stdout)["id"]
        log = [
            json.loads(e) for e in call(home, "job", "events", job, "--json").stdout.splitlines()
        ]
        (alert,) = [event for event in log if event["event"] == "budget_alert"]
        receiver.wait(1)
        (message,) = [Webhook(secret).verify(got.body, got.headers) for got in receiver.got]
    assert (alert["unit"], alert["detail"]["window"]) == (None, "day")
    assert alert["detail"]["limit_usd"] == "0.000100"
    assert Decimal(alert["detail"]["posted_usd"]) > Decimal("0.00008")
    assert message["type"] == "job.budget_alert"
    assert message["data"] == {**alert, "tenant": "ann"}


def test_a_webhook_hears_of_the_end(home: Path) -> None:
    with receiving() as receiver, serving(home, PORTALIS_WEBHOOKS_ALLOW_PRIVATE="true"):
        ran = call(home, "webhook", "add", receiver.url, "--tenant", "ann")
        assert ran.returncode == 0, ran.stderr
        secret = ran.stdout.strip()
        ran = call(home, "submit", "sources", "--wait", "--tenant", "ann", "--json")
        assert ran.returncode == 0, ran.stderr
        job = json.loads(ran.stdout)
        log = call(home, "job", "events", job["id"], "--json").stdout.splitlines()
        numbers = {e["number"] for e in map(json.loads, log) if e["unit"] is None}
        receiver.wait(len(numbers))
        messages = [Webhook(secret).verify(got.body, got.headers) for got in receiver.got]
        assert {message["data"]["number"] for message in messages} == numbers
        assert messages[-1]["data"]["job"] == job["id"]
        assert "job.units_done" in {message["type"] for message in messages}
