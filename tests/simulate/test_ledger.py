"""No random history of money breaks a promise of the ledger; one without its guard does."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.core.values import revised
from portalis.storage.state_sql import SqlState
from portalis.workload.model.changes import Changes
from tests.simulate.ledger import LedgerHistory, main, run_block

HERE = 30
IN_PROCESSES = 2_000


class Unguarded(SqlState):
    """Commits without the limits that they were decided by: whoever read first may overshoot."""

    def commit(self, changes: Changes) -> None:
        free = tuple(revised(entry, limit_microusd=None) for entry in changes.entries)
        super().commit(revised(changes, entries=free))


def test_no_history_of_the_ledger_breaks_a_promise() -> None:
    assert run_block(("", range(HERE))) is None


@pytest.mark.slow
def test_no_history_of_many_breaks_a_promise(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--first", str(HERE), "--histories", str(IN_PROCESSES)])
    assert code == 0, capsys.readouterr().err


def test_submitters_meet_at_the_account(tmp_path: Path) -> None:
    """Of two that read the same accounts the second is refused where a limit bears only one."""
    state = SqlState(f"sqlite:///{tmp_path / 'state.db'}")
    assert _run(state, 40) > 1
    state.close()


def test_without_its_guard_the_ledger_is_overshot(tmp_path: Path) -> None:
    state = Unguarded(f"sqlite:///{tmp_path / 'state.db'}")
    with pytest.raises(AssertionError, match="is overshot by"):
        _run(state, 200)
    state.close()


def _run(state: SqlState, histories: int) -> int:
    """How often a commit met another one's."""
    found = [LedgerHistory(state, seed) for seed in range(histories)]
    for each in found:
        each.run()
    return sum(each.raced for each in found)
