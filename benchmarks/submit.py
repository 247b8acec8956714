"""Latency of `POST /v1/jobs` at 100 concurrent clients: python benchmarks/submit.py

A service of its own process on SQLite in a temporary folder; each client sends one small
upload a second (the pace of a busy company), then all send as fast as they are answered.
The service works on the jobs meanwhile. CPU is that of the process that answers requests and
that of the controller's, a submission, without the workers: on a machine that does other work only
that means something.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from portalis.app.archives import stream_zip
from portalis.app.client import Access, read_access

SOURCES = (("shop.py", b"def price(n: int) -> int:\n    return n + 1\n"),)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--clients", type=int, default=100)
    options.add_argument("--seconds", type=float, default=10.0)
    options.add_argument("--durability", choices=("normal", "full"), default="normal")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        service = subprocess.Popen(
            [sys.executable, "-m", "portalis", "serve", "--port", "0", "--workers", "1"],
            env={
                **os.environ,
                "PORTALIS_HOME": str(home),
                "PORTALIS_DURABILITY": asked.durability,
            },
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert service.stderr is not None
            print(service.stderr.readline().strip(), file=sys.stderr)
            access = read_access(home)
            assert access is not None
            print(f"{asked.clients} clients, {asked.seconds:g} s, durability {asked.durability}\n")
            processes = (service.pid, _controller(service.pid))
            print("| pace | submits/s | p50 | p99 | worst | CPU: requests | controller | refused |")
            print("|---|--:|--:|--:|--:|--:|--:|--:|")
            for pace, pause_s in (("one a second each", 1.0), ("as fast as answered", 0.0)):
                before_s = [_cpu_s(process) for process in processes]
                took, refused = asyncio.run(_load(access, asked.clients, asked.seconds, pause_s))
                cpu = " | ".join(
                    f"{1000 * (_cpu_s(process) - before) / len(took):.1f} ms"
                    for process, before in zip(processes, before_s, strict=True)
                )
                row = _row(took, asked.seconds)
                print(f"| {pace} | {row} | {cpu} | {refused} |", flush=True)
        finally:
            service.send_signal(signal.SIGKILL)
            service.wait()


def _controller(service: int) -> int:
    """The process that the service began."""
    children = Path(f"/proc/{service}/task/{service}/children").read_text().split()
    return int(children[0])


def _cpu_s(pid: int) -> float:
    """What the process has used, without its children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _row(took_ms: list[float], seconds: float) -> str:
    took_ms.sort()
    p50, p99 = (took_ms[int(len(took_ms) * part)] for part in (0.5, 0.99))
    return f"{len(took_ms) / seconds:.0f} | {p50:.1f} ms | {p99:.1f} ms | {took_ms[-1]:.1f} ms"


async def _load(
    access: Access, clients: int, seconds: float, pause_s: float
) -> tuple[list[float], int]:
    """Milliseconds of each submit that was taken, and how many were not."""
    archive = b"".join(stream_zip(SOURCES))
    took: list[float] = []
    refused = 0
    headers = {"Authorization": f"Bearer {access.token}", "Content-Type": "application/zip"}
    # A pool of connections looks at all of them at each request: many clients would measure that.
    secure = httpx.create_ssl_context()
    connected = asyncio.Barrier(clients)

    async def client(number: int) -> None:
        async with httpx.AsyncClient(
            base_url=access.url, headers=headers, verify=secure, timeout=60
        ) as http:
            # To make a hundred clients at once takes this process longer than a submission.
            await http.get("/v1/jobs", params={"limit": 1})
            await connected.wait()
            await submit(number, http)

    async def submit(number: int, http: httpx.AsyncClient) -> None:
        nonlocal refused
        end = time.monotonic() + seconds
        await asyncio.sleep(pause_s * number / clients)
        parameters = {"tenant": f"tenant-{number}", "verify": "none"}
        while (started := time.monotonic()) < end:
            answer = await http.post("/v1/jobs", params=parameters, content=archive)
            took_s = time.monotonic() - started
            if answer.status_code == 201:
                took.append(took_s * 1000)
            else:
                refused += 1
            await asyncio.sleep(max(0.0, pause_s - took_s))

    await asyncio.gather(*(client(number) for number in range(clients)))
    return took, refused


if __name__ == "__main__":
    main()
