"""A plane on a Ray cluster of no node that Ray's own autoscaler, version 2, makes grow and shrink.

    isolated("tests.elastic") -> lines of JSON: how long which step took

Runs in namespaces of its own: Ray's test cluster stops every Ray that it sees, and wants ports
and a folder that have fixed names. Everything in there ends with the first process. Its nodes
are processes that say they have eight GPUs; a slot takes all of them.
"""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
STORE_BYTES = 100 << 20
# Ray's: a node that idles for so long is taken away.
RAY_IDLE_S = 3.0
# Ours: without work for so long no node is asked for.
IDLE_S = 1.0
WAIT_S = 60.0
_NAMESPACES = ("unshare", "--net", "--pid", "--mount", "--fork", "--mount-proc")
_INSIDE = 'ip link set lo up && mkdir -p /tmp/ray && mount -t tmpfs tmpfs /tmp/ray && exec "$@"'


def isolated(module: str, arguments: Sequence[str] = (), timeout_s: float = 120.0) -> list[Any]:
    """What the module prints, run as a program in there."""
    as_root = () if os.getuid() == 0 else ("--user", "--map-root-user")
    command = [*_NAMESPACES, *as_root, "sh", "-c", _INSIDE, "sh"]
    ran = subprocess.run(
        [*command, sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )
    assert ran.returncode == 0, f"{ran.stdout[-2000:]}\n{ran.stderr[-4000:]}"
    return [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]


def start_cluster(most_nodes: int) -> None:
    """A head without CPUs, and an autoscaler that may add nodes of 2 CPUs and 8 GPUs. What
    `AutoscalingCluster` of Ray does, but for two traps: the wheel lacks the file that it and the
    autoscaler of its provider read defaults from, so the provider is named as one from outside;
    and nothing else of Ray is stopped. The head has no dashboard: it would take most of the
    time."""
    from ray.autoscaler._private.fake_multi_node.node_provider import FAKE_HEAD_NODE_ID

    node = {"CPU": 2, "GPU": 8, "object_store_memory": STORE_BYTES}
    kinds: Any = {
        "gpu8": {
            "resources": node,
            "node_config": {},
            "min_workers": 0,
            "max_workers": most_nodes,
        },
        "ray.head.default": {"resources": {"CPU": 0}, "node_config": {}, "max_workers": 0},
    }
    config = copy.deepcopy(CONFIG)
    config["available_node_types"] = kinds
    config["provider"]["head_node_id"] = FAKE_HEAD_NODE_ID
    path = Path("/tmp/ray/elastic.json")
    path.write_text(json.dumps(config), "utf-8")
    environ = {
        **os.environ,
        "AUTOSCALER_UPDATE_INTERVAL_S": "1",
        "RAY_FAKE_CLUSTER": "1",
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_enable_autoscaler_v2": "1",
        "RAY_CLOUD_INSTANCE_ID": FAKE_HEAD_NODE_ID,
        "RAY_OVERRIDE_NODE_ID_FOR_TESTING": FAKE_HEAD_NODE_ID,
    }
    ray = Path(sys.executable).with_name("ray")
    options = ["--num-cpus=0", f"--object-store-memory={STORE_BYTES}", "--include-dashboard=false"]
    command = [str(ray), "start", "--head", f"--autoscaling-config={path}", *options]
    subprocess.run(command, env=environ, stdout=subprocess.DEVNULL, check=True)


CONFIG: dict[str, Any] = {
    "cluster_name": "elastic",
    "max_workers": 8,
    "idle_timeout_minutes": RAY_IDLE_S / 60,
    "provider": {
        "type": "external",
        "module": "ray.autoscaler._private.fake_multi_node.node_provider.FakeMultiNodeProvider",
        "use_node_id_as_ip": True,
        "disable_node_updaters": True,
        "disable_launch_config_check": True,
        "launch_multiple": True,
    },
    "head_node_type": "ray.head.default",
    "upscaling_speed": 10.0,
    **{key: {} for key in ("auth", "docker", "file_mounts")},
    **{f"{kind}setup_commands": [] for kind in ("", "head_", "worker_")},
    **{f"{kind}_start_ray_commands": [] for kind in ("head", "worker")},
    "initialization_commands": [],
    "cluster_synced_files": [],
    "rsync_exclude": [],
    "rsync_filter": [],
    "file_mounts_sync_continuously": False,
}


def until(seen: Callable[[], bool]) -> float:
    """The seconds that it took."""
    begin = time.monotonic()
    while not seen():
        assert time.monotonic() - begin < WAIT_S, "it does not happen"
        time.sleep(0.02)
    return time.monotonic() - begin


def main(rounds: int) -> None:
    """From no node to the first result and back, so many times; the plane's log on the way."""
    from portalis.core.ids import TenantId
    from portalis.workload.assembly import PlaneSettings, open_plane
    from portalis.workload.model.transitions import ENDED_JOB

    ann = TenantId("ann")
    begin = time.monotonic()
    start_cluster(most_nodes=3)
    tell(step="head", seconds=time.monotonic() - begin)
    with tempfile.TemporaryDirectory() as folder:
        settings = PlaneSettings(
            home=Path(folder),
            executor="auto",
            scale_nodes=1,
            scale_node="CPU=2,GPU=8",
            scale_slot="CPU=1,GPU=8",
            scale_idle_s=IDLE_S,
        )
        with open_plane(settings) as plane:
            executor: Any = plane.executor
            scaling: Any = plane.controller.scaling
            until(lambda: executor.nodes == 0)
            for number in range(rounds):
                text = f"def add(a: int) -> int:\n    return a + {number}\n"
                begin = time.monotonic()
                options = {"verify": "none"}
                job_id = plane.desk.submit(ann, {"u.py": text.encode()}, options=options).job.id

                def charged(job_id: Any = job_id) -> bool:  # noqa: ANN401
                    return any(each.useful for each in plane.state.charges(job_id))

                def ended(job_id: Any = job_id) -> bool:  # noqa: ANN401
                    return plane.desk.job(ann, job_id).state in ENDED_JOB

                until(lambda: scaling.decided.nodes == 1)
                asked_s = time.monotonic() - begin
                until(lambda: executor.nodes == 1)
                node_s = time.monotonic() - begin
                until(charged)
                first_s = time.monotonic() - begin
                until(ended)
                zero_s = until(lambda: executor.nodes == 0)
                tell(
                    step="round",
                    state=plane.desk.job(ann, job_id).state,
                    places=sorted({each.place for each in plane.state.attempts_of(job_id)}),
                    asked_s=asked_s,
                    node_s=node_s,
                    first_s=first_s,
                    zero_s=zero_s,
                )
    # What is left here ends with this process, the first of its namespace.
    os._exit(0)


def tell(**what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
