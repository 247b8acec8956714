"""Running case programs: translate, build against the prebuilt runtime, run, compare.

Many cases are built as one crate, which says by `PORTALIS_CASE` which of them it runs. Builds
are kept by the digests of crates and runtime, so a second run of the suite builds only what
changed.
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
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from portalis.core.diagnostics import Diagnostic, Severity
from portalis.translate import pipeline
from portalis.translate.artifacts import CrateTree, SourceTree, Translated
from portalis.translate.emit.crate import HEADER
from portalis.translate.package import nested
from portalis.translate.sources import load
from portalis.translate.toolchain import cache_folder, runtime_digest
from portalis.translate.verify.compile import CompileResult, build, check
from portalis.translate.verify.parity import PYTHON_ENV, PythonProgram, compare
from portalis.translate.verify.prebuilt import Prebuilt, runtime_library, runtime_metadata
from portalis.translate.verify.sandbox import Outcome

CASES = Path(__file__).parent / "cases"
RUN_TIMEOUT_S = 60
FORGET_AFTER_S = 24 * 3600
NOTHING: Mapping[str, str] = {}
_EXPECTATION = re.compile(r"#\s*refuse(?::\s*(PT\d{3}(?:[ ,]+PT\d{3})*))?")


GROUP = 16
CHOICE = "PORTALIS_CASE"


@dataclass(frozen=True, slots=True)
class Built:
    """The binary that holds a case and the case's name in it, or why there is none."""

    binary: Path | None
    why: str = ""
    name: str = ""


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
    """Build many cases, as many groups at a time as there are processors."""
    runtime_library()
    _forget_old(cache_folder() / "cases")
    groups = [paths[i : i + GROUP] for i in range(0, len(paths), GROUP)]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        made = list(pool.map(_build_group, groups))
    return {path: built for group in made for path, built in group.items()}


def _build_group(paths: list[Path]) -> dict[Path, Built]:
    """What rustc refuses leaves the group, and the rest is built again."""
    built: dict[Path, Built] = {}
    crates: dict[Path, CrateTree] = {}
    for path in paths:
        crate = _translate(path)
        if isinstance(crate, str):
            built[path] = Built(None, crate)
        else:
            crates[path] = crate
    while crates:
        names = {f"case_{i}": path for i, path in enumerate(crates)}
        made = _build({name: crates[path] for name, path in names.items()})
        if isinstance(made, Path):
            return built | {path: Built(made, name=name) for name, path in names.items()}
        failed = {names[n] for e in made.errors if (n := e.file.split("/")[1]) in names}
        for path in failed or crates.copy():
            mine = [e.rendered for e in made.errors if names.get(e.file.split("/")[1]) == path]
            built[path] = Built(None, made.failure or "\n".join(mine[:5]))
            del crates[path]
    return built


def _forget_old(cache: Path) -> None:
    oldest = time.time() - FORGET_AFTER_S
    for binary in cache.glob("*"):
        if binary.stat().st_mtime < oldest:
            binary.unlink(missing_ok=True)


def _translate(path: Path) -> CrateTree | str:
    """The case's crate, or why there is none; never raises for what the compiler does wrong."""
    try:
        translated = pipeline.translate(tree_of(path), pipeline.Settings(verify="none"))
    except Exception as error:  # noqa: BLE001 - a crash of the compiler fails its case only
        return f"the compiler failed: {type(error).__name__}: {error}"
    bad = [
        d for d in translated.report.diagnostics if d.severity in (Severity.REFUSAL, Severity.ERROR)
    ]
    return "\n".join(map(str, bad)) if bad else translated.crate


