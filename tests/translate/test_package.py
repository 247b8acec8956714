"""Many units make one package; how they were made is no part of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from portalis.core.diagnostics import Severity
from portalis.translate import crew, kept, pipeline
from portalis.translate.artifacts import Report, SourceFile, SourceTree, Translated, Verdict
from portalis.translate.emit.roots import rerooted
from portalis.translate.toolchain import find_toolchain

PROGRAM = """
import {name}_used

def twice(text: str) -> str:
    '''A "path" as in crate::x.'''
    return text * 2

if __name__ == "__main__":
    print(twice("crate::{name}"), {name}_used.N)
"""


def tree(count: int = 3) -> SourceTree:
    """Programs, each with a module of its own, and a library of two modules."""
    texts = {
        "library": "import other\n\ndef f(x: int) -> int:\n    return other.g(x) + 1\n",
        "other": "class C:\n    def __init__(self) -> None:\n        self.x = 1\n\n"
        "def g(x: int) -> int:\n    return C().x + x\n",
    }
    for number in range(count):
        texts[f"p{number}"] = PROGRAM.format(name=f"p{number}")
        texts[f"p{number}_used"] = f"N = {number}\n"
    files = [SourceFile(f"{name}.py", name, texts[name]) for name in sorted(texts)]
    return SourceTree(tuple(files))


def timeless(report: Report) -> Report:
    units = tuple(replace(unit, cpu_s={}, kept=False) for unit in report.units)
    return replace(report, timings={}, units=units)


def test_each_program_is_a_binary_and_the_rest_a_library() -> None:
    made = pipeline.translate(tree(2), pipeline.Settings(verify="compile", name="all"))
    assert set(made.crate.files) == {
        "Cargo.toml",
        "rustfmt.toml",
        "src/lib.rs",
        "src/library/library.rs",
        "src/library/other.rs",
        *(f"src/bin/p{n}/{name}.rs" for n in (0, 1) for name in ("main", f"p{n}", f"p{n}_used")),
    }
    assert (
        "pub mod library {\n    pub mod library;\n    pub mod other;\n}\n"
        in (made.crate.files["src/lib.rs"])
    )
    assert "crate::library::other::g" in made.crate.files["src/library/library.rs"]
    assert "crate::p0_used" in made.crate.files["src/bin/p0/p0.rs"]
    report = made.report
    assert [(u.name, u.is_binary, u.entry, u.verification) for u in report.units] == [
        ("library", False, None, "compile"),
        ("p0", True, "p0", "compile"),
        ("p1", True, "p1", "compile"),
    ]
    assert (report.is_clean, report.is_binary, report.verification) == (True, True, "compile")
    assert {v.verdict for v in report.verdicts} == {Verdict.COMPILED}


def test_cargo_builds_the_package(tmp_path: Path) -> None:
    from portalis.translate.delivery import deliver

    made = pipeline.translate(tree(2), pipeline.Settings(verify="none", name="all"))
    assert deliver(made.crate, tmp_path / "out") == ()
    cargo = find_toolchain().cargo
    assert cargo is not None
    command = [cargo, "run", "--quiet", "--offline", "--locked", "--bin", "p1"]
    target = {"CARGO_TARGET_DIR": str(tmp_path / "target")}
    ran = subprocess.run(
        command,
        cwd=tmp_path / "out",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **target},
    )
    assert (ran.stdout, ran.returncode) == ("crate::p1crate::p1 1\n", 0), ran.stderr


def test_a_unit_alone_is_what_it_is_among_others() -> None:
    among = pipeline.translate(tree(2), pipeline.Settings(verify="none"))
    files = tuple(f for f in tree(2).files if f.module.startswith("p1"))
    alone = pipeline.translate(SourceTree(files, "p1"), pipeline.Settings(verify="none"))
    for path, text in alone.crate.files.items():
        if path.endswith(".rs"):
            assert among.crate.files[path.replace("src/", "src/bin/p1/")] == text


@pytest.fixture
def eager_crew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process for any work, and no batches."""
    monkeypatch.setattr(crew, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(crew, "BATCH_WEIGHT", 1)


@pytest.mark.usefixtures("eager_crew")
def test_the_number_of_processes_changes_nothing() -> None:
    settings = pipeline.Settings(verify="compile")
    shared = pipeline.translate(tree(), replace(settings, jobs=3))
    alone = pipeline.translate(tree(), settings)
    assert shared.crate == alone.crate
    assert timeless(shared.report) == timeless(alone.report)


def test_what_rustc_refuses_is_not_laid_on_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a batch with a broken unit, each has the result that it has alone."""
    files = [
        ("bad", "def f(x: int) -> int:\n    return x\n"),
        ("good", "def g() -> int:\n    return 1\n"),
    ]
    sources = [SourceTree((SourceFile(f"{n}.py", n, text),)) for n, text in files]
    tasks = [pipeline.Task(source, pipeline.Settings(kind="lib")) for source in sources]
    begun = pipeline._begin

    def broken(task: pipeline.Task) -> object:
        made = begun(task)
        crate = made.compiled.crate
        if "src/bad.rs" in crate.files:
            text = crate.files["src/bad.rs"] + "const X: bool = 1;\n"
            files = {**crate.files, "src/bad.rs": text}
            made.compiled = replace(made.compiled, crate=replace(crate, files=files))
        return made

    monkeypatch.setattr(pipeline, "_begin", broken)
    bad, good = (done.translated for done in pipeline.translate_batch(tasks))
    assert bad is not None
    assert good is not None
    assert [d.code for d in bad.report.diagnostics] == ["PT901"]
    assert good.report.is_clean
    assert good.report.verification == "compile"


def died(why: str) -> pipeline.Done:
    return pipeline.Done(failure=why)


DEADLY = """
import os, signal, sys
for line in sys.stdin:
    if "DEADLY" in line:
        os.kill(os.getpid(), signal.SIGKILL)
    print("[" + ",".join(['{"failure":"fine"}'] * line.count("settings")) + "]", flush=True)
"""


@pytest.mark.usefixtures("eager_crew")
def test_a_process_that_dies_takes_its_unit_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "COMMAND", (sys.executable, "-c", DEADLY))
    monkeypatch.setattr(crew, "BATCH_WEIGHT", 2)
    texts = ["a", "b", "DEADLY", "c"]
    tasks = [
        pipeline.Task(SourceTree((SourceFile("m.py", "m", text),)), pipeline.Settings())
        for text in texts
    ]
    found = dict(crew.share(tasks, [1, 1, 1, 1], 2, pipeline.translate_batch, pipeline.Done, died))
    assert [found[i].failure for i in (0, 1, 3)] == ["fine"] * 3
    assert "SIGKILL" in found[2].failure


@pytest.mark.usefixtures("eager_crew")
def test_a_unit_that_failed_is_in_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def work(tasks: Sequence[pipeline.Task]) -> list[pipeline.Done]:
        done = pipeline_batch(tasks)
        return [
            died("it is ill") if task.tree.entry == "p1" else made
            for task, made in zip(tasks, done, strict=True)
        ]

    pipeline_batch = pipeline.translate_batch
    monkeypatch.setattr(pipeline, "translate_batch", work)
    made = pipeline.translate(tree(2), pipeline.Settings(verify="none"))
    assert [(u.name, u.failure) for u in made.report.units] == [
        ("library", ""),
        ("p0", ""),
        ("p1", "it is ill"),
    ]
    (found,) = made.report.diagnostics
    assert (found.code, found.severity) == ("PT903", Severity.ERROR)
    assert found.message == "nothing came of p1.py, p1_used.py: it is ill"
    broken = [v.fact.name for v in made.report.verdicts if v.verdict is Verdict.BROKEN]
    assert broken == ["p1", "p1_used"]
    assert not made.report.is_clean
    assert not any("p1" in path for path in made.crate.files)


def test_ctrl_c_ends_the_workers() -> None:
    """The workers are children; none is left when the program that started them has ended."""
    script = textwrap.dedent("""
        import sys
        from portalis.translate import crew
        worker = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
        crew.COMMAND = (sys.executable, "-c", worker)
        for _, answer in crew._answers(["1", "2", "3"], 2):
            print(answer.strip(), flush=True)
    """)
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        assert started.stdout is not None
        pids = [int(started.stdout.readline()) for _ in range(2)]
        assert all(_lives(pid) for pid in pids)
        started.send_signal(signal.SIGINT)
        started.communicate(timeout=30)
    assert not any(_lives(pid) for pid in pids)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a cache of its own."""
    monkeypatch.setattr(kept, "cache_folder", lambda: tmp_path)
    return tmp_path


SETTINGS = pipeline.Settings(verify="none", cached=True)


def hits(made: Translated) -> list[str]:
    return [unit.name for unit in made.report.units if unit.kept]


@pytest.mark.usefixtures("cache")
def test_what_did_not_change_is_taken_from_the_cache() -> None:
    first = pipeline.translate(tree(2), SETTINGS)
    again = pipeline.translate(tree(2), SETTINGS)
    assert (hits(first), hits(again)) == ([], ["library", "p0", "p1"])
    assert again.crate == first.crate
    assert timeless(again.report) == timeless(first.report)
    files = [
        replace(f, text=f.text + "\nX = 1\n") if f.module == "p1_used" else f for f in tree(2).files
    ]
    changed = pipeline.translate(SourceTree(tuple(files)), SETTINGS)
    assert hits(changed) == ["library", "p0"]
    assert hits(pipeline.translate(tree(2), replace(SETTINGS, verify="compile"))) == []
    assert hits(pipeline.translate(tree(2), replace(SETTINGS, cached=False))) == []


@pytest.mark.usefixtures("cache")
def test_a_tree_of_one_unit_is_kept_too() -> None:
    source = SourceTree((SourceFile("m.py", "m", "print(1)\n"),), "m")
    first = pipeline.translate(source, SETTINGS)
    assert hits(first) == []
    again = pipeline.translate(source, SETTINGS)
    assert hits(again) == ["m"]
    assert (again.crate, timeless(again.report)) == (first.crate, timeless(first.report))
    moved = replace(source, files=(replace(source.files[0], path="n/m.py"),))
    assert hits(pipeline.translate(moved, SETTINGS)) == []


def test_a_damaged_entry_is_a_miss(cache: Path) -> None:
    first = pipeline.translate(tree(1), SETTINGS)
    entries = [path for path in cache.rglob("*") if path.is_file()]
    for number, path in enumerate(entries):
        raw = path.read_bytes()
        path.write_bytes(raw[:-1] if number else raw[:40] + b"!" + raw[41:])
    again = pipeline.translate(tree(1), SETTINGS)
    assert (hits(again), again.crate) == ([], first.crate)
    assert hits(pipeline.translate(tree(1), SETTINGS)) == ["library", "p0"]


def test_only_code_is_rerooted() -> None:
    text = '/// a "crate::x\nfn f() { crate::m::g("crate::m", "\\"crate::"); } // crate::\n'
    assert rerooted(text, "crate") == text
    assert rerooted(text, "crate::u") == text.replace("{ crate::", "{ crate::u::")
