"""The ledger's promises on PostgreSQL; `make ledger` runs as many histories as one likes."""

from __future__ import annotations

from tests.simulate.ledger import run_block


def test_no_history_breaks_a_promise_on_postgresql(postgres: str) -> None:
    assert run_block((postgres, range(1_000_000, 1_000_020))) is None
