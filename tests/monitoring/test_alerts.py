"""Each alert fires where it should and is silent where it should be, by Prometheus' own tool."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from portalis.monitoring.alerts import ALERTS, Alert, Severity, rules
from tests.contracts.conftest import missing

INFRA = Path(__file__).parents[2] / "infra"
BY_NAME = {alert.name: alert for alert in ALERTS}


@dataclass(frozen=True)
class Case:
    """series: by promtool's notation, a value a minute. fires: labels and summary, or nothing."""

    title: str
    alert: str
    at: str
    series: dict[str, str]
    fires: list[tuple[dict[str, str], str]] = field(default_factory=list)


def ended(state: str, tenant: str = "ann") -> str:
    labels = f'tenant="{tenant}",priority="batch",state="{state}",job="portalis"'
    return f"portalis_jobs_completed_total{{{labels}}}"


def budget(name: str, tenant: str = "ann") -> str:
    return f'portalis_budget_{name}_usd{{tenant="{tenant}",window="day",job="portalis"}}'


UP = 'up{job="portalis",instance="one"}'
LEADS = 'portalis_controller_up{job="portalis",instance="one"}'
SPOT_WANTED = 'portalis_nodes_wanted{market="spot"}'
OTHERS_WANTED = 'portalis_nodes_wanted{market="on_demand"}'
SPOT_THERE = 'portalis_nodes{market="spot"}'
OTHERS_THERE = 'portalis_nodes{market="on_demand"}'
SLOTS = 'portalis_slots{instance="one"}'
BUSY = 'portalis_slots_busy{instance="one"}'
READY = 'portalis_units{state="ready"}'
QUEUED = 'portalis_jobs_queued{priority="batch"}'
DRAINED = 'portalis_preemptions_total{reason="node_drained"}'
DCGM_HEAT = 'DCGM_FI_DEV_GPU_TEMP{instance="n1",gpu="0"}'
OWN_HEAT = 'portalis_gpu_temperature_celsius{instance="one",gpu="0"}'
DCGM_WORK = 'DCGM_FI_DEV_GPU_UTIL{instance="n1",gpu="0"}'
OWN_WORK = 'portalis_gpu_utilization{instance="one",gpu="0"}'
HOT = {"gpu": "0", "instance": "n1"}
OWN = {"gpu": "0", "instance": "one"}
ANN_DAY = {"tenant": "ann", "window": "day"}
DOWN_TOLD: list[tuple[dict[str, str], str]] = [({}, "no service answers, or none runs the jobs")]

