"""Dashboards: the JSON is the table, and every query finds what it asks for on a real run."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portalis.app.client import read_access
from portalis.monitoring.alerts import ALERTS, Alert
from portalis.monitoring.metrics import METRICS, Kind
from portalis.monitoring.panels import DASHBOARDS
from tests.app.test_serve import call, serving
from tests.contracts.conftest import missing, wait_for
from tests.monitoring.stack import INFRA, Stack, watching
from tests.monitoring.test_gpu import stand_in

MORE = "def third(n: int) -> int:\n    return 3 * n\n"
SOURCES = {
    "main.py": "def double(n: int) -> int:\n    return 2 * n\n\n\nprint(double(21))\n",
    "library.py": "def half(n: int) -> int:\n    return n // 2\n",
}
QUERIES = [
    (f"{table.title} / {panel.title}", expr)
    for table in DASHBOARDS
    for panel in table.panels()
    for expr, _ in panel.queries
]
# A selector: the name of a metric of ours or of an exporter, and its labels.
SELECTOR = re.compile(r"\b((?:portalis|DCGM)_\w+|up)\b(\{[^}]*\})?")
# Nothing was stopped.
MAY_BE_EMPTY = ("Jobs stopped by budgets",)


def filled(expr: str) -> str:
    """As Grafana fills it in."""
    return expr.replace("$tenant", ".*").replace("$__rate_interval", "30s")


def selectors(expr: str) -> set[str]:
    return {name + (labels or "") for name, labels in SELECTOR.findall(filled(expr))}


def test_the_json_is_the_table(tmp_path: Path) -> None:
    if importlib.util.find_spec("grafana_foundation_sdk") is None:
        missing("grafana-foundation-sdk")
    build = INFRA / "grafana/build.py"
    subprocess.run([sys.executable, build, tmp_path], check=True)
    made = {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()}
    kept = {file.name: file.read_text("utf-8") for file in (INFRA / "grafana/dashboards").iterdir()}
    assert made == kept, "run `make docs`"


def test_the_json_shows_what_the_table_says() -> None:
    for table in DASHBOARDS:
        path = INFRA / f"grafana/dashboards/{table.uid}.json"
        shown = [p for p in json.loads(path.read_text("utf-8"))["panels"] if p["type"] != "row"]
        asked = [[target["expr"] for target in panel["targets"]] for panel in shown]
        assert asked == [[expr for expr, _ in panel.queries] for panel in table.panels()]
        assert len({panel["id"] for panel in shown}) == len(shown)
        for panel in shown:
            place = panel["gridPos"]
            assert place["x"] + place["w"] <= 24


def test_the_panels_of_the_seed() -> None:
    titles = {panel.title for table in DASHBOARDS for panel in table.panels()}
    rows = {title for table in DASHBOARDS for title, _ in table.rows}
    assert "Cluster overview" in rows
    assert titles >= {
        *("GPU utilization", "GPU memory", "Job queue", "Translation latency"),
        *("Throughput (jobs/hour)", "Error rate", "Cost tracking", "Cache hit rate"),
        *("GPU temperature", "Used of budgets", "Cost per verified function", "Saved by the cache"),
    }


def test_no_metric_that_nobody_looks_at() -> None:
    asked = " ".join([*(expr for _, expr in QUERIES), *(alert.expr for alert in ALERTS)])
    unseen = [metric.name for metric in METRICS if metric.name not in asked]
    assert unseen == []


def test_only_metrics_that_there_are() -> None:
    """Before anything is run: names are those of the table."""
    names = {metric.name for metric in METRICS if metric.kind is not Kind.HISTOGRAM}
    names |= {f"{m.name}_bucket" for m in METRICS if m.kind is Kind.HISTOGRAM}
    for title, expr in QUERIES:
        for selector in selectors(expr):
            name = selector.partition("{")[0]
            assert name in names or name.startswith("DCGM_"), (title, name)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A service on a machine with a GPU, that translated something twice."""
    folder = tmp_path_factory.mktemp("watched")
    home, stack_folder, gpu = (folder / name for name in ("home", "stack", "gpu"))
    for each in (stack_folder, gpu, folder / "sources"):
        each.mkdir()
    for name, text in SOURCES.items():
        (folder / "sources" / name).write_text(text)
    stand_in(gpu / "libnvidia-ml.so.1")
    with serving(home, LD_LIBRARY_PATH=str(gpu)):
        access = read_access(home)
        assert access is not None
        service = access.url.removeprefix("http://")
        with watching(stack_folder, service, access.token) as stack:
            wait_for(lambda: bool(stack.query('up{job="portalis"} == 1')))
            assert call(home, "budget", "set", "default", "--daily", "5").returncode == 0
            submit = ("submit", "sources", "--wait", "--verify", "run")
            # The first makes the series of its tenant; what comes after is an increase.
            for _ in range(2):
                ran = call(home, *submit)
                assert ran.returncode == 0, ran.stderr
            call(home, *submit, "--name", "another")
            (folder / "sources" / "more.py").write_text(
                "def third(n: int) -> int:\n    return 3 * n\n"
            )
            assert call(home, *submit).returncode == 0
            done = 'sum(portalis_jobs_completed_total{state="done"}) >= 4'
            wait_for(lambda: bool(stack.query(done)))
            # Increases need two samples.
            latency = "sum(increase(portalis_translation_latency_seconds_count[30s])) > 0"
            wait_for(lambda: bool(stack.query(latency)))
            yield stack


def test_every_series_that_is_asked_for_is_there(watched: Stack) -> None:
    asked = QUERIES + [(alert.name, alert.expr) for alert in ALERTS]
    wanted = {selector for _, expr in asked for selector in selectors(expr)}
    stopped = {s for s in wanted if s.startswith("portalis_jobs_stopped_by_budget")}
    absent = [s for s in sorted(wanted - stopped) if not watched.query(f"last_over_time({s}[1h])")]
    assert absent == []
    # The question does tell.
    assert watched.query("last_over_time(portalis_cost_usd[1h])") == []


@pytest.mark.parametrize(("title", "expr"), QUERIES, ids=[f"{t}: {e[:40]}" for t, e in QUERIES])
def test_every_panel_shows_something(watched: Stack, title: str, expr: str) -> None:
    found = watched.query(filled(expr))
    assert found or title.endswith(MAY_BE_EMPTY), filled(expr)


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert.name)
def test_every_alert_can_be_asked(watched: Stack, alert: Alert) -> None:
    assert watched.query(alert.expr) == []
