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
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
STORE_BYTES = 100 << 20
# Ray's: a node that idles for so long is taken away.
RAY_IDLE_S = 3.0
# Ours: without work for so long no node is asked for.
IDLE_S = 1.0
# Without spot nodes for so long others are asked for.
FALLBACK_S = 2.0
# From the notice to the end of the machine.
NOTICE_MS = 10_000
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
        market: {
            "resources": node,
            "labels": {"ray.io/market-type": market},
            "node_config": {},
            "min_workers": 0,
            "max_workers": most_nodes,
        }
        for market in ("spot", "on-demand")
    } | {
        "ray.head.default": {"resources": {"CPU": 0}, "node_config": {}, "max_workers": 0},
    }
    config = copy.deepcopy(CONFIG)
    config["available_node_types"] = kinds
    config["provider"]["head_node_id"] = FAKE_HEAD_NODE_ID
    path = Path("/tmp/ray/elastic.json")
    path.write_text(json.dumps(config), "utf-8")
    environ = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", ""))),
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
        "module": "tests.elastic_provider.Provider",
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


def main(rounds: int, interrupts: bool) -> None:
    """From no node to the first result and back, so many times; then an interruption."""
    from portalis.workload.assembly import PlaneSettings, open_plane

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
            scale_spot=True,
            scale_fallback_s=FALLBACK_S,
        )
        with open_plane(settings) as plane:
            until(lambda: plane.executor.nodes == {})  # type: ignore[attr-defined]
            for number in range(rounds):
                up_and_down(plane, number)
            if interrupts:
                interrupted(plane)
    # What is left here ends with this process, the first of its namespace.
    os._exit(0)


def up_and_down(plane: Any, number: int) -> None:  # noqa: ANN401 - imported late
    text = f"def add(a: int) -> int:\n    return a + {number}\n"
    begin = time.monotonic()
    job_id = submit(plane, {"u.py": text})
    until(lambda: plane.controller.scaling.decided.nodes == 1)
    asked_s = time.monotonic() - begin
    until(lambda: plane.executor.nodes == {"spot": 1})
    node_s = time.monotonic() - begin
    until(lambda: any(each.useful for each in plane.state.charges(job_id)))
    first_s = time.monotonic() - begin
    until(lambda: is_over(plane, job_id))
    zero_s = until(lambda: plane.executor.nodes == {})
    attempts = plane.state.attempts_of(job_id)
    tell(
        step="round",
        state=plane.state.job(job_id).state,
        places=sorted({each.place for each in attempts}),
        asked_s=asked_s,
        node_s=node_s,
        first_s=first_s,
        zero_s=zero_s,
    )


def interrupted(plane: Any) -> None:  # noqa: ANN401
    """The only spot node is taken away while a unit runs that will not end in time, and there is
    no other; later there is."""
    from tests.app.metadata import machine
    from tests.elastic_provider import NO_SPOT

    body = "".join(f"def f{n}(a: int) -> int:\n    return a + {n}\n" for n in range(2_000))
    job_id = submit(plane, {f"long{n}.py": f"# {n}\n{body}" for n in range(4)})

    def working() -> list[Any]:
        """Attempts at units that take long: the first one only plans."""
        return [
            each
            for each in plane.state.attempts_of(job_id)
            if each.running_ms is not None and each.ended_ms is None and each.unit_id[-2:] != "-0"
        ]

    until(lambda: bool(working()) and plane.executor.nodes == {"spot": 1})
    place = working()[0].place
    NO_SPOT.touch()
    with machine() as spot:
        command = ["node-agent", "--metadata", spot.url, "--node", place, "--poll-s", "0.2"]
        with subprocess.Popen(
            [sys.executable, "-m", "portalis", *command], stderr=subprocess.PIPE, text=True
        ) as agent:
            assert agent.stderr is not None
            said = [agent.stderr.readline()]
            begin = time.monotonic()
            spot.interrupt(int(time.time() * 1000) + NOTICE_MS)
            while "is drained" not in said[-1]:
                said.append(agent.stderr.readline())
                assert said[-1], said
            drained_s = time.monotonic() - begin
            until(lambda: plane.executor.nodes.get("spot", 0) == 0)
            fallback_s = until(lambda: plane.executor.nodes == {"on-demand": 1})
            NO_SPOT.unlink()
            until(lambda: plane.executor.nodes.get("spot", 0) == 1)
            return_s = until(lambda: plane.executor.nodes in ({"spot": 1}, {}))
            agent.terminate()
    until(lambda: is_over(plane, job_id))
    state = plane.state
    attempts, units = state.attempts_of(job_id), state.units(job_id)
    useful = [each.unit_id for each in state.charges(job_id) if each.useful]
    tell(
        step="interruption",
        state=state.job(job_id).state,
        said=said,
        causes=sorted({each.cause for each in attempts if each.cause is not None}),
        places=len({each.place for each in attempts}),
        once=sorted(useful) == sorted(unit.id for unit in units),
        drained_s=drained_s,
        fallback_s=fallback_s,
        return_s=return_s,
    )


def submit(plane: Any, files: Mapping[str, str]) -> Any:  # noqa: ANN401
    sources = {name: text.encode() for name, text in files.items()}
    return plane.desk.submit("ann", sources, options={"verify": "none"}).job.id


def is_over(plane: Any, job_id: Any) -> bool:  # noqa: ANN401
    return plane.state.job(job_id).state in ("done", "failed", "cancelled")


def tell(**what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), "interrupts" in sys.argv)
