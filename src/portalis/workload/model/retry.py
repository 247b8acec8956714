"""Retry by cause: why an attempt ended without a result, and what follows. A table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Cause(StrEnum):
    """Why an attempt ended without a result."""

    PREEMPTED = "preempted"
    DRAINED = "drained"
    STOPPED = "stopped"
    NODE_DIED = "node_died"
    WORKER_DIED = "worker_died"
    LEASE_EXPIRED = "lease_expired"
    OUT_OF_MEMORY = "out_of_memory"
    TIMED_OUT = "timed_out"
    UNAVAILABLE = "unavailable"
    REFUSED = "refused"
    FAULT = "fault"
    BAD_RECORD = "bad_record"
    POISON = "poison"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryRule:
    """retries: after the first attempt; None: without limit. first_delay_ms doubles with each
    retry up to `MAX_DELAY_MS`. elsewhere: not at the place where it ended. deadly: counts
    towards poison."""

    retries: int | None
    meaning: str
    first_delay_ms: int = 0
    elsewhere: bool = False
    deadly: bool = False


MAX_DELAY_MS: Final = 60_000
# A unit that took this many places with it is quarantined.
POISON_PLACES: Final = 3

RULES: Final[Mapping[Cause, RetryRule]] = {
    Cause.PREEMPTED: RetryRule(retries=None, meaning="made room for a more urgent unit"),
    Cause.DRAINED: RetryRule(retries=None, elsewhere=True, meaning="its node was taken away"),
    Cause.STOPPED: RetryRule(retries=None, meaning="was told to stop"),
    Cause.NODE_DIED: RetryRule(
        retries=3, first_delay_ms=200, elsewhere=True, deadly=True, meaning="its node died"
    ),
    Cause.WORKER_DIED: RetryRule(
        retries=3, first_delay_ms=200, elsewhere=True, deadly=True, meaning="its process died"
    ),
    Cause.LEASE_EXPIRED: RetryRule(
        retries=3,
        first_delay_ms=200,
        elsewhere=True,
        deadly=True,
        meaning="nothing was heard of it in time",
    ),
    Cause.OUT_OF_MEMORY: RetryRule(retries=2, meaning="used all the memory that it was given"),
    Cause.TIMED_OUT: RetryRule(
        retries=1, elsewhere=True, meaning="ran past the time that it was given"
    ),
    Cause.UNAVAILABLE: RetryRule(
        retries=10, first_delay_ms=500, meaning="something that it needs was not there"
    ),
    Cause.REFUSED: RetryRule(retries=0, meaning="the translator refuses these sources"),
    Cause.FAULT: RetryRule(retries=0, meaning="a bug of ours"),
    Cause.BAD_RECORD: RetryRule(
        retries=3, first_delay_ms=500, meaning="what is stored of it is gone, or damaged"
    ),
    Cause.POISON: RetryRule(
        retries=0, meaning=f"{POISON_PLACES} places died under it: it is quarantined"
    ),
}


@dataclass(frozen=True, slots=True)
class History:
    """What a unit's earlier attempts left. died_at, avoid: places, as in `Unit`."""

    tries: Mapping[Cause, int]
    died_at: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows an attempt without a result. again: it is tried again after `delay_ms`.
    cause: POISON where it became that."""

    again: bool
    cause: Cause
    delay_ms: int
    history: History


def judge(cause: Cause, place: str, past: History) -> Consequence:
    """What follows an attempt that ended at `place` ("": it never started) by `cause`."""
    rule = RULES[cause]
    lost = past.tries.get(cause, 0)
    history = History(
        tries={**past.tries, cause: lost + 1},
        died_at=_with(past.died_at, place) if rule.deadly else past.died_at,
        avoid=_with(past.avoid, place) if rule.elsewhere else past.avoid,
    )
    if rule.deadly and len(history.died_at) >= POISON_PLACES:
        return Consequence(False, Cause.POISON, 0, history)
    if rule.retries is not None and lost >= rule.retries:
        return Consequence(False, cause, 0, history)
    delay_ms = min(rule.first_delay_ms << min(lost, 16), MAX_DELAY_MS)
    return Consequence(True, cause, delay_ms, history)


def _with(places: tuple[str, ...], place: str) -> tuple[str, ...]:
    return places if not place or place in places else (*places, place)
