"""What time it is: an argument for those who think, a port for those who act.

An instant is a count of whole milliseconds since 1970-01-01 UTC, in names `_ms`; so is
a span of time. Only `SystemClock` reads the machine's clock.
"""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Never goes backwards by more than the machine's clock is set back."""

    def now_ms(self) -> int:
        """The instant."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000


class ManualClock:
    """A clock that moves when it is told to: for simulations and tests."""

    def __init__(self, now_ms: int = 0) -> None:
        self._now_ms = now_ms

    def now_ms(self) -> int:
        return self._now_ms

    def advance(self, span_ms: int) -> None:
        """Raises ValueError for a step backwards."""
        if span_ms < 0:
            raise ValueError(f"a clock does not go back by {-span_ms} ms")
        self._now_ms += span_ms
