"""Public corpora: how many of their programs come out with CPython's very output.

A corpus is a checkout in a folder of BENCH_SRC; what is not there is left out. No source
of theirs is kept. Set BENCH_LIMIT to take only so many programs of each.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from portalis.core.diagnostics import Severity
from portalis.translate import pipeline
from portalis.translate.sources import load_text
from portalis.translate.verify.compile import build
from portalis.translate.verify.parity import PYTHON_ENV, compare
from portalis.translate.verify.prebuilt import runtime_library
from portalis.translate.verify.sandbox import Outcome

TIMEOUT_S = 30
RESULTS = ("same", "refused", "does not compile", "differs", "crash of the compiler")


def human_eval(folder: Path) -> Iterator[tuple[str, str]]:
    """Each problem with its solution, and its assertions run."""
    with gzip.open(folder / "data" / "HumanEval.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            problem = json.loads(line)
            text = problem["prompt"] + problem["canonical_solution"] + "\n" + problem["test"]
            yield problem["task_id"], f"{text}\ncheck({problem['entry_point']})\nprint('ok')\n"


def algorithms(folder: Path) -> Iterator[tuple[str, str]]:
    """Whole files that run by themselves."""
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text("utf-8", errors="replace")
        if "__main__" in text and path.name != "__init__.py":
            yield path.relative_to(folder).as_posix(), text


CORPORA: tuple[tuple[str, Callable[[Path], Iterator[tuple[str, str]]]], ...] = (
    ("human-eval", human_eval),
    ("Python", algorithms),
)


def outcome_of(command: list[str], folder: str) -> Outcome | None:
    """What a program did; None if it did not end in time."""
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **PYTHON_ENV}
    try:
        ran = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return Outcome(ran.stdout, ran.stderr, ran.returncode, 0.0)


def judge(text: str) -> str | None:
    """One of RESULTS; None if CPython itself cannot run it here."""
    with tempfile.TemporaryDirectory(prefix="portalis-corpus-") as folder:
        (Path(folder) / "main.py").write_text(text, "utf-8")
        python = outcome_of([sys.executable, "main.py"], folder)
        if python is None or python.code != 0:
            return None
        loaded = load_text(text)
        if loaded.diagnostics:
            return None
        try:
            done = pipeline.translate(loaded.tree, pipeline.Settings(verify="none"))
        except Exception:  # noqa: BLE001 - counted, and the next program goes on
            return "crash of the compiler"
        if any(d.severity is Severity.REFUSAL for d in done.report.diagnostics):
            return "refused"
        built = build(done.crate, runtime_library(), Path(folder), "program")
        if not built.ok:
            return "does not compile"
        rust = outcome_of([f"{folder}/program"], folder)
        return "differs" if rust is None or compare(python, rust) else "same"


def corpus_table(sources: Path) -> str:
    """A Markdown table, a corpus a row."""
    limit = int(os.environ.get("BENCH_LIMIT", "0")) or None
    lines = [
        f"| corpus | programs | {' | '.join(RESULTS)} |",
        f"|---|{'--:|' * (len(RESULTS) + 1)}",
    ]
    runtime_library()
    for name, programs in CORPORA:
        folder = sources / name
        if not folder.is_dir():
            continue
        texts = [text for _, text in programs(folder)][:limit]
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            found = Counter(result for result in pool.map(judge, texts) if result)
        total = sum(found.values())
        cells = [f"{found[r]} ({found[r] * 100 / total:.1f} %)" if total else "-" for r in RESULTS]
        lines.append(f"| {name} | {total} | {' | '.join(cells)} |")
    return "\n".join(lines) if len(lines) > 2 else f"No corpus was found in {sources}."
