"""The compile check: errors find their way back to Python lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.translate.sources import load_text
from portalis.translate.verify.compile import build, check, diagnostics_of, origin_of
from portalis.translate.verify.prebuilt import PrebuildError, runtime_library, runtime_metadata
from tests.translate.stand_in import compile_comments

GOOD = """\
print(3)  #rust use portalis_runtime as _; fn main() { println!("3"); }
"""
BAD = """\
def f():
    return 1  #rust fn f() -> i64 { "text" }
print(f())  #rust fn main() { println!("{}", f()); g(); }
"""


def test_good_crate() -> None:
    assert check(compile_comments(load_text(GOOD).tree).crate, runtime_metadata()).ok


def test_errors_are_mapped() -> None:
    compiled = compile_comments(load_text(BAD).tree)
    result = check(compiled.crate, runtime_metadata())
    assert not result.ok
    found = diagnostics_of(result, compiled)
    assert {(d.span.file, d.span.line) for d in found} == {("main.py", 2), ("main.py", 3)}
    assert all(d.code == "PT901" for d in found)
    assert any("E0308" in d.message and '"text"' in d.help for d in found)


def test_nearest_line_above() -> None:
    compiled = compile_comments(load_text(BAD).tree)
    assert origin_of(compiled.line_map, "src/main.rs", 0) is None
    origin = origin_of(compiled.line_map, "src/main.rs", 99)
    assert origin is not None
    assert origin.python_line == 3


def test_build_makes_a_binary(tmp_path: Path) -> None:
    compiled = compile_comments(load_text(GOOD).tree)
    assert build(compiled.crate, runtime_library(), tmp_path, "program").ok
    assert (tmp_path / "program").is_file()


def test_cache_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PORTALIS_CACHE", str(tmp_path / "file"))
    with pytest.raises(PrebuildError, match="cache"):
        runtime_metadata()


def test_prebuilt_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTALIS_CACHE", str(tmp_path))
    first = runtime_metadata()
    stamp = first.file.stat().st_mtime_ns
    assert runtime_metadata().file.stat().st_mtime_ns == stamp
    assert [p.name for p in (tmp_path / "runtime").iterdir()] == [first.file.parent.name]
