"""What the controller's process says of itself, as it travels to the one that answers requests.

Nothing of it is a fact that must not be lost: those are in the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pydantic import TypeAdapter

from portalis.workload.control.reuse import ReuseCounts
from portalis.workload.model.snapshot import Wait
from portalis.workload.ports import Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """slots: of the executor now. refused: writes that fences refused, by what they were. reused:
    what was not run again. waits: what the scheduler said last of those that wait. cache_fault:
    why the cache did not answer the last time. pool: of nodes, where this asks for them. All since
    this controller began."""

    slots: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    reused: ReuseCounts = field(default_factory=ReuseCounts)
    waits: tuple[Wait, ...] = ()
    cache_fault: str = ""
    pool: Sight = field(default_factory=Sight)

    def to_bytes(self) -> bytes:
        return _TOLD.dump_json(self)

    @staticmethod
    def from_bytes(text: bytes) -> Told:
        """Raises ValueError for what is none."""
        return _TOLD.validate_json(text)


_TOLD: Final = TypeAdapter(Told)
