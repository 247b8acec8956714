"""The front door: a source tree in, a crate and its report out.

compile_tree -> rustc's check (a broken function is left out and it is tried again)
-> run verification -> judgement -> Report
"""

from __future__ import annotations

import gc
import platform
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Literal

import portalis
from portalis.core.diagnostics import Diagnostic, Severity, Span
from portalis.translate.artifacts import (
    Compiled,
    CompileSettings,
    Kind,
    Report,
    SeenType,
    SourceTree,
    Translated,
)
from portalis.translate.compiler import compile_tree
from portalis.translate.fact_index import FactIndex
from portalis.translate.sources import shorten
from portalis.translate.toolchain import find_toolchain
from portalis.translate.verify.compile import CompileResult, check, diagnostics_of
from portalis.translate.verify.judge import Evidence, differences, judge
from portalis.translate.verify.prebuilt import PrebuildError, runtime_metadata, rustc_stamp
from portalis.translate.verify.sandbox import Limits, find_sandbox

Verification = Literal["none", "compile", "run"]
OnStage = Callable[[str], None]

# How often functions that rustc refuses are left out before the crate counts as broken.
LEAVE_OUT_ROUNDS = 3
# Deep expressions are walked by recursion; CPython's parser admits 6000 levels.
_STACK_BYTES = 512 << 20
_RECURSION_LIMIT = 60_000
# Stack size, recursion limit and collector belong to the process: changed under this lock.
_STARTING = threading.Lock()
# What running compilations found, recursion limit and whether the collector was on; the
# first is the process's own.
_ACTIVE: list[tuple[int, bool]] = []


@dataclass(frozen=True, slots=True)
class Settings:
    """What a translation is asked for. name: of the Cargo package. seen: what a traced run
    passed to functions (`verify/witness.py`)."""

    kind: Kind = "auto"
    verify: Verification = "compile"
    name: str = "translated"
    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    seen: Mapping[str, Mapping[str, SeenType]] = field(default_factory=dict)


class _Clock:
    """Seconds a stage, in the order of the stages."""

    def __init__(self, on_stage: OnStage) -> None:
        self.seconds: dict[str, float] = {}
        self._on_stage = on_stage
        self._started = time.perf_counter()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self._on_stage(name)
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started

    def total(self) -> Mapping[str, float]:
        return {**self.seconds, "total": time.perf_counter() - self._started}


def translate(
    tree: SourceTree,
    settings: Settings | None = None,
    *,
    known: tuple[Diagnostic, ...] = (),
    on_stage: OnStage = lambda _stage: None,
) -> Translated:
    """Translate and verify. `known` are the diagnostics of reading the sources. What the
    user's program lacks ends as diagnostics, never as an exception."""
    return translate_unit(tree, settings, known=known, on_stage=on_stage)


def translate_unit(
    tree: SourceTree,
    settings: Settings | None = None,
    *,
    known: tuple[Diagnostic, ...] = (),
    on_stage: OnStage = lambda _stage: None,
) -> Translated:
    """`translate` of a tree that is one unit (`units.partition`), or is taken as one. Its
    sources and settings decide the result, which `exchange` turns into JSON and back."""
    settings = settings or Settings()
    clock = _Clock(on_stage)
    asked = CompileSettings(
        kind=settings.kind, name=settings.name, jobs=settings.jobs, seen=settings.seen
    )
    with clock.stage("translate"):
        compiled = _compile(tree, asked)
    inner = dict(compiled.timings)
    extra: tuple[Diagnostic, ...] = ()
    if settings.verify == "none":
        evidence = Evidence("none")
    else:
        with clock.stage("check"):
            compiled, extra, evidence = _check(tree, asked, compiled)
        if settings.verify == "run" and _can_run(evidence):
            with clock.stage("run"):
                evidence = _run(tree, asked, compiled, evidence, settings.limits)
    diagnostics = _with_source_lines(
        tree, (*known, *compiled.diagnostics, *extra, *differences(evidence))
    )
    verdicts = judge(compiled.functions, diagnostics, evidence)
    timings = {**{f"translate.{k}": v for k, v in inner.items()}, **clock.total()}
    report = Report(
        sources=tuple(file.path for file in tree.files),
        package=settings.name,
        is_binary=compiled.is_binary,
        asked=settings.verify,
        verification=evidence.level,
        verdicts=verdicts,
        diagnostics=diagnostics,
        timings=timings,
        limits=evidence.limits,
        versions=_versions(),
        imports=compiled.imports,
        source_digest=tree.digest,
        crate_digest=compiled.crate.digest,
    )
    return Translated(compiled.crate, report)


def _compile(tree: SourceTree, settings: CompileSettings) -> Compiled:
    """compile_tree on a stack that is deep enough for what CPython's parser admits."""
    results: list[Compiled] = []
    failures: list[BaseException] = []

    def work() -> None:
        try:
            results.append(compile_tree(tree, settings))
        except BaseException as error:  # noqa: BLE001 - raised again below
            failures.append(error)

    # A daemon, so that Ctrl-C ends the process at once.
    thread = threading.Thread(target=work, name="portalis-compile", daemon=True)
    with _compiling():
        with _STARTING:
            old_size = threading.stack_size(_STACK_BYTES)
            try:
                thread.start()
            finally:
                threading.stack_size(old_size)
        thread.join()
    if failures:
        raise failures[0]
    return results[0]


