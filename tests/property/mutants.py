"""`python -m tests.property.mutants --seconds 1800`: broken and bent programs for the front end.

Real sources are mutated, as trees (statements deleted, doubled, swapped and moved between
programs; expressions, names, operators and constants exchanged) and as text. Whatever comes
out, the compiler ends in time, in bounded memory, and without a fault of its own: a refusal
or a diagnostic is fine, PT903 is not.

Exit 0: nothing found; 1: something was, each saved with its smallest form; 2: a wrong call.
"""

from __future__ import annotations

import argparse
import ast
import copy
import hashlib
import random
import re
import resource
import signal
import sys
import sysconfig
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from portalis.core.diagnostics import Diagnostic
from portalis.translate.pipeline import Settings, translate
from portalis.translate.sources import load
from tests.property.shrink import candidates

CASES = Path(__file__).parents[1] / "cases"
DEFAULT_OUT = Path(__file__).parent / "out"
LIMIT_S = 30
LIMIT_BYTES = 4 << 30
# Sources longer than this are left to the benchmark over the standard library.
MAX_LINES = 400
SLICE = 20


@dataclass(frozen=True)
class Finding:
    """kind: `fault`, `crash`, `hang` or `memory`. place: where in our code, as far as known."""

    kind: str
    place: str
    detail: str
    source: str


def corpus() -> list[str]:
    """Our own cases and the shorter modules of the standard library."""
    library = Path(sysconfig.get_paths()["stdlib"])
    paths = [*sorted(CASES.rglob("*.py")), *sorted(library.glob("*.py"))]
    texts = []
    for path in paths:
        text = path.read_text("utf-8", errors="replace")
        if text.count("\n") <= MAX_LINES and parsed(text) is not None:
            texts.append(text)
    return texts


def parsed(text: str) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def mutant(texts: Sequence[str], seed: str) -> str:
    """One to six changes to a source; the same seed gives the same text."""
    rng = random.Random(seed)
    text = rng.choice(texts)
    if rng.random() < 0.1:
        return bent_text(text, rng)
    tree, other = ast.parse(text), ast.parse(rng.choice(texts))
    for _ in range(rng.randint(1, 6)):
        rng.choice(TREE_CHANGES)(tree, other, rng)
    try:
        return ast.unparse(ast.fix_missing_locations(tree))
    except (ValueError, RecursionError):
        return bent_text(text, rng)


BENDING = ("(", "]", "\t", "\0", "'''", "λ", "\ud800", "\\")


def bent_text(text: str, rng: random.Random) -> str:
    """Characters and lines deleted, doubled, inserted."""
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(text) + 1)
        end = min(len(text), at + rng.choice((0, 1, 1, 2, 8, 80)))
        put = rng.choice(("", "", text[at:end] * 2, *BENDING))
        text = text[:at] + put + text[end:]
    return text


def blocks(tree: ast.AST) -> list[list[ast.stmt]]:
    found = []
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block:
                found.append(block)
    return found


def delete(tree: ast.AST, _other: ast.AST, rng: random.Random) -> None:
    block = rng.choice(blocks(tree) or [[]])
    if len(block) > 1:
        del block[rng.randrange(len(block))]


def double(tree: ast.AST, _other: ast.AST, rng: random.Random) -> None:
    block = rng.choice(blocks(tree) or [[]])
    if block:
        block.insert(rng.randrange(len(block) + 1), copy.deepcopy(rng.choice(block)))


def swap(tree: ast.AST, _other: ast.AST, rng: random.Random) -> None:
    block = rng.choice(blocks(tree) or [[]])
    rng.shuffle(block)


def graft(tree: ast.AST, other: ast.AST, rng: random.Random) -> None:
    """A statement of another program, or of another place."""
    here, there = blocks(tree), blocks(rng.choice((tree, other)))
    if here and there:
        block = rng.choice(here)
        taken = copy.deepcopy(rng.choice(rng.choice(there)))
        block.insert(rng.randrange(len(block) + 1), taken)


