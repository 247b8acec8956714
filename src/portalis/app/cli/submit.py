"""`portalis submit`: a codebase in, a job that is followed to its end out.

Exit codes: 0 done, 100 failed, 101 not finished, 103 cancelled, 104 stopped by budget, 2 a
wrong call, 130 interrupted.
"""

from __future__ import annotations

import enum
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portalis.app.cli import call
from portalis.app.cli.call import CallError
from portalis.app.cli.translate import KindOption, VerifyOption

if TYPE_CHECKING:
    from portalis.workload.assembly import Plane
    from portalis.workload.model.job import Job
    from portalis.workload.model.unit import Unit

SCHEMA = 1
NOT_FINISHED = 101
# By the state of the job (`JobState`).
EXIT_CODES = {"done": 0, "failed": 100, "cancelled": 103, "stopped_budget": 104}
_LOOK_S = 0.2


class PriorityOption(enum.StrEnum):
    """As `Priority`, which a quick start of other verbs does not wait for."""

    INTERACTIVE = "interactive"
    BATCH = "batch"
    TRAINING = "training"
    LOW_PRIORITY = "low_priority"


def submit(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Python files and folders.")
    ],
    local: Annotated[
        bool, typer.Option("--local", help="Run the job in this process, to its end.")
    ] = False,
    tenant: Annotated[str, typer.Option(metavar="T", help="Whose job it is.")] = "default",
    priority: Annotated[PriorityOption, typer.Option(help="Its class.")] = PriorityOption.BATCH,
    wait: Annotated[
        bool, typer.Option("--wait", help="Return when the job has ended; --local always does.")
    ] = False,
    kind: Annotated[KindOption, typer.Option(help="What the result is.")] = KindOption.AUTO,
    verify: Annotated[
        VerifyOption, typer.Option(help="How far the result is verified.")
    ] = VerifyOption.COMPILE,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="OUT", help="Write the package here.")
    ] = None,
    home: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The folder of the plane.")
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=0, help="Processes; 0: one a processor.")
    ] = 0,
    key: Annotated[
        str, typer.Option("--idempotency-key", metavar="K", help="The same key, the same job.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Hand in a codebase as a job: it is divided into units that are run, retried and kept."""
    del wait
    options = {"kind": kind.value, "verify": verify.value, "name": _name(paths)}
    code = NOT_FINISHED
    with call.answering("finished units are kept; the same call goes on with the others"):
        if not local:
            raise CallError("--local is missing: jobs are run in this process only, as yet")
        code = _run(paths, tenant, priority, options, out, home, workers, key, as_json=as_json)
    raise typer.Exit(code)


def _run(
    paths: list[Path],
    tenant: str,
    priority: PriorityOption,
    options: Mapping[str, str],
    out: Path | None,
    home: Path | None,
    workers: int,
    key: str,
    *,
    as_json: bool,
) -> int:
    from portalis.core.ids import TenantId
    from portalis.translate.delivery import DeliveryError, check_target
    from portalis.workload.assembly import PlaneSettings, default_home, open_plane
    from portalis.workload.desk import Refusal
    from portalis.workload.gather import gather
    from portalis.workload.model.job import Priority
    from portalis.workload.ports import Unavailable

    try:
        if out is not None:
            check_target(out)
        files = gather(paths)
        with open_plane(PlaneSettings(home=home or default_home(), slots=workers)) as plane:
            job = plane.desk.submit(
                TenantId(tenant),
                files,
                priority=Priority(priority),
                options=options,
                idempotency_key=key,
            ).job
            job = _follow(plane, job)
            units = plane.desk.units(job.tenant_id, job.id)
            if out is not None:
                _deliver(plane, job, out)
    except (Refusal, Unavailable, DeliveryError) as error:
        raise CallError(str(error)) from error
    _show(job, units, as_json=as_json)
    return EXIT_CODES.get(job.state, NOT_FINISHED)


def _follow(plane: Plane, job: Job) -> Job:
    """Until the job ends, with a bar on a terminal."""
    from portalis.workload.model.transitions import ENDED_JOB

    print(f"portalis: {job.id}", file=sys.stderr)
    if not sys.stderr.isatty():
        return plane.wait(job.tenant_id, job.id)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        while job.state not in ENDED_JOB:
            job = plane.wait(job.tenant_id, job.id, _LOOK_S)
            done = job.count() - job.open_units
            bar.update(task, description=job.state.value, completed=done, total=job.count())
    return job


def _deliver(plane: Plane, job: Job, out: Path) -> None:
    """The package of all that is done."""
    from portalis.translate.delivery import deliver
    from portalis.workload.executors.work import assemble

    desk = plane.desk
    done = desk.results(job.tenant_id, job.id)
    if not done:
        print(f"portalis: no unit is done, {out} is not written", file=sys.stderr)
        return
    results = {unit.name: desk.result(job.tenant_id, unit.id) for unit in done}
    translated = assemble(desk.sources(job.tenant_id, job.id), job.options, results)
    for limit in deliver(translated.crate, out):
        print(f"portalis: {limit}", file=sys.stderr)


def _show(job: Job, units: Sequence[Unit], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"schema": SCHEMA, "job": job_json(job), "units": _units(units)}))
        return
    counts = ", ".join(f"{count} {state.value}" for state, count in sorted(job.units.items()))
    print(f"{job.id} {job.state.value}: {counts}")
    if job.reason:
        print(job.reason)
    for unit in units:
        if unit.state == "failed":
            print(f"{unit.name}: {unit.cause}: {unit.message}")


def job_json(job: Job) -> dict[str, Any]:
    """A job for machines; keys and meanings only grow."""
    return {
        "id": job.id,
        "tenant": job.tenant_id,
        "priority": job.priority.value,
        "state": job.state.value,
        "reason": job.reason,
        "files": job.files,
        "lines": job.lines,
        "progress": job.progress,
        "units": {state.value: count for state, count in sorted(job.units.items())},
        "created_ms": job.created_ms,
        "started_ms": job.started_ms,
        "ended_ms": job.ended_ms,
    }


def _units(units: Sequence[Unit]) -> list[dict[str, Any]]:
    return [
        {
            "id": unit.id,
            "kind": unit.kind.value,
            "name": unit.name,
            "state": unit.state.value,
            "cause": None if unit.cause is None else unit.cause.value,
            "message": unit.message,
            "summary": dict(unit.summary),
        }
        for unit in units
    ]


def _name(paths: list[Path]) -> str:
    from portalis.translate.manifest import package_name

    return package_name(paths[0].resolve().with_suffix("").name)
