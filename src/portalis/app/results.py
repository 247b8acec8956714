"""What units have made -> files: a Cargo package and a report each."""

from __future__ import annotations

from collections.abc import Iterator

from portalis.translate import exchange
from portalis.translate.artifacts import Translated
from portalis.translate.report.as_json import report_json
from portalis.translate.toolchain import runtime_files
from portalis.workload.desk import Desk
from portalis.workload.model.job import Job


def files_of(desk: Desk, job: Job) -> Iterator[tuple[str, bytes]]:
    """Relative paths and contents of what is done so far; nothing if nothing is. A job of one
    unit is that package, others have a folder for each. Raises NotFound for results that
    were removed; Unavailable."""
    units = desk.results(job.tenant_id, job.id)
    alone = job.count() == 2 and len(units) == 1  # the unit, and the plan
    for unit in units:
        made = exchange.loads(Translated, desk.result(job.tenant_id, unit.id))
        for name, content in sorted(_package(made)):
            yield name if alone else f"{unit.name}/{name}", content


def _package(made: Translated) -> Iterator[tuple[str, bytes]]:
    yield "report.json", report_json(made.report).encode("utf-8")
    for name, text in made.crate.files.items():
        yield name, text.encode("utf-8")
    for path, name in runtime_files():
        yield f"runtime/{name}", path.read_bytes()
