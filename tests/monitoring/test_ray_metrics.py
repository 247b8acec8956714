"""What Ray exports of its nodes and of our workers, scraped by a real Prometheus."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import httpx
import pytest

from portalis.app.stack import servers
from portalis.app.stack import watching as watched
from portalis.app.stack.programs import PROMETHEUS
from portalis.core.ids import TenantId
from portalis.workload.assembly import PlaneSettings, open_plane
from portalis.workload.model.transitions import JobState
from tests.contracts.conftest import needs, needs_ray
from tests.ray_nodes import RayNodes

ANN = TenantId("ann")
# Ray's agents tell every few seconds.
WAIT_S = 90.0
ASKED = (
    'ray_component_rss_mb{Component=~"ray::RaySlot.*"} > 0',
    'ray_component_cpu_percentage{Component=~"ray::RaySlot.*"}',
    'ray_node_cpu_utilization{RayNodeType="worker"}',
    'ray_node_mem_used{RayNodeType="worker"} > 0',
)


@pytest.mark.slow
def test_workers_are_seen_through_ray_s_own_export(tmp_path: Path) -> None:
    needs(PROMETHEUS)
    needs_ray()
    with RayNodes() as nodes:
        node = nodes.add(cpus=1)
        targets = tmp_path / "nodes.json"
        # As Ray's dashboard writes it.
        exporters = [{"labels": {"job": "ray"}, "targets": [nodes.exporter(node)]}]
        targets.write_text(json.dumps(exporters))
        server = servers.prometheus(tmp_path / "prometheus", servers.free_port())
        config = watched.prometheus_config(server.folder, "127.0.0.1:1", "127.0.0.1:1")
        config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
        ray = watched.scraped(config)["ray"]
        ray["file_sd_configs"] = [{"files": [str(targets)]}]
        config["scrape_configs"] = [ray]
        watched.write_prometheus(server.folder, config, "")
        settings = PlaneSettings(home=tmp_path / "home", executor=f"ray:{nodes.address}")
        with servers.running(server), open_plane(settings) as plane:
            job = plane.desk.submit(ANN, {"a.py": b"print(1)\n"}, options={"verify": "none"}).job
            assert plane.wait(ANN, job.id, WAIT_S).state is JobState.DONE

            def there(expr: str) -> bool:
                asked = {"query": expr}
                answer = httpx.get(f"{server.url}/api/v1/query", params=asked, timeout=30)
                return bool(answer.json()["data"]["result"])

            absent = [e for e in ASKED if not servers.wait_for(partial(there, e), WAIT_S)]
            assert absent == []
            assert not there('ray_component_rss_mb{Component="no such thing"}')
