"""What was spent, from the charges: sums, and what the field calls showback. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from portalis.core.digest import Json
from portalis.core.money import dollars, text
from portalis.cost.catalog import PriceTag
from portalis.cost.identity import NodeCosts
from portalis.cost.recommend import Recommendation
from portalis.cost.windows import start_ms
from portalis.workload.model.attempt import Charge
from portalis.workload.model.ledger import Window

FORMATS = ("json", "csv", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Money in micro-dollars. waste: of attempts whose result did not count (preempted, lost,
    stopped). tags: the prices that were charged by; by_price: in their words. nodes: of all
    tenants together."""

    tenant_id: str
    from_ms: int
    until_ms: int
    made_ms: int
    total_microusd: int = 0
    waste_microusd: int = 0
    slot_ms: int = 0
    attempts: int = 0
    by_instance: Mapping[str, int] = field(default_factory=dict)
    by_tenant: Mapping[str, int] = field(default_factory=dict)
    by_job: Mapping[str, int] = field(default_factory=dict)
    by_day: Mapping[str, int] = field(default_factory=dict)
    by_price: Mapping[str, int] = field(default_factory=dict)
    tags: tuple[PriceTag, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    nodes: NodeCosts | None = None

    @property
    def savings_microusd(self) -> int:
        return sum(each.savings_microusd for each in self.recommendations)


def report(
    tenant_id: str,
    charges: Sequence[Charge],
    from_ms: int,
    until_ms: int,
    made_ms: int,
    recommendations: Sequence[Recommendation] = (),
    nodes: NodeCosts | None = None,
) -> Report:
    """Of the charges of the period, by the lease."""
    return Report(
        tenant_id=tenant_id,
        from_ms=from_ms,
        until_ms=until_ms,
        made_ms=made_ms,
        total_microusd=sum(charge.cost_microusd for charge in charges),
        waste_microusd=sum(charge.cost_microusd for charge in charges if not charge.useful),
        slot_ms=sum(charge.slot_ms for charge in charges),
        attempts=len(charges),
        by_instance=_sums((_instance(charge), charge.cost_microusd) for charge in charges),
        by_tenant=_sums((charge.tenant_id, charge.cost_microusd) for charge in charges),
        by_job=_sums((charge.job_id, charge.cost_microusd) for charge in charges),
        by_day=_sums((_day(charge.leased_ms), charge.cost_microusd) for charge in charges),
        by_price=_sums(
            (PriceTag.parse(charge.price).words(), charge.cost_microusd)
            for charge in charges
            if charge.price
        ),
        tags=tuple(sorted({PriceTag.parse(c.price) for c in charges if c.price})),
        recommendations=tuple(recommendations),
        nodes=nodes,
    )


def _sums(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for name, amount in pairs:
        sums[name] += amount
    return dict(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))


def _instance(charge: Charge) -> str:
    return PriceTag.parse(charge.price).instance if charge.price else "(free)"


def _instant(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, UTC)


def _day(at_ms: int) -> str:
    return _instant(start_ms(Window.DAY, at_ms)).date().isoformat()


def _stamp(at_ms: int) -> str:
    return _instant(at_ms).isoformat(timespec="seconds").replace("+00:00", "Z")


def as_object(found: Report) -> dict[str, Json]:
    """The documented JSON. Dollars are numbers with at most six decimals, which a float shows
    exactly as they are."""
    return {
        "schema": "portalis.cost_report/1",
        "tenant_id": found.tenant_id,
        "generated_at": _stamp(found.made_ms),
        "period": {"from": _stamp(found.from_ms), "until": _stamp(found.until_ms)},
        "total_cost": _usd(found.total_microusd),
        "waste_cost": _usd(found.waste_microusd),
        "slot_hours": found.slot_ms / 3_600_000,
        "attempts": found.attempts,
        "cost_by_instance": _all_usd(found.by_instance),
        "cost_by_tenant": _all_usd(found.by_tenant),
        "cost_by_job": _all_usd(found.by_job),
        "cost_by_day": _all_usd(found.by_day),
        "prices": [
            {
                "instance": tag.instance,
                "stands_for": tag.cloud_instance,
                "model": tag.model.value,
                "as_of": tag.as_of.isoformat(),
                "assumed": tag.assumed,
            }
            for tag in found.tags
        ],
        "nodes": None if found.nodes is None else _nodes(found.nodes),
        "potential_savings": _usd(found.savings_microusd),
        "recommendations": [
            {"type": each.kind.value, "savings": _usd(each.savings_microusd), "action": each.action}
            for each in found.recommendations
        ],
    }


def _nodes(costs: NodeCosts) -> dict[str, Json]:
    return {
        "total_cost": _usd(costs.total_microusd),
        "work_cost": _usd(costs.work_microusd),
        "overhead_cost": _usd(costs.overhead_microusd),
        "idle_cost": _usd(costs.idle_microusd),
        "adds_up": costs.holds,
        "broken": list(costs.broken),
    }


def _usd(amount_microusd: int) -> float:
    return float(dollars(amount_microusd))


def _all_usd(amounts: Mapping[str, int]) -> dict[str, Json]:
    return {name: _usd(amount) for name, amount in amounts.items()}


def as_json(found: Report) -> str:
    return json.dumps(as_object(found), indent=2, ensure_ascii=False)


def as_csv(found: Report) -> str:
    """One line a sum: what it is of, its name, dollars. That of a price says of which day it is."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("tenant", "from", "until", "by", "name", "cost_usd"))
    head = (found.tenant_id, _stamp(found.from_ms), _stamp(found.until_ms))
    groups = (
        ("total", {"total": found.total_microusd, "waste": found.waste_microusd}),
        ("instance", found.by_instance),
        ("price", found.by_price),
        ("tenant", found.by_tenant),
        ("day", found.by_day),
        ("job", found.by_job),
    )
    for group, amounts in groups:
        for name, amount in amounts.items():
            writer.writerow((*head, group, name, f"{dollars(amount):.6f}"))
    return out.getvalue()


def as_text(found: Report) -> str:
    """For people."""
    lines = [
        f"cost of {found.tenant_id}, {_stamp(found.from_ms)} to {_stamp(found.until_ms)}",
        f"  total   {text(found.total_microusd)}  in {found.attempts:,} attempts, "
        f"{found.slot_ms / 3_600_000:,.3f} slot hours",
        f"  waste   {text(found.waste_microusd)}  (preempted, lost or stopped)",
    ]
    if found.nodes is not None:
        nodes = found.nodes
        adds = "which adds up" if nodes.holds else f"WHICH DOES NOT ADD UP: {nodes.broken}"
        lines.append(
            f"  nodes   {text(nodes.total_microusd)} = {text(nodes.work_microusd)} work + "
            f"{text(nodes.overhead_microusd)} overhead + {text(nodes.idle_microusd)} idle, {adds}"
        )
    groups = (
        ("instance", found.by_instance),
        ("tenant", found.by_tenant),
        ("day", found.by_day),
        ("job", dict(list(found.by_job.items())[:10])),
    )
    for group, amounts in groups:
        lines += [f"  by {group}"] if amounts else []
        lines += [f"    {name:<36} {text(amount):>14}" for name, amount in amounts.items()]
    for tag in found.tags:
        lines.append(f"  price   {tag.words()}")
    for each in found.recommendations:
        lines.append(f"  save    {text(each.savings_microusd)}  {each.action}")
    return "\n".join(lines) + "\n"


VIEWS = {"json": as_json, "csv": as_csv, "text": as_text}


def export(found: Report, form: str) -> str:
    """Raises ValueError for a form that is none of `FORMATS`."""
    if form not in VIEWS:
        raise ValueError(f"there is no format {form!r}; there are: {', '.join(FORMATS)}")
    return VIEWS[form](found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """By the pace of the last whole days. reached_ms: when a limit would be, by window; only of
    those that would be reached before the window ends."""

    per_day_microusd: int
    days: int
    month_microusd: int
    reached_ms: Mapping[Window, int] = field(default_factory=dict)


def forecast(
    charges: Sequence[Charge],
    posted: Mapping[Window, int],
    limits: Mapping[Window, int],
    ends_ms: Mapping[Window, int | None],
    now_ms: int,
    days: int = 7,
) -> Forecast:
    """charges: of the last `days` whole days. posted: of the present windows."""
    per_day = sum(charge.cost_microusd for charge in charges) // days
    left_ms = (ends_ms[Window.MONTH] or now_ms) - now_ms
    month = posted.get(Window.MONTH, 0) + per_day * left_ms // 86_400_000
    reached = {}
    for window, limit in limits.items():
        if per_day and window in posted:
            at_ms = now_ms + max(limit - posted[window], 0) * 86_400_000 // per_day
            ends = ends_ms[window]
            if ends is None or at_ms < ends:
                reached[window] = at_ms
    return Forecast(per_day_microusd=per_day, days=days, month_microusd=month, reached_ms=reached)
