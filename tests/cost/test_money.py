"""Amounts are exact, and meters add up."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalis.core.money import NotMoney, dollars, microusd, price_of, text


@pytest.mark.parametrize(
    ("given_as", "amount"),
    [("100", 100_000_000), (100.0, 100_000_000), (0.1, 100_000), (Decimal("0.000001"), 1), (0, 0)],
)
def test_dollars_are_exact(given_as: str | float | Decimal, amount: int) -> None:
    assert microusd(given_as) == amount
    assert microusd(dollars(amount)) == amount


@pytest.mark.parametrize(
    ("given_as", "words"),
    [
        ("-1", "less than nothing"),
        ("nan", "no amount"),
        (float("inf"), "no amount"),
        ("ten", "no amount"),
        ("0.0000001", "finer than a micro-dollar"),
    ],
)
def test_what_is_no_money_is_refused(given_as: str | float, words: str) -> None:
    with pytest.raises(NotMoney, match=words):
        microusd(given_as)


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "$0.00"), (1_500_000, "$1.50"), (1, "$0.000001"), (-20_000, "-$0.02")],
)
def test_text(amount: int, words: str) -> None:
    assert text(amount) == words


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**13), min_size=2, max_size=20))
def test_adjoining_spans_cost_what_the_whole_does(rate: int, instants: list[int]) -> None:
    instants.sort()
    parts = [price_of(rate, a, b) for a, b in itertools.pairwise(instants)]
    assert min(parts) >= 0
    assert sum(parts) == price_of(rate, instants[0], instants[-1])
