"""The clerk keeps its promises whatever fails; a failing seed is in the test's name."""

from __future__ import annotations

import pytest

from tests.simulate.history import History, Outcome
from tests.simulate.run import main, run_block, tell

BLOCK = 25
HERE = 150
IN_PROCESSES = 2_000


@pytest.mark.parametrize("first", range(0, HERE, BLOCK))
def test_no_history_breaks_an_invariant(first: int) -> None:
    for seed in range(first, first + BLOCK):
        try:
            History(seed).run()
        except BaseException as error:
            raise AssertionError(f"failing seed: {seed}") from error


@pytest.mark.slow
def test_no_history_of_many_breaks_an_invariant(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--first", str(HERE), "--seeds", str(IN_PROCESSES)])
    assert code == 0, capsys.readouterr().err


def test_a_failing_seed_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """A history under which the clerk cannot keep its promises: nothing ever runs."""
    broken = run_block([3], lambda seed: History(seed, slots=0))
    assert broken is not None
    assert tell(broken) == 1
    assert "failing seed: 3" in capsys.readouterr().err


def test_a_seed_is_one_history() -> None:
    assert History(7).run() == History(7).run()


def test_histories_are_eventful() -> None:
    """Faults happen, and every end of a job is seen."""
    seen: list[Outcome] = [History(seed).run() for seed in range(60)]
    assert sum(each.crashes for each in seen) > 30
    assert sum(each.attempts for each in seen) > sum(each.jobs for each in seen) * 2
    ends = {"done", "failed", "cancelled", "stopped_budget"}
    assert {state for each in seen for state in each.states} == ends
    assert sum(each.resumed for each in seen) > 0
    assert sum(each.told for each in seen) > 10