def wrap(tree: ast.AST, _other: ast.AST, rng: random.Random) -> None:
    """A statement inside another construct."""
    block = rng.choice(blocks(tree) or [[]])
    if not block:
        return
    at = rng.randrange(len(block))
    outer = ast.parse(rng.choice(WRAPPERS)).body[0]
    inner = rng.choice(blocks(outer))
    inner[:] = [block[at]]
    block[at] = outer


WRAPPERS = (
    "def wrapped(*args, **kwargs):\n    pass",
    "class Wrapped:\n    pass",
    "for item in range(3):\n    pass\nelse:\n    pass",
    "while True:\n    pass",
    "try:\n    pass\nexcept (ValueError, KeyError) as error:\n    pass\nfinally:\n    pass",
    "with open('x') as file:\n    pass",
    "if None:\n    pass\nelse:\n    pass",
    "async def wrapped():\n    pass",
    "match [1, 'a']:\n    case [x, str(y)]:\n        pass\n    case _:\n        pass",
)


def exchange(kind: type[ast.AST], tree: ast.AST, other: ast.AST, rng: random.Random) -> None:
    """A node of the kind becomes another of the kind."""
    mine = [n for n in ast.walk(tree) if isinstance(n, kind)]
    theirs = [n for n in ast.walk(rng.choice((tree, other))) if isinstance(n, kind)]
    if not mine or not theirs:
        return
    target = rng.choice(mine)
    source = copy.deepcopy(rng.choice(theirs))
    for field, value in ast.iter_fields(source):
        if field != "ctx":
            setattr(target, field, value)


def replace_expression(tree: ast.AST, other: ast.AST, rng: random.Random) -> None:
    """Any expression that is only read becomes any other."""
    places = []
    for node in ast.walk(tree):
        for name, value in ast.iter_fields(node):
            values = value if isinstance(value, list) else [value]
            for at, item in enumerate(values):
                read = isinstance(getattr(item, "ctx", ast.Load()), ast.Load)
                if isinstance(item, ast.expr) and read:
                    places.append((node, name, at if isinstance(value, list) else None))
    theirs = [n for n in ast.walk(rng.choice((tree, other))) if isinstance(n, ast.expr)]
    if not places or not theirs:
        return
    node, name, place = rng.choice(places)
    put = copy.deepcopy(rng.choice(theirs))
    for inner in ast.walk(put):
        if hasattr(inner, "ctx"):
            inner.ctx = ast.Load()
    if place is None:
        setattr(node, name, put)
    else:
        getattr(node, name)[place] = put


def decorate(tree: ast.AST, other: ast.AST, rng: random.Random) -> None:
    """A decorator, base or default from elsewhere."""
    mine = [n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.ClassDef))]
    theirs = [
        d
        for n in (*ast.walk(other), *ast.walk(tree))
        if isinstance(n, (ast.FunctionDef, ast.ClassDef))
        for d in (*n.decorator_list, *getattr(n, "bases", []))
    ]
    if mine and theirs:
        node = rng.choice(mine)
        put = copy.deepcopy(rng.choice(theirs))
        if isinstance(node, ast.ClassDef) and rng.random() < 0.5:
            node.bases.append(put)
        else:
            node.decorator_list.append(put)


Change = Callable[[ast.AST, ast.AST, random.Random], None]
TREE_CHANGES: tuple[Change, ...] = (
    delete, double, swap, graft, wrap, decorate, replace_expression, replace_expression,
    partial(exchange, ast.Name), partial(exchange, ast.Constant), partial(exchange, ast.operator),
    partial(exchange, ast.Call), partial(exchange, ast.Attribute), partial(exchange, ast.arguments),
)  # fmt: skip


class _TimeIsUp(BaseException):
    pass


