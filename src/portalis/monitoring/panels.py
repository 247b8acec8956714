"""The panels of the dashboards: a table of what is asked, made into Grafana's JSON by
`infra/grafana/build.py`.

Several services on one store tell the same of what comes from it: `max by` its labels takes each
figure once. `$tenant` and `$__rate_interval` are Grafana's to fill in.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portalis.monitoring import metrics as m
from portalis.monitoring.alerts import (
    DCGM_TEMPERATURE,
    DCGM_UTILIZATION,
    MOST_CELSIUS,
    MOST_ERRORS,
    MOST_OF_BUDGET,
)

DCGM_USED: Final = "DCGM_FI_DEV_FB_USED"
DCGM_FREE: Final = "DCGM_FI_DEV_FB_FREE"
_MIB: Final = 1 << 20


class Form(StrEnum):
    STAT = "stat"
    GAUGE = "gauge"
    SERIES = "timeseries"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """queries: PromQL, and how its series are called. unit: Grafana's name of it. alarming: from
    where it is shown in red. of: Grafana's columns, of 24. most: the end of a gauge."""

    title: str
    queries: tuple[tuple[str, str], ...]
    meaning: str = ""
    form: Form = Form.SERIES
    unit: str = "short"
    alarming: float | None = None
    of: int = 8
    most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """rows: titles and their panels."""

    uid: str
    title: str
    rows: tuple[tuple[str, tuple[Panel, ...]], ...]

    def panels(self) -> tuple[Panel, ...]:
        return tuple(panel for _, panels in self.rows for panel in panels)


def _of(metric: m.Metric, **labels: str) -> str:
    """The series of a tenant that is chosen, where it has one."""
    chosen = {"tenant": "=~$tenant"} if "tenant" in metric.labels else {}
    parts = [
        f'{name}{value[:2] if value.startswith("=~") else "="}"{value.removeprefix("=~")}"'
        for name, value in {**chosen, **labels}.items()
    ]
    return f"{metric.name}{{{','.join(parts)}}}" if parts else metric.name


def _once(metric: m.Metric, expr: str, *more: str) -> str:
    return f"max by ({', '.join((*metric.labels, *more))}) ({expr})"


def _total(metric: m.Metric, span: str, by: str = "", **labels: str) -> str:
    """How much it grew in a span, together or by a label."""
    grown = _once(metric, f"increase({_of(metric, **labels)}[{span}])")
    return f"sum by ({by}) ({grown})" if by else f"sum({grown})"


def _now(metric: m.Metric, by: str = "", **labels: str) -> str:
    once = _once(metric, _of(metric, **labels)) if metric.labels else f"max({_of(metric)})"
    if not metric.labels:
        return once
    return f"sum by ({by}) ({once})" if by else f"sum({once})"


def _quantiles(metric: m.Metric) -> tuple[tuple[str, str], ...]:
    buckets = f"rate({metric.name}_bucket[$__rate_interval])"
    per = f"sum by (le) ({_once(metric, buckets, 'le')})"
    return tuple((f"histogram_quantile({q / 100}, {per})", f"p{q}") for q in (50, 95, 99))


_GPU: Final = "{{instance}} GPU {{gpu}}"
_RATE: Final = "$__rate_interval"
_JUDGED: Final = "=~done|failed"


def _stat(title: str, expr: str, unit: str = "short", meaning: str = "") -> Panel:
    return Panel(
        title=title, queries=((expr, ""),), form=Form.STAT, unit=unit, of=4, meaning=meaning
    )


