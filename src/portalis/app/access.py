"""Tokens as they are handed out and presented: `tok_01jd….SECRET`.

The part before the dot is an id, which may be shown and logged; the secret is seen once.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import Final

from portalis.core.digest import digest
from portalis.core.ids import SystemBits, TenantId, new_id
from portalis.workload.model.token import Token
from portalis.workload.ports import Tokens

SECRET_BYTES: Final = 32
SEEN_MS: Final = 1_000
_MOST_SEEN: Final = 10_000


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


def rotate(tokens: Tokens, old: Token, now_ms: int, overlap_ms: int) -> Issued:
    """Another token in the place of one that is valid, which is void after the overlap. The new
    one lasts as long as the old one was made for. Raises Unavailable."""
    span_ms = None if old.expires_ms is None else old.expires_ms - old.created_ms
    expires_ms = None if span_ms is None else now_ms + span_ms
    made = issue(tokens, now_ms, old.tenant_id, old.name, expires_ms)
    tokens.revoke(old.id, now_ms + overlap_ms)
    return made


def authenticate(tokens: Tokens, text: str, now_ms: int) -> Token | None:
    """The token that this text is, if it is valid now. Raises Unavailable."""
    token_id, _, secret = text.partition(".")
    token = tokens.token(token_id)
    known = token.secret_digest if token else ""
    same = hmac.compare_digest(known, digest(secret.encode("utf-8", "surrogatepass")))
    return token if token and same and token.is_valid(now_ms) else None


class Seen:
    """Tokens that were good a moment ago, by the digest of their text. A revoked one opens
    for `SEEN_MS` more at most, where it was used just before. For one thread."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Token, int]] = {}

    def token(self, text: str, now_ms: int) -> Token | None:
        """The token, if it was kept lately and is not over."""
        token, at_ms = self._kept.get(_key(text), (None, 0))
        fresh = at_ms <= now_ms < at_ms + SEEN_MS
        return token if token is not None and fresh and token.is_valid(now_ms) else None

    def keep(self, text: str, token: Token, now_ms: int) -> None:
        """It was found good now."""
        if len(self._kept) >= _MOST_SEEN:
            self._kept.clear()
        self._kept[_key(text)] = (token, now_ms)

    def forget(self, token_id: str) -> None:
        """It was revoked here."""
        self._kept = {key: each for key, each in self._kept.items() if each[0].id != token_id}


def _key(text: str) -> str:
    return digest(text.encode("utf-8", "surrogatepass"))
