"""What a program point can use: variables, functions, classes and the permissions there."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.property.kinds import Kind


@dataclass(frozen=True)
class Function:
    """A callable of the program: its parameters and result; recursive ones take fuel first."""

    name: str
    params: tuple[Kind, ...]
    result: Kind
    fueled: bool = False


@dataclass
class Class:
    """A class of the program: fields in constructor order, methods as functions."""

    name: str
    fields: list[tuple[str, Kind]]
    methods: list[Function] = field(default_factory=list)
    addable: bool = False
    ordered: bool = False


@dataclass
class Tables:
    """The definitions that a program's later parts may use."""

    functions: list[Function] = field(default_factory=list)
    classes: dict[str, Class] = field(default_factory=dict)


@dataclass
class Scope:
    """Names definitely bound here. `risky` allows expressions that may raise."""

    variables: dict[str, Kind] = field(default_factory=dict)
    constants: set[str] = field(default_factory=set)
    loops: int = 0
    risky: bool = False
    no_grow: frozenset[Kind] = frozenset()
    in_function: Kind | None = None
    depth: int = 0

    def child(self, **changes: object) -> Scope:
        """A nested scope: what it binds is not seen outside."""
        values = {
            "variables": dict(self.variables),
            "constants": set(self.constants),
            "loops": self.loops,
            "risky": self.risky,
            "no_grow": self.no_grow,
            "in_function": self.in_function,
            "depth": self.depth + 1,
        }
        values.update(changes)
        return Scope(**values)  # type: ignore[arg-type]

    def of_kind(self, kind: Kind) -> list[str]:
        """The variables of exactly this kind."""
        return [name for name, k in self.variables.items() if k == kind]

    def assignable(self, kind: Kind | None = None) -> list[str]:
        """The variables that statements may rebind."""
        return [
            name
            for name, k in self.variables.items()
            if name not in self.constants and (kind is None or k == kind)
        ]

    def pick(self, rng: random.Random, kind: Kind) -> str | None:
        """A variable of the kind, or None."""
        names = self.of_kind(kind)
        return rng.choice(names) if names else None
