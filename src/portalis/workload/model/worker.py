"""A worker: a place at which units run, as its executor names it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """slots: how many units run there at once; 0: it is gone. drain_ms: it is to be gone, by this
    instant at the latest."""

    place: str
    slots: int
    drain_ms: int | None = None
