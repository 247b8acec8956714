"""What a stack is to have: its parts in the order in which they start, their ports, what is not
installed for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from portalis.app.stack.programs import (
    ALERTMANAGER,
    GRAFANA,
    POSTGRES,
    PROMETHEUS,
    REDIS,
    S3,
    Program,
)
from portalis.app.stack.servers import free_port, listens


@dataclass(frozen=True, slots=True)
class Part:
    """port: the usual one, as in `infra/compose.yaml`. needed: without its program no stack
    starts, unless it is left out; else it is missing and said to be."""

    name: str
    port: int
    program: Program | None
    needed: bool = True


# The service comes after what it uses and before what looks at it.
PARTS: Final = (
    Part("postgres", 5432, POSTGRES),
    Part("redis", 6379, REDIS),
    Part("s3", 9000, S3),
    Part("portalis", 8750, None),
    Part("alertmanager", 9093, ALERTMANAGER),
    Part("prometheus", 9090, PROMETHEUS),
    Part("grafana", 3000, GRAFANA, needed=False),
)


class PlanError(Exception):
    """No stack can be made of what is asked for; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """ports: of the parts that are started, in their order. absent: how one gets the program of
    a part that is not needed, by part."""

    ports: Mapping[str, int]
    absent: Mapping[str, str] = field(default_factory=dict)


def planned(ports: Mapping[str, int], without: frozenset[str]) -> Plan:
    """ports: those that are given, by part; 0: any. A port that is not given is the usual one,
    else any that is free. Raises PlanError."""
    names = {part.name for part in PARTS}
    for name in sorted((ports.keys() | without) - names):
        raise PlanError(f"there is no part {name!r}; there are {', '.join(sorted(names))}")
    if "portalis" in without:
        raise PlanError("without the service there is no stack")
    for name in sorted(without & ports.keys()):
        raise PlanError(f"{name} has a port and is left out")
    wanted = [part for part in PARTS if part.name not in without]
    lacking = [part for part in wanted if part.program and part.program.find() is None]
    if needed := [part for part in lacking if part.needed]:
        lines = [f"{part.name}: {part.program.install}" for part in needed if part.program]
        left_out = " ".join(f"--without {part.name}" for part in needed)
        raise PlanError(
            "\n  ".join(["some programs are not installed:", *lines, f"or go on with {left_out}"])
        )
    taken: dict[str, int] = {}
    for part in wanted:
        if part not in lacking:
            taken[part.name] = _port(part, ports.get(part.name), set(taken.values()))
    absent = {part.name: part.program.install for part in lacking if part.program}
    return Plan(ports=taken, absent=absent)


def _port(part: Part, given: int | None, taken: set[int]) -> int:
    if given:
        if given in taken:
            raise PlanError(f"{part.name}: port {given} is that of another part")
        if listens(given):
            raise PlanError(f"{part.name}: somebody listens on port {given} already")
        return given
    if given is None and part.port not in taken and not listens(part.port):
        return part.port
    while (port := free_port()) in taken:
        continue
    return port
