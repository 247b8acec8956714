"""Values of dataclasses, changed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar, cast

T = TypeVar("T")
_Set = Callable[[Any, Any], None]


def revised(value: T, **changes: Any) -> T:  # noqa: ANN401 - fields of the value
    """`dataclasses.replace` in a third of the time, for dataclasses with slots, of two fields and
    more, that do nothing after `__init__`. Raises TypeError for what is no field."""
    cls = cast("Any", value.__class__)
    read, sets, by_name = _parts(cls)
    made = object.__new__(cls)
    # The slots themselves: a frozen class refuses only what goes by its names.
    for put, found in zip(sets, read(value), strict=True):
        put(made, found)
    try:
        for name, found in changes.items():
            by_name[name](made, found)
    except KeyError as error:
        raise TypeError(f"{cls.__name__} has no field {error}") from None
    return cast("T", made)


@functools.cache
def _parts(
    cls: Hashable,
) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[_Set, ...], dict[str, _Set]]:
    kind = cast("Any", cls)
    assert not hasattr(kind, "__post_init__")
    names = tuple(field.name for field in fields(kind))
    sets = tuple(getattr(kind, name).__set__ for name in names)
    return attrgetter(*names), sets, dict(zip(names, sets, strict=True))
