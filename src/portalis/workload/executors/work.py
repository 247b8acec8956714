"""What a worker does with a unit: the compiler's front door, for one unit at a time.

    Work (kind, options, spec, sources) -> Done(output, summary) | Refused(message)

Never raises for what the sources hold. Runs in a process of its own, which may be killed.
"""

from __future__ import annotations

import functools
import hashlib
import tempfile
from collections.abc import Mapping
from contextlib import chdir
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import portalis
from portalis.core.digest import Json, digest_of
from portalis.translate import exchange
from portalis.translate.artifacts import SourceTree, Translated
from portalis.translate.pipeline import Settings, translate_unit
from portalis.translate.sources import Loaded, load
from portalis.translate.toolchain import find_toolchain, runtime_files
from portalis.translate.units import Unit, partition
from portalis.workload.model.payload import Work, plan_bytes, sources_of
from portalis.workload.model.unit import UnitKind, UnitPlan

# Measured: a translation takes about this long by itself, and this much more a line.
UNIT_MS = 30
LINE_US = 300
# rustc's check, and a run in the sandbox, on top.
VERIFY_MS: Mapping[str, int] = {"none": 0, "compile": 300, "run": 1500}
_OPTIONS = frozenset(("kind", "verify"))


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
    loaded = _load(work)
    if not loaded.tree.files:
        return Refused("; ".join(str(d) for d in loaded.diagnostics[:5]) or "no Python file")
    units = partition(loaded.tree)
    if work.kind is UnitKind.PLAN:
        return Done(plan_bytes(_plan(units, work.options)), {"units": len(units)})
    unit = next((each for each in units if each.name == work.spec.get("unit")), None)
    if unit is None:
        return Refused(f"the sources have no unit {work.spec.get('unit')}")
    return _translate(unit, work.options, loaded)


def _load(work: Work) -> Loaded:
    """The sources as the compiler reads them from disk."""
    with tempfile.TemporaryDirectory(prefix="portalis-") as folder:
        files = sources_of(work.sources)
        for name, content in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        given = sorted(files) if len(files) == 1 else ["."]
        with chdir(folder):
            return load(given, _settings(work.options).kind)


def _settings(options: Mapping[str, Any], name: str = "translated") -> Settings:
    kind, verify = options.get("kind", "auto"), options.get("verify", "compile")
    return Settings(kind=kind, verify=verify, name=name)


def _plan(units: tuple[Unit, ...], options: Mapping[str, Json]) -> list[UnitPlan]:
    return [
        UnitPlan(
            number=number,
            name=unit.name,
            spec={"unit": unit.name},
            predicted_ms=predicted_ms(unit.lines, options),
            cache_key=cache_key(unit.tree, options),
        )
        for number, unit in enumerate(units, 1)
    ]


def predicted_ms(lines: int, options: Mapping[str, Json]) -> int:
    """How long the translation of a unit will take, roughly."""
    verify = VERIFY_MS.get(str(options.get("verify", "compile")), 0)
    return UNIT_MS + lines * LINE_US // 1000 + verify


def cache_key(tree: SourceTree, options: Mapping[str, Json]) -> str:
    """The same for what gives the same result: sources with their paths, options, compiler."""
    paths = [[file.path, file.module] for file in tree.files]
    return digest_of([tree.digest, paths, tree.entry, dict(options), engine_version()])


@functools.cache
def engine_version() -> str:
    """Of the compiler and all that decides what it makes: its sources, the runtime's and the
    tools that it was run with."""
    sha = hashlib.sha256(portalis.__version__.encode())
    folder = Path(portalis.__file__).parent / "translate"
    for path in sorted(folder.rglob("*.py")):
        sha.update(path.read_bytes())
    for path, _ in sorted(runtime_files(), key=lambda found: found[1]):
        sha.update(path.read_bytes())
    rustc = find_toolchain().rustc
    if rustc:
        sha.update(f"{rustc} {Path(rustc).stat().st_mtime_ns}".encode())
    return sha.hexdigest()


def _translate(unit: Unit, options: Mapping[str, Json], loaded: Loaded) -> Done:
    paths = {file.path for file in unit.tree.files}
    known = tuple(d for d in loaded.diagnostics if d.span.file in paths)
    translated = translate_unit(unit.tree, _settings(options, unit.name), known=known)
    return Done(exchange.dumps(translated).encode("utf-8"), _summary(translated, unit))


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
