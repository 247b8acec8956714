"""Times of day: cron's five fields, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from portalis.resource.cron import Cron

HOUR_MS = 3_600_000


def _ms(day: int, hour: int, minute: int = 0) -> int:
    """In November 2026; the first is a Sunday."""
    return int(datetime(2026, 11, day, hour, minute, tzinfo=UTC).timestamp() * 1000)


def test_office_hours() -> None:
    cron = Cron.parse("0 8-17 * * 1-5")
    assert cron.begins(_ms(2, 8))
    assert not cron.begins(_ms(2, 8, 1))
    assert not cron.begins(_ms(1, 8))
    assert cron.covers(_ms(2, 17, 59), HOUR_MS)
    assert not cron.covers(_ms(2, 18), HOUR_MS)


def test_a_span_goes_on_after_its_beginning() -> None:
    cron = Cron.parse("0 0 * * 0")
    assert cron.covers(_ms(1, 11, 59), 12 * HOUR_MS)
    assert not cron.covers(_ms(1, 12), 12 * HOUR_MS)
    assert Cron.parse("0 0 * * 7").covers(_ms(1, 1), 12 * HOUR_MS)


def test_lists_steps_and_both_fields_of_days() -> None:
    assert Cron.parse("*/15,7 * * * *").minutes == {0, 7, 15, 30, 45}
    assert Cron.parse("10/20 * * * *").minutes == {10, 30, 50}
    # As cron has it: one of both days is enough.
    cron = Cron.parse("0 0 3 * 1")
    assert cron.begins(_ms(2, 0))
    assert cron.begins(_ms(3, 0))
    assert not cron.begins(_ms(4, 0))
    assert not Cron.parse("0 0 * 12 *").begins(_ms(2, 0))


@pytest.mark.parametrize(
    "text", ["", "* * * *", "60 * * * *", "5-3 * * * *", "x * * * *", "*/0 * * * *", "* * 0 * *"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"fields|minute|day of month"):
        Cron.parse(text)