_OVERVIEW: Final = (
    _stat("Slots", f"sum({m.SLOTS.name})", meaning="Units that can run at once, all services."),
    _stat("Busy slots", _now(m.SLOTS_BUSY)),
    _stat("GPUs", f"count(max by (instance, gpu) ({DCGM_UTILIZATION}))"),
    _stat("Jobs that run", _now(m.ACTIVE)),
    _stat("Jobs that wait", _now(m.QUEUED)),
    _stat("Cost in 24 hours", _total(m.COST, "24h"), "currencyUSD", "What the ledger charged."),
    _stat("Controller", _now(m.CONTROLLER), meaning="1: one leads."),
    _stat("Cache", f"min({m.CACHE_UP.name})", meaning="1: it answers."),
    Panel(
        title="Versions",
        queries=((f"count by (version) ({m.BUILD.name})", "{{version}}"),),
        form=Form.STAT,
        of=4,
    ),
)
_GPUS: Final = (
    Panel(
        title="GPU utilization",
        unit="percent",
        queries=((f"max by (instance, gpu) ({DCGM_UTILIZATION})", _GPU),),
        most=100,
    ),
    Panel(
        title="GPU memory",
        unit="bytes",
        queries=(
            (f"max by (instance, gpu) ({DCGM_USED}) * {_MIB}", f"{_GPU} used"),
            (f"max by (instance, gpu) ({DCGM_USED} + {DCGM_FREE}) * {_MIB}", f"{_GPU} has"),
        ),
    ),
    Panel(
        title="GPU temperature",
        unit="celsius",
        alarming=MOST_CELSIUS,
        queries=((f"max by (instance, gpu) ({DCGM_TEMPERATURE})", _GPU),),
    ),
    Panel(
        title="GPUs of the service's machine",
        unit="percentunit",
        queries=((f"max by (instance, gpu) ({m.GPU_UTILIZATION.name})", _GPU),),
        most=1,
    ),
    Panel(
        title="Memory there",
        unit="bytes",
        queries=(
            (f"max by (instance, gpu) ({m.GPU_MEMORY_USED.name})", f"{_GPU} used"),
            (f"max by (instance, gpu) ({m.GPU_MEMORY.name})", f"{_GPU} has"),
        ),
    ),
    Panel(
        title="Temperature there",
        unit="celsius",
        alarming=MOST_CELSIUS,
        queries=((f"max by (instance, gpu) ({m.GPU_TEMPERATURE.name})", _GPU),),
    ),
)
_QUEUE: Final = (
    Panel(
        title="Job queue",
        queries=(
            (_now(m.QUEUED, "priority"), "{{priority}} waits"),
            (_now(m.ACTIVE, "priority"), "{{priority}} runs"),
        ),
        meaning="Jobs of which no unit has run, and jobs that have begun.",
    ),
    Panel(title="Units", queries=((_now(m.UNITS, "state"), "{{state}}"),)),
    Panel(
        title="Oldest unit that is ready",
        unit="s",
        queries=((_now(m.OLDEST, "priority"), "{{priority}}"),),
    ),
    Panel(title="Queue wait", unit="s", queries=_quantiles(m.QUEUE_WAIT)),
    Panel(
        title="Utilization",
        unit="percentunit",
        most=1,
        queries=((f"{_now(m.SLOTS_BUSY)} / sum({m.SLOTS.name})", "slots"),),
    ),
    Panel(
        title="Slots at work, by tenant",
        queries=((_total(m.SLOT_TIME, "5m", "tenant") + " / 300", "{{tenant}}"),),
        meaning="Mean of 5 minutes, of attempts that ended in them.",
    ),
)
_WORK: Final = (
    Panel(
        title="Translation latency",
        unit="s",
        queries=_quantiles(m.LATENCY),
        meaning="From the submission of a job until it was done.",
    ),
    Panel(
        title="Throughput (jobs/hour)",
        queries=(
            (_total(m.SUBMITTED, "1h"), "submitted"),
            (_total(m.COMPLETED, "1h", "state"), "{{state}}"),
        ),
    ),
    Panel(
        title="Error rate",
        unit="percentunit",
        alarming=MOST_ERRORS,
        queries=(
            (
                f"{_total(m.COMPLETED, '5m', state='failed')} "
                f"/ {_total(m.COMPLETED, '5m', state=_JUDGED)}",
                "of the jobs of 5 minutes",
            ),
        ),
    ),
    Panel(
        title="Lines per hour",
        queries=((_total(m.LINES, "1h", "source"), "{{source}}"),),
    ),
    Panel(
        title="Functions by verification",
        queries=((_total(m.FUNCTIONS, "1h", "verdict"), "{{verdict}}"),),
        meaning="In an hour. Broken is a bug of ours.",
    ),
    Panel(
        title="CPU time of the engine",
        unit="percentunit",
        queries=((_total(m.STAGE, "5m", "stage") + " / 300", "{{stage}}"),),
    ),
    Panel(
        title="Cache hit rate",
        form=Form.GAUGE,
        unit="percentunit",
        most=1,
        queries=(
            (
                f"{_total(m.CACHE_HITS, '1h')} "
                f"/ ({_total(m.CACHE_HITS, '1h')} + {_total(m.CACHE_MISSES, '1h')})",
                "",
            ),
        ),
        meaning="Of the units of an hour that could have been known.",
    ),
    Panel(title="Units done", queries=((_total(m.UNITS_DONE, "1h", "source"), "{{source}}"),)),
)
_TROUBLE: Final = (
    Panel(title="Attempts", queries=((_total(m.ATTEMPTS, "5m", "outcome"), "{{outcome}}"),)),
    Panel(
        title="Preemptions and expired leases",
        queries=(
            (_total(m.PREEMPTIONS, "5m", "reason"), "{{reason}}"),
            (f"max(increase({m.LEASES_EXPIRED.name}[5m]))", "lease expired"),
        ),
    ),
    Panel(
        title="Writes refused by fences",
        queries=((f"sum by (what) (increase({m.FENCED.name}[5m]))", "{{what}}"),),
    ),
    Panel(title="Outbox lag", unit="s", queries=((_now(m.OUTBOX_LAG), "oldest order"),)),
    Panel(
        title="Outbox and webhooks",
        queries=((_now(m.ORDERS), "orders"), (_now(m.MESSAGES, "state"), "messages {{state}}")),
    ),
)
_SPENT: Final = (
    Panel(
        title="Cost tracking",
        unit="currencyUSD",
        queries=((_total(m.COST, "1h", "tenant"), "{{tenant}}"),),
        meaning="Charged in an hour, by tenant.",
    ),
    Panel(
        title="Cost by machine",
        unit="currencyUSD",
        queries=((_total(m.COST, "1h", "instance_type, market"), "{{instance_type}} {{market}}"),),
    ),
    Panel(
        title="What nodes cost",
        unit="currencyUSD",
        queries=(
            (_total(m.NODE_COST, "1h"), "nodes"),
            (_total(m.COST, "1h", "kind"), "{{kind}}"),
            (f"{_total(m.NODE_COST, '1h')} - {_total(m.COST, '1h')}", "idle, or runs now"),
        ),
        meaning="Overhead: attempts of which no result came.",
    ),
    Panel(
        title="Cost per verified function",
        unit="currencyUSD",
        form=Form.STAT,
        queries=(
            (f"{_total(m.COST, '24h')} / {_total(m.FUNCTIONS, '24h', verdict='verified')}", ""),
        ),
        meaning="Of 24 hours.",
    ),
    Panel(
        title="Cost per job",
        unit="currencyUSD",
        form=Form.STAT,
        queries=((f"{_total(m.COST, '24h')} / {_total(m.COMPLETED, '24h', state='done')}", ""),),
        meaning="Of 24 hours.",
    ),
    Panel(
        title="Price of a slot",
        unit="currencyUSD",
        form=Form.STAT,
        queries=((f"max({m.SLOT_PRICE.name})", ""),),
        meaning="An hour of it.",
    ),
    Panel(
        title="Saved by the cache",
        unit="currencyUSD",
        queries=(
            (f"{_total(m.SAVED, '24h')} / 3600 * scalar(max({m.SLOT_PRICE.name}))", "24 hours"),
        ),
        meaning="What it took once to make what was known, at the present price of a slot.",
    ),
)
_BUDGETS: Final = (
    Panel(
        title="Used of budgets",
        unit="percentunit",
        alarming=MOST_OF_BUDGET,
        of=12,
        queries=(
            (
                f"({_once(m.BUDGET_POSTED, _of(m.BUDGET_POSTED))} "
                f"+ {_once(m.BUDGET_HELD, _of(m.BUDGET_HELD))}) "
                f"/ {_once(m.BUDGET_LIMIT, _of(m.BUDGET_LIMIT))}",
                "{{tenant}} {{window}}",
            ),
        ),
        meaning="Charged and held, of the limit.",
    ),
    Panel(
        title="Budgets",
        unit="currencyUSD",
        of=12,
        queries=tuple(
            (_once(metric, _of(metric)), f"{{{{tenant}}}} {{{{window}}}} {word}")
            for metric, word in (
                (m.BUDGET_LIMIT, "limit"),
                (m.BUDGET_POSTED, "spent"),
                (m.BUDGET_HELD, "held"),
            )
        ),
    ),
    Panel(
        title="Jobs stopped by budgets",
        of=12,
        queries=((_now(m.BUDGET_STOPPED, "tenant"), "{{tenant}}"),),
    ),
)

