"""`python -m tests.property.run --start 0 --count 1000 --seed S --jobs 2`: differential testing.

Exit 0: no difference; 1: at least one, each shrunk and saved; 2: the call is wrong. A program is
told by the seed and its index, so a run that was ended goes on with `--start`.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import re
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from portalis.translate.verify.prebuilt import runtime_library
from tests.property.batch import standalone
from tests.property.budget import OverBudget, ill_typed
from tests.property.check import Checker, Kind, Outcome, Program
from tests.property.features import table
from tests.property.program import generate
from tests.property.shrink import shrink

DEFAULT_OUT = Path(__file__).parent / "out"
SIZES = ("mixed", "small", "large")
# A batch that takes longer hangs.
BATCH_TIMEOUT_S = 600
BATCH_TIMEOUT_S_A_PROGRAM = 30
_TRIES = 20


@dataclass(frozen=True)
class Call:
    """The options of one run."""

    start: int
    count: int
    seed: str
    size: str
    jobs: int
    batch: int
    out: Path
    shrink: int
    opt_level: str
    work: Path


@dataclass
class Tally:
    """What came of the programs so far. thrown: why texts of the generator were no programs.
    refusals: how many programs met each."""

    kinds: Counter[str] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    thrown: Counter[str] = field(default_factory=Counter)
    lines: int = 0

    @property
    def failures(self) -> int:
        return sum(n for kind, n in self.kinds.items() if Outcome(Kind(kind)).is_failure)


@dataclass(frozen=True)
class Checked:
    """The program of an index, and what came of it. thrown: texts that came before it."""

    index: int
    program: Program
    outcome: Outcome
    thrown: tuple[str, ...] = ()


def program_of(seed: str, index: int, size: str = "mixed") -> tuple[Program, tuple[str, ...]]:
    """The first text of the index that CPython runs within its budget, and why those before
    it were thrown away. Of mixed sizes every second one is small."""
    small = size == "small" or (size == "mixed" and index % 2 == 0)
    thrown: list[str] = []
    for number in range(_TRIES):
        try:
            text = generate(f"{seed}:{index}{f':{number}' if number else ''}", small)
            program = Program.of(text)
        except OverBudget as reason:
            thrown.append(f"over budget: {reason}")
            continue
        except Exception as error:  # noqa: BLE001 - a fault of the generator, counted
            thrown.append(f"ill-typed: {type(error).__name__} {error}")
            continue
        if not ill_typed(program.expected):
            return program, tuple(thrown)
        thrown.append("ill-typed, caught")
    raise RuntimeError(f"no program for {seed}:{index}: {thrown}")


def check_batch(call: Call, folder: Path, indices: range, answer: Connection) -> None:
    """One batch in a process of its own."""
    found = [program_of(call.seed, index, call.size) for index in indices]
    outcomes = Checker(folder, call.opt_level).check([program for program, _ in found])
    answer.send(
        [
            Checked(index, program, outcome, thrown)
            for index, (program, thrown), outcome in zip(indices, found, outcomes, strict=True)
        ]
    )


@dataclass(frozen=True)
class _Running:
    process: BaseProcess
    indices: range
    answer: Connection
    folder: Path
    until: float


def _begin(call: Call, indices: range) -> _Running:
    answer, theirs = multiprocessing.Pipe(duplex=False)
    folder = Path(tempfile.mkdtemp(dir=call.work))
    work = multiprocessing.get_context("fork").Process(
        target=check_batch, args=(call, folder, indices, theirs), daemon=True
    )
    work.start()
    theirs.close()
    limit_s = BATCH_TIMEOUT_S + BATCH_TIMEOUT_S_A_PROGRAM * len(indices)
    return _Running(work, indices, answer, folder, time.monotonic() + limit_s)


def _end(running: _Running) -> list[Checked] | str:
    """What the process found, or how it failed."""
    try:
        if time.monotonic() > running.until and not running.answer.poll():
            running.process.kill()
            return "it took too long"
        found: list[Checked] = running.answer.recv()
    except EOFError:
        running.process.join()
        return f"its process died: exit code {running.process.exitcode}"
    finally:
        running.process.join()
        running.answer.close()
        shutil.rmtree(running.folder, ignore_errors=True)
    return found


def check_all(call: Call) -> Iterator[list[Checked]]:
    """The results by batches, as they come. A batch whose process dies or hangs is halved,
    until one program is to blame."""
    # Once, not in each process.
    runtime_library()
    last = call.start + call.count
    waiting = [range(at, min(at + call.batch, last)) for at in range(call.start, last, call.batch)]
    running: list[_Running] = []
    while waiting or running:
        while waiting and len(running) < call.jobs:
            running.append(_begin(call, waiting.pop(0)))
        patience = max(0.0, min(r.until for r in running) - time.monotonic())
        ready = wait([r.answer for r in running], patience)
        now = time.monotonic()
        for done in [r for r in running if r.answer in ready or r.until < now]:
            running.remove(done)
            found = _end(done)
            if not isinstance(found, str):
                yield found
            elif len(done.indices) > 1:
                half = len(done.indices) // 2
                waiting[:0] = [done.indices[:half], done.indices[half:]]
            else:
                index = done.indices[0]
                program, thrown = program_of(call.seed, index, call.size)
                yield [Checked(index, program, Outcome(Kind.TRANSLATOR, found), thrown)]


def sameness(outcome: Outcome) -> tuple[Kind, str]:
    """What has to stay while a failure shrinks: its kind, and rustc's first error code."""
    code = re.search(r"error\[E\d+\]", outcome.detail) if outcome.kind == Kind.RUSTC else None
    return outcome.kind, code[0] if code else ""


