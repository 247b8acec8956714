"""What travels between the clerk and a worker, as JSON: sources, tasks, plans.

Files are bytes as the tenant handed them in, in base64; what encoding they are in is for the
compiler to find out.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portalis.core.digest import Json, canonical
from portalis.workload.model.unit import Engine, UnitKind, UnitPlan


def sources_bytes(files: Mapping[str, bytes]) -> bytes:
    """The object that holds a job's files, by relative path."""
    encoded = {path: base64.b64encode(text).decode("ascii") for path, text in files.items()}
    return canonical({"files": encoded})


def sources_of(content: bytes) -> Mapping[str, bytes]:
    """The files again. Raises ValueError for what is no such object."""
    found = json.loads(content)
    return {path: base64.b64decode(text) for path, text in found["files"].items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a worker is asked for. sources: as `sources_bytes` makes them, or the unit's part
    of the plan (is_part), which says all that there is to do."""

    kind: UnitKind
    sources: bytes
    options: Mapping[str, Json] = field(default_factory=dict)
    spec: Mapping[str, Json] = field(default_factory=dict)
    is_part: bool = False

    def to_bytes(self) -> bytes:
        """A line of JSON that says what, then the sources as they are."""
        asked: dict[str, Json] = {"kind": self.kind, "part": True}
        if not self.is_part:
            asked = {"kind": self.kind, "options": self.options, "spec": self.spec}
        return canonical(asked) + b"\n" + self.sources

    @staticmethod
    def from_bytes(payload: bytes) -> Work:
        """Raises ValueError for what `to_bytes` did not make."""
        head, _, sources = payload.partition(b"\n")
        found = json.loads(head)
        return Work(
            kind=UnitKind(found["kind"]),
            sources=sources,
            options=found.get("options", {}),
            spec=found.get("spec", {}),
            is_part=found.get("part", False),
        )


def plan_bytes(plan: Sequence[UnitPlan], parts: Sequence[bytes] = ()) -> bytes:
    """What a unit that plans gives back: a line with the plan, then a line for each of its
    units, if there are any: what that unit is given. Without them each is given all sources."""
    head = canonical(
        {
            "units": [
                {
                    "number": unit.number,
                    "kind": unit.kind,
                    "name": unit.name,
                    "spec": unit.spec,
                    "depends_on": unit.depends_on,
                    "predicted_ms": unit.predicted_ms,
                    "memory_mb": unit.memory_mb,
                    "engine": unit.engine,
                    "cache_key": unit.cache_key,
                }
                for unit in plan
            ]
        }
    )
    return b"\n".join((head, *parts))


def plan_of(content: bytes) -> tuple[UnitPlan, ...]:
    """The plan again. Raises ValueError for what is none: numbers that are not 1 to n, or a
    unit that depends on a later one or on itself."""
    try:
        head = content.partition(b"\n")[0]
        units = tuple(_unit_of(each) for each in json.loads(head)["units"])
    except (KeyError, TypeError) as error:
        raise ValueError(f"no plan: {error}") from error
    for number, unit in enumerate(units, 1):
        if unit.number != number or any(not 0 < n < number for n in unit.depends_on):
            raise ValueError(f"unit {unit.number} does not fit its place in the plan")
    return units


def parts_of(content: bytes) -> Sequence[bytes]:
    """What the plan's units are given, by their numbers less one; empty for a plan that does
    not say."""
    return content.split(b"\n")[1:]


def _unit_of(found: Mapping[str, Any]) -> UnitPlan:
    return UnitPlan(
        number=found["number"],
        kind=UnitKind(found["kind"]),
        name=found["name"],
        spec=found["spec"],
        depends_on=tuple(found["depends_on"]),
        predicted_ms=found["predicted_ms"],
        memory_mb=found["memory_mb"],
        engine=Engine(found.get("engine", Engine.RULES)),
        cache_key=found["cache_key"],
    )
