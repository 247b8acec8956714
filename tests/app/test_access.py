"""Tokens: what is kept of them, and who gets in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from portalis.app.access import SEEN_MS, Seen, authenticate, issue, rotate
from portalis.core.ids import TenantId
from portalis.storage.tokens import SqlTokens

ANN = TenantId("ann")


@pytest.fixture
def tokens(tmp_path: Path) -> Iterator[SqlTokens]:
    engine = create_engine(f"sqlite:///{tmp_path}/state.db")
    yield SqlTokens(engine)
    engine.dispose()


def test_its_text_opens_and_is_not_kept(tokens: SqlTokens, tmp_path: Path) -> None:
    made = issue(tokens, 1_000, ANN, "laptop")
    assert authenticate(tokens, made.text, 1_000) == made.token
    secret = made.text.partition(".")[2].encode()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert made.token.id.encode() in kept
    assert secret not in kept


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1] + ("A" if text[-1] != "A" else "B"),
        lambda text: text.partition(".")[0],
        lambda text: text.partition(".")[0] + ".",
        lambda text: "x" + text,
        lambda text: text + "\udcff",
        lambda _: "",
    ],
)
def test_no_other_text_opens(tokens: SqlTokens, change: object) -> None:
    assert callable(change)
    made = issue(tokens, 1_000, ANN)
    assert authenticate(tokens, change(made.text), 1_000) is None


def test_it_ends(tokens: SqlTokens) -> None:
    made = issue(tokens, 1_000, ANN, expires_ms=2_000)
    assert authenticate(tokens, made.text, 1_999) is not None
    assert authenticate(tokens, made.text, 2_000) is None


def test_it_is_revoked(tokens: SqlTokens) -> None:
    made, other = issue(tokens, 1_000, None), issue(tokens, 1_000, ANN)
    tokens.revoke(made.token.id, 1_500)
    assert authenticate(tokens, made.text, 1_500) is None
    assert authenticate(tokens, other.text, 1_500) is not None


def test_what_was_seen_is_known_for_a_moment(tokens: SqlTokens) -> None:
    made, seen = issue(tokens, 1_000, ANN, expires_ms=1_900), Seen()
    assert seen.token(made.text, 1_000) is None
    seen.keep(made.text, made.token, 1_000)
    assert seen.token(made.text, 1_500) == made.token
    assert seen.token(made.text + "x", 1_500) is None
    assert seen.token(made.text, 1_900) is None  # over
    assert seen.token(made.text, 1_000 + SEEN_MS) is None
    assert seen.token(made.text, 999) is None  # the clock was set back
    seen.forget(made.token.id)
    assert seen.token(made.text, 1_500) is None


def test_a_rotated_one_ends_after_the_overlap(tokens: SqlTokens) -> None:
    old = issue(tokens, 1_000, ANN, "laptop", expires_ms=5_000)
    new = rotate(tokens, old.token, 2_000, overlap_ms=500)
    assert (new.token.tenant_id, new.token.name, new.token.expires_ms) == (ANN, "laptop", 6_000)
    assert authenticate(tokens, new.text, 2_000) == new.token
    assert authenticate(tokens, old.text, 2_499) is not None
    assert authenticate(tokens, old.text, 2_500) is None