def shrunk(call: Call, program: Program, outcome: Outcome) -> tuple[Program, Outcome]:
    """A small program that fails in the same way, and how."""
    checker = Checker(call.work / "shrink", call.opt_level)

    def still_fails(sources: Sequence[str]) -> list[bool]:
        checked = checker.check([Program.of(source) for source in sources])
        return [sameness(found) == sameness(outcome) for found in checked]

    small = Program.of(shrink(program.source, still_fails))
    again = checker.check([small])[0]
    return (small, again) if again.kind == outcome.kind else (program, outcome)


def save(call: Call, program: Program, outcome: Outcome, index: int) -> Path:
    """Write a failing program, runnable on its own, and what is wrong with it."""
    call.out.mkdir(parents=True, exist_ok=True)
    name = f"{outcome.kind}_{hashlib.sha256(program.source.encode()).hexdigest()[:10]}"
    path = call.out / f"{name}.py"
    path.write_text(standalone(program.source), encoding="utf-8")
    detail = f"seed {call.seed}, size {call.size}, program {index}\n{outcome.detail}\n"
    path.with_suffix(".txt").write_text(detail, encoding="utf-8")
    return path


def cause(outcome: Outcome) -> str:
    """The line by which failures are grouped: rustc's first error, Rust's last words."""
    lines = [line.strip() for line in outcome.detail.split("\n") if line.strip()] or [""]
    if outcome.kind == Kind.RUSTC:
        lines = [line for line in lines if line.startswith("error")] or lines
        return lines[0]
    return lines[-1] if outcome.kind == Kind.TRANSLATOR else lines[0]


def take(call: Call, tally: Tally, checked: Checked) -> None:
    """Count a result; save a failure, shrunk if it is among the first of its kind, and show it."""
    program, outcome = checked.program, checked.outcome
    tally.kinds[outcome.kind] += 1
    tally.thrown.update(checked.thrown)
    tally.lines += program.source.count("\n")
    if outcome.kind == Kind.REFUSED:
        tally.refusals.update(outcome.detail.split("\n"))
    if not outcome.is_failure:
        return
    tally.causes[f"{outcome.kind}: {cause(outcome)}"[:150]] += 1
    if tally.kinds[outcome.kind] <= call.shrink:
        program, outcome = shrunk(call, program, outcome)
    path = save(call, program, outcome, checked.index)
    print(f"\n{outcome.kind}: program {checked.index}, saved as {path}")
    for line in [*outcome.detail.split("\n")[:12], *program.source.split("\n")[:40]]:
        print(f"  {line}")
    sys.stdout.flush()


