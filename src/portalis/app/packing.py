"""What a job has made -> one archive: the package that `portalis translate` would write, and
its report.

It is put together in a process of its own (this module, run as a program) and kept, so a
second download costs nothing.

    in:  a frame {"options"} with the sources, then a frame {"unit"} a result
    out: the archive
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from portalis.app.archives import stream_zip
from portalis.app.aside import ask
from portalis.core.digest import digest_of
from portalis.translate.delivery import deliver
from portalis.translate.report.as_json import report_json
from portalis.workload.control import keys
from portalis.workload.desk import Desk
from portalis.workload.executors import frames
from portalis.workload.executors.work import assemble
from portalis.workload.model.job import Job
from portalis.workload.ports import Objects

LIMIT_S: Final = 600.0
REPORT: Final = "report.json"


def package_of(desk: Desk, objects: Objects, job: Job) -> bytes | None:
    """A zip of what is done so far; None if nothing is. Raises desk.NotFound for what was
    removed; aside.NoAnswer; Unavailable."""
    units = desk.results(job.tenant_id, job.id)
    if not units:
        return None
    results = [[unit.name, unit.result] for unit in units]
    key = keys.package(job.tenant_id, digest_of([job.sources, dict(job.options), results]))
    try:
        return objects.get(key)
    except KeyError:
        question = io.BytesIO()
        frames.write(question, {"options": dict(job.options)}, objects.get(job.sources))
        for unit in units:
            frames.write(question, {"unit": unit.name}, desk.result(job.tenant_id, unit.id))
        archive = ask("portalis.app.packing", question.getvalue(), LIMIT_S)
        objects.put(key, archive)
        return archive


def main(question: BinaryIO, answer: BinaryIO) -> None:
    """Read the frames, write the archive."""
    first = frames.read(question)
    assert first is not None
    head, sources = first
    results = {}
    while (frame := frames.read(question)) is not None:
        results[frame[0]["unit"]] = frame[1]
    made = assemble(sources, head["options"], results)
    with tempfile.TemporaryDirectory(prefix="portalis-") as folder:
        out = Path(folder) / "package"
        deliver(made.crate, out)
        (out / REPORT).write_text(report_json(made.report), encoding="utf-8")
        for part in stream_zip(_files(out)):
            answer.write(part)
    answer.flush()


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
