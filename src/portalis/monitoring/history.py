"""What has happened since the beginning, as a projection of the store.

What is older than a while is summed once; of what is newer nothing is remembered. A fact that
was written later than its instant says changes how many old ones there are: then all is summed
anew, so the sums are always those of the store.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from portalis.monitoring.metrics import LATENCY_S
from portalis.resource.classify import size_class
from portalis.workload.model.tally import Count, Past, Span
from portalis.workload.ports import Tally

# Nearly all commits are written within a moment of their instant.
OLD_MS: Final = 30_000
# After anything that is there.
_EVER_MS: Final = 1 << 60
Labels = tuple[str, ...]


@dataclass(slots=True)
class Spread:
    """A histogram in the making. counts: of each bucket alone, the last for what is longer."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(LATENCY_S) + 1))
    sum_ms: int = 0

    def add(self, ms: int) -> None:
        self.counts[bisect.bisect_left(LATENCY_S, ms / 1000)] += 1
        self.sum_ms += ms


@dataclass(slots=True)
class Totals:
    """Sums over some span of time."""

    counts: Counter[Count] = field(default_factory=Counter)
    waits: dict[Labels, Spread] = field(default_factory=dict)
    latencies: dict[Labels, Spread] = field(default_factory=dict)
    rows: int = 0

    def add(self, past: Past) -> None:
        self.counts.update(past.counts)
        self.rows += past.rows
        _spread(self.waits, [((span.priority.value,), span) for span in past.waits])
        _spread(
            self.latencies,
            [((span.priority.value, size_class(span.lines)), span) for span in past.latencies],
        )

    def copy(self) -> Totals:
        made = Totals(Counter(self.counts), rows=self.rows)
        for mine, theirs in ((made.waits, self.waits), (made.latencies, self.latencies)):
            mine.update({labels: Spread(list(s.counts), s.sum_ms) for labels, s in theirs.items()})
        return made


def _spread(into: dict[Labels, Spread], spans: Sequence[tuple[Labels, Span]]) -> None:
    for labels, span in spans:
        into.setdefault(labels, Spread()).add(span.ms)


class History:
    """For one thread at a time."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._old = Totals()
        self._until_ms = 0

    def totals(self, now_ms: int) -> Totals:
        """As of now. Raises Unavailable."""
        if self._tally.rows(self._until_ms) != self._old.rows:
            self._old, self._until_ms = Totals(), 0
        old_ms = now_ms - OLD_MS
        if old_ms - self._until_ms >= OLD_MS:
            self._old.add(self._tally.past(self._until_ms, old_ms))
            self._until_ms = old_ms
        found = self._old.copy()
        found.add(self._tally.past(self._until_ms, _EVER_MS))
        return found
