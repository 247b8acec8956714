"""What a job would be: seconds by the table of rates, cost by the catalog of prices."""

from __future__ import annotations

from dataclasses import replace

from portalis.app.estimate import estimate
from portalis.resource.rates import RATES, job_ms, plan_ms, unit_ms
from portalis.workload.model.ledger import Tariff

FILES = {"a.py": b"print(1)\n" * 49, "b.py": b"print(2)\n" * 99}


def test_an_estimate_follows_the_tables() -> None:
    found = estimate(FILES, {"verify": "none"}, Tariff(rate_microusd_h=3_600_000, price="test"))
    assert (found.files, found.lines, found.units) == (2, 150, 2)
    # Both units are one batch.
    work = plan_ms(150) + RATES["none"].start_ms + unit_ms(50, "none") + unit_ms(100, "none")
    assert found.busy_ms == work
    # At 3.6 USD an hour a millisecond costs a millionth.
    assert found.cost_microusd == work
    # Of a part of a millionth the whole is charged.
    assert replace(found, tariff=Tariff(rate_microusd_h=1)).cost_microusd == 1


def test_what_is_free_costs_nothing() -> None:
    assert estimate(FILES, {"verify": "none"}).cost_microusd == 0


def test_what_verifies_is_started_once_a_batch() -> None:
    start = RATES["compile"].start_ms
    assert job_ms([100, 100, 100], "compile", 200) == 300 + 2 * start
    assert job_ms([5_000], "compile", 200) == 5_000 + start
    assert job_ms([], "compile", 200) == 0
    # What is not in the table is taken for the slowest.
    assert unit_ms(10, "unheard of") == unit_ms(10, "run")
