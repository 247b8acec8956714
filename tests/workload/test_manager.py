"""The seed's manager: its snippets run as printed, with the package's prefix."""

from __future__ import annotations

import asyncio
import glob
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from portalis.workload.desk import NotFound, Refusal
from portalis.workload.distributed_manager import DistributedWorkloadManager, JobPriority

QUICK = {"verify": "none"}


@pytest.fixture
def manager(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DistributedWorkloadManager]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORTALIS_HOME", str(tmp_path / "home"))
    (tmp_path / "codebase" / "deep").mkdir(parents=True)
    (tmp_path / "my_function.py").write_text("def f(x: int) -> int:\n    return x + 1\n")
    for name in ("a.py", "deep/b.py"):
        (tmp_path / "codebase" / name).write_text("print('hello')\n")
    found = DistributedWorkloadManager()
    yield found
    found.shutdown()


def test_example_1_interactive_translation(manager: DistributedWorkloadManager) -> None:
    async def example() -> None:
        manager.initialize_cluster(num_workers=2)
        job_id = await manager.submit_translation_job(
            code_files=["my_function.py"], tenant_id="user-123", priority=JobPriority.INTERACTIVE
        )
        status = await manager.get_job_status(job_id)
        assert status is not None
        assert status["status"] in ("queued", "running", "done")
        assert 0 <= status["progress"] <= 1
        assert (await manager.wait(job_id, timeout_s=60))["status"] == "done"
        result = await manager.get_result(job_id)
        assert "Cargo.toml" in result["files"]
        assert result["clean"]

    asyncio.run(example())


def test_example_2_batch_processing(manager: DistributedWorkloadManager) -> None:
    async def example() -> None:
        job_id = await manager.submit_translation_job(
            code_files=glob.glob("codebase/**/*.py", recursive=True),  # noqa: PTH207 - as printed
            tenant_id="enterprise-customer",
            priority=JobPriority.BATCH,
            options=QUICK,
        )
        assert (await manager.wait(job_id, timeout_s=60))["units_done"] == 3
        stats = manager.get_cluster_stats()
        assert (stats["workers"], stats["running_units"], stats["waiting_units"]) == (4, 0, 0)
        (job,) = await manager.list_jobs("enterprise-customer")
        assert job["job_id"] == job_id
        assert not await manager.list_jobs("somebody else")

    asyncio.run(example())


def test_a_job_is_cancelled(manager: DistributedWorkloadManager) -> None:
    lines = [f"def f{n}(a: int) -> int:\n    return a + {n}\n" for n in range(20_000)]
    Path("long.py").write_text("".join(lines))

    async def example() -> None:
        manager.initialize_cluster(num_workers=1)
        job_id = await manager.submit_translation_job(["long.py"], options=QUICK)
        while not manager.get_cluster_stats()["running_units"]:
            await asyncio.sleep(0.02)
        assert await manager.cancel_job(job_id)
        assert (await manager.wait(job_id, timeout_s=2))["status"] == "cancelled"
        assert not await manager.cancel_job(job_id)
        assert not await manager.cancel_job("job_none")

    asyncio.run(example())


def test_a_killed_worker_loses_nothing(manager: DistributedWorkloadManager) -> None:
    lines = [f"def f{n}(a: int) -> int:\n    return a + {n}\n" for n in range(1_000)]
    Path("long.py").write_text("".join(lines))

    async def example() -> None:
        manager.initialize_cluster(num_workers=1)
        job_id = await manager.submit_translation_job(["long.py"], options=QUICK)
        plane = manager._running
        killed = 0
        while killed < 2:
            await asyncio.sleep(0.02)
            for unit in plane.state.world(10, 10).held:
                if unit.running_ms is not None and unit.attempt_id.endswith(f"{killed + 1}"):
                    for process in plane.executor.processes():  # type: ignore[attr-defined]
                        os.kill(process, signal.SIGKILL)
                        killed += 1
                    await asyncio.sleep(0.1)
        done = await manager.wait(job_id, timeout_s=90)
        assert done["status"] == "done"
        tenant, job = plane.state.job(job_id).tenant_id, job_id  # type: ignore[arg-type,union-attr]
        attempts = plane.desk.attempts(tenant, job)  # type: ignore[arg-type]
        charges = plane.desk.charges(tenant, job)  # type: ignore[arg-type]
        assert sorted(a.id for a in attempts) == sorted(c.attempt_id for c in charges)
        assert len(attempts) == 4
        assert sum(charge.useful for charge in charges) == 2

    asyncio.run(example())


def test_what_there_is_not_is_said(manager: DistributedWorkloadManager) -> None:
    async def example() -> None:
        assert await manager.get_job_status("job_none") is None
        with pytest.raises(NotFound):
            await manager.get_result("job_none")
        with pytest.raises(Refusal, match="no file or folder"):
            await manager.submit_translation_job(["none.py"])

    asyncio.run(example())