@contextmanager
def _compiling() -> Iterator[None]:
    """As long as any compilation runs: a high recursion limit, and no cycle collection.

    A compilation keeps nearly all that it makes until its end (about 8 MB for 1,000 lines),
    and looking for cycles in it takes a quarter of its time. Its graph is freed after it.
    """
    with _STARTING:
        _ACTIVE.append((sys.getrecursionlimit(), gc.isenabled()))
        sys.setrecursionlimit(max(_ACTIVE[0][0], _RECURSION_LIMIT))
        gc.disable()
    try:
        yield
    finally:
        with _STARTING:
            limit, collects = _ACTIVE[0]
            _ACTIVE.pop()
            if not _ACTIVE:
                sys.setrecursionlimit(limit)
                if collects:
                    gc.enable()


def _check(
    tree: SourceTree, settings: CompileSettings, compiled: Compiled
) -> tuple[Compiled, tuple[Diagnostic, ...], Evidence]:
    """rustc's opinion. Functions that it refuses are left out, and the rest tried again."""
    try:
        runtime = runtime_metadata()
    except PrebuildError as error:
        return compiled, (), Evidence("none", limits=(f"no compile check: {error}",))
    found: tuple[Diagnostic, ...] = ()
    left_out: frozenset[str] = frozenset()
    result = check(compiled.crate, runtime)
    for _ in range(LEAVE_OUT_ROUNDS):
        if result.ok or result.failure:
            break
        problems = diagnostics_of(result, compiled)
        owners = _owners(compiled, problems)
        found += _first_each(compiled, problems)
        if not owners - left_out:
            break
        left_out |= owners
        again = _compile(tree, replace(settings, leave_out=left_out))
        if again.crate.digest == compiled.crate.digest:
            break
        compiled = again
        result = check(compiled.crate, runtime)
    return compiled, tuple(dict.fromkeys(found)), _compile_evidence(result)


def _compile_evidence(result: CompileResult) -> Evidence:
    if result.ok:
        return Evidence("compile")
    if result.failure:
        return Evidence("none", limits=(f"no compile check: {result.failure}",))
    return Evidence("compile", compile_failure="the crate as a whole does not compile")


def _can_run(evidence: Evidence) -> bool:
    return evidence.level == "compile" and not evidence.compile_failure


def _owners(compiled: Compiled, problems: tuple[Diagnostic, ...]) -> frozenset[str]:
    index = FactIndex(compiled.functions)
    facts = (index.innermost(d.span.file, d.span.line) for d in problems)
    return frozenset(f.name for f in facts if f is not None and f.kind in ("function", "method"))


def _first_each(compiled: Compiled, problems: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """One error a function is enough to know."""
    index = FactIndex(compiled.functions)
    kept: dict[str, Diagnostic] = {}
    for problem in problems:
        fact = index.innermost(problem.span.file, problem.span.line)
        kept.setdefault(fact.name if fact is not None else str(problem.span), problem)
    return tuple(kept.values())


def _run(
    tree: SourceTree,
    settings: CompileSettings,
    compiled: Compiled,
    evidence: Evidence,
    limits: Limits,
) -> Evidence:
    # Only run verification needs these, and a quick start matters.
    from portalis.translate.verify.run import gather  # noqa: PLC0415

    sandbox = find_sandbox()
    if sandbox is None:
        reason = "nothing was run: no sandbox (bubblewrap or unshare) works on this machine"
        return replace(evidence, limits=(*evidence.limits, reason))

    def compile_probe(probe_tree: SourceTree) -> Compiled:
        return _compile(probe_tree, replace(settings, kind="bin"))

    return gather(tree, compiled, compile_probe, sandbox, limits)


def _with_source_lines(
    tree: SourceTree, diagnostics: tuple[Diagnostic, ...]
) -> tuple[Diagnostic, ...]:
    """Source lines where they are missing, all in reading order."""
    lines = {file.path: file.text.split("\n") for file in tree.files}
    filled = []
    for diagnostic in diagnostics:
        text = lines.get(diagnostic.span.file, [])
        if 0 < diagnostic.span.line <= len(text) and not diagnostic.source_line:
            line = text[diagnostic.span.line - 1]
            diagnostic = replace(diagnostic, source_line=shorten(line, diagnostic.span.column))
        filled.append(diagnostic)
    return tuple(sorted(filled, key=lambda d: (d.span, d.code)))


def our_failure(tree: SourceTree, error: BaseException) -> Diagnostic:
    """PT903 for an exception that the compiler let through."""
    file = tree.files[0].path if tree.files else "the input"
    return Diagnostic("PT903", Span(file), f"{type(error).__name__}: {error}", Severity.ERROR)


def _versions() -> Mapping[str, str]:
    rustc = find_toolchain().rustc
    return {
        "portalis": portalis.__version__,
        "python": platform.python_version(),
        **({"rustc": _rustc_version(rustc)} if rustc else {}),
    }


def _rustc_version(rustc: str) -> str:
    words = rustc_stamp(rustc).split()
    return words[1] if len(words) > 1 else ""
