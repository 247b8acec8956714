"""What tenants used lately: a projection of the charges, older ones counting less."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portalis.core.ids import TenantId
from portalis.workload.model.attempt import Charge

# After this many half-lives a charge counts for less than a tenth of a percent.
HORIZON_HALF_LIVES = 10


@dataclass(slots=True)
class Usage:
    """Slot time by tenant, halved every `half_life_ms`."""

    half_life_ms: int
    _at_ms: int = 0
    _by_tenant: dict[TenantId, float] = field(default_factory=dict)

    def add(self, charges: Iterable[Charge]) -> None:
        for charge in charges:
            self._age(charge.at_ms)
            fresh = charge.slot_ms * 0.5 ** ((self._at_ms - charge.at_ms) / self.half_life_ms)
            self._by_tenant[charge.tenant_id] = self._by_tenant.get(charge.tenant_id, 0) + fresh

    def at(self, now_ms: int) -> Mapping[TenantId, float]:
        """The usage as of an instant; what rounds to nothing is left out."""
        self._age(now_ms)
        return dict(self._by_tenant)

    def _age(self, now_ms: int) -> None:
        if now_ms <= self._at_ms:
            return
        factor = 0.5 ** ((now_ms - self._at_ms) / self.half_life_ms)
        kept = ((tenant, used * factor) for tenant, used in self._by_tenant.items())
        self._by_tenant = {tenant: used for tenant, used in kept if used >= 1}
        self._at_ms = now_ms
