"""The passes, in their only order."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from portalis.core import faults
from portalis.translate.ir import nodes as ir
from portalis.translate.passes import (
    answers,
    borrow,
    counted,
    declare,
    delegation,
    inline,
    ints,
    joins,
    moves,
    own,
    plain_fields,
    recursion,
    rows_of_rows,
    specialise,
    unshare,
    untuple,
)

PASSES: tuple[Callable[[ir.CrateIR], None], ...] = (
    declare.run,
    delegation.run,
    unshare.run,
    answers.run,
    specialise.run,
    untuple.run,
    recursion.run,
    ints.run,
    rows_of_rows.run,
    counted.run,
    plain_fields.run,
    joins.run,
    borrow.run,
    moves.run,
    own.run,
    inline.run,
)


def run(crate: ir.CrateIR, without: Collection[str] = ()) -> tuple[str, faults.Fault] | None:
    """Runs all passes but those that are named; the first that fails ends it: the crate is
    spoiled then, and the pass is returned with its fault."""
    for step in PASSES:
        name = step.__module__.rpartition(".")[2]
        if name in without:
            continue
        failed = faults.attempt(partial(step, crate))
        if isinstance(failed, faults.Fault):
            return name, failed
    return None
