"""Whether some class's answer to a comparison of dynamic values may be no truth.

Much code asks. It is asked of the methods once for all, and who asked is told only when the
answer becomes another, not whenever one of the methods gives something else.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from portalis.translate.frontend.lattice import VALUE, Cell, Lattice, read
from portalis.translate.frontend.not_implemented import gives_truths
from portalis.translate.frontend.program import Function


@dataclass(eq=False, slots=True)
class FreeAnswers:
    """Asks by itself, again when what a method gives grows."""

    methods: list[Function]
    # Of a type at all once the answer may be no truth.
    free: Cell = field(default_factory=Cell)
    round: int = 0

    def ask(self, lattice: Lattice) -> None:
        self.round += 1
        for method in self.methods:
            kind = read(method.result, self).kind
            if kind in ("bool", "never") or (kind == "value" and gives_truths(method.node)):
                continue
            lattice.flow(VALUE, self.free)
            return
