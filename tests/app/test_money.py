"""Budgets and costs over HTTP: who may set and see them, and what is refused."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.cost.windows import accounts_of
from portalis.workload.model.attempt import Charge
from portalis.workload.model.changes import Changes
from portalis.workload.model.ledger import Entry
from tests.app.live import Service

NOW_MS = 1_800_000_000_000
ANN = TenantId("ann")
FILES = {"files": {"a.py": "print(1)\n"}}
TAG = "local c7i.large on_demand 2025-06-01 listed"


def spend(service: Service, amount: int, tenant: TenantId = ANN, tag: str = TAG) -> None:
    """As if an attempt had ended."""
    number = len(service.context.state.charges_of(None, 0, NOW_MS * 2))
    charge = Charge(
        attempt_id=AttemptId(f"a{number}"),
        unit_id=UnitId(f"u{number}"),
        job_id=JobId(f"job-of-{tenant}"),
        tenant_id=tenant,
        at_ms=NOW_MS,
        slot_ms=1000,
        useful=number % 2 == 0,
        from_ms=NOW_MS - 1000,
        leased_ms=NOW_MS - 1000,
        cost_microusd=amount,
        rate_microusd_h=1,
        price=tag,
    )
    keys = accounts_of(tenant, NOW_MS).values()
    entries = tuple(Entry(key=key, posted_microusd=amount) for key in keys)
    service.context.state.commit(Changes(charges=(charge,), entries=entries))


def test_an_operator_sets_a_budget_and_its_tenant_sees_it(service: Service) -> None:
    body = {"daily": "1.5", "monthly": 20, "alert": "0.5"}
    answer = service.operator.put("/v1/budgets/ann", json=body)
    assert answer.status_code == 200, answer.text
    seen = service.ann.get("/v1/budgets/ann").json()
    assert seen == answer.json()
    assert (seen["schema"], seen["tenant"], seen["alert"]) == ("portalis.budget/1", "ann", "0.5")
    windows = {window["window"]: window for window in seen["windows"]}
    assert {name: window["limit_usd"] for name, window in windows.items()} == {
        "lifetime": None, "month": "20.000000", "week": None, "day": "1.500000",
    }  # fmt: skip
    assert windows["lifetime"]["resets_at"] is None
    assert windows["day"]["resets_at"] == "2027-01-16T00:00:00.000Z"
    assert [each["tenant"] for each in service.operator.get("/v1/budgets").json()["budgets"]] == [
        "ann"
    ]


def test_tenants_set_no_budgets_and_see_no_others(service: Service) -> None:
    assert service.ann.put("/v1/budgets/ann", json={"daily": 1}).status_code == 403
    assert service.bob.get("/v1/budgets/ann").status_code == 403
    assert service.bob.get("/v1/costs", params={"tenant": "ann"}).status_code == 403
    spend(service, 5)
    assert service.bob.get("/v1/costs").json()["total_cost"] == 0


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"daily": -1}, "greater than or equal to 0"),
        ({"daily": "0.0000001"}, "finer than a micro-dollar"),
        ({"daily": 5, "weekly": 4}, "the day limit is above the week limit"),
        ({"hourly": 1}, "Extra inputs"),
        ({"alert": 1.5}, "less than or equal to 1"),
    ],
)
def test_a_budget_that_makes_no_sense_is_refused(
    service: Service, body: dict[str, Any], words: str
) -> None:
    answer = service.operator.put("/v1/budgets/ann", json=body)
    assert answer.status_code == 422
    assert words in answer.json()["detail"]
    assert service.operator.get("/v1/budgets").json()["budgets"] == []


def test_work_beyond_the_budget_is_refused_with_the_numbers(service: Service) -> None:
    service.operator.put("/v1/budgets/ann", json={"daily": "0.05", "lifetime": "9"})
    assert service.ann.post("/v1/jobs", json=FILES).status_code == 201
    spend(service, 45_000)
    answer = service.ann.post("/v1/jobs", json=FILES)
    assert answer.status_code == 402
    body = answer.json()
    assert body["code"] == "budget-spent"
    shown = {name: body[name] for name in ("limit_source", "window", "limit_usd", "posted_usd")}
    assert shown == {
        "limit_source": "tenant",
        "window": "day",
        "limit_usd": "0.050000",
        "posted_usd": "0.045000",
    }
    assert body["resets_at"] == "2027-01-16T00:00:00.000Z"
    assert float(body["estimate_usd"]) > 0.005
    assert service.bob.post("/v1/jobs", json=FILES).status_code == 201
    service.operator.put("/v1/budgets/ann", json={"daily": "1"})
    assert service.ann.post("/v1/jobs", json=FILES).status_code == 201


def test_a_soft_budget_refuses_nothing(service: Service) -> None:
    service.operator.put("/v1/budgets/ann", json={"daily": "0.01", "hard_stop": False})
    spend(service, 45_000)
    assert service.ann.post("/v1/jobs", json=FILES).status_code == 201


def test_a_job_has_a_limit_of_its_own(service: Service) -> None:
    made = service.ann.post("/v1/jobs", json=FILES, params={"max_cost": "0.5"})
    assert made.json()["max_cost_usd"] == "0.500000"
    assert made.json()["cost_usd"] == "0.000000"
    low = service.ann.post("/v1/jobs", json=FILES, params={"max_cost": "0.000001"})
    assert (low.status_code, low.json()["code"]) == (422, "limit-too-low")


def test_costs_in_three_forms(service: Service) -> None:
    spend(service, 2_000_000)
    spend(service, 500_001, tag="dgxa100.80g p4de.24xlarge on_demand 2026-11-09 listed")
    seen = service.ann.get("/v1/costs").json()
    assert seen["total_cost"] == 2.500001
    assert seen["waste_cost"] == 0.500001
    assert seen["cost_by_instance"] == {"local": 2.0, "dgxa100.80g": 0.500001}
    assert [price["as_of"] for price in seen["prices"]] == ["2026-11-09", "2025-06-01"]
    assert seen["potential_savings"] == pytest.approx(
        sum(each["savings"] for each in seen["recommendations"])
    )
    assert {each["type"] for each in seen["recommendations"]} >= {"spot_instances"}
    table = service.ann.get("/v1/costs", params={"format": "csv"})
    assert table.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(table.text)))
    total = next(row for row in rows if row["by"] == "total" and row["name"] == "total")
    assert total["cost_usd"] == "2.500001"
    assert {row["name"]: row["cost_usd"] for row in rows if row["by"] == "price"} == {
        "local (as c7i.large), on-demand, as of 2025-06-01": "2.000000",
        "dgxa100.80g (as p4de.24xlarge), on-demand, as of 2026-11-09": "0.500001",
    }
    text = service.operator.get("/v1/costs", params={"format": "text", "window": "monthly"}).text
    assert "cost of all tenants" in text
    assert "$2.500001" in text
    assert "as of 2025-06-01" in text
    later = service.ann.get("/v1/costs", params={"since": "2027-01-16T00:00:00Z"}).json()
    assert later["total_cost"] == 0


def test_a_forecast(service: Service) -> None:
    service.operator.put("/v1/budgets/ann", json={"monthly": "3"})
    spend(service, 2_000_000)
    seen = service.ann.get("/v1/costs/forecast").json()
    # All was spent today, and today is not over: no pace is known yet.
    assert (seen["per_day_usd"], seen["month_usd"]) == ("0.000000", "2.000000")
    assert seen["limits_reached_at"] == {}
