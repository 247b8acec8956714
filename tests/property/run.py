"""`python -m tests.property.run --count 1000 --seed S --jobs 2`: differential testing.

Exit 0: no difference; 1: at least one, each shrunk and saved; 2: the call is wrong.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from tests.property.batch import assemble
from tests.property.budget import OverBudget, ill_typed, run_reference
from tests.property.check import Checker, Kind, Outcome, clear
from tests.property.features import table
from tests.property.program import generate
from tests.property.shrink import shrink

DEFAULT_OUT = Path(__file__).parent / "out"


@dataclass(frozen=True)
class Candidate:
    """A generated program; `index` with the seed of the run tells it again."""

    index: int
    source: str


@dataclass(frozen=True)
class Call:
    """The options of one run."""

    count: int
    seed: str
    jobs: int
    batch: int
    out: Path
    shrink: int
    opt_level: str
    work: Path


def accepted(seed: str, index: int, small: bool = False) -> Candidate | str:
    """The program of the index, or why it was thrown away."""
    source = generate(f"{seed}:{index}", small)
    try:
        output = run_reference(source)
    except OverBudget as reason:
        return f"over budget: {reason}"
    except Exception as error:  # noqa: BLE001 - a fault of the generator, counted
        return f"ill-typed: {type(error).__name__} {error}"
    return "ill-typed, caught" if ill_typed(output) else Candidate(index, source)


def programs(seed: str, count: int, small: bool = False) -> Iterator[Candidate | str]:
    """Until `count` were accepted, every program or reason."""
    index = found = 0
    while found < count:
        result = accepted(seed, index, small)
        found += isinstance(result, Candidate)
        index += 1
        yield result


def check_batch(call: Call, slot: int, batch: Sequence[Candidate]) -> list[tuple[int, Outcome]]:
    """One batch in a worker process."""
    checker = Checker(call.work / f"slot{slot}", call.opt_level)
    outcomes = checker.check([candidate.source for candidate in batch])
    return [(c.index, outcome) for c, outcome in zip(batch, outcomes, strict=True)]


def sameness(outcome: Outcome) -> tuple[Kind, str]:
    """What has to stay while a failure shrinks: its kind, and rustc's first error code."""
    code = re.search(r"error\[E\d+\]", outcome.detail) if outcome.kind == Kind.RUSTC else None
    return outcome.kind, code[0] if code else ""


def shrunk(call: Call, source: str, outcome: Outcome) -> str:
    """A small program that fails in the same way."""
    checker = Checker(call.work / "shrink", call.opt_level)

    def still_fails(sources: Sequence[str]) -> list[bool]:
        return [sameness(found) == sameness(outcome) for found in checker.check(sources)]

    return shrink(source, still_fails)


def save(call: Call, source: str, outcome: Outcome, index: int) -> Path:
    """Write a failing program, runnable on its own, and what is wrong with it."""
    call.out.mkdir(parents=True, exist_ok=True)
    name = f"{outcome.kind}_{hashlib.sha256(source.encode()).hexdigest()[:10]}"
    path = call.out / f"{name}.py"
    path.write_text(assemble([source]).text, encoding="utf-8")
    detail = f"seed {call.seed}, program {index}\n{outcome.detail}\n"
    path.with_suffix(".txt").write_text(detail, encoding="utf-8")
    return path


