"""Results that were made before: found by the cache key of a unit, kept when a unit is done.

A tenant's results are its own. A job whose option `share_cache` is set also finds what other
such jobs, of whatever tenant, have made, and lets them find what it makes: who asks for that
lets others see, by how fast they are answered, that it has translated the same source.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portalis.core.digest import Json
from portalis.core.ids import TenantId
from portalis.workload.control import keys
from portalis.workload.model.changes import Changes
from portalis.workload.model.transitions import UnitEvent
from portalis.workload.model.unit import Unit
from portalis.workload.ports import Cache, Objects, Unavailable

# The option of a job.
SHARE = "share_cache"


@dataclass(frozen=True, slots=True)
class Reused:
    """result: key of an object of the tenant's own. saved_ms: what it took to make it."""

    result: str
    summary: Mapping[str, Json]
    saved_ms: int


@dataclass(slots=True)
class ReuseCounts:
    """Of units, since this controller began. misses: those that could have been known, and
    were run."""

    hits: int = 0
    misses: int = 0
    saved_ms: int = 0


@dataclass(slots=True)
class Reuse:
    """span_ms: for how long a result is found."""

    cache: Cache
    objects: Objects
    span_ms: int
    counts: ReuseCounts = field(default_factory=ReuseCounts)

    def find(self, tenant_id: TenantId, options: Mapping[str, Json], unit: Unit) -> Reused | None:
        """The unit's result, if it is known and still there."""
        if not unit.cache_key:
            return None
        for key in _scopes(tenant_id, options, unit.cache_key):
            found = self.cache.get(key)
            reused = None if found is None else self._check(tenant_id, found)
            if reused is not None:
                return reused
        return None

    def _check(self, tenant_id: TenantId, entry: bytes) -> Reused | None:
        try:
            known = json.loads(entry)
            reused = Reused(str(known["result"]), known["summary"], int(known["busy_ms"]))
            if keys.is_of(tenant_id, reused.result):
                there = self.objects.size_bytes(reused.result) is not None
                return reused if there else None
            content = self.objects.get(reused.result)
            if not keys.fits(reused.result, content):
                return None
            own = keys.result(tenant_id, content)
            self.objects.put_new(own, content)
        except (ValueError, KeyError, TypeError, Unavailable):
            return None
        return Reused(own, reused.summary, reused.saved_ms)

    def keep(
        self,
        tenant_id: TenantId,
        options: Mapping[str, Json],
        unit: Unit,
        made: Reused,
    ) -> None:
        """The unit's result, for those who come."""
        if unit.cache_key:
            entry = {
                "result": made.result,
                "summary": dict(made.summary),
                "busy_ms": made.saved_ms,
            }
            text = json.dumps(entry).encode("utf-8")
            for key in _scopes(tenant_id, options, unit.cache_key):
                self.cache.put(key, text, self.span_ms)

    def count(self, changes: Changes) -> None:
        """What was committed."""
        for event in changes.events:
            if event.event == UnitEvent.CACHE_HIT:
                self.counts.hits += 1
                self.counts.saved_ms += int(str(event.detail.get("saved_ms", 0)))
        begun = {unit.id: unit for unit in changes.units if unit.cache_key and unit.fence == 1}
        self.counts.misses += sum(
            event.event == UnitEvent.LEASED and event.unit_id in begun for event in changes.events
        )


def _scopes(tenant_id: TenantId, options: Mapping[str, Json], cache_key: str) -> Iterable[str]:
    yield keys.cache(tenant_id, cache_key)
    if options.get(SHARE) is True:
        yield keys.shared_cache(cache_key)
