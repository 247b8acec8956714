"""The time of a batch is shared out whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portalis.workload.executors.worker import shared_out


@given(st.integers(0, 10**6), st.lists(st.floats(0, 1e4), min_size=1, max_size=200))
def test_nothing_is_lost(whole: int, weights: list[float]) -> None:
    parts = shared_out(whole, weights)
    assert len(parts) == len(weights)
    assert sum(parts) == whole
    assert min(parts) >= 0


def test_who_took_more_has_more() -> None:
    assert shared_out(10, [1.0, 3.0, 1.0]) == [2, 6, 2]
    assert shared_out(4, [0.0, 0.0]) == [2, 2]
    assert shared_out(3, [0.3] * 4) == [0, 1, 1, 1]
    assert shared_out(3, []) == []
