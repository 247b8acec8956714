"""The metrics of a moment: the store's facts, the ledger and the devices as Prometheus' text."""

from __future__ import annotations

import platform
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
)
from prometheus_client.core import (
    Metric as Family,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

import portalis
from portalis.core.clock import Clock
from portalis.core.money import MICRO, price_of
from portalis.cost.catalog import PriceTag
from portalis.cost.windows import accounts_of
from portalis.monitoring import metrics
from portalis.monitoring.gpu import Gpu, Gpus
from portalis.monitoring.history import History, Labels, Spread
from portalis.monitoring.metrics import LATENCY_S, METRICS, Kind, Metric
from portalis.resource.scale import ScaleReason
from portalis.resource.spot import SpotReason
from portalis.workload.model.attempt import Outcome
from portalis.workload.model.job import Priority
from portalis.workload.model.ledger import Account, Tariff
from portalis.workload.model.retry import Cause
from portalis.workload.model.snapshot import WaitReason
from portalis.workload.model.tally import Chosen, Count, Counted, Present
from portalis.workload.model.transitions import ENDED_JOB, OPEN_UNIT, JobState
from portalis.workload.model.webhook import DeliveryState
from portalis.workload.ports import ANY, ON_DEMAND, SPOT, UNSCALED, Fleet, Sight, State, Tally

MEDIA_TYPE: Final = CONTENT_TYPE_LATEST
_FOREVER_MS: Final = 1 << 60
_FREE: Final = ("none", "none")
_OF_MARKETS: Final = (SpotReason.SPOT_THERE, SpotReason.WAITING, SpotReason.FALLBACK)
# As other labels call them.
_MARKETS: Final = {ANY: "any", SPOT: "spot", ON_DEMAND: "on_demand"}
_REASONS: Final = {Cause.PREEMPTED: "priority", Cause.DRAINED: "node_drained"}

Samples = Mapping[Labels, float]
_ONE: Final[Labels] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What is read. Of the controller's process: the slots of its executor, its writes that
    fences refused, by what they were, why its cache did not answer the last time, and the pool
    of nodes that it asks for."""

    state: State
    tally: Tally
    clock: Clock
    tariff: Tariff
    slots: Callable[[], int]
    refused: Callable[[], Mapping[str, int]]
    cache_fault: Callable[[], str]
    pool: Callable[[], Sight] = lambda: UNSCALED
    gpus: Gpus = field(default_factory=Gpus)


class Exporter:
    """The metrics as text, read when they are asked for; one reading at a time."""

    def __init__(self, watched: Watched) -> None:
        self._watched = watched
        self._history = History(watched.tally)
        self._reading = threading.Lock()

    def text(self) -> bytes:
        """As Prometheus takes it. Raises Unavailable: nothing is told rather than a part."""
        with self._reading:
            families = self._families()
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Made(families))
        return generate_latest(registry)

    def _families(self) -> Sequence[Family]:
        watched, now_ms = self._watched, self._watched.clock.now_ms()
        totals = self._history.totals(now_ms)
        present = watched.tally.present()
        samples: dict[Metric, Samples] = {
            **_past(totals.counts),
            **_present(present, now_ms),
            metrics.NODE_COST: _nodes(watched.state),
            **_budgets(watched.state, now_ms),
            **_choices(watched.state),
            **_pool(watched.pool()),
            **_devices(watched.gpus.read()),
            metrics.CACHE_UP: {_ONE: not watched.cache_fault()},
            metrics.SLOTS: {_ONE: watched.slots()},
            metrics.SLOT_PRICE: {_ONE: watched.tariff.rate_microusd_h / MICRO},
            metrics.FENCED: {(what,): count for what, count in watched.refused().items()},
            metrics.BUILD: {(portalis.__version__, platform.python_version()): 1},
        }
        spreads = {metrics.LATENCY: totals.latencies, metrics.QUEUE_WAIT: totals.waits}
        return [
            _histogram(metric, spreads[metric])
            if metric.kind is Kind.HISTOGRAM
            else _family(metric, samples[metric])
            for metric in METRICS
        ]


class _Made(Collector):
    """Families that were read already."""

    def __init__(self, families: Sequence[Family]) -> None:
        self._families = families

    def collect(self) -> Iterable[Family]:
        return self._families


def _family(metric: Metric, samples: Samples) -> Family:
    made = CounterMetricFamily if metric.kind is Kind.COUNTER else GaugeMetricFamily
    family: CounterMetricFamily | GaugeMetricFamily = made(
        metric.name, metric.meaning, labels=metric.labels
    )
    for labels, value in sorted(samples.items()):
        assert len(labels) == len(metric.labels), metric.name
        family.add_metric(labels, value)
    return family


def _histogram(metric: Metric, spreads: Mapping[Labels, Spread]) -> Family:
    family = HistogramMetricFamily(metric.name, metric.meaning, labels=metric.labels)
    for labels, spread in sorted(spreads.items()):
        buckets, below = [], 0
        for bound, count in zip((*map(str, LATENCY_S), "+Inf"), spread.counts, strict=True):
            below += count
            buckets.append((bound, below))
        family.add_metric(labels, buckets, spread.sum_ms / 1000)
    return family


def _sums(counts: Mapping[Count, int], what: Counted, scale: int = 1) -> dict[Labels, float]:
    return {labels: count / scale for (each, labels), count in counts.items() if each is what}


def _past(counts: Mapping[Count, int]) -> dict[Metric, Samples]:
    submitted = _sums(counts, Counted.SUBMITTED)
    tenants = {tenant for tenant, _ in submitted}
    # From the first submission on each end has a value: an increase from nothing is not seen.
    ends: dict[Labels, float] = {
        (*labels, state.value): 0 for labels in submitted for state in sorted(ENDED_JOB)
    }
    attempts: dict[Labels, float] = {
        (outcome.value,): 0 for outcome in (Outcome.SUCCEEDED, *Cause)
    } | _sums(counts, Counted.ATTEMPT)
    nothing: dict[Labels, float] = {(tenant,): 0 for tenant in tenants}
    return {
        metrics.SUBMITTED: submitted,
        metrics.COMPLETED: ends | _sums(counts, Counted.ENDED),
        metrics.COST: _priced(counts, Counted.COST_MICROUSD, MICRO),
        metrics.SLOT_TIME: _priced(counts, Counted.SLOT_MS, 1000),
        metrics.CACHE_HITS: nothing | _sums(counts, Counted.CACHE_HIT),
        metrics.CACHE_MISSES: nothing | _sums(counts, Counted.CACHE_MISS),
        metrics.SAVED: nothing | _sums(counts, Counted.SAVED_MS, 1000),
        metrics.ATTEMPTS: attempts,
        metrics.PREEMPTIONS: {(name,): attempts[(cause,)] for cause, name in _REASONS.items()},
        metrics.LEASES_EXPIRED: {_ONE: attempts[(Cause.LEASE_EXPIRED,)]},
        metrics.UNITS_DONE: _sums(counts, Counted.UNIT),
        metrics.LINES: _sums(counts, Counted.LINE),
        metrics.FUNCTIONS: _sums(counts, Counted.VERDICT),
        metrics.STAGE: _sums(counts, Counted.STAGE_MS, 1000),
    }


def _priced(counts: Mapping[Count, int], what: Counted, scale: int) -> Samples:
    """Tenant, price, kind -> tenant, instance, market, kind; prices of several days are one."""
    sums: dict[Labels, int] = defaultdict(int)
    for (each, labels), amount in counts.items():
        if each is what:
            tenant, price, kind = labels
            sums[tenant, *_market(price), kind] += amount
    return {labels: amount / scale for labels, amount in sums.items()}


def _market(price: str) -> tuple[str, str]:
    if not price:
        return _FREE
    tag = PriceTag.parse(price)
    return tag.instance, tag.model.value


def _present(present: Present, now_ms: int) -> dict[Metric, Samples]:
    queued: dict[Labels, float] = {(each.value,): 0 for each in Priority}
    active = dict(queued)
    for (priority, state), count in present.jobs.items():
        (queued if state is JobState.QUEUED else active)[(priority.value,)] += count
    return {
        metrics.QUEUED: queued,
        metrics.ACTIVE: active,
        metrics.UNITS: {(s.value,): present.units.get(s, 0) for s in sorted(OPEN_UNIT)},
        metrics.OLDEST: {
            (each.value,): max(now_ms - present.ready_ms.get(each, now_ms), 0) / 1000
            for each in Priority
        },
        metrics.SLOTS_BUSY: {_ONE: present.running},
        metrics.CONTROLLER: {_ONE: now_ms < present.leads_until_ms},
        metrics.ORDERS: {_ONE: present.orders},
        metrics.OUTBOX_LAG: {
            _ONE: 0 if present.order_ms is None else max(now_ms - present.order_ms, 0) / 1000
        },
        metrics.MESSAGES: {
            (each.value,): present.messages.get(each, 0)
            for each in (DeliveryState.PENDING, DeliveryState.DEAD)
        },
        metrics.BUDGET_STOPPED: {(tenant,): count for tenant, count in present.stopped.items()},
    }


def _nodes(state: State) -> Samples:
    costs = defaultdict[Labels, int](int)
    for node in state.nodes(0, _FOREVER_MS):
        cost = node.slots * price_of(node.rate_microusd_h, node.from_ms, node.until_ms)
        costs[_market(node.price)] += cost
    return {labels: cost / MICRO for labels, cost in costs.items()}


def _budgets(state: State, now_ms: int) -> dict[Metric, Samples]:
    budgets = state.budgets()
    keys = {
        (tenant, window): accounts_of(tenant, now_ms)[window]
        for tenant, budget in budgets.items()
        for window in budget.limits
    }
    found = state.accounts(keys.values())
    accounts = {
        (tenant, window.value): found.get(key) or Account(key=key)
        for (tenant, window), key in keys.items()
    }
    return {
        metrics.BUDGET_LIMIT: {
            (tenant, window.value): limit / MICRO
            for tenant, budget in budgets.items()
            for window, limit in budget.limits.items()
        },
        metrics.BUDGET_POSTED: {
            labels: account.posted_microusd / MICRO for labels, account in accounts.items()
        },
        metrics.BUDGET_HELD: {
            labels: account.held_microusd / MICRO for labels, account in accounts.items()
        },
    }


def _choices(state: State) -> dict[Metric, Samples]:
    """Each reason has a value from the start: an increase from nothing is not seen."""
    waits: dict[Labels, float] = {(reason,): 0 for reason in WaitReason}
    scaled: dict[Labels, float] = {
        (way, reason): 0 for way in ("up", "down") for reason in ScaleReason
    }
    markets: dict[Labels, float] = {("none", SpotReason.DONE): 0}
    for market in ("spot", "on_demand", "both"):
        markets |= {(market, reason): 0 for reason in _OF_MARKETS}
    for (what, chosen, reason), count in state.choices().items():
        if what is Chosen.WAIT:
            waits[(reason,)] = count
        else:
            (scaled if what is Chosen.SCALE else markets)[chosen, reason] = count
    return {metrics.WAITS: waits, metrics.SCALED: scaled, metrics.MARKETS: markets}


def _pool(pool: Sight) -> dict[Metric, Samples]:
    """What is not known has no value: it is not 0."""
    return {
        metrics.NODES_DEMAND: {} if pool.demand is None else {_ONE: pool.demand},
        metrics.NODES_WANTED: _by_market(pool.wanted),
        metrics.NODES: _by_market(pool.there),
    }


def _by_market(fleet: Fleet | None) -> Samples:
    if fleet is None:
        return {}
    return {(label,): fleet.get(market, 0) for market, label in _MARKETS.items()}


def _devices(gpus: Sequence[Gpu]) -> dict[Metric, Samples]:
    figures: dict[Metric, list[tuple[int, float | None]]] = {
        metrics.GPU_UTILIZATION: [(gpu.index, gpu.utilization) for gpu in gpus],
        metrics.GPU_MEMORY_USED: [(gpu.index, gpu.memory_used_bytes) for gpu in gpus],
        metrics.GPU_MEMORY: [(gpu.index, gpu.memory_total_bytes) for gpu in gpus],
        metrics.GPU_TEMPERATURE: [(gpu.index, gpu.temperature_celsius) for gpu in gpus],
    }
    return {
        metric: {(str(index),): value for index, value in told if value is not None}
        for metric, told in figures.items()
    }
