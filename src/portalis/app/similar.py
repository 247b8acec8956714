"""What was translated before that is like what a tenant has now: information, no verdict.

The functions of results are looked at when somebody asks, each result once, a bounded time a
request. Sources are parsed in a process of its own (this module, run as a program).

    in:  a frame with sources, then a frame {"unit"} a result
    out: JSON: {"unread": [path], "functions": [{"unit", "path", "name", "line", "verdict",
         "signature", "bands"}]}, of all files without a result
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from portalis.app.aside import NoAnswer, ask
from portalis.core.ids import JobId, TenantId
from portalis.translate import exchange
from portalis.translate.artifacts import Translated
from portalis.translate.fingerprint import bands, prints_of, similarity
from portalis.workload.desk import Desk, NotFound
from portalis.workload.executors import frames
from portalis.workload.model.fingerprint import Known
from portalis.workload.model.payload import sources_bytes, sources_of
from portalis.workload.model.unit import Unit
from portalis.workload.ports import Prints

LEAST: Final = 0.7
MOST_LIKE: Final = 5
LIMIT_S: Final = 60.0
# For results that were not looked at yet, a request.
LOOK_S: Final = 20.0
_PAGE: Final = 100
_CANDIDATES: Final = 50


@dataclass(frozen=True, slots=True)
class Like:
    """A function and what it is like: with the similarity, the highest first."""

    path: str
    name: str
    line: int
    known: Sequence[tuple[float, Known]]


@dataclass(frozen=True, slots=True)
class Found:
    """unread: files that Python does not parse. complete: all results were looked at."""

    functions: Sequence[Like]
    unread: Sequence[str]
    complete: bool


def similar(
    desk: Desk,
    prints: Prints,
    tenant_id: TenantId,
    files: Mapping[str, bytes],
    least: float = LEAST,
) -> Found:
    """Raises NoAnswer; Unavailable."""
    complete = _look(desk, prints, tenant_id)
    answer = _ask(sources_bytes(files), {})
    functions = [
        Like(
            one["path"],
            one["name"],
            one["line"],
            _near(prints, tenant_id, one, least),
        )
        for one in answer["functions"]
    ]
    return Found(functions, answer["unread"], complete)


def _near(
    prints: Prints, tenant_id: TenantId, one: Mapping[str, Any], least: float
) -> list[tuple[float, Known]]:
    known = prints.near(tenant_id, one["bands"], _CANDIDATES)
    scored = [(similarity(one["signature"], each.signature), each) for each in known]
    near = [pair for pair in scored if pair[0] >= least]
    return sorted(near, key=lambda pair: -pair[0])[:MOST_LIKE]


def _look(desk: Desk, prints: Prints, tenant_id: TenantId) -> bool:
    """At results that were not looked at, the newest first; whether none is left."""
    until = time.monotonic() + LOOK_S
    for job_id in _jobs(desk, tenant_id):
        units = {unit.result: unit for unit in desk.results(tenant_id, job_id)}
        unseen = prints.unseen(tenant_id, units.keys())
        if not unseen:
            continue
        if time.monotonic() > until:
            return False
        _look_at(desk, prints, tenant_id, job_id, [units[result] for result in sorted(unseen)])
    return True


def _jobs(desk: Desk, tenant_id: TenantId) -> Iterator[JobId]:
    before: JobId | None = None
    while page := desk.jobs(tenant_id, before=before, limit=_PAGE):
        yield from (job.id for job in page)
        before = page[-1].id


def _look_at(
    desk: Desk, prints: Prints, tenant_id: TenantId, job_id: JobId, units: Sequence[Unit]
) -> None:
    functions: list[Mapping[str, Any]] = []
    try:
        results = {unit.name: desk.result(tenant_id, unit.id) for unit in units}
        functions = _ask(desk.sources(tenant_id, job_id), results)["functions"]
    except (NotFound, NoAnswer):
        # What cannot be read is like nothing.
        functions = []
    for unit in units:
        known = [
            Known(
                tenant_id=tenant_id,
                job_id=job_id,
                unit_id=unit.id,
                path=one["path"],
                name=one["name"],
                line=one["line"],
                verdict=one["verdict"],
                signature=tuple(one["signature"]),
                bands=tuple(one["bands"]),
            )
            for one in functions
            if one["unit"] == unit.name
        ]
        prints.add(tenant_id, unit.result, known)


def _ask(sources: bytes, results: Mapping[str, bytes]) -> dict[str, Any]:
    question = io.BytesIO()
    frames.write(question, {}, sources)
    for name, result in results.items():
        frames.write(question, {"unit": name}, result)
    return dict(json.loads(ask("portalis.app.similar", question.getvalue(), LIMIT_S)))


def main(question: BinaryIO, answer: BinaryIO) -> None:
    """Read the frames, write the answer."""
    first = frames.read(question)
    assert first is not None
    files = sources_of(first[1])
    verdicts: dict[tuple[str, int], tuple[str, str, str]] = {}
    is_asked = True
    while (frame := frames.read(question)) is not None:
        is_asked = False
        for one in exchange.loads(Translated, frame[1]).report.verdicts:
            place = (one.fact.file, one.fact.line)
            verdicts[place] = (frame[0]["unit"], one.fact.name, one.verdict.value)
    functions, unread = [], []
    for path in sorted(files):
        try:
            prints = prints_of(files[path])
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            unread.append(path)
            continue
        for each in prints:
            unit, name, verdict = verdicts.get((path, each.line), ("", each.name, ""))
            if is_asked or verdict:
                functions.append(
                    {
                        "unit": unit,
                        "path": path,
                        "name": name,
                        "line": each.line,
                        "verdict": verdict,
                        "signature": each.signature,
                        "bands": bands(each.signature),
                    }
                )
    answer.write(json.dumps({"functions": functions, "unread": unread}).encode())
    answer.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
