"""A Ray cluster of several nodes on this machine, in a process of its own, that takes orders.

    with RayNodes() as nodes: node = nodes.add(cpus=1); nodes.kill(node)

The head has no CPUs, so it survives what is done to the others. It notices a dead node in
some seconds, as the documentation tells operators to set it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

STORE_BYTES = 80 << 20
# What docs/architecture.md tells operators: Ray's defaults take a minute.
HEALTH = {
    "health_check_initial_delay_ms": 1_000,
    "health_check_period_ms": 1_000,
    "health_check_timeout_ms": 2_000,
    "health_check_failure_threshold": 3,
}


class RayNodes:
    """`address`: as `ray.init` takes it. `client`: the address of its server for clients. port:
    where the head listens; 0: where it likes."""

    def __init__(self, port: int = 0) -> None:
        # Sockets lie below it: their paths are bounded.
        self._folder = tempfile.TemporaryDirectory(prefix="pr", ignore_cleanup_errors=True)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.ray_nodes", self._folder.name, str(port)],
            cwd=Path(__file__).parents[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        started = self._answer()
        self.address: str = started["address"]
        self.client: str = started["client"]

    def add(self, cpus: int, spare_mb: int = 0) -> str:
        """One node more; its id. spare_mb: when the machine uses this much more than now, the
        node kills its workers; 0: as Ray likes."""
        return str(self._ask("add", cpus, spare_mb)["id"])

    def exporter(self, node: str) -> str:
        """Where the node tells its metrics, as HOST:PORT."""
        return str(self._ask("exporter", node)["address"])

    def kill(self, node: str) -> None:
        """SIGKILL to the node with all that runs there."""
        self._ask("kill", node)

    def hang(self, node: str) -> None:
        """SIGSTOP to the node with all that runs there."""
        self._ask("hang", node)

    def behead(self) -> None:
        """SIGKILL to the head with all that runs there; nothing can be asked any more."""
        self._ask("behead")

    def is_alive(self, node: str) -> bool:
        """Whether the node's own process runs."""
        return bool(self._ask("look", node)["alive"])

    def drain(self, node: str, span_ms: int) -> None:
        """Notice that the node is taken away after this time."""
        self._ask("drain", node, span_ms)

    def _ask(self, do: str, *given: object) -> dict[str, Any]:
        assert self._process.stdin is not None
        print(json.dumps([do, *given]), file=self._process.stdin, flush=True)
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the Ray cluster ended"
        return dict(json.loads(line))

    def __enter__(self) -> RayNodes:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        with self._process as process:
            assert process.stdin is not None
            process.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        self._folder.cleanup()


def main(folder: str, head_port: int) -> None:
    """Orders as lines of JSON on standard input, an answer to each on standard output."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    from ray.cluster_utils import Cluster

    # Ray leaves the address of a cluster there, whatever folder it is given.
    Path(tempfile.gettempdir(), "ray").mkdir(exist_ok=True)
    port = free_port()
    common: dict[str, Any] = {
        "include_dashboard": False,
        "include_log_monitor": False,
        "object_store_memory": STORE_BYTES,
    }
    head = {
        "num_cpus": 0,
        "temp_dir": folder,
        "ray_client_server_port": port,
        "no_monitor": True,
        "gcs_server_port": head_port or None,
        "_system_config": HEALTH,
        **common,
    }
    cluster: Any = Cluster(initialize_head=True, head_node_args=head)
    nodes: dict[str, Any] = {}
    answer: dict[str, Any] = {"address": cluster.address, "client": f"ray://127.0.0.1:{port}"}
    print(json.dumps(answer), file=answers, flush=True)
    for line in sys.stdin:
        do, *given = json.loads(line)
        answer = {}
        if do == "add":
            with _tight(given[1]):
                node = cluster.add_node(num_cpus=given[0], **common)
            nodes[node.node_id] = node
            answer = {"id": node.node_id}
        elif do == "kill":
            _signal(nodes[given[0]], signal.SIGKILL)
        elif do == "hang":
            _signal(nodes[given[0]], signal.SIGSTOP)
        elif do == "behead":
            _signal(cluster.head_node, signal.SIGKILL)
        elif do == "exporter":
            node = nodes[given[0]]
            answer = {"address": f"{node.node_ip_address}:{node.metrics_export_port}"}
        elif do == "look":
            answer = {"alive": nodes[given[0]].remaining_processes_alive()}
        elif do == "drain":
            _drain(cluster, *given)
        print(json.dumps(answer), file=answers, flush=True)
    for node in nodes.values():
        # What is stopped takes no request to end.
        _signal(node, signal.SIGKILL)
    cluster.shutdown()


@contextmanager
def _tight(spare_mb: int) -> Iterator[None]:
    """A raylet that starts in this context bears so much more than what is used now."""
    import psutil  # type: ignore[import-untyped]

    name = "RAY_memory_usage_threshold"
    if spare_mb:
        memory = psutil.virtual_memory()
        used = memory.total - memory.available + (spare_mb << 20)
        os.environ[name] = f"{used / memory.total:.4f}"
    try:
        yield
    finally:
        os.environ.pop(name, None)


def _signal(node: Any, number: signal.Signals) -> None:  # noqa: ANN401 - Ray's
    """To the node's processes and all that they started; of a node that is no head: its raylet."""
    import psutil

    for started in [each for found in node.all_processes.values() for each in found]:
        with suppress(psutil.Error):
            found = psutil.Process(started.process.pid)
            for each in [found, *found.children(recursive=True)]:
                with suppress(psutil.Error):
                    each.send_signal(number)


def _drain(cluster: Any, node: str, span_ms: int) -> None:  # noqa: ANN401 - Ray's
    import time

    import ray
    from ray.core.generated import autoscaler_pb2

    tables: Any = autoscaler_pb2
    reason = tables.DrainNodeReason.Value("DRAIN_NODE_REASON_PREEMPTION")
    raylet: Any = ray._raylet
    client = raylet.GcsClient(address=cluster.gcs_address)
    client.drain_node(node, reason, "taken away", int(time.time() * 1000) + span_ms)


def free_port() -> int:
    """Outside of what the system and Ray's own processes take ports from (10,002 to 19,999,
    23,000 to 24,000, and from 32,768 on): nobody may be there first."""
    import socket

    for port in range(25_000 + os.getpid() % 5_000, 32_000):
        with socket.socket() as found, suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
