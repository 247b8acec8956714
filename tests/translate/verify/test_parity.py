"""Parity: what counts as a difference, and what the original's trace tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.translate.sources import load, load_text
from portalis.translate.verify.parity import (
    PythonProgram,
    compare,
    refused_part,
    run_python,
    trace_python,
)
from portalis.translate.verify.sandbox import Limits, Outcome, find_sandbox

SANDBOX = find_sandbox()
needs_sandbox = pytest.mark.skipif(SANDBOX is None, reason="no sandbox works on this machine")


def outcome(stdout: str = "", stderr: str = "", code: int = 0, stopped: str = "") -> Outcome:
    return Outcome(stdout.encode(), stderr.encode(), code, 1.0, stopped)


TRACEBACK = "Traceback (most recent call last):\n  File x\nValueError: {}\n"


@pytest.mark.parametrize(
    ("python", "rust", "words", "line"),
    [
        (outcome("a\nb\n"), outcome("a\nb\n"), None, 0),
        (outcome("a\nb\n"), outcome("a\nc\n"), "line 2 of stdout: CPython 'b', Rust 'c'", 2),
        (outcome("a\nb\n"), outcome("a\n"), "CPython goes on with 'b", 2),
        (outcome("a\n"), outcome("a\nb\n"), "Rust goes on with 'b", 2),
        (outcome("a"), outcome("a\n"), "", 1),
        (outcome(code=1), outcome(code=0), "exit code: CPython 1, Rust 0", 0),
        (outcome(code=0), outcome("", "thread panicked", 101), "panicked", 0),
        (outcome("", TRACEBACK.format("a"), 1), outcome("", "x\nValueError: b\n", 1),
         "uncaught: CPython 'ValueError: a', Rust 'ValueError: b'", 0),
        (outcome("", TRACEBACK.format("a"), 1), outcome("", "ValueError: a\n", 1), None, 0),
        (outcome(), outcome(stopped="time"), "stopped", 0),
    ],
)  # fmt: skip
def test_compare(python: Outcome, rust: Outcome, words: str | None, line: int) -> None:
    found = compare(python, rust)
    if words is None:
        assert found is None
    else:
        assert found is not None
        assert words in found.what
        assert found.line == line or line == 1


@pytest.mark.parametrize(
    ("rust", "reached"),
    [
        (Outcome(b"a\n", b"x\nportalis: f was not translated\n", 70, 0.1), "f was not translated"),
        (Outcome(b"", b"portalis: f was not translated\n", 70, 0.1), "f was not translated"),
        (Outcome(b"b\n", b"portalis: f was not translated\n", 70, 0.1), ""),
        (Outcome(b"a\n", b"portalis: f was not translated\n", 1, 0.1), ""),
        (Outcome(b"a\n", b"something else\n", 70, 0.1), ""),
    ],
)
def test_a_run_that_stops_at_what_was_refused(rust: Outcome, reached: str) -> None:
    assert refused_part(Outcome(b"a\nb\n", b"", 0, 0.1), rust) == reached


def test_long_lines_are_clipped() -> None:
    found = compare(outcome("x" * 5000 + "a"), outcome("x" * 5000 + "b"))
    assert found is not None
    assert len(found.what) < 400
    assert "a'" in found.what


@needs_sandbox
def test_trace() -> None:
    assert SANDBOX is not None
    text = "def f():\n    print('f')\n\nf()\nf()\nprint('end')\n"
    trace = trace_python(PythonProgram(load_text(text).tree), SANDBOX, Limits())
    assert trace is not None
    assert trace.sections[0][("main.py", 1, "f")] == 2
    assert [line and line[1] for line in trace.lines] == [2, 2, 6]


@needs_sandbox
def test_package_runs_as_a_module(tmp_path: Path) -> None:
    assert SANDBOX is not None
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "__init__.py").write_text("")
    (tmp_path / "pack" / "a.py").write_bytes(b"# coding: latin-1\nx = '\xe9'\n")
    (tmp_path / "pack" / "__main__.py").write_text("from pack.a import x\nprint(x, __name__)\n")
    program = PythonProgram(load([str(tmp_path / "pack")]).tree)
    ran = run_python(program, SANDBOX, Limits())
    assert ran.stdout.decode() == "é __main__\n"
    trace = trace_python(program, SANDBOX, Limits())
    assert trace is not None
    assert any(name == "<module>" for _, _, name in trace.sections[0])
