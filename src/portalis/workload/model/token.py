"""A token: who presents its secret acts for a tenant. The secret itself is nowhere kept."""

from __future__ import annotations

from dataclasses import dataclass

from portalis.core.ids import TenantId


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What is kept of one token.

    tenant_id: for whom it acts; None: an operator's, for any.
    secret_digest: SHA-256 of the secret, which has 256 random bits: no salt is needed.
    expires_ms: from then on it is void; None: never.
    revoked_ms: since when it is void; None: it is not revoked.
    """

    id: str
    tenant_id: TenantId | None
    secret_digest: str
    created_ms: int
    name: str = ""
    expires_ms: int | None = None
    revoked_ms: int | None = None

    def is_valid(self, now_ms: int) -> bool:
        """Whether it opens anything now."""
        if self.revoked_ms is not None and self.revoked_ms <= now_ms:
            return False
        return self.expires_ms is None or now_ms < self.expires_ms
