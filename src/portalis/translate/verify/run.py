"""Run verification: build, run both programs in the sandbox, gather what the probes showed."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from portalis.core.diagnostics import Severity
from portalis.translate.artifacts import Compiled, SourceTree
from portalis.translate.fact_index import FactIndex
from portalis.translate.verify.compile import CompileResult, build, diagnostics_of
from portalis.translate.verify.judge import Evidence, ProbeResult
from portalis.translate.verify.parity import (
    Difference,
    PythonProgram,
    Trace,
    compare,
    refused_part,
    run_binary,
    run_python,
    trace_python,
)
from portalis.translate.verify.prebuilt import PrebuildError, Prebuilt, runtime_library
from portalis.translate.verify.probes import DRIVER, ProbeProgram, import_program, probe_program
from portalis.translate.verify.sandbox import WORK, Limits, Outcome, Sandbox
from portalis.translate.verify.tracer import MARK

CompileTree = Callable[[SourceTree], Compiled]
# A profiled run may take this much longer than a plain one.
TRACE_SLOWDOWN = 4
_DRIVER_ROUNDS = 4


@dataclass(slots=True)
class _Gathering:
    sandbox: Sandbox
    limits: Limits
    runtime: Prebuilt
    probes: list[ProbeResult] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def gather(
    tree: SourceTree,
    compiled: Compiled,
    compile_tree: CompileTree,
    sandbox: Sandbox,
    limits: Limits | None = None,
) -> Evidence:
    """Run the program and the probes made from its doctests and test functions.

    `compile_tree` translates the programs that drive the probes. The compile check of
    `compiled` has passed.
    """
    try:
        runtime = runtime_library()
    except PrebuildError as error:
        return Evidence("compile", limits=(f"nothing was run: {error}",))
    gathering = _Gathering(sandbox, limits or Limits(), runtime)
    if compiled.is_binary and tree.entry is not None:
        _whole_program(gathering, "__main__", tree, compiled)
    else:
        imports = import_program(tree)
        _whole_program(gathering, "import", imports, compile_tree(imports))
    _drivers(gathering, tree, compile_tree)
    return Evidence("run", probes=tuple(gathering.probes), limits=tuple(gathering.notes))


def _whole_program(gathering: _Gathering, name: str, tree: SourceTree, compiled: Compiled) -> None:
    """One run is one probe."""
    both = _run_both(gathering, name, tree, compiled)
    if both is None:
        return
    python, rust, trace = both
    calls = trace.sections[0] if trace.sections else {}
    reached = refused_part(python, rust)
    if reached:
        gathering.notes.append(f"{name} is no probe: {reached}")
        return
    difference = compare(python, rust)
    blamed = None
    if difference is not None:
        if not _is_repeatable(gathering, name, tree, python):
            return
        entry = tree.file_of_module(tree.entry or "")
        blamed = _blame(difference, trace, python, tree) or (
            (entry.path, 0) if entry is not None else None
        )
    gathering.probes.append(ProbeResult(name, calls, difference, blamed))


def _run_both(
    gathering: _Gathering, name: str, tree: SourceTree, compiled: Compiled
) -> tuple[Outcome, Outcome, Trace] | None:
    program = PythonProgram(tree)
    with tempfile.TemporaryDirectory(prefix="portalis-build-") as folder:
        built = build(compiled.crate, gathering.runtime, Path(folder), "program")
        if not built.ok:
            gathering.notes.append(f"{name} was not run: {_why(built)}")
            return None
        python = run_python(program, gathering.sandbox, gathering.limits)
        if python.stopped:
            what = "time" if python.stopped == "time" else "output"
            gathering.notes.append(
                f"{name} is no probe: the original was stopped at the {what} limit after "
                f"{python.wall_s:.0f} s"
            )
            return None
        rust = run_binary(Path(folder) / "program", gathering.sandbox, gathering.limits)
    slow = replace(
        gathering.limits,
        wall_s=gathering.limits.wall_s * TRACE_SLOWDOWN,
        cpu_s=gathering.limits.cpu_s * TRACE_SLOWDOWN,
    )
    trace = trace_python(program, gathering.sandbox, slow)
    if trace is None:
        gathering.notes.append(f"{name}: which functions it calls could not be traced")
    return python, rust, trace or Trace()


def _why(built: CompileResult) -> str:
    return built.failure or (built.errors[0].message if built.errors else "rustc failed")


def _is_repeatable(gathering: _Gathering, name: str, tree: SourceTree, before: Outcome) -> bool:
    """Whether the original does the same again; if it does not, no difference counts."""
    again = run_python(PythonProgram(tree), gathering.sandbox, gathering.limits, hash_seed=1)
    if (again.stdout, again.code) == (before.stdout, before.code):
        return True
    gathering.notes.append(
        f"{name} is no probe: the original's own output changes from run to run (time, "
        "randomness or the order of a set)"
    )
    return False


def _blame(
    difference: Difference, trace: Trace, python: Outcome, tree: SourceTree
) -> tuple[str, int] | None:
    """The source line that printed the differing line, or raised the differing error."""
    if difference.line:
        at = min(difference.line, len(trace.lines)) - 1
        return trace.lines[at] if at >= 0 else None
    frames = re.findall(rb'^  File "([^"]+)", line (\d+)', python.stderr, re.M)
    for name, line in reversed(frames):
        path = name.decode("utf-8", "replace").removeprefix(f"{WORK}/")
        for file in tree.files:
            stem = file.module.replace(".", "/")
            if path in (f"{stem}.py", f"{stem}/__init__.py"):
                return file.path, int(line)
    return None


def _drivers(gathering: _Gathering, tree: SourceTree, compile_tree: CompileTree) -> None:
    """Each doctest and test function is one probe, all in one program."""
    without: frozenset[str] = frozenset()
    for _ in range(_DRIVER_ROUNDS):
        program = probe_program(tree, without)
        if program is None:
            return
        compiled = compile_tree(program.tree)
        refused = _refused_drivers(gathering, program, compiled)
        if not refused:
            _run_drivers(gathering, program, compiled)
            return
        without |= refused
    gathering.notes.append("doctests were not run: their drivers could not be translated")


def _refused_drivers(
    gathering: _Gathering, program: ProbeProgram, compiled: Compiled
) -> frozenset[str]:
    """Drivers that were not translated or do not compile."""
    index = FactIndex(compiled.functions)
    found = [d for d in compiled.diagnostics if d.severity in (Severity.REFUSAL, Severity.ERROR)]
    with tempfile.TemporaryDirectory(prefix="portalis-build-") as folder:
        if not any(d.span.file.startswith(f"<{DRIVER}") for d in found):
            built = build(compiled.crate, gathering.runtime, Path(folder), "program")
            found = list(diagnostics_of(built, compiled))
    names = set()
    known = {probe.driver for probe in program.probes}
    for diagnostic in found:
        if diagnostic.span.file.startswith(f"<{DRIVER}"):
            fact = index.innermost(diagnostic.span.file, diagnostic.span.line)
            if fact is not None and fact.name in known:
                names.add(fact.name)
    return frozenset(names)


def _run_drivers(gathering: _Gathering, program: ProbeProgram, compiled: Compiled) -> None:
    both = _run_both(gathering, "doctests", program.tree, compiled)
    if both is None:
        return
    python, rust, trace = both
    sections = dict(_sections(python.stdout))
    theirs = dict(_sections(rust.stdout))
    changing: dict[int, bytes] | None = None
    index = FactIndex(compiled.functions)
    for number, probe in enumerate(program.probes):
        if number not in sections:
            continue
        name = f"{probe.source} of {probe.owner}"
        calls = trace.sections[number + 1] if number + 1 < len(trace.sections) else {}
        difference = compare(
            Outcome(sections[number], b"", 0, 0.0), Outcome(theirs.get(number, b""), b"", 0, 0.0)
        )
        if number not in theirs:
            difference = Difference("the Rust program ended before it")
        if difference is not None:
            if changing is None:
                again = run_python(
                    PythonProgram(program.tree), gathering.sandbox, gathering.limits, hash_seed=1
                )
                changing = dict(_sections(again.stdout))
            if changing.get(number) != sections[number]:
                continue
        owner = index.named(probe.owner)
        blamed = (owner.file, owner.line) if owner is not None else None
        gathering.probes.append(ProbeResult(name, calls, difference, blamed))


def _sections(stdout: bytes) -> Iterator[tuple[int, bytes]]:
    """The driver's output by probe."""
    for piece in stdout.split(MARK.encode())[1:]:
        number, _, text = piece.partition(b"\n")
        if number.isdigit():
            yield int(number), text
