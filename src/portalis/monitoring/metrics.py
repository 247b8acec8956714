"""Every metric of the service: the one table that the endpoint, the alert rules, the dashboards
and the documentation are made from.

No label names a job, a unit or an attempt: there is no end of those. Tenants are bounded by
who pays.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    COUNTER = "counter"
    GAUGE = "gauge"
    HISTOGRAM = "histogram"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One metric. name: as it is queried; of a histogram without `_bucket`. meaning: its help.
    source: what it is read from: `database`, a projection of facts that survives a restart;
    `process`, counted since this one began; `device`."""

    name: str
    kind: Kind
    meaning: str
    labels: tuple[str, ...] = ()
    source: str = "database"
    buckets: tuple[float, ...] = ()


# The seed's targets are among them: 1, 5, 30, 300 and 1800 s.
LATENCY_S: Final = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 600.0, 1800.0, 7200.0)

_C, _G, _H = Kind.COUNTER, Kind.GAUGE, Kind.HISTOGRAM

SUBMITTED: Final = Metric(
    name="portalis_jobs_submitted_total",
    kind=_C,
    labels=("tenant", "priority"),
    meaning="Jobs that were handed in.",
)
COMPLETED: Final = Metric(
    name="portalis_jobs_completed_total",
    kind=_C,
    labels=("tenant", "priority", "state"),
    meaning="Ends of jobs, by the state they ended in; one that is revived may end again.",
)
GPU_UTILIZATION: Final = Metric(
    name="portalis_gpu_utilization",
    kind=_G,
    labels=("gpu",),
    source="device",
    meaning="Of the service's own machine, 0 to 1: part of the last moment that it worked.",
)
LATENCY: Final = Metric(
    name="portalis_translation_latency_seconds",
    kind=_H,
    labels=("priority", "size"),
    buckets=LATENCY_S,
    meaning="From the submission (or revival) of a job until it was done.",
)
COST: Final = Metric(
    name="portalis_cost_usd_total",
    kind=_C,
    labels=("tenant", "instance_type", "market", "kind"),
    meaning="Dollars charged by the ledger: workload, or overhead where no result came of it.",
)
CACHE_HITS: Final = Metric(
    name="portalis_cache_hits_total",
    kind=_C,
    labels=("tenant",),
    meaning="Units that were not run because their result was known.",
)
CACHE_MISSES: Final = Metric(
    name="portalis_cache_misses_total",
    kind=_C,
    labels=("tenant",),
    meaning="Units that could have been known and were run.",
)
CACHE_UP: Final = Metric(
    name="portalis_cache_up",
    kind=_G,
    source="process",
    meaning="0 while the cache does not answer, and everything is a miss; else 1.",
)
SAVED: Final = Metric(
    name="portalis_cache_saved_seconds_total",
    kind=_C,
    labels=("tenant",),
    meaning="Slot time that known results once took to make.",
)
SLOT_TIME: Final = Metric(
    name="portalis_slot_seconds_total",
    kind=_C,
    labels=("tenant", "instance_type", "market", "kind"),
    meaning="Time for which attempts occupied a slot.",
)
NODE_COST: Final = Metric(
    name="portalis_node_cost_usd_total",
    kind=_C,
    labels=("instance_type", "market"),
    meaning="Dollars that nodes cost while they were there: what is not in "
    "portalis_cost_usd_total is idle, or runs now.",
)
SLOT_PRICE: Final = Metric(
    name="portalis_slot_price_usd_per_hour",
    kind=_G,
    meaning="What an hour of a slot costs now.",
)
SLOTS: Final = Metric(
    name="portalis_slots",
    kind=_G,
    source="process",
    meaning="Units that this service's executor can run at once now.",
)
SLOTS_BUSY: Final = Metric(
    name="portalis_slots_busy", kind=_G, meaning="Units that are being worked on."
)
NODES: Final = Metric(
    name="portalis_nodes",
    kind=_G,
    labels=("market",),
    source="process",
    meaning="Nodes of the pool that follows the demand that are there and stay, by market; 0 "
    "where this service does not ask for nodes. Not told while it is not known.",
)
NODES_WANTED: Final = Metric(
    name="portalis_nodes_wanted",
    kind=_G,
    labels=("market",),
    source="process",
    meaning="Nodes that are asked for now; any: in whichever market. 0 where this service does "
    "not ask for nodes.",
)
NODES_DEMAND: Final = Metric(
    name="portalis_nodes_demand",
    kind=_G,
    source="process",
    meaning="Nodes that all that could run and does would fill, whatever quotas, budgets and the "
    "bounds of the pool say.",
)
CONTROLLER: Final = Metric(
    name="portalis_controller_up",
    kind=_G,
    meaning="1 while a controller leads, whichever process it is in; else 0.",
)
QUEUED: Final = Metric(
    name="portalis_jobs_queued",
    kind=_G,
    labels=("priority",),
    meaning="Jobs of which no unit has run yet.",
)
ACTIVE: Final = Metric(
    name="portalis_jobs_active",
    kind=_G,
    labels=("priority",),
    meaning="Jobs that have begun and not ended.",
)
UNITS: Final = Metric(
    name="portalis_units",
    kind=_G,
    labels=("state",),
    meaning="Units that have not ended, by state.",
)
QUEUE_WAIT: Final = Metric(
    name="portalis_queue_wait_seconds",
    kind=_H,
    labels=("priority",),
    buckets=LATENCY_S,
    meaning="From the submission (or revival) of a job until its first unit was given a slot.",
)
OLDEST: Final = Metric(
    name="portalis_queue_oldest_seconds",
    kind=_G,
    labels=("priority",),
    meaning="For how long the oldest unit that could run is waiting; 0: none is.",
)
ATTEMPTS: Final = Metric(
    name="portalis_attempts_total",
    kind=_C,
    labels=("outcome",),
    meaning="Attempts that ended: succeeded, or the cause of their loss.",
)
PREEMPTIONS: Final = Metric(
    name="portalis_preemptions_total",
    kind=_C,
    labels=("reason",),
    meaning="Attempts that were ended for others: for a more urgent unit (priority), or because "
    "their node was taken away (node_drained).",
)
LEASES_EXPIRED: Final = Metric(
    name="portalis_lease_expiries_total",
    kind=_C,
    meaning="Attempts of which nothing was heard in time.",
)
FENCED: Final = Metric(
    name="portalis_fenced_writes_refused_total",
    kind=_C,
    labels=("what",),
    source="process",
    meaning="Results under a lease that is over, and commits of a controller that was replaced.",
)
ORDERS: Final = Metric(
    name="portalis_outbox_orders", kind=_G, meaning="Orders that wait to be delivered."
)
OUTBOX_LAG: Final = Metric(
    name="portalis_outbox_lag_seconds",
    kind=_G,
    meaning="For how long the oldest order waits to be delivered; 0: none does.",
)
MESSAGES: Final = Metric(
    name="portalis_webhook_messages",
    kind=_G,
    labels=("state",),
    meaning="Messages to tenants' servers: pending, or dead (given up).",
)
BUDGET_LIMIT: Final = Metric(
    name="portalis_budget_limit_usd",
    kind=_G,
    labels=("tenant", "window"),
    meaning="What the tenant may spend in the present window.",
)
BUDGET_POSTED: Final = Metric(
    name="portalis_budget_posted_usd",
    kind=_G,
    labels=("tenant", "window"),
    meaning="What was charged in the present window.",
)
BUDGET_HELD: Final = Metric(
    name="portalis_budget_held_usd",
    kind=_G,
    labels=("tenant", "window"),
    meaning="What is held in the present window for attempts that run: it may come back.",
)
BUDGET_STOPPED: Final = Metric(
    name="portalis_jobs_stopped_by_budget",
    kind=_G,
    labels=("tenant",),
    meaning="Jobs that wait for a limit to be raised, or a window to turn.",
)
UNITS_DONE: Final = Metric(
    name="portalis_units_translated_total",
    kind=_C,
    labels=("source",),
    meaning="Units that are done, by whether they were run or known (cache).",
)
LINES: Final = Metric(
    name="portalis_lines_translated_total",
    kind=_C,
    labels=("source",),
    meaning="Lines of Python in units that are done.",
)
FUNCTIONS: Final = Metric(
    name="portalis_functions_total",
    kind=_C,
    labels=("verdict", "source"),
    meaning="Functions of units that are done, by the outcome of their verification.",
)
STAGE: Final = Metric(
    name="portalis_engine_stage_seconds_total",
    kind=_C,
    labels=("stage",),
    meaning="CPU time of the engine: translate, check (rustc), run (beside CPython).",
)
GPU_MEMORY_USED: Final = Metric(
    name="portalis_gpu_memory_used_bytes",
    kind=_G,
    labels=("gpu",),
    source="device",
    meaning="Memory of a GPU of the service's own machine that is taken.",
)
GPU_MEMORY: Final = Metric(
    name="portalis_gpu_memory_total_bytes",
    kind=_G,
    labels=("gpu",),
    source="device",
    meaning="Memory of a GPU of the service's own machine.",
)
GPU_TEMPERATURE: Final = Metric(
    name="portalis_gpu_temperature_celsius",
    kind=_G,
    labels=("gpu",),
    source="device",
    meaning="Temperature of a GPU of the service's own machine.",
)
WAITS: Final = Metric(
    name="portalis_waits_begun_total",
    kind=_C,
    labels=("reason",),
    meaning="Jobs that began to wait with units that could run, by what the policy has them wait "
    "for.",
)
SCALED: Final = Metric(
    name="portalis_scale_changes_total",
    kind=_C,
    labels=("direction", "reason"),
    meaning="Changes of the number of nodes that is asked for, by the reason that settled it.",
)
MARKETS: Final = Metric(
    name="portalis_market_changes_total",
    kind=_C,
    labels=("market", "reason"),
    meaning="Changes of the markets that nodes are asked for in: spot, on_demand, both, none.",
)
BUILD: Final = Metric(
    name="portalis_build_info",
    kind=_G,
    labels=("version", "python"),
    source="process",
    meaning="1; what is running.",
)

