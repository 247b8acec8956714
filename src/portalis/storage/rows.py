"""Values of the model as rows of the tables, and back."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from portalis.workload.model.attempt import Attempt, Charge, Outcome
from portalis.workload.model.changes import Outgoing, Promise
from portalis.workload.model.events import LogEvent
from portalis.workload.model.job import Job, Priority
from portalis.workload.model.retry import Cause
from portalis.workload.model.transitions import JobState, Order, UnitState
from portalis.workload.model.unit import Unit, UnitKind

Row = Mapping[str, Any]


def row_of(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass of the model
    """The fields as columns: enums as their text, tuples as arrays."""
    return {name: plain(getattr(value, name)) for name in _names(value.__class__)}


@functools.cache
def _names(cls: Any) -> tuple[str, ...]:  # noqa: ANN401 - any dataclass of the model
    return tuple(field.name for field in dataclasses.fields(cls))


# What goes into a column as it is; an enum is a subclass.
_SIMPLE = frozenset((str, int, bool, float, type(None)))


def plain(value: object) -> object:
    """A field as a column: an enum as its text, a tuple as an array."""
    if value.__class__ in _SIMPLE:
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    return value


def job_of(row: Row) -> Job:
    counts: Mapping[str, int] = row["units"]
    return Job(
        **{
            **row,
            "priority": Priority(row["priority"]),
            "state": JobState(row["state"]),
            "units": {UnitState(state): count for state, count in counts.items()},
        }
    )


def unit_of(row: Row) -> Unit:
    tries: Mapping[str, int] = row["tries"]
    return Unit(
        **{
            **row,
            "kind": UnitKind(row["kind"]),
            "state": UnitState(row["state"]),
            "depends_on": tuple(row["depends_on"]),
            "tries": {Cause(cause): count for cause, count in tries.items()},
            "died_at": tuple(row["died_at"]),
            "avoid": tuple(row["avoid"]),
            "cause": Cause(row["cause"]) if row["cause"] else None,
        }
    )


def attempt_of(row: Row) -> Attempt:
    return Attempt(
        **{
            **row,
            "outcome": Outcome(row["outcome"]) if row["outcome"] else None,
            "cause": Cause(row["cause"]) if row["cause"] else None,
        }
    )


def charge_of(row: Row) -> Charge:
    return Charge(**row)


def event_of(row: Row) -> LogEvent:
    return LogEvent(**row)


def outgoing_of(row: Row) -> Outgoing:
    kept = {name: value for name, value in row.items() if name != "number"}
    return Outgoing(**{**kept, "order": Order(row["order"])})


def promise_of(row: Row) -> Promise:
    return Promise(**row)
