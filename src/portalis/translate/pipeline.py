"""The front door: a source tree in, a crate and its report out.

partition -> each unit: from the cache, or compile_tree -> rustc's check (a broken function
is left out and it is tried again) -> run verification -> judgement -> Report
-> one package and one report of all
"""

from __future__ import annotations

import gc
import platform
import resource
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

import portalis
from portalis.core import faults
from portalis.core.diagnostics import Diagnostic, Severity, Span
from portalis.translate import crew, package
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
from portalis.translate.kept import Kept
from portalis.translate.manifest import package_name
from portalis.translate.outline import Notes
from portalis.translate.sources import shorten
from portalis.translate.toolchain import find_toolchain
from portalis.translate.units import Unit, partition
from portalis.translate.verify.compile import CompileResult, accepted, check, diagnostics_of
from portalis.translate.verify.judge import Evidence, differences, judge
from portalis.translate.verify.prebuilt import (
    PrebuildError,
    runtime_library,
    runtime_metadata,
    rustc_stamp,
)
from portalis.translate.verify.sandbox import Limits, find_sandbox

Verification = Literal["none", "compile", "run"]
OnStage = Callable[[str], None]

# How often functions that rustc refuses are left out before the crate counts as broken.
LEAVE_OUT_ROUNDS = 3
# About how often the progress of many units is told.
_SAID_OFTEN = 20
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
    passed to functions (`verify/witness.py`). jobs: processes to use at most, and cached:
    whether results are taken from the cache on disk and kept there; neither changes one."""

    kind: Kind = "auto"
    verify: Verification = "compile"
    name: str = "translated"
    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    seen: Mapping[str, Mapping[str, SeenType]] = field(default_factory=dict)
    cached: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One unit to translate: all that decides the result."""

    tree: SourceTree
    settings: Settings


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a task; failure: why there is no result, in words, else ""."""

    translated: Translated | None = None
    failure: str = ""


class _Clock:
    """CPU seconds a stage of this process and the programs that it ran."""

    def __init__(self, on_stage: OnStage = lambda _stage: None) -> None:
        self.seconds: dict[str, float] = {}
        self._on_stage = on_stage
        self._started = time.perf_counter()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self._on_stage(name)
        started = cpu_seconds()
        try:
            yield
        finally:
            self.add(name, cpu_seconds() - started)

    def add(self, name: str, seconds: float) -> None:
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds

    def total(self) -> Mapping[str, float]:
        return {**self.seconds, "total": time.perf_counter() - self._started}


def cpu_seconds() -> float:
    """Of this process and the programs that it ran and waited for."""
    uses = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def translate(
    tree: SourceTree,
    settings: Settings | None = None,
    *,
    known: tuple[Diagnostic, ...] = (),
    notes: Notes | None = None,
    on_stage: OnStage = lambda _stage: None,
) -> Translated:
    """Translate and verify, unit by unit. `known` are the diagnostics of reading the
    sources, `notes` what is known of its files. What the user's program lacks ends as
    diagnostics, never as an exception."""
    settings = settings or Settings()
    started = time.perf_counter()
    notes = notes if notes is not None else Notes()
    units = partition(tree, notes) or (Unit("translated", tree),)
    notes.save()
    several = len(units) > 1
    tasks = [Task(u.tree, unit_settings(u, settings) if several else settings) for u in units]
    cache = Kept(settings.cached)
    keys = [cache.key(_decisive(task), settings.verify == "run") for task in tasks]
    results: dict[int, Translated | str] = {
        i: hit for i, key in enumerate(keys) if (hit := cache.get(key)) is not None
    }
    hits = frozenset(units[i].name for i in results)
    for i, done in _made(units, tasks, results.keys(), settings, on_stage):
        results[i] = done
        if isinstance(done, Translated):
            cache.put(keys[i], done)
    cache.trim()
    made = [(unit, results[i]) for i, unit in enumerate(units)]
    crate = package.crate_of(settings.name, made, tree.entry)
    head = Report(
        sources=(),
        package=settings.name,
        is_binary=False,
        asked=settings.verify,
        verification="none",
        verdicts=(),
        diagnostics=known,
        timings={"total": time.perf_counter() - started},
        versions=_versions(),
        source_digest=tree.digest,
        crate_digest=crate.digest,
    )
    return Translated(crate, package.report_of(tree, made, hits, head))


def _made(
    units: Sequence[Unit],
    tasks: Sequence[Task],
    have: Collection[int],
    settings: Settings,
    on_stage: OnStage,
) -> Iterator[tuple[int, Translated | str]]:
    """The results that are missing, or why there is none, by the numbers of the units."""
    missing = [i for i in range(len(units)) if i not in have]
    if len(units) == 1:
        if missing:
            yield 0, translate_unit(tasks[0].tree, settings, on_stage=on_stage)
        return
    _prebuild(settings.verify if missing else "none")
    weights = [units[i].lines for i in missing]
    said = done_lines = 0
    shared = crew.share(
        [tasks[i] for i in missing], weights, settings.jobs, translate_batch, Done, _died
    )
    for count, (at, done) in enumerate(shared, 1):
        done_lines += weights[at]
        if done_lines * _SAID_OFTEN // sum(weights) > said:
            said = done_lines * _SAID_OFTEN // sum(weights)
            on_stage(f"translate: {count} of {len(missing)} units")
        yield missing[at], done.translated or done.failure


def _died(why: str) -> Done:
    return Done(failure=why)


def _prebuild(verify: Verification) -> None:
    """Once, not in each process. A failure is met, and reported, by who needs it."""
    with suppress(PrebuildError):
        if verify != "none":
            runtime_metadata()
        if verify == "run":
            runtime_library()


def _decisive(task: Task) -> Task:
    """All that a result depends on."""
    return replace(task, settings=replace(task.settings, jobs=1, cached=False))


def unit_settings(unit: Unit, settings: Settings) -> Settings:
    """What one unit of several is asked for: a program if it has an entry."""
    is_binary = unit.tree.entry is not None and settings.kind != "lib"
    kind: Kind = "bin" if is_binary else "lib"
    return replace(settings, kind=kind, name=package_name(unit.name), jobs=1, cached=False)


def translate_unit(
    tree: SourceTree,
    settings: Settings | None = None,
    *,
    on_stage: OnStage = lambda _stage: None,
) -> Translated:
    """Translate and verify a tree that is one unit (`units.partition`), or is taken as one.
    Its sources and settings decide the result, which `exchange` turns into JSON and back."""
    return _finish(_begin(Task(tree, settings or Settings()), on_stage))


def translate_batch(tasks: Sequence[Task]) -> list[Done]:
    """`translate_unit` of each; small ones are shown to rustc together. A unit's result does
    not depend on the others: what rustc does not accept among them it is asked of alone."""
    begun = [faults.attempt(partial(_begin, task)) for task in tasks]
    _check_together([b for b in begun if isinstance(b, _Begun)])
    made = [
        b if isinstance(b, faults.Fault) else faults.attempt(partial(_finish, b)) for b in begun
    ]
    return [Done(m) if isinstance(m, Translated) else Done(failure=str(m)) for m in made]


@dataclass(slots=True)
class _Begun:
    """A unit that is compiled. accepted: rustc has accepted it already."""

    task: Task
    asked: CompileSettings
    compiled: Compiled
    clock: _Clock
    accepted: bool = False


def _begin(task: Task, on_stage: OnStage = lambda _stage: None) -> _Begun:
    settings = task.settings
    clock = _Clock(on_stage)
    asked = CompileSettings(kind=settings.kind, name=settings.name, seen=settings.seen)
    with clock.stage("translate"):
        compiled = _compile(task.tree, asked)
    return _Begun(task, asked, compiled, clock)


def _check_together(begun: Sequence[_Begun]) -> None:
    """Marks those that rustc accepts, and shares out the time it took by their size."""
    waiting = [b for b in begun if b.task.settings.verify != "none"]
    if len(waiting) < 2:
        return
    try:
        runtime = runtime_metadata()
    except PrebuildError:
        return
    started = cpu_seconds()
    modules = [package.nested(f"u{i}", b.compiled.crate) for i, b in enumerate(waiting)]
    good = accepted(modules, runtime)
    took = cpu_seconds() - started
    sizes = [sum(map(len, b.compiled.crate.files.values())) for b in waiting]
    for number, (b, size) in enumerate(zip(waiting, sizes, strict=True)):
        b.accepted = number in good
        b.clock.add("check", took * size / sum(sizes))


def _finish(begun: _Begun) -> Translated:
    tree, settings = begun.task.tree, begun.task.settings
    asked, compiled, clock = begun.asked, begun.compiled, begun.clock
    inner = dict(compiled.timings)
    extra: tuple[Diagnostic, ...] = ()
    if settings.verify == "none":
        evidence = Evidence("none")
    elif begun.accepted:
        evidence = Evidence("compile")
    else:
        with clock.stage("check"):
            compiled, extra, evidence = _check(tree, asked, compiled)
    if settings.verify == "run" and _can_run(evidence):
        with clock.stage("run"):
            evidence = _run(tree, asked, compiled, evidence, settings.limits)
    diagnostics = _with_source_lines(tree, (*compiled.diagnostics, *extra, *differences(evidence)))
    report = Report(
        sources=tuple(file.path for file in tree.files),
        package=settings.name,
        is_binary=compiled.is_binary,
        asked=settings.verify,
        verification=evidence.level,
        verdicts=judge(compiled.functions, diagnostics, evidence),
        diagnostics=diagnostics,
        timings={**{f"translate.{k}": v for k, v in inner.items()}, **clock.total()},
        limits=evidence.limits,
        versions=_versions(),
        imports=compiled.imports,
        source_digest=tree.digest,
        crate_digest=compiled.crate.digest,
        incomplete=compiled.incomplete,
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
