"""Tokens as they are handed out and presented: `tok_01jd….SECRET`.

The part before the dot is an id, which may be shown and logged; the secret is seen once.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass

from portalis.core.digest import digest
from portalis.core.ids import SystemBits, TenantId, new_id
from portalis.workload.model.token import Token
from portalis.workload.ports import Tokens

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Issued:
    """A token that was just made. text: what its holder presents."""

    token: Token
    text: str


def issue(
    tokens: Tokens,
    now_ms: int,
    tenant_id: TenantId | None,
    name: str = "",
    expires_ms: int | None = None,
) -> Issued:
    """Make and keep a token; tenant_id None: an operator's. Raises Unavailable."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    token = Token(
        id=new_id("tok", now_ms, SystemBits()),
        tenant_id=tenant_id,
        secret_digest=digest(secret.encode()),
        created_ms=now_ms,
        name=name,
        expires_ms=expires_ms,
    )
    tokens.add(token)
    return Issued(token, f"{token.id}.{secret}")


def authenticate(tokens: Tokens, text: str, now_ms: int) -> Token | None:
    """The token that this text is, if it is valid now. Raises Unavailable."""
    token_id, _, secret = text.partition(".")
    token = tokens.token(token_id)
    known = token.secret_digest if token else ""
    same = hmac.compare_digest(known, digest(secret.encode("utf-8", "surrogatepass")))
    return token if token and same and token.is_valid(now_ms) else None
