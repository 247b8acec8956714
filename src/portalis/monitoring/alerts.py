"""The alert rules: a table, and the file for Prometheus that is made from it.

    python -m portalis.monitoring.alerts > infra/prometheus/rules/portalis.yml

Two severities: critical wakes somebody (PagerDuty), warning is read in the day (Slack);
`infra/alertmanager/alertmanager.yml` has the routes.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import yaml

from portalis.monitoring import metrics as m
from portalis.workload.model.transitions import JobState


class Severity(StrEnum):
    CRITICAL = "critical"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One rule. expr: PromQL; it yields something while there is something to tell. for_s: how
    long it has to. summary, description: templates; the description says what to do."""

    name: str
    severity: Severity
    expr: str
    for_s: int
    summary: str
    description: str


# Of NVIDIA's exporter on the nodes: degrees, and percent.
DCGM_TEMPERATURE: Final = "DCGM_FI_DEV_GPU_TEMP"
DCGM_UTILIZATION: Final = "DCGM_FI_DEV_GPU_UTIL"
# The name of the scrape job of the service in prometheus.yml.
SERVICE: Final = "portalis"

MOST_ERRORS: Final = 0.05
MOST_CELSIUS: Final = 85
MOST_UTILIZATION: Final = 0.9
MOST_QUEUED: Final = 50
MOST_OF_BUDGET: Final = 0.8


def _ended(state: str, span: str) -> str:
    """How many jobs ended so. Several services on one store tell the same."""
    found = f'increase({m.COMPLETED.name}{{state=~"{state}"}}[{span}])'
    return f"sum(max by (tenant, priority, state) ({found}))"


def _errors(span: str) -> str:
    """The part of the jobs that failed; those that were stopped on request are none of it."""
    judged = f"{JobState.DONE}|{JobState.FAILED}"
    return f"{_ended(JobState.FAILED, span)} / {_ended(judged, span)}"


def _by_gpu(metric: str) -> str:
    return f"max by (instance, gpu) ({metric})"


def _by_window(metric: m.Metric) -> str:
    return f"max by (tenant, window) ({metric.name})"


