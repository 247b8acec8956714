"""What idioms are written with: expressions over given names, and lines that `main` runs."""

from __future__ import annotations

from tests.property import literals
from tests.property.kinds import INT, STR, Kind, list_of
from tests.property.scope import Scope
from tests.property.statements import Lines, Statements

NUMBERS = list_of(INT)
TEXTS = list_of(STR)


def lines_of(text: str) -> Lines:
    """The lines of a block of source, without the margin of its first line."""
    raw = text.strip("\n").split("\n")
    margin = len(raw[0]) - len(raw[0].lstrip())
    return [line[margin:] for line in raw]


class Sketches(Statements):
    """The base of everybody who writes idioms; `uses` are the lines of `main` that they leave."""

    uses: Lines

    def _e(self, kind: Kind, depth: int = 1, **variables: Kind) -> str:
        """An expression of the kind over the given names."""
        scope = Scope(variables=dict(variables), constants=set(variables), depth=2)
        return self.write(kind, scope, depth)

    def _int(self) -> str:
        return literals.int_literal(self.rng)

    def _small(self, low: int = -3, high: int = 9) -> int:
        return self.rng.randint(low, high)

    def _use(self, *lines: str) -> None:
        for line in lines:
            self.uses += line.split("\n")