def cpu_seconds() -> float:
    """Of this process and of those that it has waited for."""
    uses = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def progress(call: Call, tally: Tally, began: float) -> str:
    done = tally.kinds.total()
    shown = ", ".join(f"{kind} {n}" for kind, n in sorted(tally.kinds.items()))
    elapsed = time.monotonic() - began
    a_program = cpu_seconds() / max(done, 1)
    return (
        f"{done}/{call.count} from {call.start}: {shown}; {elapsed:.0f} s, "
        f"{done / elapsed:.2f} programs/s, {a_program:.3f} CPU s a program"
    )


def parse(arguments: Sequence[str] | None = None) -> tuple[Call, argparse.Namespace]:
    """The call from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.property.run", description=__doc__)
    parser.add_argument("--start", type=int, default=0, help="index of the first program")
    parser.add_argument("--count", type=int, default=1000, help="programs to check")
    parser.add_argument("--seed", default="0", help="any text")
    parser.add_argument("--size", choices=SIZES, default="mixed", help="of the programs")
    parser.add_argument("--jobs", type=int, default=2, help="batches at a time")
    parser.add_argument("--batch", type=int, default=50, help="programs in one crate")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, help="where failures are saved")
    parser.add_argument("--work", type=Path, help="build folder, kept; default: a temporary one")
    parser.add_argument("--shrink", type=int, default=5, help="failures of a kind to shrink")
    parser.add_argument("--opt-level", default="0", help="of rustc, for the programs")
    parser.add_argument("--reference", action="store_true", help="CPython only, with statistics")
    parser.add_argument("--show", type=int, metavar="INDEX", help="print one program and stop")
    options = parser.parse_args(arguments)
    if min(options.count, options.jobs, options.batch) < 1 or options.start < 0:
        parser.error("--count, --jobs and --batch are at least 1, --start at least 0")
    work = options.work or Path(tempfile.mkdtemp(prefix="portalis-property-"))
    work.mkdir(parents=True, exist_ok=True)
    call = Call(
        start=options.start,
        count=options.count,
        seed=options.seed,
        size=options.size,
        jobs=options.jobs,
        batch=options.batch,
        out=options.out.resolve(),
        shrink=options.shrink,
        opt_level=options.opt_level,
        work=work.resolve(),
    )
    return call, options


def reference(call: Call) -> int:
    """What the generator writes, judged by CPython alone; 1 if some of it is ill-typed."""
    indices = range(call.start, call.start + call.count)
    found = [program_of(call.seed, index, call.size) for index in indices]
    thrown = Counter(reason for _, reasons in found for reason in reasons)
    lines = sum(program.source.count("\n") for program, _ in found)
    print(f"{len(found)} programs, {lines} lines; thrown away: {dict(thrown)}")
    print(table(program.source for program, _ in found))
    return 1 if any(reason.startswith("ill-typed") for reason in thrown) else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    call, options = parse(arguments)
    if options.show is not None:
        print(standalone(program_of(call.seed, options.show, call.size)[0].source))
        return 0
    if options.reference:
        return reference(call)
    tally = Tally()
    began = time.monotonic()
    for batch in check_all(call):
        for checked in batch:
            take(call, tally, checked)
        print(progress(call, tally, began), file=sys.stderr, flush=True)
    print(f"{tally.kinds.total()} programs, {tally.lines} lines; thrown: {dict(tally.thrown)}")
    print(", ".join(f"{kind}: {tally.kinds[kind]}" for kind in Kind))
    for text, number in tally.refusals.most_common(20):
        print(f"  refused {number}: {text}")
    for text, number in tally.causes.most_common(30):
        print(f"{number:>6}  {text}")
    if options.work is None:
        shutil.rmtree(call.work, ignore_errors=True)
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
