"""The ledger's promises on PostgreSQL; `make ledger` runs as many histories as one likes."""

from __future__ import annotations

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.contracts.conftest import fresh_database
from tests.simulate.ledger import run_block
from tests.workload.test_stateful import Clerk


def test_no_history_breaks_a_promise_on_postgresql(postgres: str) -> None:
    assert run_block((postgres, range(1_000_000, 1_000_020))) is None


def test_any_order_of_events_on_postgresql(postgres_server: str) -> None:
    """It agrees with the store in memory after each, and what must hold holds."""

    class OnPostgres(Clerk):
        def fresh_url(self) -> str:
            return fresh_database(postgres_server)

    few = settings(max_examples=6, stateful_step_count=20, deadline=None)
    run_state_machine_as_test(OnPostgres, settings=few)
