"""A few dozen random programs through the translator and rustc: CPython's output decides."""

from __future__ import annotations

from pathlib import Path

from tests.property.run import main


def test_translated_programs_print_what_cpython_prints(tmp_path: Path) -> None:
    places = ["--work", str(tmp_path / "work"), "--out", str(tmp_path / "out")]
    assert (
        main(["--count", "24", "--seed", "suite", "--jobs", "1", "--size", "small", *places]) == 0
    )
