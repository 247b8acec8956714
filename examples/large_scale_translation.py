"""The four large scenarios as real work on this machine, at a fraction of their full size.

    python examples/large_scale_translation.py [--scale 0.001] [--only NAME]... [--json]

    enterprise   the standard library and the installed packages as one job
    functions    10,000 functions as ten jobs
    interactive  100 people who hand in a file again and again, all at once
    training     a corpus of pairs, Python and Rust, whose behaviour was compared

All goes through the job plane that `portalis submit --local` runs: a controller, and a process
for each worker. Progress is on stderr. The table on stdout has what was measured here at this
scale, what `portalis simulate` says of full size, and what was once claimed for it.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
import sys
import sysconfig
import tempfile
import threading
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from portalis.app import corpus, scenarios
from portalis.core.ids import TenantId
from portalis.core.money import dollars
from portalis.cost.shipped import shipped
from portalis.simulate.report import claimed, cost, span
from portalis.translate import exchange
from portalis.translate.artifacts import Translated
from portalis.workload.assembly import Plane, PlaneSettings, open_plane
from portalis.workload.desk import Refusal
from portalis.workload.gather import gather
from portalis.workload.model.job import Job, Priority
from portalis.workload.model.payload import sources_of
from portalis.workload.model.transitions import ENDED_JOB, JobState
from portalis.workload.ports import Unavailable

SCHEMA = "portalis.large-scale/1"
SCENARIOS = ("enterprise", "functions", "interactive", "training")
FULL_LINES, FULL_FUNCTIONS, FULL_USERS, FULL_TRAINING_LINES = 1_000_000, 10_000, 100, 10_000_000
FUNCTION_JOBS = 10
CHECKOUT = Path(__file__).resolve().parent.parent
# Not of the library as it is used: tests, tables of characters, grammars of other languages.
LEFT_OUT = frozenset(
    ("test", "tests", "idlelib", "lib2to3", "encodings", "pydoc_data", "lib-dynload", "turtledemo")
)
# Of a file that a person edits.
EDITED_LINES = (100, 1000)

Files = dict[str, bytes]


@dataclass(frozen=True)
class Asked:
    """What a run is told; sizes are those of this scale."""

    scale: float
    workers: int
    edits: int
    think_s: float
    users: int
    sources: Sequence[Path]
    licence: str
    out: Path
    form: corpus.Form

    def size(self, full: int, least: int = 1) -> int:
        return max(least, round(full * self.scale))


@dataclass
class Measured:
    """What was measured of a scenario: of what, how long, at which cost, and what came out.
    words: the same for people."""

    size: dict[str, int]
    wall_s: float
    cost_usd: float
    jobs: dict[str, int]
    found: dict[str, Any] = field(default_factory=dict)
    words: str = ""


def say(text: str) -> None:
    print(f"portalis: {text}", file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    names = [name for name in SCENARIOS if name in (options.only or SCENARIOS)]
    asked = Asked(
        scale=options.scale,
        workers=options.workers or 0,
        edits=options.edits,
        think_s=options.think,
        users=options.users or max(2, round(FULL_USERS * options.scale)),
        sources=options.source or [],
        licence=options.licence,
        out=options.out,
        form=corpus.Form(options.format),
    )
    try:
        if "training" in names:
            corpus.check_target(asked.out)
            corpus.check_form(asked.form)
        with tempfile.TemporaryDirectory(prefix="portalis-large-") as home:
            settings = PlaneSettings(home=options.home or Path(home), slots=asked.workers)
            with open_plane(settings) as plane:
                measured = {name: RUNS[name](plane, asked) for name in names}
    except (corpus.CorpusError, Refusal, Unavailable, OSError) as error:
        say(str(error))
        return 2
    simulated = {name: simulation(name, options.simulated_edits) for name in names}
    answer: dict[str, Any] = {
        "schema": SCHEMA,
        "scale": asked.scale,
        "scenarios": [as_object(name, measured[name], simulated[name]) for name in names],
    }
    print(json.dumps(answer, indent=2) if options.json else table(answer))
    whole = all(each.jobs.keys() <= {JobState.DONE.value} for each in measured.values())
    return 0 if whole else 1


def parser() -> argparse.ArgumentParser:
    text = (__doc__ or "").partition("\n\n")
    found = argparse.ArgumentParser(
        description=text[0], epilog=text[2], formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = found.add_argument
    add("--scale", type=share, default=0.001, metavar="F", help="of full size (0.001)")
    add("--only", action="append", choices=SCENARIOS, help="this scenario; again for more")
    add(
        "--workers",
        type=positive,
        default=None,
        metavar="N",
        help="units at once (one a processor)",
    )
    add(
        "--users",
        type=positive,
        default=None,
        metavar="N",
        help="people at once, whatever the scale",
    )
    add("--edits", type=positive, default=3, metavar="N", help="of each person (3)")
    add("--think", type=float, default=1.0, metavar="S", help="seconds between them (1)")
    add("--source", type=Path, action="append", metavar="PATH", help="of the corpus; again")
    add("--licence", default=corpus.UNKNOWN, metavar="TEXT", help="of the corpus's sources")
    add("--out", type=Path, default=Path("out/corpus"), metavar="DIR", help="for the corpus")
    add("--format", choices=list(corpus.Form), default="jsonl", help="of the corpus (jsonl)")
    add("--home", type=Path, metavar="DIR", help="of the plane; else one that is thrown away")
    add("--simulated-edits", type=positive, default=50, metavar="N", help="of each person (50)")
    add("--json", action="store_true", help="instead of the table")
    return found


def positive(text: str) -> int:
    if int(text) < 1:
        raise ValueError(text)
    return int(text)


def share(text: str) -> float:
    if not 0 < float(text) <= 1:
        raise ValueError(text)
    return float(text)


# The work.


def enterprise(plane: Plane, asked: Asked) -> Measured:
    """One job of many projects."""
    files = take(installed("enterprise"), asked.size(FULL_LINES), lines_of)
    say(f"enterprise: {count(files, lines_of):,} lines in {len(files)} files as one job")
    return follow(plane, "enterprise", [submit(plane, files, "enterprise", Priority.BATCH)])


def functions(plane: Plane, asked: Asked) -> Measured:
    """Whole files, so that functions have what they use, a thousand functions a job at most."""
    wanted = asked.size(FULL_FUNCTIONS)
    # Ten functions are too few for ten jobs.
    number = min(FUNCTION_JOBS, max(1, wanted // FUNCTION_JOBS))
    found = installed("functions")
    hands = [take(found, wanted // number, functions_in) for _ in range(number)]
    made = sum(count(hand, functions_in) for hand in hands)
    say(f"functions: {made:,} functions in {number} jobs")
    jobs = [
        submit(plane, hand, f"library-{number}", Priority.BATCH)
        for number, hand in enumerate(hands, 1)
    ]
    ended = follow(plane, "functions", jobs)
    ended.size["functions"] = made
    ended.words += f"; {made / ended.wall_s:,.1f} functions/s"
    return ended


def interactive(plane: Plane, asked: Asked) -> Measured:
    """Each with a file of their own; every edit is another text, so none is known before."""
    least, most = EDITED_LINES
    fitting = (pair for pair in installed("interactive") if least <= lines_of(pair[1]) <= most)
    whole = list(islice(fitting, asked.users))
    say(f"interactive: {asked.users} people, {asked.edits} edits each")
    ended: list[tuple[float, Job]] = []
    failures: list[Exception] = []
    started = time.monotonic()
    # People do not begin at the same moment.
    chance = random.Random(1)

    def person(number: int, begin_s: float) -> None:
        path, content = whole[number % len(whole)]
        time.sleep(begin_s)
        try:
            for edit in range(asked.edits):
                added = f"\n\ndef edit_{number}_{edit}(x: int) -> int:\n    return x + {edit}\n"
                before = time.monotonic()
                files = {path: content + added.encode()}
                job = submit(plane, files, f"user-{number}", Priority.INTERACTIVE)
                job = plane.wait(job.tenant_id, job.id)
                ended.append((time.monotonic() - before, job))
                time.sleep(asked.think_s)
        except Exception as error:  # noqa: BLE001 - raised again by who waits
            failures.append(error)

    people = [
        threading.Thread(target=person, args=(number, chance.random() * asked.think_s), daemon=True)
        for number in range(asked.users)
    ]
    for each in people:
        each.start()
    wanted = asked.users * asked.edits
    while any(each.is_alive() for each in people):
        time.sleep(0.5)
        progress("interactive", len(ended), wanted)
    if failures:
        raise failures[0]
    latencies = sorted(latency for latency, _ in ended)
    found = Measured(
        size={"users": asked.users, "edits": wanted, "lines": sum(job.lines for _, job in ended)},
        wall_s=time.monotonic() - started,
        cost_usd=sum(float(dollars(job.cost_microusd)) for _, job in ended),
        jobs=dict(Counter(job.state.value for _, job in ended)),
        found={f"p{percent}_s": percentile(latencies, percent) for percent in (50, 95, 99)},
    )
    spans = [f"p{p} {span(round(found.found[f'p{p}_s'] * 1000))}" for p in (50, 95, 99)]
    found.words = f"an edit {', '.join(spans)}"
    return found


def training(plane: Plane, asked: Asked) -> Measured:
    """Programs, and library modules that have examples to be compared by."""
    wanted = asked.size(FULL_TRAINING_LINES)
    found = gather(asked.sources).items() if asked.sources else probed()
    files = take(found, wanted, lines_of)
    say(f"training: {count(files, lines_of):,} lines in {len(files)} files, run beside CPython")
    job = submit(plane, files, "research", Priority.TRAINING, verify="run")
    ended = follow(plane, "training", [job])
    made = corpus.Corpus(licence=asked.licence)
    sources = sources_of(plane.desk.sources(job.tenant_id, job.id))
    for unit in plane.desk.results(job.tenant_id, job.id):
        result = plane.desk.result(job.tenant_id, unit.id)
        made.add(sources, exchange.loads(Translated, result))
    manifest = corpus.write(made, asked.out, form=asked.form)
    say(f"training: {len(made.pairs):,} pairs in {asked.out}")
    ended.found |= {"corpus": manifest, "folder": str(asked.out)}
    left = made.left_out
    same = left["same_text"] + left["same_structure"]
    ended.words += (
        f"; {len(made.pairs):,} pairs of {made.verdicts['verified']:,} verified functions "
        f"({same} duplicates, {left.total() - same} without Rust of their own)"
    )
    return ended


RUNS: Mapping[str, Callable[[Plane, Asked], Measured]] = {
    "enterprise": enterprise,
    "functions": functions,
    "interactive": interactive,
    "training": training,
}


def submit(
    plane: Plane, files: Files, tenant: str, priority: Priority, verify: str = "compile"
) -> Job:
    """Raises Refusal."""
    return plane.desk.submit(
        TenantId(tenant), files, priority=priority, name=tenant, options={"verify": verify}
    ).job


def follow(plane: Plane, name: str, jobs: Sequence[Job]) -> Measured:
    """Wait for their ends; what they were, took and gave."""
    started = time.monotonic()
    while True:
        now = [plane.desk.job(job.tenant_id, job.id) for job in jobs]
        units = sum(job.count() for job in now)
        progress(name, units - sum(job.open_units for job in now), units)
        if all(job.state in ENDED_JOB for job in now):
            break
        time.sleep(0.2)
    wall_s = time.monotonic() - started
    verdicts: Counter[str] = Counter()
    done = [unit for job in now for unit in plane.desk.results(job.tenant_id, job.id)]
    for unit in done:
        found_here = unit.summary["verdicts"]
        assert isinstance(found_here, Mapping)
        verdicts.update(found_here)
    lines = sum(job.lines for job in now)
    found = Measured(
        size={"lines": lines, "jobs": len(now), "units": len(done)},
        wall_s=wall_s,
        cost_usd=sum(float(dollars(job.cost_microusd)) for job in now),
        jobs=dict(Counter(job.state.value for job in now)),
        found={"verdicts": dict(sorted(verdicts.items()))},
    )
    found.words = f"{lines / wall_s:,.0f} lines/s; {shares(verdicts)}"
    return found


def shares(verdicts: Mapping[str, int]) -> str:
    whole = sum(verdicts.values())
    return ", ".join(
        f"{verdicts[each] / whole:.0%} {each}"
        for each in ("verified", "compiled", "unchecked", "refused", "broken")
        if verdicts.get(each)
    )


_shown: dict[str, tuple[int, int]] = {}


def progress(name: str, done: int, count: int) -> None:
    """A line where something is new."""
    if _shown.get(name) != (done, count):
        _shown[name] = (done, count)
        say(f"{name}: {done} of {count}")


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest of sorted ones that so many percent are not above."""
    return values[max(0, -(-len(values) * percent // 100) - 1)]


# What is said of it.


def simulation(name: str, edits: int) -> dict[str, Any]:
    """Of full size, on a virtual clock: what it comes to, and what was claimed."""
    say(f"{name}: simulating full size")
    asked = scenarios.scenario(name)
    if name == "interactive":
        load = [each.model_copy(update={"jobs": edits}) for each in asked.load]
        asked = asked.model_copy(update={"load": load})
    (result,) = scenarios.run(asked, scenarios.calibration(None), shipped(), seed=1)
    figures = result.figures
    words = f"{span(figures.work_ms)}, {cost(figures.costs.total_microusd)}"
    if name == "interactive":
        (kind,) = figures.kinds
        words = (
            f"an edit p50 {span(kind.job_p50_ms)}, p99 {span(kind.job_p99_ms)}; "
            f"{cost(figures.costs.total_microusd)} for {span(figures.work_ms)}"
        )
    return {
        "title": asked.title,
        "words": words,
        "work_s": figures.work_ms / 1000,
        "cost_usd": figures.costs.total_microusd / 1_000_000,
        "jobs": figures.jobs,
        "done": figures.done,
        "p50_s": figures.kinds[0].job_p50_ms / 1000,
        "p99_s": figures.kinds[0].job_p99_ms / 1000,
        "claimed": claimed(asked.claim),
    }


def as_object(name: str, found: Measured, simulated: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "measured": {
            "size": found.size,
            "wall_s": round(found.wall_s, 3),
            "cost_usd": found.cost_usd,
            "jobs": found.jobs,
            "words": found.words,
            **found.found,
        },
        "simulated": {key: value for key, value in simulated.items() if key != "claimed"},
        "claimed": simulated["claimed"],
    }


def table(answer: Mapping[str, Any]) -> str:
    """For people."""
    rows = [
        ("scenario", "here", "measured here", "simulated at full size", "the seed's claim"),
        ("---",) * 5,
    ]
    for each in answer["scenarios"]:
        found, simulated = each["measured"], each["simulated"]
        size = ", ".join(
            f"{number:,} {what if number != 1 else what.removesuffix('s')}"
            for what, number in found["size"].items()
        )
        took = f"{span(round(found['wall_s'] * 1000))}, {cost(round(found['cost_usd'] * 1e6))}"
        failed = {state: n for state, n in found["jobs"].items() if state != JobState.DONE.value}
        bad = "".join(f"; {n} jobs {state}" for state, n in failed.items())
        full = f"{simulated['title']}: {simulated['words']}"
        rows.append((each["name"], size, f"{took}; {found['words']}{bad}", full, each["claimed"]))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


# Where the sources come from.


def installed(order: str) -> Iterator[tuple[str, bytes]]:
    """The standard library and the installed packages, a folder a project, both mixed, in an
    order of that name: what one scenario takes is not what another one has translated."""
    library = Path(sysconfig.get_path("stdlib"))
    packages = Path(sysconfig.get_path("purelib"))
    found = [(library, path) for path in library.rglob("*.py") if packages not in path.parents]
    found += [(packages, path) for path in packages.rglob("*.py")]
    left_out = LEFT_OUT | {"site-packages"}
    kept = [pair for pair in found if left_out.isdisjoint(pair[1].relative_to(pair[0]).parts)]
    return read(kept, random.Random(order))


def read(found: Iterable[tuple[Path, Path]], chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Roots and files -> names and contents, whole projects one after the other."""
    named = []
    for root, path in found:
        relative = path.relative_to(root)
        project = relative.parts[0].removesuffix(".py")
        named.append((f"project_{project}/{relative.as_posix()}", path))
    order = {p: chance.random() for p in sorted({name.partition("/")[0] for name, _ in named})}
    for name, path in sorted(named, key=lambda pair: (order[pair[0].partition("/")[0]], pair[0])):
        content = path.read_bytes()
        if content.strip():
            yield name, content


def probed() -> Iterator[tuple[str, bytes]]:
    """What says by itself how it behaves: this checkout's programs, then modules with doctests."""
    for path in sorted((CHECKOUT / "examples" / "shop").glob("*.py")):
        yield f"project_shop/shop/{path.name}", path.read_bytes()
    for folder in ("benchmarks/programs", "tests/cases/run"):
        for path in sorted((CHECKOUT / folder).glob("*.py")):
            yield f"{folder}/project_{path.stem}/{path.name}", path.read_bytes()
    yield from (pair for pair in installed("training") if b">>> " in pair[1])


def take(found: Iterable[tuple[str, bytes]], wanted: int, size: Callable[[bytes], int]) -> Files:
    """The first files that come to so much, or all that there are."""
    taken: Files = {}
    have = 0
    for name, content in found:
        taken[name] = content
        have += size(content)
        if have >= wanted:
            break
    return taken


def count(files: Files, size: Callable[[bytes], int]) -> int:
    return sum(map(size, files.values()))


def lines_of(content: bytes) -> int:
    return content.count(b"\n") + 1


def functions_in(content: bytes) -> int:
    """None of what Python does not parse."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(content)
        except (SyntaxError, ValueError, RecursionError):
            return 0
    return sum(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(tree))


if __name__ == "__main__":
    sys.exit(main())