ALERTS: Final = (
    Alert(
        name="PortalisHighErrorRate",
        severity=Severity.CRITICAL,
        # The short window tells that it goes on, the long one that it is no single job.
        expr=f"({_errors('5m')}) > {MOST_ERRORS} and ({_errors('1h')}) > {MOST_ERRORS}",
        for_s=60,
        summary="{{ $value | humanizePercentage }} of the jobs fail",
        description="More than 5 % of the jobs that ended in the last 5 minutes failed, and in "
        "the last hour. `portalis jobs --state failed` lists them, `portalis job logs` says why.",
    ),
    Alert(
        name="PortalisGpuOverheating",
        severity=Severity.CRITICAL,
        expr=f"{_by_gpu(DCGM_TEMPERATURE)} > {MOST_CELSIUS} "
        f"or {_by_gpu(m.GPU_TEMPERATURE.name)} > {MOST_CELSIUS}",
        for_s=300,
        summary="GPU {{ $labels.gpu }} of {{ $labels.instance }} is at {{ $value }} °C",
        description="Above 85 °C for 5 minutes. Drain the node before the GPU throttles or "
        "fails: `ray drain-node`; its units go on elsewhere.",
    ),
    Alert(
        name="PortalisBudgetExceeded",
        severity=Severity.CRITICAL,
        # A budget with a hard stop never gets above its limit: its jobs stop instead.
        expr=f"{_by_window(m.BUDGET_POSTED)} > {_by_window(m.BUDGET_LIMIT)} "
        f"or max by (tenant) ({m.BUDGET_STOPPED.name}) > 0",
        for_s=0,
        summary="the budget of {{ $labels.tenant }} is spent",
        description="More is charged than the limit allows, or jobs are stopped by it. "
        "`portalis budget show` has the figures; with a raised limit (`portalis budget set`) "
        "stopped jobs go on by themselves.",
    ),
    Alert(
        name="PortalisClusterUnavailable",
        severity=Severity.CRITICAL,
        expr=f'absent(up{{job="{SERVICE}"}} == 1) or max({m.CONTROLLER.name}) == 0',
        for_s=60,
        summary="no service answers, or none runs the jobs",
        description="For a minute no service could be scraped, or no controller was leading. "
        "`portalis doctor` on its machine; nothing that was done is lost.",
    ),
    Alert(
        name="PortalisClusterWithoutSlots",
        severity=Severity.CRITICAL,
        # Without work none are needed; with work they come within minutes.
        expr=f"sum({m.SLOTS.name}) == 0 and on () max({m.UNITS.name}{{state='ready'}}) > 0",
        for_s=600,
        summary="units are ready and there is nothing to run them on",
        description="For 10 minutes the executor had no slot while units waited: nodes do not "
        "come up, or do not join. `ray status` tells what the autoscaler tried.",
    ),
    Alert(
        name="PortalisNodesMissing",
        severity=Severity.WARNING,
        # Spot nodes stay asked for while on-demand ones stand in for them: they are one number.
        expr=f"max({m.NODES_WANTED.name}) > sum(max by (market) ({m.NODES.name}))",
        for_s=900,
        summary="{{ $value }} nodes are asked for, and fewer are there",
        description="For 15 minutes nodes that were asked for did not come: the cloud has none, a "
        "quota of the account is reached, or they come up and do not join. `ray status` tells what "
        "the autoscaler tried.",
    ),
    Alert(
        name="PortalisHighUtilization",
        severity=Severity.WARNING,
        expr=f"max({m.SLOTS_BUSY.name}) / (sum({m.SLOTS.name}) > 0) > {MOST_UTILIZATION}",
        for_s=600,
        summary="{{ $value | humanizePercentage }} of the slots are busy",
        description="More than 90 % for 10 minutes. If work waits, too, raise the number of "
        "workers.",
    ),
    Alert(
        name="PortalisHighGpuUtilization",
        severity=Severity.WARNING,
        expr=f"{_by_gpu(DCGM_UTILIZATION)} / 100 > {MOST_UTILIZATION} "
        f"or {_by_gpu(m.GPU_UTILIZATION.name)} > {MOST_UTILIZATION}",
        for_s=600,
        summary="GPU {{ $labels.gpu }} of {{ $labels.instance }} works "
        "{{ $value | humanizePercentage }} of the time",
        description="More than 90 % for 10 minutes. If work waits, too, raise the number of "
        "workers.",
    ),
    Alert(
        name="PortalisLongQueue",
        severity=Severity.WARNING,
        expr=f"sum(max by (priority) ({m.QUEUED.name})) > {MOST_QUEUED}",
        for_s=300,
        summary="{{ $value }} jobs wait for their first unit to run",
        description="More than 50 for 5 minutes. `portalis job explain` says what a job waits "
        "for: slots, a budget, or jobs of a higher class.",
    ),
    Alert(
        name="PortalisBudgetWarning",
        severity=Severity.WARNING,
        expr=f"{_by_window(m.BUDGET_POSTED)} + {_by_window(m.BUDGET_HELD)} "
        f"> {MOST_OF_BUDGET} * {_by_window(m.BUDGET_LIMIT)}",
        for_s=0,
        summary="{{ $labels.tenant }} has used 80 % of its budget of this {{ $labels.window }}",
        description="Charged and held together are above 80 % of the limit. "
        "`portalis cost forecast` says when it is spent at this pace.",
    ),
    Alert(
        name="PortalisCacheUnavailable",
        severity=Severity.WARNING,
        expr=f"min by (instance) ({m.CACHE_UP.name}) == 0",
        for_s=300,
        summary="the cache of {{ $labels.instance }} does not answer",
        description="For 5 minutes everything was translated anew. No job fails for it, but each "
        "costs more; the log of the service says why.",
    ),
    Alert(
        name="PortalisSpotInterruption",
        severity=Severity.WARNING,
        expr=f'max(increase({m.PREEMPTIONS.name}{{reason="node_drained"}}[5m])) > 0',
        for_s=0,
        summary="a node was taken away while it worked",
        description="Its units go on elsewhere, and no retry is counted. If it happens often, "
        "other instance types or on-demand nodes lose less time.",
    ),
)

_SPAN: Final = re.compile(r"\[(\d+)([smh])\]")
_SECONDS: Final = {"s": 1, "m": 60, "h": 3600}
_HEAD: Final = "# Made by `make docs` from src/portalis/monitoring/alerts.py.\n"


def rules(faster: int = 1) -> str:
    """The file of rules. faster: by how much all times are shorter, for who tries them out."""

    def shorter(found: re.Match[str]) -> str:
        return f"[{max(int(found[1]) * _SECONDS[found[2]] // faster, 1)}s]"

    written = [
        {
            "alert": alert.name,
            "expr": alert.expr if faster == 1 else _SPAN.sub(shorter, alert.expr),
            "for": f"{alert.for_s // faster}s",
            "labels": {"severity": alert.severity.value},
            "annotations": {"summary": alert.summary, "description": alert.description},
        }
        for alert in ALERTS
    ]
    document = {"groups": [{"name": "portalis", "rules": written}]}
    return _HEAD + yaml.safe_dump(document, sort_keys=False, width=100, allow_unicode=True)


if __name__ == "__main__":
    sys.stdout.write(rules())
