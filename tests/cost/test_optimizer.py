"""The seed's Example 3: a budget that really stops a job in the middle, and lets it go on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from portalis.core.ids import JobId, TenantId
from portalis.cost.catalog import UnknownPrice
from portalis.cost.optimizer import BudgetConfig, CostOptimizer
from portalis.workload.control.controller import RESUME_MS
from portalis.workload.desk import BudgetSpent
from portalis.workload.distributed_manager import DistributedWorkloadManager, JobPriority
from portalis.workload.model.attempt import Attempt
from portalis.workload.model.ledger import Window
from portalis.workload.ports import JobQuery

FILES = 24
FOREVER_MS = 2**62


def sources(folder: Path) -> list[str]:
    paths = [folder / f"part_{number}.py" for number in range(FILES)]
    for number, path in enumerate(paths):
        path.write_text(f"def f(x: int) -> int:\n    return x + {number}\n")
    return [str(path) for path in paths]


def test_the_example_of_the_seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTALIS_HOME", str(tmp_path / "home"))
    (tmp_path / "code").mkdir()
    asyncio.run(_example(sources(tmp_path / "code")))


async def _example(files: list[str]) -> None:
    manager = DistributedWorkloadManager(node_price="dgxa100.80g")
    manager.initialize_cluster(num_workers=2)
    optimizer = CostOptimizer()

    # Set budget constraints
    budget = BudgetConfig(
        tenant_id="startup-customer",
        daily_limit=100.0,  # $100/day max
        weekly_limit=500.0,
        alert_threshold_pct=0.8,
        hard_stop_enabled=True,  # Stop jobs if budget exceeded
    )
    optimizer.register_budget(budget)

    # Submit job - will auto-stop if budget exceeded
    job_id = await manager.submit_translation_job(
        code_files=files,
        tenant_id="startup-customer",
        priority=JobPriority.LOW_PRIORITY,  # Use spot instances
    )
    done = await manager.wait(job_id, timeout_s=120)
    assert done["status"] == "done"
    assert 0 < done["actual_cost"] < 100

    books = manager._running.books
    found = books.report(None, *books.present(Window.MONTH))
    assert found.nodes is not None
    assert found.nodes.holds, found.nodes
    assert found.nodes.work_microusd + found.nodes.overhead_microusd == found.total_microusd
    assert found.nodes.idle_microusd > 0

    await _stopped_in_the_middle(manager, optimizer, files, done["actual_cost"])
    optimizer.close()


async def _stopped_in_the_middle(
    manager: DistributedWorkloadManager, optimizer: CostOptimizer, files: list[str], cost: float
) -> None:
    """The same work for tenants that can pay a half of it, or a quarter, or so."""
    state = manager._running.state
    # What is held for one unit; a limit has to bear that, and what was spent before.
    hold = max(attempt.hold_microusd for attempt in _attempts(manager))
    for number, part in enumerate((2, 4, 8, 16)):
        tenant = TenantId(f"tenant-{number}")
        limit = hold + int(cost * 1e6) // part
        optimizer.register_budget(
            BudgetConfig(tenant_id=tenant, daily_limit=limit / 1e6, alert_threshold_pct=0.001)
        )
        job_id = await manager.submit_translation_job(code_files=files, tenant_id=tenant)
        job = await manager.wait(job_id, timeout_s=120)
        charges = state.charges_of(tenant, 0, FOREVER_MS)
        assert sum(charge.cost_microusd for charge in charges) <= limit
        if job["status"] == "stopped_budget" and job["units_done"] > 1:
            break
    assert job["status"] == "stopped_budget", job
    assert 1 < job["units_done"] < FILES
    kept = await manager.get_result(job_id)
    assert any(name.endswith(".rs") for name in kept["files"])
    report = json.loads(optimizer.export_report(tenant_id=tenant, format="json"))
    assert report["total_cost"] == job["actual_cost"]
    assert set(report) >= {"total_cost", "cost_by_instance", "potential_savings", "recommendations"}
    assert list(report["cost_by_instance"]) == ["dgxa100.80g"]
    assert all(set(each) == {"type", "savings", "action"} for each in report["recommendations"])

    # All of it survives a restart: what was spent, what is done, that it is told and stopped.
    alerts = _alerts(manager, job_id)
    assert alerts.count("budget_alert") == 1
    manager.shutdown()
    again = DistributedWorkloadManager(node_price="dgxa100.80g")
    again.initialize_cluster(num_workers=2)
    await asyncio.sleep(2 * RESUME_MS / 1000)
    stopped = await again.get_job_status(job_id)
    assert stopped is not None
    same = ("status", "units_done", "actual_cost", "reason")
    assert {name: stopped[name] for name in same} == {name: job[name] for name in same}
    with pytest.raises(BudgetSpent, match=r"the day budget of .* does not bear"):
        await again.submit_translation_job(code_files=files, tenant_id=tenant)

    # The limit is raised: what remains goes on by itself, and nothing is done twice.
    done_before = {c.unit_id for c in charges if c.useful}
    optimizer.register_budget(BudgetConfig(tenant_id=tenant, daily_limit=100.0))
    async with asyncio.timeout(120):
        while job["status"] != "done":
            await asyncio.sleep(0.1)
            job = await again.get_job_status(job_id) or job
    after = again._running.state.charges_of(tenant, 0, FOREVER_MS)
    useful = [c for c in after if c.useful]
    assert len({charge.unit_id for charge in useful}) == len(useful) == job["units"]
    known = {charge.attempt_id for charge in charges}
    fresh = {charge.unit_id for charge in after if charge.attempt_id not in known}
    assert fresh
    assert not done_before & fresh
    assert _alerts(again, job_id).count("budget_alert") == 1
    again.shutdown()


def _alerts(manager: DistributedWorkloadManager, job_id: str) -> list[str]:
    """What the job's log says, by kind."""
    return [event.event for event in manager._running.state.events(JobId(job_id))]


