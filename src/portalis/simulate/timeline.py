"""The virtual clock: SimPy's environment, in whole milliseconds."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy

# What happens in virtual time, step by step.
Process = Generator[simpy.Event, Any, None]


class Timeline(simpy.Environment):
    """It begins at an instant; `core.clock.Clock` to those that only read it."""

    def __init__(self, starts_ms: int) -> None:
        super().__init__(initial_time=starts_ms)

    def now_ms(self) -> int:
        return int(self.now)
