"""The snippets about jobs of the README that users were promised, as they were printed: only
the package's prefix is added, and what a snippet takes from the program around it is given."""

from __future__ import annotations

import ast
import asyncio
import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portalis.core.ids import TenantId
from portalis.workload.assembly import PlaneSettings, open_plane
from portalis.workload.distributed_manager import DistributedWorkloadManager, JobPriority
from portalis.workload.model.transitions import JobState

INTERACTIVE = """
from portalis.workload.distributed_manager import DistributedWorkloadManager, JobPriority

manager = DistributedWorkloadManager()
manager.initialize_cluster(num_workers=4)

# Submit single file for interactive translation
job_id = await manager.submit_translation_job(
    code_files=["my_function.py"],
    tenant_id="user-123",
    priority=JobPriority.INTERACTIVE
)

# Monitor progress
status = await manager.get_job_status(job_id)
print(f"Status: {status['status']}, Progress: {status['progress']}")
"""

BATCH = """
# Submit large batch job with cost optimization
job_id = await manager.submit_translation_job(
    code_files=glob.glob("codebase/**/*.py", recursive=True),
    tenant_id="enterprise-customer",
    priority=JobPriority.BATCH  # Will use spot instances
)
"""

COST_CONSCIOUS = """
# Submit job - will auto-stop if budget exceeded
job_id = await manager.submit_translation_job(
    code_files=files,
    tenant_id="startup-customer",
    priority=JobPriority.LOW_PRIORITY  # Use spot instances
)
"""

INTEGRATION = """
# In Portalis main pipeline
from portalis.workload.distributed_manager import DistributedWorkloadManager

# Initialize DGX Cloud manager
dgx_manager = DistributedWorkloadManager()
dgx_manager.initialize_cluster(num_workers=8)

# Submit library translation to cluster
job_id = await dgx_manager.submit_translation_job(
    code_files=library_files,
    tenant_id=tenant_id,
    priority=determine_priority(library_size)
)

# Monitor and retrieve results
result = await dgx_manager.get_job_status(job_id)
"""


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """What the snippets find around them; managers that they make are shut down."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORTALIS_HOME", str(tmp_path / "home"))
    (tmp_path / "codebase").mkdir()
    for name in ("my_function.py", "codebase/a.py"):
        (tmp_path / name).write_text("def f(x: int) -> int:\n    return x + 1\n")
    import glob

    found: dict[str, Any] = {"glob": glob, "JobPriority": JobPriority}
    yield found
    for name in ("manager", "dgx_manager"):
        if name in found:
            found[name].shutdown()


def run(snippet: str, names: dict[str, Any], manager: str = "manager") -> dict[str, Any]:
    """The snippet, and the status of its job when that has ended."""

    async def play() -> dict[str, Any]:
        code = compile(snippet, "README.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        running = eval(code, names)
        assert inspect.isawaitable(running)
        await running
        ended: dict[str, Any] = await names[manager].wait(names["job_id"], timeout_s=120)
        return ended

    return asyncio.run(play())


def test_interactive(names: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    ended = run(INTERACTIVE, names)
    assert (ended["status"], ended["tenant_id"]) == ("done", "user-123")
    assert ended["priority"] == "interactive"
    said = capsys.readouterr().out
    assert said.startswith("Status: ")
    assert "Progress: " in said


@pytest.mark.parametrize(
    ("snippet", "tenant", "priority"),
    [
        (BATCH, "enterprise-customer", "batch"),
        (COST_CONSCIOUS, "startup-customer", "low_priority"),
    ],
    ids=["batch", "cost-conscious"],
)
def test_with_a_manager(names: dict[str, Any], snippet: str, tenant: str, priority: str) -> None:
    names |= {"manager": DistributedWorkloadManager(), "files": ["codebase/a.py"]}
    ended = run(snippet, names)
    assert (ended["status"], ended["tenant_id"], ended["priority"]) == ("done", tenant, priority)


def test_integration(names: dict[str, Any]) -> None:
    names |= {
        "library_files": ["codebase/a.py"],
        "tenant_id": "ann",
        "library_size": 2,
        "determine_priority": lambda size: (
            JobPriority.INTERACTIVE if size < 100 else JobPriority.BATCH
        ),
    }
    ended = run(INTEGRATION, names, "dgx_manager")
    assert (ended["status"], names["result"]["job_id"]) == ("done", ended["job_id"])


def test_the_manager_as_a_program(names: dict[str, Any], tmp_path: Path) -> None:
    """`python -m portalis.workload.distributed_manager &` works on what others hand in."""
    assert names
    ann = TenantId("ann")
    command = [sys.executable, "-m", "portalis.workload.distributed_manager", "--num-workers", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            assert process.stderr.readline().startswith("portalis: 1 workers")
            plane = open_plane(PlaneSettings(home=tmp_path / "home", slots=1))
            job = plane.desk.submit(ann, {"a.py": b"print(1)\n"}, options={"verify": "none"}).job
            assert plane.wait(ann, job.id, 120).state is JobState.DONE
            plane.close()
        finally:
            process.terminate()
    assert process.returncode == 0
