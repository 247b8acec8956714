"""Values of the model as rows of the tables, and back.

A codec makes the tuples that a driver takes. To let a library bind each value of each row
takes ten times as long, and a commit writes thirty rows a job.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final, Generic, TypeVar, cast

import sqlalchemy as sa
from pydantic_core import from_json, to_json

from portalis.storage import tables
from portalis.workload.model.attempt import Attempt, Charge, Outcome
from portalis.workload.model.changes import Outgoing, Promise
from portalis.workload.model.events import LogEvent
from portalis.workload.model.job import Job, Priority
from portalis.workload.model.retry import Cause
from portalis.workload.model.transitions import JobState, Order, UnitState
from portalis.workload.model.unit import Unit, UnitKind

T = TypeVar("T")
Convert = Callable[[Any], Any]
# Columns whose field may be an enum.
_ENUMS: Final = frozenset(("priority", "state", "kind", "cause", "outcome", "order", "event"))


def _dump(value: Any) -> str:  # noqa: ANN401 - what JSON can say
    if not value:
        return "{}" if isinstance(value, Mapping) else "[]"
    return to_json(value, fallback=dict).decode("utf-8")


def loaded(found: Any) -> Any:  # noqa: ANN401 - what JSON can say
    """One driver gives the text of a column of JSON, another one what it says."""
    if found.__class__ is not str:
        return found
    return {} if found == "{}" else [] if found == "[]" else from_json(found)


def _text(value: str | None) -> str | None:
    """Of an enum, too, a plain text."""
    return value if value is None else str.__str__(value)


def _member(enum: type[StrEnum]) -> Convert:
    members = {each.value: each for each in enum}
    return members.__getitem__


def _optional(enum: type[StrEnum]) -> Convert:
    members = {each.value: each for each in enum}
    return lambda found: members[found] if found else None


def _keyed(enum: type[StrEnum]) -> Convert:
    members = {each.value: each for each in enum}
    return lambda found: {members[key]: count for key, count in loaded(found).items()}


def _tuple(found: Any) -> tuple[Any, ...]:  # noqa: ANN401 - what JSON can say
    return tuple(loaded(found))


class Codec(Generic[T]):
    """Of one table. loads: what makes a field of a column, where that is not the same; columns
    of JSON are read as such."""

    def __init__(self, table: sa.Table, cls: type[T], loads: Mapping[str, Convert]):
        self.table = table
        self.names = tuple(field.name for field in fields(cast("Any", cls)))
        read = {name: loaded for name in self.names if _is_json(table, name)} | dict(loads)
        self._cls = cls
        self._loads = tuple(read.items())
        self.row = self.writer(self.names)

    def writer(self, names: Sequence[str]) -> Callable[[T], tuple[Any, ...]]:
        """What makes the values of these columns."""
        get = attrgetter(*names)
        dumps = [
            (at, _dump if _is_json(self.table, name) else _text)
            for at, name in enumerate(names)
            if _is_json(self.table, name) or name in _ENUMS
        ]

        def row(value: T) -> tuple[Any, ...]:
            found = list(get(value))
            for at, dump in dumps:
                found[at] = dump(found[at])
            return tuple(found)

        return row

    def value(self, row: Sequence[Any]) -> T:
        """The value of a row of all columns, in their order."""
        found = dict(zip(self.names, row, strict=True))
        for name, load in self._loads:
            found[name] = load(found[name])
        return self._cls(**found)


def _is_json(table: sa.Table, name: str) -> bool:
    return isinstance(table.c[name].type, sa.JSON)


JOBS: Final = Codec(
    tables.JOB,
    Job,
    {"priority": _member(Priority), "state": _member(JobState), "units": _keyed(UnitState)},
)
UNITS: Final = Codec(
    tables.UNIT,
    Unit,
    {
        "kind": _member(UnitKind),
        "state": _member(UnitState),
        "depends_on": _tuple,
        "tries": _keyed(Cause),
        "died_at": _tuple,
        "avoid": _tuple,
        "cause": _optional(Cause),
    },
)
ATTEMPTS: Final = Codec(
    tables.ATTEMPT, Attempt, {"outcome": _optional(Outcome), "cause": _optional(Cause)}
)
CHARGES: Final = Codec(tables.CHARGE, Charge, {"useful": bool})
EVENTS: Final = Codec(tables.EVENT, LogEvent, {})
ORDERS: Final = Codec(tables.OUTGOING, Outgoing, {"order": _member(Order)})
PROMISES: Final = Codec(tables.PROMISE, Promise, {})
