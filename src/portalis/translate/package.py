"""Many units -> one package and one report.

A unit that is run becomes a binary target with a root of its own (`src/bin/shop/main.rs`):
its text is what it would be alone, and what was found about it holds. The others are modules
of the one library (`src/shop/stock.rs` is `crate::shop::stock`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath

from portalis.core.diagnostics import Diagnostic, Severity, Span
from portalis.translate.artifacts import (
    CrateTree,
    FunctionFact,
    FunctionVerdict,
    Report,
    SourceTree,
    Translated,
    UnitFact,
    Verdict,
)
from portalis.translate.emit.crate import HEADER
from portalis.translate.emit.roots import rerooted
from portalis.translate.manifest import package_files, package_manifest, package_name
from portalis.translate.units import Unit

# From the least that verification can reach to the most.
_LEVELS = ("none", "compile", "run")
_NAMED_FILES = 5


def nested(name: str, crate: CrateTree) -> tuple[dict[str, str], str]:
    """A crate's modules as those of a module `name` of another crate: their files, and the
    declaration that belongs into the other's root."""
    files: dict[str, str] = {}
    modules = []
    for path, text in _modules(crate):
        files[f"src/{name}/{path.name}"] = rerooted(text, f"crate::{name}")
        modules.append(f"    pub mod {path.stem};\n")
    return files, f"pub mod {name} {{\n{''.join(sorted(modules))}}}\n"


def _modules(crate: CrateTree) -> Iterator[tuple[PurePosixPath, str]]:
    """The crate's Rust files but its root."""
    for name, text in crate.files.items():
        path = PurePosixPath(name)
        if path.suffix == ".rs" and path.stem not in ("main", "lib"):
            yield path, text


def crate_of(
    name: str, made: Sequence[tuple[Unit, Translated | str]], entry: str | None
) -> CrateTree:
    """The package of all units that there are; one by itself is as it is. entry: the module
    whose unit `cargo run` starts."""
    whole = [(unit, result) for unit, result in made if isinstance(result, Translated)]
    if len(made) == len(whole) == 1:
        return whole[0][1].crate
    files: dict[str, str] = {}
    declared = ""
    bins: list[tuple[str, str, bool]] = []
    default = None
    for unit, translated in whole:
        if not translated.report.is_binary:
            inner, declaration = nested(unit.name, translated.crate)
            files |= inner
            declared += declaration
            continue
        home, target = f"src/bin/{unit.name}", package_name(unit.name)
        bins.append((target, f"{home}/main.rs", translated.report.incomplete))
        default = target if entry is not None and unit.tree.entry == entry else default
        files |= {f"{home}/{path.name}": text for path, text in _modules(translated.crate)}
        files[f"{home}/main.rs"] = translated.crate.files["src/main.rs"]
    if declared or not bins:
        files["src/lib.rs"] = HEADER + declared
    manifest = package_manifest(name, bins, "src/lib.rs" in files, default)
    return CrateTree({**files, **package_files(manifest)}, name)


def unit_fact(unit: Unit, made: Translated, kept: bool) -> UnitFact:
    report = made.report
    return UnitFact(
        unit.name,
        report.sources,
        report.is_binary,
        unit.tree.entry if report.is_binary else None,
        report.verification,
        report.incomplete,
        kept,
        {stage: seconds for stage, seconds in report.timings.items() if stage != "total"},
    )


def failed(unit: Unit, why: str) -> tuple[UnitFact, tuple[FunctionVerdict, ...], Diagnostic]:
    """What there is to say of a unit whose translation ended without a result."""
    paths = tuple(file.path for file in unit.tree.files)
    more = f" and {len(paths) - _NAMED_FILES} more" if len(paths) > _NAMED_FILES else ""
    message = f"nothing came of {', '.join(paths[:_NAMED_FILES])}{more}: {why}"
    verdicts = tuple(
        FunctionVerdict(
            FunctionFact(
                file.module,
                "module",
                file.module,
                file.path,
                1,
                file.text.count("\n") + 1,
                sum(
                    bool(s) and not s.startswith("#") for s in map(str.strip, file.text.split("\n"))
                ),
            ),
            Verdict.BROKEN,
            why,
            codes=("PT903",),
        )
        for file in unit.tree.files
    )
    found = Diagnostic("PT903", Span(paths[0]), message, Severity.ERROR)
    return UnitFact(unit.name, paths, False, failure=why), verdicts, found


def _code_lines(text: str) -> int:
    lines = map(str.strip, text.split("\n"))
    return sum(bool(line) and not line.startswith("#") for line in lines)


def report_of(
    tree: SourceTree,
    made: Sequence[tuple[Unit, Translated | str]],
    kept: frozenset[str],
    head: Report,
) -> Report:
    """The report of all units; a text stands for the reason why there is no result.

    kept: the units whose results come from the disk. head: what is known of the whole.
    """
    facts: list[UnitFact] = []
    # Units share blank packages: one verdict of each is enough.
    verdicts: dict[tuple[str, str, int], FunctionVerdict] = {}
    diagnostics = dict.fromkeys(head.diagnostics)
    limits: dict[str, None] = dict.fromkeys(head.limits)
    imports: dict[str, tuple[str, ...]] = {}
    for unit, result in made:
        if isinstance(result, str):
            fact, broken, found = failed(unit, result)
            facts.append(fact)
            verdicts = {_place(v): v for v in broken} | verdicts
            diagnostics[found] = None
            continue
        report = result.report
        facts.append(unit_fact(unit, result, unit.name in kept))
        for verdict in report.verdicts:
            verdicts.setdefault(_place(verdict), verdict)
        diagnostics |= dict.fromkeys(report.diagnostics)
        named = [f"{unit.name}: {limit}" for limit in report.limits]
        limits |= dict.fromkeys(named if len(made) > 1 else report.limits)
        imports |= report.imports
    levels = [_LEVELS.index(f.verification) for f in facts if not f.failure]
    return replace(
        head,
        sources=tuple(file.path for file in tree.files),
        is_binary=any(fact.is_binary for fact in facts),
        verification=_LEVELS[min(levels, default=0)],
        verdicts=tuple(verdicts.values()),
        diagnostics=tuple(sorted(diagnostics, key=lambda d: (d.span, d.code))),
        timings={**_summed(f for f in facts if not f.kept), **head.timings},
        limits=tuple(limits),
        imports=imports,
        incomplete=any(fact.incomplete for fact in facts),
        units=tuple(facts),
    )


def _place(verdict: FunctionVerdict) -> tuple[str, str, int]:
    return verdict.fact.file, verdict.fact.name, verdict.fact.line


def _summed(facts: Iterator[UnitFact]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for stage, seconds in chain.from_iterable(fact.cpu_s.items() for fact in facts):
        sums[stage] = sums.get(stage, 0.0) + seconds
    return sums
