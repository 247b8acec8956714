"""The rank of what waits: its queue's priority, raised by waiting."""

from __future__ import annotations

from typing import Final

from portalis.resource.policy import TOP, Queue

BOOST: Final = 10
BOOST_EVERY_MS: Final = 60_000


def rank(queue: Queue, waited_ms: int) -> int:
    """The rank of something that has waited for this long: higher goes first. No age overtakes
    what has others stopped: it alone is above `TOP`."""
    if queue.priority >= TOP:
        return queue.priority
    return min(TOP, queue.priority + BOOST * (max(waited_ms, 0) // BOOST_EVERY_MS))
