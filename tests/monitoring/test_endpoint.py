"""`/metrics`: what is told, to whom, and that it is what the store says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families

from portalis.app.api.application import create
from portalis.core.clock import ManualClock
from portalis.core.ids import TenantId
from portalis.monitoring.collector import Exporter, Watched
from portalis.monitoring.history import OLD_MS
from portalis.monitoring.metrics import METRICS, OF_THE_SEED, Kind, document
from portalis.workload.model.ledger import Budget, Window
from portalis.workload.ports import ON_DEMAND, SPOT, UNSCALED, Sight, Unavailable
from tests.app.live import Service, listening
from tests.app.test_money import spend

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def read(text: str) -> Samples:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def scrape(service: Service) -> Samples:
    answer = service.operator.get("/metrics")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return read(answer.text)


def test_every_metric_is_announced_with_its_meaning(service: Service) -> None:
    service.submit(service.ann)
    text = service.operator.get("/metrics").text
    for metric in METRICS:
        name = metric.name
        assert f"# HELP {name} " in text, name
        assert f"# TYPE {name} {metric.kind}\n" in text, name


def test_the_names_of_the_seed() -> None:
    assert [metric.name for metric in OF_THE_SEED] == [
        "portalis_jobs_submitted_total",
        "portalis_jobs_completed_total",
        "portalis_gpu_utilization",
        "portalis_translation_latency_seconds",
        "portalis_cost_usd_total",
        "portalis_cache_hits_total",
    ]


def test_names_are_as_prometheus_wants_them() -> None:
    for metric in METRICS:
        assert metric.name.endswith("_total") == (
            metric.kind is Kind.COUNTER or metric.name.endswith("memory_total_bytes")
        ) or metric.name.endswith("_bytes")
        assert not {"job", "unit", "attempt", "job_id", "le"} & set(metric.labels)


def test_who_may_read(service: Service) -> None:
    assert service.nobody.get("/metrics").status_code == 401
    assert service.ann.get("/metrics").status_code == 403
    assert service.operator.get("/metrics").status_code == 200
    bad = {"Authorization": "Bearer tok_none.of-mine"}
    assert service.nobody.get("/metrics", headers=bad).status_code == 401


def test_on_this_machine_without_a_token_where_it_is_allowed(service: Service) -> None:
    open_ = replace(service.context, metrics_on_loopback=True)
    with listening(create(open_)) as url:
        assert httpx.get(f"{url}/metrics").status_code == 200
        for header in ("X-Forwarded-For", "Forwarded"):
            passed_on = httpx.get(f"{url}/metrics", headers={header: "for=192.0.2.1"})
            assert passed_on.status_code == 401
        # A bad token is not as good as none.
        bad = {"Authorization": "Bearer tok_none.of-mine"}
        assert httpx.get(f"{url}/metrics", headers=bad).status_code == 401


def test_jobs_are_counted_by_tenant_and_class(service: Service) -> None:
    service.submit(service.ann, priority="batch")
    service.submit(service.ann, priority="batch")
    found = scrape(service)
    labels = (("priority", "batch"), ("tenant", "ann"))
    assert found["portalis_jobs_submitted_total", labels] == 2
    assert found["portalis_jobs_queued", (("priority", "batch"),)] == 2
    ended = {key[1]: value for key, value in found.items() if key[0].endswith("completed_total")}
    # Each end has a value before there is one: an increase from nothing is not seen.
    assert len(ended) == 4
    assert set(ended.values()) == {0}


def test_the_table_for_people_is_the_table() -> None:
    path = Path(__file__).parents[2] / "docs" / "metrics.md"
    assert path.read_text("utf-8") == document(), "run `make docs`"


def test_no_job_and_no_unit_is_named(service: Service) -> None:
    job = service.submit(service.ann)
    assert job["id"] not in service.operator.get("/metrics").text


COST = (("instance_type", "local"), ("market", "on_demand"), ("tenant", "ann"))


def cost(found: Samples, kind: str) -> float:
    labels = tuple(sorted((*COST, ("kind", kind))))
    return found["portalis_cost_usd_total", labels]


def test_money_is_the_ledger_s_to_the_micro_dollar(service: Service) -> None:
    for amount in (3, 5, 7_000_001):
        spend(service, amount)
    found = scrape(service)
    assert cost(found, "workload") == 7.000004
    assert cost(found, "overhead") == 0.000005
    charged = service.operator.get("/v1/costs", params={"tenant": "ann"}).json()
    assert round(cost(found, "workload") + cost(found, "overhead"), 6) == charged["total_cost"]


def watched(service: Service) -> Watched:
    return service.context.exporter._watched


def test_what_was_counted_survives_a_restart_and_what_comes_late_is_counted(
    service: Service,
) -> None:
    clock = service.context.clock
    assert isinstance(clock, ManualClock)
    spend(service, 10)
    before = scrape(service)
    clock.advance(10 * OLD_MS)
    assert cost(scrape(service), "workload") == cost(before, "workload") == 0.00001
    # Its instant lies long before the last reading.
    spend(service, 7)
    spend(service, 30)
    assert cost(scrape(service), "workload") == 0.00004
    fresh = Exporter(watched(service)).text().decode("utf-8")
    assert cost(read(fresh), "workload") == 0.00004


def test_budgets_by_window(service: Service) -> None:
    budget = Budget(
        tenant_id=TenantId("ann"), limits={Window.DAY: 2_500_000, Window.WEEK: 9_000_000}
    )
    service.context.state.put_budget(budget)
    spend(service, 1_250_000)
    found = scrape(service)
    day = (("tenant", "ann"), ("window", "day"))
    assert found["portalis_budget_limit_usd", day] == 2.5
    assert found["portalis_budget_posted_usd", day] == 1.25
    assert found["portalis_budget_held_usd", day] == 0
    assert ("portalis_budget_limit_usd", (("tenant", "ann"), ("window", "month"))) not in found


def test_nodes_that_are_wanted_beside_those_that_are_there(service: Service) -> None:
    pool = Sight(demand=5, wanted={SPOT: 3}, there={SPOT: 1, ON_DEMAND: 1})
    found = told_of(service, pool)
    assert found["portalis_nodes_demand", ()] == 5
    for name, counts in (("portalis_nodes_wanted", (0, 3, 0)), ("portalis_nodes", (0, 1, 1))):
        markets = ("any", "spot", "on_demand")
        assert tuple(found[name, (("market", each),)] for each in markets) == counts
    nobody = told_of(service, UNSCALED)
    assert {value for (name, _), value in nobody.items() if "portalis_nodes" in name} == {0}


def test_nodes_of_which_nothing_is_known_are_not_told_as_none(service: Service) -> None:
    assert not [name for name, _ in told_of(service, Sight()) if "portalis_nodes" in name]


def told_of(service: Service, pool: Sight) -> Samples:
    exporter = Exporter(replace(watched(service), pool=lambda: pool))
    return read(exporter.text().decode("utf-8"))


def test_a_store_that_does_not_answer_is_a_failed_scrape(service: Service) -> None:
    class Down:
        def __getattr__(self, name: str) -> object:
            raise Unavailable(name)

    down = replace(watched(service), tally=Down())  # type: ignore[arg-type]
    with listening(create(replace(service.context, exporter=Exporter(down)))) as url:
        headers = dict(service.operator.headers)
        answer = httpx.get(f"{url}/metrics", headers=headers)
    # A part would look like a plane without jobs.
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
