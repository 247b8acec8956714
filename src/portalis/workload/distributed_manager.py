"""The seed's face of the job plane: a manager with which a Python program hands in jobs.

    manager = DistributedWorkloadManager()
    manager.initialize_cluster(num_workers=4)
    job_id = await manager.submit_translation_job(code_files=[...], tenant_id="ann")
    status = await manager.get_job_status(job_id)

    python -m portalis.workload.distributed_manager [--num-workers N]

It is the embedded plane (`assembly.py`): jobs outlive the program, and the next manager on
the same folder goes on with them. As a program it works on what others hand in, until
SIGTERM or SIGINT.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from portalis.core.digest import Json
from portalis.core.ids import JobId, TenantId
from portalis.core.money import dollars
from portalis.core.settings import default_home
from portalis.workload.assembly import Plane, PlaneSettings, open_plane
from portalis.workload.desk import NotFound, Refusal
from portalis.workload.executors.work import assemble
from portalis.workload.gather import gather
from portalis.workload.model.job import Job, Priority
from portalis.workload.model.transitions import ENDED_JOB, JobState, UnitState
from portalis.workload.ports import JobQuery

JobPriority = Priority
DEFAULT_TENANT = "default"


class DistributedWorkloadManager:
    """`home`: the folder of the plane; the user's own one if it is not given. `node_price`: what
    this machine costs, as an instance of the price catalog. Not for several
    threads; several managers, in one process or in many, may share a folder."""

    def __init__(self, home: Path | None = None, node_price: str = "local") -> None:
        self._home = home or default_home()
        self._node_price = node_price
        self._plane: Plane | None = None

    def initialize_cluster(self, num_workers: int = 4) -> None:
        """Start the workers. Raises Refusal where they run already."""
        if self._plane is not None:
            raise Refusal("running", "the workers run already")
        self._plane = open_plane(
            PlaneSettings(home=self._home, slots=num_workers, node_price=self._node_price)
        )
        self._plane.start()

    @property
    def _running(self) -> Plane:
        if self._plane is None:
            self.initialize_cluster()
        assert self._plane is not None
        return self._plane

    async def submit_translation_job(
        self,
        code_files: Sequence[str | Path],
        tenant_id: str = DEFAULT_TENANT,
        priority: JobPriority = JobPriority.BATCH,
        options: Mapping[str, Json] | None = None,
    ) -> str:
        """Hand in files and folders; the id of the job. Raises Refusal."""
        return await asyncio.to_thread(self._submit, code_files, tenant_id, priority, options)

    def _submit(
        self,
        code_files: Sequence[str | Path],
        tenant_id: str,
        priority: JobPriority,
        options: Mapping[str, Json] | None,
    ) -> str:
        files = gather([Path(path) for path in code_files])
        found = self._running.desk.submit(
            TenantId(tenant_id), files, priority=priority, options=options
        )
        return found.job.id

    async def get_job_status(self, job_id: str) -> dict[str, Any] | None:
        """`status`, `progress` (0 to 1) and more; None if there is no such job."""
        job = await asyncio.to_thread(self._running.state.job, JobId(job_id))
        return None if job is None else _status(job)

    async def get_result(self, job_id: str) -> dict[str, Any]:
        """The package's files by their path, and what to say of it: of all units that are done,
        whatever became of the others. Raises NotFound."""
        return await asyncio.to_thread(self._result, job_id)

    def _result(self, job_id: str) -> dict[str, Any]:
        job, desk = self._job(job_id), self._running.desk
        results = {
            unit.name: desk.result(job.tenant_id, unit.id)
            for unit in desk.results(job.tenant_id, job.id)
        }
        translated = assemble(desk.sources(job.tenant_id, job.id), job.options, results)
        verdicts: dict[str, int] = {}
        for each in translated.report.verdicts:
            verdicts[each.verdict.value] = verdicts.get(each.verdict.value, 0) + 1
        return {
            **_status(job),
            "files": dict(translated.crate.files),
            "verdicts": verdicts,
            "clean": translated.report.is_clean,
        }

    async def wait(self, job_id: str, timeout_s: float | None = None) -> dict[str, Any]:
        """The status when the job has ended, or after the timeout. Raises NotFound."""
        tenant = self._job(job_id).tenant_id
        job = await asyncio.to_thread(self._running.wait, tenant, JobId(job_id), timeout_s)
        return _status(job)

    async def cancel_job(self, job_id: str) -> bool:
        """Stop the job. False if there is none, or it has ended."""
        return await asyncio.to_thread(self._cancel, job_id)

    def _cancel(self, job_id: str) -> bool:
        try:
            job = self._job(job_id)
        except NotFound:
            return False
        if job.state in ENDED_JOB:
            return False
        after = self._running.desk.cancel(job.tenant_id, job.id)
        self._running.executor.wake()
        return after.state is not JobState.DONE

    async def list_jobs(self, tenant_id: str | None = None) -> list[dict[str, Any]]:
        """The newest hundred jobs, of one tenant or of all."""
        tenant = None if tenant_id is None else TenantId(tenant_id)
        jobs = await asyncio.to_thread(self._running.state.jobs, JobQuery(tenant_id=tenant))
        return [_status(job) for job in jobs]

    def get_cluster_stats(self) -> dict[str, Any]:
        """What the workers do at the moment."""
        plane = self._running
        world = plane.state.world(1_000_000, 1_000_000)
        running = sum(unit.running_ms is not None for unit in world.held)
        slots, reused = plane.executor.slots, plane.controller.reuse.counts
        return {
            "workers": slots,
            "running_units": running,
            "waiting_units": len(world.held) - running + len(world.ready),
            "utilization": min(running / slots, 1.0) if slots else 0.0,
            "cache_hits": reused.hits,
            "cache_misses": reused.misses,
            "cache_saved_s": reused.saved_ms / 1000,
        }

    def shutdown(self) -> None:
        """End the workers. What is not done stays for the next manager."""
        if self._plane is not None:
            self._plane.close()
            self._plane = None

    def _job(self, job_id: str) -> Job:
        job = self._running.state.job(JobId(job_id))
        if job is None:
            raise NotFound(f"job {job_id}")
        return job


def _status(job: Job) -> dict[str, Any]:
    return {
        "job_id": job.id,
        "tenant_id": job.tenant_id,
        "priority": job.priority.value,
        "status": job.state.value,
        "progress": job.progress if job.state not in ENDED_JOB else 1.0,
        "units": job.count(),
        "units_done": job.count(UnitState.DONE),
        "units_failed": job.count(UnitState.FAILED),
        "reason": job.reason,
        "actual_cost": float(dollars(job.cost_microusd)),
        "lines": job.lines,
        "created_ms": job.created_ms,
        "started_ms": job.started_ms,
        "ended_ms": job.ended_ms,
    }


def main() -> None:
    """The workers of the user's own plane, until they are told to stop."""
    parser = argparse.ArgumentParser(prog="portalis.workload.distributed_manager")
    parser.add_argument("--num-workers", type=int, default=4)
    asked = parser.parse_args()
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: told.set())
    manager = DistributedWorkloadManager()
    manager.initialize_cluster(asked.num_workers)
    print(f"portalis: {asked.num_workers} workers", file=sys.stderr, flush=True)  # noqa: T201
    told.wait()
    manager.shutdown()


if __name__ == "__main__":
    main()
