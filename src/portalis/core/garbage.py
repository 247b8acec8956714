"""When the interpreter looks for cycles of garbage."""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """What is loaded is not looked at again for garbage, and what rounds and requests make only
    once there is much of it: a tenth of a round's time otherwise."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