def _attempts(manager: DistributedWorkloadManager) -> Iterable[Attempt]:
    state = manager._running.state
    jobs = state.jobs(JobQuery(tenant_id=None))
    return [attempt for job in jobs for attempt in state.attempts_of(job.id)]


def test_usage_from_outside_counts(tmp_path: Path) -> None:
    optimizer = CostOptimizer(tmp_path)
    cost = optimizer.record_usage("dgxa100.80g", "on_demand", 2.0, "job-1", "ann")
    assert cost == pytest.approx(2 * 27.44705, abs=1e-6)
    with pytest.raises(UnknownPrice):
        optimizer.record_usage("dgxb200", "on_demand", 1.0, "job-1", "ann")
    with pytest.raises(ValueError, match="no duration"):
        optimizer.record_usage("local", "on_demand", -1.0, "job-1", "ann")
    optimizer.close()
    # All of it survives a restart.
    again = CostOptimizer(tmp_path)
    assert again.get_metrics("ann")["total_cost"] == cost
    assert again.get_metrics("bob")["total_cost"] == 0
    kinds = [each.kind.value for each in again.recommend_optimizations("ann")]
    # Whether it used the GPUs is not known here, so nothing is said of that.
    assert kinds == ["spot_instances"]
    assert again.export_report("ann", "csv").startswith("tenant,from,until,by,name,cost_usd\n")
    assert "cost of ann" in again.export_report("ann", "text")
    with pytest.raises(ValueError, match="no format 'xml'"):
        again.export_report("ann", "xml")
    again.close()


def test_a_budget_that_makes_no_sense_is_refused(tmp_path: Path) -> None:
    optimizer = CostOptimizer(tmp_path)
    with pytest.raises(ValueError, match="less than nothing"):
        optimizer.register_budget(BudgetConfig(tenant_id="ann", daily_limit=-1.0))
    with pytest.raises(ValueError, match="the day limit is above the week limit"):
        optimizer.register_budget(BudgetConfig(tenant_id="ann", daily_limit=9.0, weekly_limit=1.0))
    optimizer.close()
