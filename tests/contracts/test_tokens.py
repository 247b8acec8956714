"""The port of tokens, on every implementation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from portalis.core.ids import TenantId
from portalis.storage.state_sql import driven
from portalis.storage.tokens import SqlTokens
from portalis.workload.model.token import Token
from portalis.workload.ports import Conflict, Tokens, Unavailable

ANN, BOB = TenantId("ann"), TenantId("bob")


@pytest.fixture(params=["sqlite", "postgres"])
def tokens(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tokens]:
    url = f"sqlite:///{tmp_path}/state.db"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres")
    engine = create_engine(driven(url))
    yield SqlTokens(engine)
    engine.dispose()


def made(number: int, tenant_id: TenantId | None = ANN) -> Token:
    return Token(
        id=f"tok_{number}", tenant_id=tenant_id, secret_digest=f"{number:064}", created_ms=number
    )


def test_what_was_added_is_found(tokens: Tokens) -> None:
    tokens.add(made(1))
    assert tokens.token("tok_1") == made(1)
    assert tokens.token("tok_2") is None


def test_an_id_is_taken_once(tokens: Tokens) -> None:
    tokens.add(made(1))
    with pytest.raises(Conflict):
        tokens.add(made(1, BOB))
    assert tokens.token("tok_1") == made(1)


def test_lists_are_a_tenants_or_all(tokens: Tokens) -> None:
    for token in (made(2, BOB), made(1), made(3, None)):
        tokens.add(token)
    assert [token.id for token in tokens.tokens()] == ["tok_1", "tok_2", "tok_3"]
    assert [token.id for token in tokens.tokens(BOB)] == ["tok_2"]
    assert tokens.tokens(TenantId("nobody")) == []


def test_revoked_at_the_first_time(tokens: Tokens) -> None:
    tokens.add(made(1))
    assert tokens.revoke("tok_1", 5)
    assert tokens.revoke("tok_1", 9)
    assert not tokens.revoke("tok_2", 5)
    found = tokens.token("tok_1")
    assert found is not None
    assert found.revoked_ms == 5


def test_an_end_to_come_can_come_sooner(tokens: Tokens) -> None:
    tokens.add(made(1))
    assert tokens.revoke("tok_1", 9)
    assert tokens.revoke("tok_1", 5)
    found = tokens.token("tok_1")
    assert found is not None
    assert found.is_valid(4)
    assert not found.is_valid(5)


def test_a_second_opening_sees_the_same(tmp_path: Path) -> None:
    for expected in (None, made(1)):
        engine = create_engine(f"sqlite:///{tmp_path}/state.db")
        tokens = SqlTokens(engine)
        assert tokens.token("tok_1") == expected
        if expected is None:
            tokens.add(made(1))
        engine.dispose()


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/no/such/state.db")
    with pytest.raises(Unavailable):
        SqlTokens(engine)
    engine.dispose()
