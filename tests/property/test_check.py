"""The checker finds each kind of failure in a batch and settles the other programs."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.property.check import Checker, Kind, first_difference

STAND_IN = (sys.executable, str(Path(__file__).with_name("stand_in.py")))


def program(fails: str = "") -> str:
    mark = f"# fails: {fails}" if fails else "# fine"
    return f'def P_main():\n    x = 1  {mark}\n    print("x is", x)\n'


def test_every_kind_of_failure_is_told_apart(tmp_path: Path) -> None:
    wanted = ["", "rustc", "refused", "", "died", "different", "translator", "rustc", ""]
    checker = Checker(tmp_path, "0", STAND_IN)
    outcomes = checker.check([program(kind) for kind in wanted])
    assert [o.kind for o in outcomes] == [Kind(kind or "same") for kind in wanted]
    assert "PT201" in outcomes[2].detail
    assert "mismatched types" in outcomes[1].detail
    assert "exit 3" in outcomes[4].detail
    assert "Rust goes on" in outcomes[5].detail or "more" in outcomes[5].detail
    assert "the compiler failed" in outcomes[6].detail
    assert [o.is_failure for o in outcomes] == [kind not in ("", "refused") for kind in wanted]


def test_the_first_difference_is_shown_with_both_sides() -> None:
    assert first_difference("a\nb\nc", "a\nx\nc") == "line 2\n  CPython: b\n  Rust:    x"
    assert first_difference("a\nb", "a") == "only CPython goes on after line 1"
