"""What the metadata of a cloud machine says of its end, and what follows. Pure.

    instance-action, rebalance recommendation (text) -> Notice --follow--> drain, or only tell

EC2 gives notice of an interruption two minutes before it, and recommends to rebalance when one
has become likely. An answer that cannot be understood is no "nothing is announced".
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

# Of the instance metadata service, version 2.
TOKEN_PATH: Final = "/latest/api/token"
ACTION_PATH: Final = "/latest/meta-data/spot/instance-action"
REBALANCE_PATH: Final = "/latest/meta-data/events/recommendations/rebalance"
# After this long without an answer of the metadata service an operator is told.
SILENT_MS: Final = 60_000


class NoticeKind(StrEnum):
    INTERRUPTION = "interruption"
    REBALANCE = "rebalance"


@dataclass(frozen=True, slots=True)
class Notice:
    """at_ms: of an interruption, when the machine is taken away; of a recommendation, when it
    was made."""

    kind: NoticeKind
    at_ms: int
    action: str = ""


class Unreadable(ValueError):  # noqa: N818 - says it
    """The metadata service answered what cannot be understood."""


def interruption(text: str) -> Notice:
    """Of `instance-action`. Raises Unreadable."""
    found = _document(text)
    return Notice(NoticeKind.INTERRUPTION, _instant(found, "time"), str(found.get("action", "")))


def rebalance(text: str) -> Notice:
    """Of `recommendations/rebalance`. Raises Unreadable."""
    return Notice(NoticeKind.REBALANCE, _instant(_document(text), "noticeTime"))


def _document(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Unreadable(f"no JSON: {text[:100]!r}") from error
    if not isinstance(found, dict):
        raise Unreadable(f"no object: {text[:100]!r}")
    return found


def _instant(found: dict[str, Any], key: str) -> int:
    try:
        at = datetime.fromisoformat(str(found[key]))
    except (KeyError, ValueError) as error:
        raise Unreadable(f"no instant {key!r}: {found}") from error
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return int(at.timestamp() * 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What an agent knows. answered_ms: when the metadata service answered last. notices: that
    are in force. drained: the interruption for which the node was drained. told: what was said
    before."""

    now_ms: int
    answered_ms: int
    notices: tuple[Notice, ...] = ()
    drained: Notice | None = None
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Following:
    """drain: the notice for which the node is to be drained now. says: for an operator, each
    once."""

    drain: Notice | None = None
    says: tuple[str, ...] = ()


def follow(seen: Watched) -> Following:
    """What an agent does now. A notice whose instant changed is followed again."""
    drain, says = None, []
    for notice in seen.notices:
        if notice.kind is NoticeKind.INTERRUPTION:
            left_s = (notice.at_ms - seen.now_ms) / 1000
            says.append((f"{notice}", f"this machine is taken away in {left_s:.0f} s"))
            if notice != seen.drained:
                drain = notice
        else:
            says.append((f"{notice}", "an interruption of this machine has become likely"))
    if seen.now_ms - seen.answered_ms > SILENT_MS:
        text = f"the metadata service has not answered for {SILENT_MS // 1000} s"
        says.append((f"silent since {seen.answered_ms}", text))
    return Following(drain, tuple(text for key, text in says if key not in seen.told))


def keys(seen: Watched) -> frozenset[str]:
    """What `follow` has said, or says now."""
    silent = seen.now_ms - seen.answered_ms > SILENT_MS
    now = {f"{notice}" for notice in seen.notices}
    return seen.told | now | ({f"silent since {seen.answered_ms}"} if silent else set())
