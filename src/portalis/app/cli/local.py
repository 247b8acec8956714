"""A job in this process, to its end: `portalis submit --local`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from portalis.app.cli import remote
from portalis.app.cli.call import CallError

if TYPE_CHECKING:
    from portalis.workload.assembly import Plane
    from portalis.workload.model.job import Job
    from portalis.workload.model.unit import Unit

_LOOK_S = 0.2


def run(
    files: Mapping[str, bytes],
    asked: Mapping[str, str],
    options: Mapping[str, str | bool],
    out: Path | None,
    plane_flags: Mapping[str, object],
    *,
    as_json: bool,
) -> int:
    """The exit code. asked: tenant, priority, name, key and max_cost, each if it is given.
    plane_flags: settings by name, as `settings.load` takes them. Raises CallError."""
    from portalis.app.planes import plane_of
    from portalis.app.settings import SettingsError, load
    from portalis.core.ids import TenantId
    from portalis.core.money import NotMoney, microusd
    from portalis.translate.delivery import DeliveryError, check_target
    from portalis.translate.manifest import package_name
    from portalis.workload.desk import Refusal
    from portalis.workload.model.job import Priority
    from portalis.workload.ports import Unavailable

    try:
        if out is not None:
            check_target(out)
        settings = load(plane_flags).settings
        with plane_of(settings) as plane:
            job = plane.desk.submit(
                TenantId(asked.get("tenant", "default")),
                files,
                priority=Priority(asked["priority"]) if "priority" in asked else None,
                name=asked["name"],
                options={**options, "name": package_name(asked["name"])},
                limit_microusd=microusd(asked["max_cost"]) if "max_cost" in asked else None,
                idempotency_key=asked.get("key", ""),
            ).job
            job = _follow(plane, job)
            units = plane.desk.units(job.tenant_id, job.id)
            if out is not None:
                _deliver(plane, job, out)
    except (SettingsError, Refusal, Unavailable, DeliveryError, NotMoney) as error:
        raise CallError(str(error)) from error
    return _show(job, units, as_json=as_json)


def _follow(plane: Plane, job: Job) -> Job:
    """Until the job ends, with a bar on a terminal."""
    from portalis.workload.model.transitions import ENDED_JOB

    print(f"portalis: {job.id}", file=sys.stderr)
    if not sys.stderr.isatty():
        return plane.wait(job.tenant_id, job.id)
    with remote.bar() as update:
        while job.state not in ENDED_JOB:
            job = plane.wait(job.tenant_id, job.id, _LOOK_S)
            update(job.state.value, job.count() - job.open_units, job.count())
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


def _show(job: Job, units: Sequence[Unit], *, as_json: bool) -> int:
    from portalis.app.api.views import JobView, UnitView

    answer = JobView.of(job).model_dump(by_alias=True)
    if as_json:
        remote.print_json(answer)
    else:
        remote.print_job(answer)
        remote.print_failures([UnitView.of(unit).model_dump(by_alias=True) for unit in units])
    return remote.exit_code(answer)