CASES = (
    Case(
        "one of ten fails",
        "PortalisHighErrorRate",
        "10m",
        {ended("done"): "0+9x20", ended("failed"): "0+1x20"},
        [({}, "10% of the jobs fail")],
    ),
    Case(
        "two services on one store tell the same",
        "PortalisHighErrorRate",
        "10m",
        {
            ended("done"): "0+9x20",
            ended("failed"): "0+1x20",
            ended("done").replace("}", ',instance="two"}'): "0+9x20",
            ended("failed").replace("}", ',instance="two"}'): "0+1x20",
        },
        [({}, "10% of the jobs fail")],
    ),
    Case(
        "one of a hundred fails",
        "PortalisHighErrorRate",
        "10m",
        {ended("done"): "0+99x20", ended("failed"): "0+1x20"},
    ),
    Case(
        "one failed, an hour of others did not",
        "PortalisHighErrorRate",
        "62m",
        {ended("done"): "0+9x57 513x20", ended("failed"): "0x57 1x20"},
    ),
    Case(
        "jobs are cancelled and stopped by budgets",
        "PortalisHighErrorRate",
        "10m",
        {
            ended("done"): "0+1x20",
            ended("failed"): "0x20",
            ended("cancelled"): "0+9x20",
            ended("stopped_budget"): "0+9x20",
        },
    ),
    Case("nothing ends", "PortalisHighErrorRate", "10m", {ended("done"): "5x20"}),
    Case("86 °C", "PortalisGpuOverheating", "6m", {DCGM_HEAT: "86x9"},
         [(HOT, "GPU 0 of n1 is at 86 °C")]),
    Case("the service's own", "PortalisGpuOverheating", "6m", {OWN_HEAT: "90x9"},
         [(OWN, "GPU 0 of one is at 90 °C")]),
    Case("85 °C", "PortalisGpuOverheating", "6m", {DCGM_HEAT: "85x9", OWN_HEAT: "85x9"}),
    Case("hot for a moment", "PortalisGpuOverheating", "6m", {DCGM_HEAT: "60x3 90 60x9"}),
    Case("above the limit", "PortalisBudgetExceeded", "1m",
         {budget("posted"): "10.01x5", budget("limit"): "10x5"},
         [(ANN_DAY, "the budget of ann is spent")]),
    Case("a hard stop has stopped jobs", "PortalisBudgetExceeded", "1m",
         {budget("posted"): "9.99x5", budget("limit"): "10x5",
          'portalis_jobs_stopped_by_budget{tenant="ann"}': "2x5"},
         [({"tenant": "ann"}, "the budget of ann is spent")]),
    Case("at the limit", "PortalisBudgetExceeded", "1m",
         {budget("posted"): "10x5", budget("limit"): "10x5"}),
    Case("another's limit", "PortalisBudgetExceeded", "1m",
         {budget("posted"): "50x5", budget("limit"): "100x5", budget("limit", "bob"): "10x5"}),
    Case("the scrape fails", "PortalisClusterUnavailable", "3m", {UP: "0x5", LEADS: "1x0"},
         DOWN_TOLD),
    Case("nothing is scraped at all", "PortalisClusterUnavailable", "3m", {}, DOWN_TOLD),
    Case("nobody leads", "PortalisClusterUnavailable", "3m", {UP: "1x5", LEADS: "0x5"}, DOWN_TOLD),
    Case("all is well", "PortalisClusterUnavailable", "3m", {UP: "1x5", LEADS: "1x5"}),
    Case("one of two services is down", "PortalisClusterUnavailable", "3m",
         {UP: "1x5", UP.replace("one", "two"): "0x5", LEADS: "1x5"}),
    Case("a scrape is missed", "PortalisClusterUnavailable", "4m",
         {UP: "1 1 0 1 1", LEADS: "1x5"}),
    Case("work and nothing to run it on", "PortalisClusterWithoutSlots", "12m",
         {SLOTS: "0x15", READY: "3x15"},
         [({}, "units are ready and there is nothing to run them on")]),
    Case("scaled to zero", "PortalisClusterWithoutSlots", "12m", {SLOTS: "0x15", READY: "0x15"}),
    Case("nodes come up", "PortalisClusterWithoutSlots", "12m",
         {SLOTS: "0x4 8x15", READY: "3x15"}),
    Case("nodes do not come", "PortalisNodesMissing", "17m",
         {SPOT_WANTED: "4x20", OTHERS_WANTED: "0x20", SPOT_THERE: "3x20", OTHERS_THERE: "0x20"},
         [({}, "4 nodes are asked for, and fewer are there")]),
    Case("nodes are on their way", "PortalisNodesMissing", "17m",
         {SPOT_WANTED: "4x20", SPOT_THERE: "0x9 4x20"}),
    Case("on-demand nodes stand in", "PortalisNodesMissing", "17m",
         {SPOT_WANTED: "4x20", OTHERS_WANTED: "3x20", SPOT_THERE: "1x20", OTHERS_THERE: "3x20"}),
    Case("none is asked for", "PortalisNodesMissing", "17m",
         {SPOT_WANTED: "0x20", SPOT_THERE: "0x20"}),
    Case("91 %", "PortalisHighUtilization", "12m", {BUSY: "91x15", SLOTS: "100x15"},
         [({}, "91% of the slots are busy")]),
    Case("90 %", "PortalisHighUtilization", "12m", {BUSY: "90x15", SLOTS: "100x15"}),
    Case("no slots", "PortalisHighUtilization", "12m", {BUSY: "0x15", SLOTS: "0x15"}),
    Case("for a while only", "PortalisHighUtilization", "12m",
         {BUSY: "100x8 10x9", SLOTS: "100x15"}),
    Case("a GPU at 95 %", "PortalisHighGpuUtilization", "12m", {DCGM_WORK: "95x15"},
         [(HOT, "GPU 0 of n1 works 95% of the time")]),
    Case("the service's own GPU at 95 %", "PortalisHighGpuUtilization", "12m",
         {OWN_WORK: "0.95x15"}, [(OWN, "GPU 0 of one works 95% of the time")]),
    Case("GPUs at 90 %", "PortalisHighGpuUtilization", "12m",
         {DCGM_WORK: "90x15", OWN_WORK: "0.9x15"}),
    Case("51 jobs", "PortalisLongQueue", "6m",
         {QUEUED: "26x9", QUEUED.replace("batch", "training"): "25x9"},
         [({}, "51 jobs wait for their first unit to run")]),
    Case("50 jobs, told by two services", "PortalisLongQueue", "6m",
         {QUEUED: "50x9", QUEUED.replace("}", ',instance="two"}'): "50x9"}),
    Case("51 jobs for a moment", "PortalisLongQueue", "6m", {QUEUED: "0x3 51 0x9"}),
    Case("81 % with what is held", "PortalisBudgetWarning", "1m",
         {budget("posted"): "7x5", budget("held"): "1.1x5", budget("limit"): "10x5"},
         [(ANN_DAY, "ann has used 80 % of its budget of this day")]),
    Case("80 %", "PortalisBudgetWarning", "1m",
         {budget("posted"): "8x5", budget("held"): "0x5", budget("limit"): "10x5"}),
    Case("a limit of nothing, of which nothing is spent", "PortalisBudgetWarning", "1m",
         {budget("posted"): "0x5", budget("held"): "0x5", budget("limit"): "0x5"}),
    Case("the cache is away", "PortalisCacheUnavailable", "6m",
         {'portalis_cache_up{instance="one"}': "0x9", 'portalis_cache_up{instance="two"}': "1x9"},
         [({"instance": "one"}, "the cache of one does not answer")]),
    Case("the cache was away for a moment", "PortalisCacheUnavailable", "6m",
         {'portalis_cache_up{instance="one"}': "1 0 0 1x9"}),
    Case("a node is drained", "PortalisSpotInterruption", "3m", {DRAINED: "0 0 1 1 1"},
         [({}, "a node was taken away while it worked")]),
    Case("one was, long ago", "PortalisSpotInterruption", "20m", {DRAINED: "0 0 1x30"}),
    Case("preempted by a more urgent unit", "PortalisSpotInterruption", "3m",
         {DRAINED: "0x9", DRAINED.replace("node_drained", "priority"): "0+3x9"}),
)  # fmt: skip


