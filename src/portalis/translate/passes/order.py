"""The passes, in their only order."""

from __future__ import annotations

from collections.abc import Callable

from portalis.translate.ir import nodes as ir
from portalis.translate.passes import borrow, declare, ints, moves, rows_of_rows, unshare

PASSES: tuple[Callable[[ir.CrateIR], None], ...] = (
    declare.run,
    unshare.run,
    ints.run,
    rows_of_rows.run,
    borrow.run,
    moves.run,
)


def run(crate: ir.CrateIR) -> None:
    for step in PASSES:
        step(crate)
