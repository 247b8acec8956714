"""Running case programs: translate, build against the prebuilt runtime, run, compare.

Builds are kept by the digests of crate and runtime, so a second run of the suite builds
only what changed.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from portalis.core.diagnostics import Diagnostic, Severity
from portalis.translate import pipeline
from portalis.translate.artifacts import SourceTree
from portalis.translate.sources import load
from portalis.translate.toolchain import cache_folder, runtime_digest
from portalis.translate.verify.compile import build
from portalis.translate.verify.parity import PYTHON_ENV, PythonProgram, compare
from portalis.translate.verify.prebuilt import runtime_library
from portalis.translate.verify.sandbox import Outcome

CASES = Path(__file__).parent / "cases"
RUN_TIMEOUT_S = 60
FORGET_AFTER_S = 24 * 3600
_EXPECTATION = re.compile(r"#\s*refuse(?::\s*(PT\d{3}(?:[ ,]+PT\d{3})*))?")


@dataclass(frozen=True, slots=True)
class Built:
    """A case's binary, or why there is none."""

    binary: Path | None
    why: str = ""


def run_cases() -> list[Path]:
    """Programs: single files, and folders for those of several modules."""
    folder = CASES / "run"
    found = [
        path
        for path in sorted(folder.iterdir())
        if (path.is_dir() and any(path.rglob("*.py"))) or path.suffix == ".py"
    ]
    return [path for path in found if path.name != "__pycache__"]


def refuse_cases() -> list[Path]:
    return sorted((CASES / "refuse").glob("*.py"))


def tree_of(path: Path) -> SourceTree:
    loaded = load([str(path)])
    assert not loaded.diagnostics, [str(d) for d in loaded.diagnostics]
    return loaded.tree


def build_all(paths: list[Path]) -> dict[Path, Built]:
    """Build many cases, as many at a time as there are processors."""
    runtime_library()
    _forget_old(cache_folder() / "cases")
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return dict(zip(paths, pool.map(build_case, paths), strict=True))


def _forget_old(cache: Path) -> None:
    oldest = time.time() - FORGET_AFTER_S
    for binary in cache.glob("*"):
        if binary.stat().st_mtime < oldest:
            binary.unlink(missing_ok=True)


def build_case(path: Path) -> Built:
    """Translate and build; never raises for what the compiler does wrong."""
    try:
        translated = pipeline.translate(tree_of(path), pipeline.Settings(verify="none"))
    except Exception as error:  # noqa: BLE001 - a crash of the compiler fails its case only
        return Built(None, f"the compiler failed: {type(error).__name__}: {error}")
    bad = [
        d for d in translated.report.diagnostics if d.severity in (Severity.REFUSAL, Severity.ERROR)
    ]
    if bad:
        return Built(None, "\n".join(map(str, bad)))
    key = hashlib.sha256((translated.crate.digest + runtime_digest()).encode()).hexdigest()[:32]
    binary = cache_folder() / "cases" / key
    if binary.is_file():
        os.utime(binary)
        return Built(binary)
    with tempfile.TemporaryDirectory(prefix="portalis-case-") as folder:
        built = build(translated.crate, runtime_library(), Path(folder), "program")
        if not built.ok:
            return Built(None, built.failure or "\n".join(e.rendered for e in built.errors[:5]))
        binary.parent.mkdir(parents=True, exist_ok=True)
        beside = binary.with_suffix(f".{os.getpid()}-{path.name}")
        shutil.copyfile(Path(folder) / "program", beside)
        beside.chmod(0o755)
        beside.replace(binary)
    return Built(binary)


def difference(path: Path, binary: Path) -> str | None:
    """What the binary does otherwise than CPython, in words."""
    program = PythonProgram(tree_of(path))
    with tempfile.TemporaryDirectory(prefix="portalis-case-") as folder:
        program.write(Path(folder))
        python = _run([sys.executable, "-s", *program.arguments], Path(folder))
    with tempfile.TemporaryDirectory(prefix="portalis-case-") as folder:
        rust = _run([str(binary)], Path(folder))
    found = compare(python, rust)
    if found is None:
        return None
    return f"{found.what}\n--- stderr of the Rust program\n{rust.stderr.decode(errors='replace')}"


def _run(command: list[str], folder: Path) -> Outcome:
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **PYTHON_ENV}
    try:
        ran = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=RUN_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Outcome(b"", b"", -9, RUN_TIMEOUT_S, "time")
    return Outcome(ran.stdout, ran.stderr, ran.returncode, 0.0)


@functools.cache
def refusals(path: Path) -> frozenset[tuple[int, str]]:
    """(line, code) of what is refused in a file."""
    return frozenset((d.span.line, d.code) for d in refused_diagnostics(path))


def refused_diagnostics(path: Path) -> list[Diagnostic]:
    """The refusals and errors of a file, those of reading it included."""
    loaded = load([str(path)])
    found = list(loaded.diagnostics)
    if loaded.tree.files:
        translated = pipeline.translate(loaded.tree, pipeline.Settings(verify="none"))
        found.extend(translated.report.diagnostics)
    return [d for d in found if d.severity in (Severity.REFUSAL, Severity.ERROR)]


def expected_refusals(path: Path) -> dict[int, frozenset[str]]:
    """What the comments of a refusal case say, by line: `# refuse: PT203` those codes,
    `# refuse` any code."""
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    return {
        number: frozenset(re.findall(r"PT\d{3}", found.group(1) or ""))
        for number, line in lines
        if (found := _EXPECTATION.search(line))
    }


def refusal_mismatch(path: Path) -> str:
    """How the refusals of a case differ from its comments; "" if they do not."""
    expected = expected_refusals(path)
    if not expected:
        return "a refusal case says what is refused: `# refuse: CODE`"
    got: dict[int, set[str]] = {}
    for line, code in refusals(path):
        got.setdefault(line, set()).add(code)
    wrong = [f"line {line}: not refused" for line in expected if line not in got]
    wrong += [f"line {n}: {' '.join(sorted(codes))} was not expected" for n, codes in got.items()
              if n not in expected]  # fmt: skip
    wrong += [
        f"line {line}: {sorted(got[line])} instead of {sorted(codes)}"
        for line, codes in expected.items()
        if codes and line in got and got[line] != codes
    ]
    return "\n".join(wrong)


def known_gaps() -> dict[str, str]:
    """Cases that are known to fail: `name: reason` a line in cases/gaps.txt. A gap that
    passes fails the suite, so the list only shrinks."""
    path = CASES / "gaps.txt"
    if not path.is_file():
        return {}
    lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    return {
        name.strip(): reason.strip()
        for name, _, reason in (line.partition(":") for line in lines if not line.startswith("#"))
    }
