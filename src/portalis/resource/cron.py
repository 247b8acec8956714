"""Times of day as five fields of cron, in UTC. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

MINUTE_MS: Final = 60_000
_FIELDS: Final = (
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day of month", 1, 31),
    ("month", 1, 12),
    # 7 is Sunday, too.
    ("day of week", 0, 7),
)


@dataclass(frozen=True, slots=True)
class Cron:
    """The instants at which something begins: whole minutes."""

    text: str
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    # As cron has it: if both fields of days are given, one of them is enough.
    either_day: bool

    @staticmethod
    def parse(text: str) -> Cron:
        """Numbers, `*`, ranges, lists and steps. Raises ValueError."""
        parts = text.split()
        if len(parts) != len(_FIELDS):
            raise ValueError(f"{text!r} has {len(parts)} fields; cron has five")
        found = [_field(part, *bounds) for part, bounds in zip(parts, _FIELDS, strict=True)]
        weekdays = frozenset(day % 7 for day in found[4])
        either = not parts[2].startswith("*") and not parts[4].startswith("*")
        return Cron(text, found[0], found[1], found[2], found[3], weekdays, either)

    def begins(self, at_ms: int) -> bool:
        """Whether the minute of the instant is one of those."""
        at = datetime.fromtimestamp(at_ms // MINUTE_MS * 60, UTC)
        if at.minute not in self.minutes or at.hour not in self.hours:
            return False
        if at.month not in self.months:
            return False
        by_month = at.day in self.days
        by_week = at.isoweekday() % 7 in self.weekdays
        return (by_month or by_week) if self.either_day else (by_month and by_week)

    def covers(self, now_ms: int, span_ms: int) -> bool:
        """Whether it began at most so long ago."""
        minutes = -(-span_ms // MINUTE_MS)
        return _covers(self, now_ms // MINUTE_MS, minutes)


@lru_cache(maxsize=256)
def _covers(cron: Cron, minute: int, minutes: int) -> bool:
    return any(cron.begins((minute - back) * MINUTE_MS) for back in range(minutes))


def _field(text: str, name: str, least: int, most: int) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        try:
            by = int(step) if step else 1
            if span == "*":
                low, high = least, most
            else:
                low = int(first)
                high = int(last) if last else (most if step else low)
        except ValueError:
            raise ValueError(f"{name}: {part!r} is no number, range or step") from None
        if by < 1 or not least <= low <= high <= most:
            raise ValueError(f"{name}: {part!r} is not within {least} to {most}")
        found.update(range(low, high + 1, by))
    return frozenset(found)
