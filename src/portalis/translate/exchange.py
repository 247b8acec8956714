"""The compiler's values as JSON and back, for who keeps them or sends them elsewhere.

A dataclass is an object of its fields that differ from their defaults, an enum its value, a
set a sorted array. What is read back equals what was written.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import json
import types
import typing
from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

T = TypeVar("T")
# A JSON value.
Plain = object
_SIMPLE = (str, int, float)


class ExchangeError(ValueError):
    """The text is no JSON of the type that was asked for."""


def dumps(value: object) -> str:
    """One line of JSON, the same for equal values."""
    return json.dumps(plain(value), ensure_ascii=True, separators=(",", ":"))


def loads(cls: type[T], text: str | bytes) -> T:
    """The value of that type. Raises ExchangeError."""
    try:
        return typing.cast("T", _reader(typing.cast("Hashable", cls))(json.loads(text)))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ExchangeError(f"this is no {cls.__name__}: {error}") from error


def loads_each(cls: type[T], text: str | bytes) -> list[T]:
    """The values of that type in an array. Raises ExchangeError."""
    try:
        read = _reader(typing.cast("Hashable", cls))
        return [typing.cast("T", read(item)) for item in json.loads(text)]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ExchangeError(f"these are no {cls.__name__}: {error}") from error


def plain(value: object) -> Plain:
    """Numbers, strings, None, lists and dictionaries only."""
    if value is None or (isinstance(value, _SIMPLE) and not isinstance(value, enum.Enum)):
        return value
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return {
        name: plain(getattr(value, name))
        for name, default in _fields(typing.cast("Hashable", value.__class__))
        if getattr(value, name) != default
    }


_REQUIRED = object()


@functools.cache
def _fields(cls: Hashable) -> tuple[tuple[str, object], ...]:
    """The fields of a dataclass with their defaults. Raises TypeError of others."""
    found = []
    for field in dataclasses.fields(typing.cast("type", cls)):
        default: object = _REQUIRED
        if field.default is not dataclasses.MISSING:
            default = field.default
        elif field.default_factory is not dataclasses.MISSING:
            default = field.default_factory()
        found.append((field.name, default))
    return tuple(found)


@functools.cache
def _reader(kind: Hashable) -> Callable[[typing.Any], object]:
    """What turns JSON into a value of a type, as the annotations of dataclasses name it."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        inner = next(_reader(a) for a in arguments if a is not types.NoneType)
        return lambda found: None if found is None else inner(found)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        # A type may contain itself: its reader is looked up when there is something to read.
        return lambda found: tuple([_reader(arguments[0])(item) for item in found])
    if origin is tuple:
        return lambda found: tuple(
            [_reader(a)(item) for a, item in zip(arguments, found, strict=True)]
        )
    if origin is frozenset:
        return frozenset
    if isinstance(origin, type) and issubclass(origin, Mapping):
        value = _reader(arguments[1])
        return lambda found: {key: value(item) for key, item in found.items()}
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return kind
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _dataclass_reader(kind)
    return lambda found: found


def _dataclass_reader(cls: type) -> Callable[[typing.Any], object]:
    hints = typing.get_type_hints(cls)
    names = frozenset(name for name, _ in _fields(cls))
    simple = frozenset(n for n in names if hints[n] in (str, int, float, bool))
    made: dict[str, Callable[[typing.Any], object]] = {}

    def read(found: dict[str, typing.Any]) -> object:
        if not found.keys() <= names:
            raise ValueError(f"unknown fields: {sorted(found.keys() - names)}")
        values = {}
        for name, item in found.items():
            if name not in simple:
                reader = made.get(name)
                if reader is None:
                    reader = made[name] = _reader(hints[name])
                item = reader(item)
            values[name] = item
        return cls(**values)

    return read
