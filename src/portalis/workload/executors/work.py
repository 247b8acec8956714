"""What a worker does with a unit: the compiler's front door, for one unit at a time.

    Work (kind, options, spec, sources) -> Done(output, summary) | Refused(message)

Never raises for what the sources hold. Runs in a process of its own, which may be killed.
"""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Mapping
from contextlib import chdir
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portalis.core.digest import Json, digest
from portalis.translate import exchange, package
from portalis.translate.artifacts import Kind, Report, Translated
from portalis.translate.kept import engine_digest
from portalis.translate.pipeline import Settings, Task, translate_unit, unit_settings
from portalis.translate.sources import Loaded, load
from portalis.translate.units import Unit, partition
from portalis.workload.model.payload import Work, plan_bytes, sources_of
from portalis.workload.model.unit import UnitKind, UnitPlan

# Measured: a translation takes about this long by itself, and this much more a line.
UNIT_MS = 30
LINE_US = 300
# rustc's check, and a run in the sandbox, on top.
VERIFY_MS: Mapping[str, int] = {"none": 0, "compile": 300, "run": 1500}
_OPTIONS = frozenset(("kind", "verify", "name"))


@dataclass(frozen=True, slots=True)
class Done:
    """output: what is kept. summary: a few figures of it."""

    output: bytes
    summary: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """The sources cannot be translated at all; the same sources never will."""

    message: str


def run(work: Work) -> Done | Refused:
    """Do it."""
    unknown = work.options.keys() - _OPTIONS
    if unknown:
        return Refused(f"unknown options: {', '.join(sorted(unknown))}")
    loaded, units = _read(work.sources, _settings(work.options).kind)
    if not loaded.tree.files:
        return Refused("; ".join(str(d) for d in loaded.diagnostics[:5]) or "no Python file")
    if work.kind is UnitKind.PLAN:
        return Done(plan_bytes(_plan(units, work.options)), {"units": len(units)})
    unit = next((each for each in units if each.name == work.spec.get("unit")), None)
    if unit is None:
        return Refused(f"the sources have no unit {work.spec.get('unit')}")
    translated = translate_unit(unit.tree, _settings_of(unit, work.options, len(units)))
    return Done(exchange.dumps(translated).encode("ascii"), _summary(translated, unit))


# A worker meets the units of one job after the other: each comes with all sources, which
# are read and divided once.
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


def _plan(units: tuple[Unit, ...], options: Mapping[str, Json]) -> list[UnitPlan]:
    return [
        UnitPlan(
            number=number,
            name=unit.name,
            spec={"unit": unit.name},
            predicted_ms=predicted_ms(unit.lines, options),
            cache_key=cache_key(unit, _settings_of(unit, options, len(units))),
        )
        for number, unit in enumerate(units, 1)
    ]


def predicted_ms(lines: int, options: Mapping[str, Json]) -> int:
    """How long the translation of a unit will take, roughly."""
    verify = VERIFY_MS.get(str(options.get("verify", "compile")), 0)
    return UNIT_MS + lines * LINE_US // 1000 + verify


def cache_key(unit: Unit, settings: Settings) -> str:
    """The same for what gives the same result: sources with their paths, what is asked, and
    the engine."""
    task = exchange.dumps(Task(unit.tree, settings))
    return digest(f"{engine_digest()}\n{task}".encode("ascii"))


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


def _summary(translated: Translated, unit: Unit) -> Mapping[str, Json]:
    verdicts: dict[str, int] = {}
    for verdict in translated.report.verdicts:
        verdicts[verdict.verdict.value] = verdicts.get(verdict.verdict.value, 0) + 1
    return {
        "clean": translated.report.is_clean,
        "lines": unit.lines,
        "files": len(unit.tree.files),
        "package": translated.crate.name,
        "verdicts": verdicts,
        "diagnostics": len(translated.report.diagnostics),
    }
