"""Tokens in SQL: a table of its own in the database of the state."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    MetaData,
    Row,
    String,
    Table,
    insert,
    or_,
    select,
    update,
)

from portalis.core.ids import TenantId
from portalis.storage.transactions import transaction
from portalis.workload.model.token import Token

METADATA = MetaData()
_TOKENS = Table(
    "tokens",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("tenant_id", String(128), index=True),
    Column("secret_digest", String(64), nullable=False),
    Column("name", String(256), nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger),
    Column("revoked_ms", BigInteger),
)


class SqlTokens:
    """The port on a database; its table is made if it is not there. Does not own `engine`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with transaction(self._engine) as connection:
            METADATA.create_all(connection)

    def add(self, token: Token) -> None:
        row = {column.name: getattr(token, column.name) for column in _TOKENS.columns}
        with transaction(self._engine) as connection:
            connection.execute(insert(_TOKENS).values(row))

    def token(self, token_id: str) -> Token | None:
        with transaction(self._engine) as connection:
            row = connection.execute(select(_TOKENS).where(_TOKENS.c.id == token_id)).first()
        return None if row is None else _token(row)

    def tokens(self, tenant_id: TenantId | None = None) -> Sequence[Token]:
        query = select(_TOKENS).order_by(_TOKENS.c.id)
        if tenant_id is not None:
            query = query.where(_TOKENS.c.tenant_id == tenant_id)
        with transaction(self._engine) as connection:
            return [_token(row) for row in connection.execute(query)]

    def revoke(self, token_id: str, at_ms: int) -> bool:
        one = _TOKENS.c.id == token_id
        with transaction(self._engine) as connection:
            found = connection.execute(select(_TOKENS.c.id).where(one)).first() is not None
            later = or_(_TOKENS.c.revoked_ms.is_(None), _TOKENS.c.revoked_ms > at_ms)
            connection.execute(update(_TOKENS).where(one, later).values(revoked_ms=at_ms))
        return found


def _token(row: Row[tuple[object, ...]]) -> Token:
    values = dict(row._mapping)
    return Token(**values)
