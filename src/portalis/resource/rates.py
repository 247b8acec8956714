"""How long translations take: a table of measured rates.

What `portalis bench calibrate` found on modules of Python's library, rounded. Small dense
programs take longer for a line (`benchmarks/rates.py` has both side by side). Of one core; a
machine's own speed is in its price.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rate:
    """start_ms: once for what is verified together. unit_ms: of each unit. line_us: of each of
    its lines."""

    start_ms: int
    unit_ms: int
    line_us: int


# By how far the result is verified. Translation is in each; `compile` adds rustc's check of
# small units together, `run` a build and two runs in the sandbox of each unit.
RATES: Final = {
    "none": Rate(start_ms=2, unit_ms=2, line_us=650),
    "compile": Rate(start_ms=50, unit_ms=3, line_us=1_200),
    "run": Rate(start_ms=50, unit_ms=260, line_us=21_000),
}
# A plan reads and parses everything.
PLAN: Final = Rate(start_ms=0, unit_ms=5, line_us=20)


def rate_of(verify: str) -> Rate:
    """The rate of a verification; the slowest for one that is not known."""
    return RATES.get(verify, RATES["run"])


def unit_ms(lines: int, verify: str) -> int:
    """How long a unit takes, next to others."""
    return _ms(rate_of(verify), lines)


def plan_ms(lines: int) -> int:
    """How long it takes to divide sources into units."""
    return _ms(PLAN, lines)


def job_ms(units_ms: Sequence[int], verify: str, batch_ms: int) -> int:
    """How long all units take, one batch of them after the other."""
    batches = -(-sum(min(each, batch_ms) for each in units_ms) // batch_ms)
    return sum(units_ms) + batches * rate_of(verify).start_ms


def _ms(rate: Rate, lines: int) -> int:
    return rate.unit_ms + lines * rate.line_us // 1000