def expected(case: Case) -> list[dict[str, object]]:
    alert = BY_NAME[case.alert]
    return [
        {
            "exp_labels": {"severity": alert.severity.value, **labels},
            "exp_annotations": {"summary": summary, "description": alert.description},
        }
        for labels, summary in case.fires
    ]


def promtool(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    if shutil.which("promtool") is None:
        missing("promtool")
    return subprocess.run(["promtool", *map(str, arguments)], capture_output=True, text=True)


def test_each_fires_and_each_is_silent(tmp_path: Path) -> None:
    tests = [
        {
            "name": f"{case.alert}: {case.title}",
            "interval": "1m",
            "input_series": [
                {"series": series, "values": values} for series, values in case.series.items()
            ],
            "alert_rule_test": [
                {"eval_time": case.at, "alertname": case.alert, "exp_alerts": expected(case)}
            ],
        }
        for case in CASES
    ]
    file = tmp_path / "alerts.test.yml"
    written = {"rule_files": [str(INFRA / "prometheus/rules/portalis.yml")], "tests": tests}
    file.write_text(yaml.safe_dump(written, allow_unicode=True), "utf-8")
    ran = promtool("test", "rules", file)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert.name)
def test_each_is_tried_both_ways(alert: Alert) -> None:
    tried = {bool(case.fires) for case in CASES if BY_NAME[case.alert] is alert}
    assert tried == {True, False}


def test_a_test_that_expects_the_wrong_thing_fails(tmp_path: Path) -> None:
    """The tool does look."""
    wrong = {
        "rule_files": [str(INFRA / "prometheus/rules/portalis.yml")],
        "tests": [
            {
                "interval": "1m",
                "input_series": [{"series": QUEUED, "values": "51x9"}],
                "alert_rule_test": [
                    {"eval_time": "6m", "alertname": "PortalisLongQueue", "exp_alerts": []}
                ],
            }
        ],
    }
    file = tmp_path / "wrong.yml"
    file.write_text(yaml.safe_dump(wrong), "utf-8")
    assert promtool("test", "rules", file).returncode != 0


def test_what_the_seed_promises() -> None:
    of = {s: {alert.name for alert in ALERTS if alert.severity is s} for s in Severity}
    assert of[Severity.CRITICAL] >= {
        *("PortalisHighErrorRate", "PortalisGpuOverheating", "PortalisBudgetExceeded"),
        "PortalisClusterUnavailable",
    }
    assert of[Severity.WARNING] >= {
        *("PortalisHighUtilization", "PortalisLongQueue", "PortalisBudgetWarning"),
        "PortalisSpotInterruption",
    }


def test_the_file_is_the_table() -> None:
    made = (INFRA / "prometheus/rules/portalis.yml").read_text("utf-8")
    assert made == rules(), "run `make docs`"


def test_a_malformed_rule_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rules.yml"
    file.write_text(rules().replace("> 50", "> > 50"))
    ran = promtool("check", "rules", file)
    assert ran.returncode != 0
    assert "could not parse expression" in ran.stdout + ran.stderr
    file.write_text(rules().replace("severity:", "severity: ["))
    assert promtool("check", "rules", file).returncode != 0


def test_shorter_times_are_the_same_rules(tmp_path: Path) -> None:
    file = tmp_path / "rules.yml"
    file.write_text(rules(faster=60))
    assert promtool("check", "rules", file).returncode == 0
    assert "[5s]" in file.read_text()
    assert "[60s]" in file.read_text()


def test_the_configurations_are_what_the_programs_take() -> None:
    config = INFRA / "prometheus/prometheus.yml"
    ran = promtool("check", "config", "--syntax-only", config)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    if shutil.which("amtool") is None:
        missing("amtool")
    config = INFRA / "alertmanager/alertmanager.yml"
    checked = subprocess.run(["amtool", "check-config", config], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert.name)
def test_whom_each_is_sent_to(alert: Alert) -> None:
    if shutil.which("amtool") is None:
        missing("amtool")
    found = alert
    asked = ["amtool", "config", "routes", "test", f"alertname={found.name}"]
    asked += [f"severity={found.severity}"]
    asked += [f"--config.file={INFRA / 'alertmanager/alertmanager.yml'}"]
    ran = subprocess.run(asked, capture_output=True, text=True)
    expected = {Severity.CRITICAL: "pagerduty", Severity.WARNING: "slack"}[found.severity]
    assert ran.stdout.strip() == expected, ran.stderr