_DECISIONS: Final = (
    Panel(
        title="Nodes",
        of=12,
        queries=(
            (_now(m.NODES_DEMAND), "the work would fill"),
            (_now(m.NODES_WANTED), "asked for"),
            (_now(m.NODES), "there"),
        ),
        meaning="Of a pool that follows the demand. What the work would fill and is not asked for "
        "is held back by quotas, budgets or bounds; what is asked for and not there is on its way.",
    ),
    Panel(
        title="Nodes by market",
        of=12,
        queries=(
            (_now(m.NODES_WANTED, "market"), "{{market}} asked for"),
            (_now(m.NODES, "market"), "{{market}} there"),
        ),
    ),
    Panel(
        title="Why jobs wait",
        queries=((_total(m.WAITS, "1h", "reason"), "{{reason}}"),),
        meaning="Of an hour: jobs that began to.",
    ),
    Panel(
        title="Scaling",
        queries=((_total(m.SCALED, "1h", "direction, reason"), "{{direction}}: {{reason}}"),),
        meaning="Of an hour: changes of the number of nodes that is asked for.",
    ),
    Panel(
        title="Markets",
        queries=((_total(m.MARKETS, "1h", "market, reason"), "{{market}}: {{reason}}"),),
        meaning="Of an hour: changes of the markets that nodes are asked for in.",
    ),
)

DASHBOARDS: Final = (
    Dashboard(
        uid="portalis-cluster",
        title="Portalis: cluster and jobs",
        rows=(
            ("Cluster overview", _OVERVIEW),
            ("GPUs", _GPUS),
            ("Queue", _QUEUE),
            ("Translation", _WORK),
            ("Decisions", _DECISIONS),
            ("Trouble", _TROUBLE),
        ),
    ),
    Dashboard(
        uid="portalis-money",
        title="Portalis: money",
        rows=(("Cost", _SPENT), ("Budgets", _BUDGETS)),
    ),
)
