"""The documentation's tables, read off the tables that the code runs by.

python -m portalis.workload.model.transitions_table > docs/transitions.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from portalis.workload.model.retry import POISON_PLACES, RULES
from portalis.workload.model.transitions import ENDED_JOB, HELD, JOB, UNIT, Machine


def _names(states: Iterable[StrEnum]) -> str:
    return ", ".join(f"`{state}`" for state in sorted(states))


_HEAD = f"""\
# What may happen to a job and to a unit

Generated from `src/portalis/workload/model/transitions.py` and
`src/portalis/workload/model/retry.py`; a test compares.

A unit is held in {_names(HELD)}: an executor may be running it.
A job has ended in {_names(ENDED_JOB)}; none of its units is held
then, and each attempt is charged.
"""

_RETRY = f"""\
## After an attempt without a result

A unit under which {POISON_PLACES} places died is quarantined (`poison`). What follows when one
ran out of memory, and how much it is given then, is the policy's (`docs/policy.md`); the row
below is its default.
"""


def document() -> str:
    """The whole page."""
    return "\n".join(
        [
            _HEAD,
            *(_machine(machine) for machine in (JOB, UNIT)),
            _RETRY,
            _retries(),
        ]
    )


def _machine(machine: Machine[Any, Any]) -> str:
    rows = (
        (state, event, edge.to, ", ".join(edge.orders))
        for (state, event), edge in machine.edges.items()
    )
    title = f"## {machine.name.capitalize()}\n\nStarts as `{machine.start}`.\n\n"
    return title + _table(("in", "on", "becomes", "orders"), rows)


def _retries() -> str:
    rows = (
        (
            cause,
            rule.meaning,
            "no limit" if rule.retries is None else str(rule.retries),
            f"{rule.first_delay_ms} ms, doubling" if rule.first_delay_ms else "",
            "yes" if rule.elsewhere else "",
        )
        for cause, rule in RULES.items()
    )
    return _table(("cause", "the attempt", "retries", "after", "elsewhere"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str | StrEnum]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(str(cell) for cell in line)} |\n" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(document())