def _build(crates: dict[str, CrateTree]) -> Path | CompileResult:
    """The binary of several crates, or what is wrong with them."""
    whole = _merged(crates)
    key = hashlib.sha256(f"{whole.digest} {runtime_digest()} 0".encode()).hexdigest()[:32]
    binary = cache_folder() / "cases" / key
    if binary.is_file():
        os.utime(binary)
        return binary
    with tempfile.TemporaryDirectory(prefix="portalis-case-") as folder:
        made = build(whole, _quick_to_build(runtime_library()), Path(folder), "program")
        if not made.ok:
            return made
        binary.parent.mkdir(parents=True, exist_ok=True)
        beside = binary.with_suffix(f".{os.getpid()}")
        shutil.copyfile(Path(folder) / "program", beside)
        beside.chmod(0o755)
        beside.replace(binary)
    return binary


def _quick_to_build(runtime: Prebuilt) -> Prebuilt:
    """Cases run for milliseconds: building them without optimization takes a sixth."""
    flags = ["-Copt-level=0" if f.startswith("-Copt-level") else f for f in runtime.flags]
    return replace(runtime, flags=tuple(flags))


def _merged(crates: dict[str, CrateTree]) -> CrateTree:
    """One crate with a module for each."""
    files: dict[str, str] = {}
    modules = arms = ""
    for name, crate in crates.items():
        main = re.search(r"program!\(\s*(\w+)::init", crate.files["src/main.rs"])
        assert main is not None
        inside, declared = nested(name, crate)
        files |= inside
        modules += declared
        arms += f"        {name!r} => portalis_runtime::entry::run_main({name}::{main[1]}::init),\n"
    choose = (
        f"fn main() -> std::process::ExitCode {{\n    match std::env::var({CHOICE!r}).as_deref()"
        f'.unwrap_or_default() {{\n{arms}        _ => panic!("no such case"),\n    }}\n}}\n'
    )
    files["src/main.rs"] = HEADER + modules + choose.replace("'", '"')
    return CrateTree(files, "cases")


def difference(path: Path, built: Built) -> str | None:
    """What the binary does otherwise than CPython, in words."""
    program = PythonProgram(tree_of(path))
    with tempfile.TemporaryDirectory(prefix="portalis-case-") as folder:
        program.write(Path(folder))
        python = _run([sys.executable, "-s", *program.arguments], Path(folder))
    with tempfile.TemporaryDirectory(prefix="portalis-case-") as folder:
        rust = _run([str(built.binary)], Path(folder), {CHOICE: built.name})
    found = compare(python, rust)
    if found is None:
        return None
    return f"{found.what}\n--- stderr of the Rust program\n{rust.stderr.decode(errors='replace')}"


def _run(command: list[str], folder: Path, more: Mapping[str, str] = NOTHING) -> Outcome:
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **PYTHON_ENV, **more}
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


def rejected(paths: list[Path]) -> dict[str, str]:
    """What rustc says of what is left of programs that are refused in part; nothing, if it takes
    all: where something stands for what is refused, it has to fit what is around it."""
    files: dict[str, str] = {}
    modules = ""
    for path in paths:
        if (translated := _translated(path)) is not None:
            inside, declared = nested(path.stem, translated.crate)
            files |= inside
            modules += declared
    crate = CrateTree({**files, "src/main.rs": f"{HEADER}{modules}fn main() {{}}\n"}, "cases")
    made = check(crate, runtime_metadata())
    assert not made.failure, made.failure
    return {f"{error.file}:{error.line}": error.rendered for error in made.errors}


@functools.cache
def _translated(path: Path) -> Translated | None:
    """None: nothing of the file can be read."""
    tree = load([str(path)]).tree
    return pipeline.translate(tree, pipeline.Settings(verify="none")) if tree.files else None


@functools.cache
def refusals(path: Path) -> frozenset[tuple[int, str]]:
    """(line, code) of what is refused in a file."""
    return frozenset((d.span.line, d.code) for d in refused_diagnostics(path))


def refused_diagnostics(path: Path) -> list[Diagnostic]:
    """The refusals and errors of a file, those of reading it included."""
    found = list(load([str(path)]).diagnostics)
    if (translated := _translated(path)) is not None:
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
