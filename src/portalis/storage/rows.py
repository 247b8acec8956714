"""Values of the model as rows of the tables, and back."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from portalis.workload.model.events import LogEvent

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


def event_of(row: Row) -> LogEvent:
    return LogEvent(**row)