def check(text: str) -> Finding | None:
    """What the compiler does with a text that it must not do."""
    place = "nothing known"
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT_S)
        found = diagnostics(text)
    except _TimeIsUp:
        return Finding("hang", place, f"more than {LIMIT_S} s of processor time", text)
    except MemoryError:
        return Finding("memory", place, f"more than {LIMIT_BYTES >> 30} GiB", text)
    except Exception as error:  # noqa: BLE001 - the very thing that is looked for
        return Finding("crash", type(error).__name__, repr(error), text)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    for diagnostic in found:
        if diagnostic.code == "PT903":
            at = re.search(r"\w+\.py:\d+", diagnostic.message)
            return Finding("fault", at[0] if at else place, str(diagnostic.message), text)
    return None


def diagnostics(text: str) -> tuple[Diagnostic, ...]:
    """Of a text as a program: of reading it, or of translating what could be read."""
    loaded = load(["-"], "auto", text.encode("utf-8", "surrogatepass"))
    if loaded.given_failed or not loaded.tree.files:
        return tuple(loaded.diagnostics)
    return translate(loaded.tree, Settings(verify="none")).report.diagnostics


def check_slice(seed: str, first: int) -> list[Finding]:
    """A worker's share."""
    texts = corpus_once()
    found = (check(mutant(texts, f"{seed}:{first + i}")) for i in range(SLICE))
    return [f for f in found if f is not None]


_CORPUS: list[str] = []


def corpus_once() -> list[str]:
    if not _CORPUS:
        _CORPUS.extend(corpus())
    return _CORPUS


def prepare() -> None:
    """Bounds of a worker."""

    def stop(_number: int, _frame: object) -> None:
        raise _TimeIsUp

    signal.signal(signal.SIGVTALRM, stop)
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))


def smallest(finding: Finding) -> Finding:
    """The same kind at the same place, with fewer nodes."""
    best = finding
    if finding.kind == "hang" or parsed(finding.source) is None:
        return best
    ends = time.monotonic() + 2 * LIMIT_S
    again = True
    while again and time.monotonic() < ends:
        again = False
        for candidate in candidates(best.source):
            found = check(candidate) if len(candidate) < len(best.source) else None
            if found is not None and (found.kind, found.place) == (best.kind, best.place):
                best, again = found, True
                break
            if time.monotonic() > ends:
                break
    return best


def save(finding: Finding, out: Path) -> Path:
    out.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(finding.source.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    path = out / f"{finding.kind}_{digest}.py"
    path.write_bytes(finding.source.encode("utf-8", "surrogatepass"))
    path.with_suffix(".txt").write_text(f"{finding.place}\n{finding.detail}\n", "utf-8")
    return path


def slices(seed: str, seconds: float, jobs: int) -> Iterator[list[Finding]]:
    ends = time.monotonic() + seconds
    first = 0
    with ProcessPoolExecutor(jobs, initializer=prepare, max_tasks_per_child=50) as pool:
        waiting: set[Future[list[Finding]]] = set()
        while waiting or time.monotonic() < ends:
            while len(waiting) < jobs + 1 and time.monotonic() < ends:
                waiting.add(pool.submit(check_slice, seed, first))
                first += SLICE
            done = next(as_completed(waiting))
            waiting.remove(done)
            yield done.result()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.property.mutants", description=__doc__)
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--seed", default="0", help="any text")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, help="where findings are saved")
    call = parser.parse_args(arguments)
    counts: Counter[tuple[str, str]] = Counter()
    tried = 0
    prepare()
    for findings in slices(call.seed, call.seconds, call.jobs):
        tried += SLICE
        for finding in findings:
            key = finding.kind, finding.place
            counts[key] += 1
            if counts[key] == 1:
                path = save(smallest(finding), call.out)
                detail = finding.detail[:200]
                print(f"{finding.kind} {finding.place}: {detail} -> {path}", flush=True)
    print(f"{tried} mutants, {sum(counts.values())} findings at {len(counts)} places")
    for (kind, place), count in counts.most_common():
        print(f"  {count:5} {kind} {place}")
    return 1 if counts else 0


if __name__ == "__main__":
    sys.exit(main())