METRICS: Final = (
    *(SUBMITTED, COMPLETED, GPU_UTILIZATION, LATENCY, COST, CACHE_HITS),
    *(QUEUED, ACTIVE, UNITS, QUEUE_WAIT, OLDEST, SLOTS, SLOTS_BUSY, CONTROLLER),
    *(NODES_DEMAND, NODES_WANTED, NODES),
    *(ATTEMPTS, PREEMPTIONS, LEASES_EXPIRED, FENCED, ORDERS, OUTBOX_LAG, MESSAGES),
    *(BUDGET_LIMIT, BUDGET_POSTED, BUDGET_HELD, BUDGET_STOPPED),
    *(SLOT_TIME, NODE_COST, SLOT_PRICE, CACHE_MISSES, CACHE_UP, SAVED),
    *(WAITS, SCALED, MARKETS),
    *(UNITS_DONE, LINES, FUNCTIONS, STAGE),
    *(GPU_MEMORY_USED, GPU_MEMORY, GPU_TEMPERATURE, BUILD),
)
# What the seed promises, to the letter.
OF_THE_SEED: Final = (SUBMITTED, COMPLETED, GPU_UTILIZATION, LATENCY, COST, CACHE_HITS)

assert len({metric.name for metric in METRICS}) == len(METRICS)


_HEAD: Final = """# Metrics

What `GET /metrics` tells, generated from `src/portalis/monitoring/metrics.py`;
`docs/monitoring.md` says who may read it and what is done with it.

"database": read from the facts of the store at each scrape, so it survives a restart and is the
same whichever service is asked. "process": of the service that is asked. "device": of its
machine.

| metric | kind | labels | from | meaning |
|---|---|---|---|---|
"""


def document() -> str:
    """The table for people."""
    rows = (
        f"| `{each.name}` | {each.kind} | {', '.join(each.labels)} | {each.source} "
        f"| {each.meaning} |\n"
        for each in METRICS
    )
    return _HEAD + "".join(rows)


if __name__ == "__main__":
    sys.stdout.write(document())
