"""Notices of a machine's end: what they say, who is told, when the node is drained."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from portalis.resource.notices import (
    ACTION_PATH,
    SILENT_MS,
    Notice,
    NoticeKind,
    Unreadable,
    interruption,
    rebalance,
)
from portalis.workload.executors.metadata import Metadata
from portalis.workload.executors.node_agent import Agent
from portalis.workload.ports import Unavailable
from tests.app.metadata import Machine, machine

NOON_MS = 1_800_000_000_000


def test_what_notices_say() -> None:
    text = '{"action": "terminate", "time": "2027-01-15T08:00:00Z"}'
    assert interruption(text) == Notice(NoticeKind.INTERRUPTION, NOON_MS, "terminate")
    found = rebalance('{"noticeTime": "2027-01-15T08:00:00"}')
    assert found == Notice(NoticeKind.REBALANCE, NOON_MS)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"time": "soon"}', "<html>"])
def test_what_makes_no_sense_is_not_nothing(text: str) -> None:
    with pytest.raises(Unreadable):
        interruption(text)


@pytest.fixture
def spot() -> Iterator[Machine]:
    with machine() as found:
        yield found


@contextmanager
def asking(spot: Machine) -> Iterator[Metadata]:
    metadata = Metadata(spot.url)
    try:
        yield metadata
    finally:
        metadata.close()


def test_the_metadata_service_is_asked_with_a_token(spot: Machine) -> None:
    with asking(spot) as metadata:
        assert metadata.notices() == ()
        spot.recommend(NOON_MS)
        spot.interrupt(NOON_MS)
        assert {each.kind for each in metadata.notices()} == set(NoticeKind)
        assert len(spot.tokens) == 1
        # The token's time is over.
        spot.tokens.append("another")
        assert len(metadata.notices()) == 2
        assert len(spot.tokens) == 3


def test_a_service_that_fails_says_nothing(spot: Machine) -> None:
    with asking(spot) as metadata:
        spot.fails = 503
        with pytest.raises(Unavailable):
            metadata.notices()
        spot.fails = 0
        spot.documents[ACTION_PATH] = "<html>"
        with pytest.raises(Unavailable):
            metadata.notices()
    with pytest.raises(Unavailable), asking(Machine("http://127.0.0.1:9")) as nobody:
        nobody.notices()


@dataclass
class At:
    """A clock that is set."""

    ms: int = 0

    def now_ms(self) -> int:
        return self.ms


@dataclass
class Drained:
    """Notices by which it was drained; refuses as often as it is told to."""

    by: list[Notice] = field(default_factory=list)
    refuses: int = 0

    def __call__(self, notice: Notice) -> None:
        if self.refuses:
            self.refuses -= 1
            raise Unavailable("the node is not drained: no")
        self.by.append(notice)


def test_a_node_is_drained_once_and_again_where_that_failed(spot: Machine) -> None:
    clock, drained, told = At(NOON_MS - 120_000), Drained(refuses=1), list[str]()
    with asking(spot) as metadata:
        agent = Agent(metadata, drained, clock, told.append)
        agent.look()
        assert (drained.by, told) == ([], [])
        spot.recommend(NOON_MS)
        agent.look()
        assert (drained.by, len(told)) == ([], 1)
        spot.interrupt(NOON_MS)
        agent.look()
        assert drained.by == []
        spot.fails = 503
        agent.look()
        agent.look()
    assert [each.at_ms for each in drained.by] == [NOON_MS]
    assert agent.drained == drained.by[0]
    assert told[1:] == [
        "this machine is taken away in 120 s",
        "the node is not drained: no",
        "the node is drained",
    ]


def test_a_notice_that_changes_is_followed_again(spot: Machine) -> None:
    drained = Drained()
    with asking(spot) as metadata:
        agent = Agent(metadata, drained, At(NOON_MS), lambda _: None)
        for at_ms in (NOON_MS + 90_000, NOON_MS + 90_000, NOON_MS + 30_000):
            spot.interrupt(at_ms)
            agent.look()
    assert [each.at_ms - NOON_MS for each in drained.by] == [90_000, 30_000]


def test_an_operator_is_told_once_of_a_service_that_is_silent(spot: Machine) -> None:
    clock, told = At(NOON_MS), list[str]()
    with asking(spot) as metadata:
        agent = Agent(metadata, Drained(), clock, told.append)
        spot.fails = 500
        for _ in range(3):
            clock.ms += SILENT_MS // 2 + 1
            agent.look()
    assert told == ["the metadata service has not answered for 60 s"]