def parse(arguments: Sequence[str] | None = None) -> tuple[Call, argparse.Namespace]:
    """The call from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.property.run", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="programs to check")
    parser.add_argument("--seed", default="0", help="any text")
    parser.add_argument("--jobs", type=int, default=2, help="batches at a time")
    parser.add_argument("--batch", type=int, default=25, help="programs in one crate")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, help="where failures are saved")
    parser.add_argument("--work", type=Path, help="build folder, kept; default: a temporary one")
    parser.add_argument("--shrink", type=int, default=5, help="failures of a kind to shrink")
    parser.add_argument("--opt-level", default="1", help="of rustc")
    parser.add_argument("--small", action="store_true", help="programs of a few statements")
    parser.add_argument("--reference", action="store_true", help="CPython only, with statistics")
    parser.add_argument("--show", type=int, metavar="INDEX", help="print one program and stop")
    options = parser.parse_args(arguments)
    if min(options.count, options.jobs, options.batch) < 1:
        parser.error("--count, --jobs and --batch are at least 1")
    work = options.work or Path(tempfile.mkdtemp(prefix="portalis-property-"))
    call = Call(
        count=options.count,
        seed=options.seed,
        jobs=options.jobs,
        batch=options.batch,
        out=options.out.resolve(),
        shrink=options.shrink,
        opt_level=options.opt_level,
        work=work.resolve(),
    )
    return call, options


def guards_a_yield(source: str) -> bool:
    """Some generator has a `finally` or a handler around a `yield`."""
    return any(
        isinstance(inner, (ast.Yield, ast.YieldFrom))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Try)
        for inner in ast.walk(node)
    )


def check_all(call: Call, chosen: Sequence[Candidate]) -> dict[int, Outcome]:
    """Every outcome by index, batches spread over processes."""
    # What one generator has to do when it is closed changes how the whole crate is written.
    apart = [[c for c in chosen if guards_a_yield(c.source) is guards] for guards in (False, True)]
    batches = [
        group[i : i + call.batch] for group in apart for i in range(0, len(group), call.batch)
    ]
    outcomes: dict[int, Outcome] = {}
    free = list(range(call.jobs))
    waiting = list(batches)
    began = time.monotonic()
    with ProcessPoolExecutor(call.jobs) as pool:
        running: dict[Future[list[tuple[int, Outcome]]], int] = {}
        while waiting or running:
            while waiting and free:
                slot = free.pop()
                running[pool.submit(check_batch, call, slot, waiting.pop(0))] = slot
            done = next(as_completed(running))
            free.append(running.pop(done))
            outcomes.update(done.result())
            counts = Counter(str(outcome.kind) for outcome in outcomes.values())
            shown = ", ".join(f"{kind} {n}" for kind, n in sorted(counts.items()))
            elapsed = time.monotonic() - began
            print(f"{len(outcomes)}/{len(chosen)} {shown} ({elapsed:.0f} s)", file=sys.stderr)
    return outcomes


def cause(outcome: Outcome) -> str:
    """The line by which failures are grouped: rustc's first error, Rust's last words."""
    lines = [line.strip() for line in outcome.detail.split("\n") if line.strip()] or [""]
    if outcome.kind == Kind.RUSTC:
        lines = [line for line in lines if line.startswith("error")] or lines
        return lines[0]
    return lines[-1] if outcome.kind == Kind.TRANSLATOR else lines[0]


def report_failures(call: Call, chosen: Sequence[Candidate], outcomes: dict[int, Outcome]) -> None:
    """Save all failures; shrink and show the first of each kind; count them by cause."""
    by_kind: Counter[Kind] = Counter()
    by_cause: Counter[str] = Counter()
    for candidate in chosen:
        outcome = outcomes[candidate.index]
        if not outcome.is_failure:
            continue
        source = candidate.source
        by_kind[outcome.kind] += 1
        by_cause[f"{outcome.kind}: {cause(outcome)}"[:150]] += 1
        if by_kind[outcome.kind] > call.shrink:
            save(call, source, outcome, candidate.index)
            continue
        source = shrunk(call, source, outcome)
        again = Checker(call.work / "shrink", call.opt_level).check([source])[0]
        outcome = again if again.kind == outcome.kind else outcome
        path = save(call, source, outcome, candidate.index)
        print(f"\n{outcome.kind}: program {candidate.index}, saved as {path}")
        print("\n".join("  " + line for line in outcome.detail.split("\n")[:12]))
    for text, number in by_cause.most_common(30):
        print(f"{number:>6}  {text}")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    call, options = parse(arguments)
    if options.show is not None:
        print(generate(f"{call.seed}:{options.show}", options.small))
        return 0
    chosen: list[Candidate] = []
    thrown: Counter[str] = Counter()
    for result in programs(call.seed, call.count, options.small):
        if isinstance(result, Candidate):
            chosen.append(result)
        else:
            thrown[result] += 1
    lines = sum(candidate.source.count("\n") for candidate in chosen)
    print(f"{len(chosen)} programs, {lines} lines; thrown away: {dict(thrown)}")
    if options.reference:
        print(table(candidate.source for candidate in chosen))
        return 1 if any(reason.startswith("ill-typed") for reason in thrown) else 0
    outcomes = check_all(call, chosen)
    refusals: Counter[str] = Counter()
    for outcome in outcomes.values():
        if outcome.kind == Kind.REFUSED:
            refusals.update(set(outcome.detail.split("\n")))
    counts = Counter(outcome.kind for outcome in outcomes.values())
    print(", ".join(f"{kind}: {counts[kind]}" for kind in Kind))
    for text, number in refusals.most_common(20):
        print(f"  refused {number}: {text}")
    report_failures(call, chosen, outcomes)
    if options.work is None:
        clear(call.work)
    return 1 if any(outcome.is_failure for outcome in outcomes.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
