"""What a worker does with units: the compiler's front door.

    Work (kind, options, spec, sources) -> Done(output, summary) | Refused(message)
    Works that are parts of a plan      -> the same of each, shown to rustc together

Never raises for what the sources hold. Runs in a process of its own, which may be killed.
"""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portalis.core.digest import Json, digest
from portalis.resource.rates import unit_ms
from portalis.translate import exchange, package
from portalis.translate.artifacts import Kind, Report, SourceTree, Translated
from portalis.translate.kept import engine_digest
from portalis.translate.pipeline import (
    Settings,
    Task,
    translate_batch,
    translate_unit,
    unit_settings,
)
from portalis.translate.sources import Loaded, load
from portalis.translate.units import Unit, partition
from portalis.workload.model.payload import Work, plan_bytes, sources_of
from portalis.workload.model.unit import UnitKind, UnitPlan

# The last one is the controller's.
_OPTIONS = frozenset(("kind", "verify", "name", "share_cache"))


@dataclass(frozen=True, slots=True)
class Done:
    """output: what is kept. summary: a few figures of it."""

    output: bytes
    summary: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """The sources cannot be translated at all; the same sources never will."""

    message: str


def run_parts(works: Sequence[Work]) -> list[tuple[Done, float] | None]:
    """Do what plans ask for, all together; each with the CPU seconds that it took. None: it
    has to be done by itself, to see why it cannot be done."""
    tasks = [exchange.loads(Task, work.sources) for work in works]
    return [
        (_done(done.translated, task.tree), _cpu_s(done.translated)) if done.translated else None
        for task, done in zip(tasks, translate_batch(tasks), strict=True)
    ]


def _done(translated: Translated, tree: SourceTree) -> Done:
    return Done(exchange.dumps(translated).encode("ascii"), _summary(translated, tree))


_STAGES = ("translate", "check", "run")


def _cpu_s(translated: Translated) -> float:
    timings = translated.report.timings
    return sum(timings.get(stage, 0.0) for stage in _STAGES)


def run(work: Work) -> Done | Refused:
    """Do it by itself."""
    if work.is_part:
        task = exchange.loads(Task, work.sources)
        return _done(translate_unit(task.tree, task.settings), task.tree)
    unknown = work.options.keys() - _OPTIONS
    if unknown:
        return Refused(f"unknown options: {', '.join(sorted(unknown))}")
    loaded, units = _read(work.sources, _settings(work.options).kind)
    if not loaded.tree.files:
        return Refused("; ".join(str(d) for d in loaded.diagnostics[:5]) or "no Python file")
    if work.kind is UnitKind.PLAN:
        return _planned(units, work.options)
    unit = next((each for each in units if each.name == work.spec.get("unit")), None)
    if unit is None:
        return Refused(f"the sources have no unit {work.spec.get('unit')}")
    translated = translate_unit(unit.tree, _settings_of(unit, work.options, len(units)))
    return _done(translated, unit.tree)


# A unit of a plan without parts comes with all sources, which are read and divided once.
@functools.lru_cache(maxsize=2)
def _read(sources: bytes, kind: Kind) -> tuple[Loaded, tuple[Unit, ...]]:
    """The sources as the compiler reads them from disk, and the units of them."""
    with tempfile.TemporaryDirectory(prefix="portalis-") as folder:
        files = sources_of(sources)
        for name, content in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        given = sorted(files) if len(files) == 1 else ["."]
        with chdir(folder):
            loaded = load(given, kind)
    return loaded, partition(loaded.tree)


def _settings(options: Mapping[str, Any]) -> Settings:
    kind, verify = options.get("kind", "auto"), options.get("verify", "compile")
    return Settings(kind=kind, verify=verify, name=options.get("name", "translated"))


def _settings_of(unit: Unit, options: Mapping[str, Any], count: int) -> Settings:
    """What one unit of `count` is asked for."""
    settings = _settings(options)
    return unit_settings(unit, settings) if count > 1 else settings


def _planned(units: tuple[Unit, ...], options: Mapping[str, Json]) -> Done:
    """The plan, with what each unit is given."""
    verify = str(options.get("verify", "compile"))
    settings = [_settings_of(unit, options, len(units)) for unit in units]
    parts = [
        exchange.dumps(Task(unit.tree, asked)).encode("ascii")
        for unit, asked in zip(units, settings, strict=True)
    ]
    plan = [
        UnitPlan(
            number=number,
            name=unit.name,
            spec={"unit": unit.name},
            predicted_ms=unit_ms(unit.lines, verify),
            cache_key=cache_key(part),
        )
        for number, (unit, part) in enumerate(zip(units, parts, strict=True), 1)
    ]
    return Done(plan_bytes(plan, parts), {"units": len(units)})


def cache_key(part: bytes) -> str:
    """The same for what gives the same result: sources with their paths, what is asked, and
    the engine."""
    return digest(engine_digest().encode("ascii") + b"\n" + part)


def assemble(
    sources: bytes, options: Mapping[str, Json], results: Mapping[str, bytes]
) -> Translated:
    """One package and one report of a job's results, by unit; what there is no result of is
    said in the report. Raises exchange.ExchangeError for what is no result."""
    settings = _settings(options)
    loaded, units = _read(sources, settings.kind)
    made: list[tuple[Unit, Translated | str]] = []
    versions: dict[str, str] = {}
    for unit in units:
        if unit.name not in results:
            made.append((unit, "it was not run, or not to its end"))
            continue
        translated = exchange.loads(Translated, results[unit.name])
        versions.update(translated.report.versions)
        made.append((unit, translated))
    crate = package.crate_of(settings.name, made, loaded.tree.entry)
    head = Report(
        sources=(),
        package=settings.name,
        is_binary=False,
        asked=settings.verify,
        verification="none",
        verdicts=(),
        diagnostics=loaded.diagnostics,
        timings={},
        versions=versions,
        source_digest=loaded.tree.digest,
        crate_digest=crate.digest,
    )
    return Translated(crate, package.report_of(loaded.tree, made, frozenset(), head))


def _summary(translated: Translated, tree: SourceTree) -> Mapping[str, Json]:
    verdicts: dict[str, int] = {}
    for verdict in translated.report.verdicts:
        verdicts[verdict.verdict.value] = verdicts.get(verdict.verdict.value, 0) + 1
    return {
        "clean": translated.report.is_clean,
        "lines": sum(file.text.count("\n") + 1 for file in tree.files),
        "files": len(tree.files),
        "package": translated.crate.name,
        "verdicts": verdicts,
        "diagnostics": len(translated.report.diagnostics),
        "stage_ms": {
            stage: round(1000 * translated.report.timings.get(stage, 0.0)) for stage in _STAGES
        },
    }
