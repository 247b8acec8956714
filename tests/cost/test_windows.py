"""Windows begin and end at midnight, UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalis.core.ids import TenantId
from portalis.cost.windows import accounts_of, end_ms, start_ms
from portalis.workload.model.ledger import Window


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("window", "at", "began", "ends"),
    [
        (Window.DAY, "2026-02-28T23:59:59.999", "2026-02-28", "2026-03-01"),
        (Window.DAY, "2026-03-01", "2026-03-01", "2026-03-02"),
        # 2026-11-29 is a Sunday: the last day of an ISO week.
        (Window.WEEK, "2026-11-29T12:00", "2026-11-23", "2026-11-30"),
        (Window.WEEK, "2026-01-01", "2025-12-29", "2026-01-05"),
        (Window.MONTH, "2024-02-29T01:00", "2024-02-01", "2024-03-01"),
        (Window.MONTH, "2026-12-31T23:00", "2026-12-01", "2027-01-01"),
    ],
)
def test_windows(window: Window, at: str, began: str, ends: str) -> None:
    assert start_ms(window, ms(at)) == ms(began)
    assert end_ms(window, ms(at)) == ms(ends)


@given(st.integers(0, 4 * 10**12), st.sampled_from([Window.DAY, Window.WEEK, Window.MONTH]))
def test_windows_meet_without_a_gap(at_ms: int, window: Window) -> None:
    began, ends = start_ms(window, at_ms), end_ms(window, at_ms)
    assert ends is not None
    assert began <= at_ms < ends
    assert start_ms(window, ends) == ends
    assert start_ms(window, ends - 1) == began


def test_a_lifetime_has_no_end() -> None:
    assert end_ms(Window.LIFETIME, 123) is None
    keys = accounts_of(TenantId("ann"), ms("2026-11-29T12:00"))
    assert {key.start_ms for key in keys.values()} == {
        0, ms("2026-11-01"), ms("2026-11-23"), ms("2026-11-29"),
    }  # fmt: skip
