"""The checker finds each kind of failure in a batch and settles the other programs."""

from __future__ import annotations

from pathlib import Path

from tests.property.check import Checker, Kind, Program, unlike
from tests.property.stand_in import stand_in


def program(fails: str = "") -> Program:
    mark = f"# fails: {fails}" if fails else "# fine"
    return Program.of(f'def P_main():\n    x = 1  {mark}\n    print("x is", x)\n')


def test_every_kind_of_failure_is_told_apart(tmp_path: Path) -> None:
    wanted = ["", "rustc", "refused", "", "died", "different", "translator", "rustc", ""]
    checker = Checker(tmp_path, translator=stand_in)
    outcomes = checker.check([program(kind) for kind in wanted])
    assert [o.kind for o in outcomes] == [Kind(kind or "same") for kind in wanted]
    assert "mismatched types" in outcomes[1].detail
    assert "exit 3" in outcomes[4].detail
    assert "Rust:    more" in outcomes[5].detail
    assert [o.is_failure for o in outcomes] == [kind not in ("", "refused") for kind in wanted]


def test_a_reference_that_cpython_does_not_confirm_is_not_held_against_the_crate(
    tmp_path: Path,
) -> None:
    strange = Program(program().source, "x is 2\n")
    assert Checker(tmp_path, translator=stand_in).check([strange])[0].kind == Kind.SAME


def test_the_first_difference_is_shown_with_both_sides() -> None:
    assert unlike("a\nb\nc", "a\nx\nc") == "line 2\n  CPython: b\n  Rust:    x"
    assert unlike("a\nb", "a") == "only CPython goes on after line 1"
