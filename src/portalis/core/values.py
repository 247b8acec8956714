"""Values of dataclasses, changed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar, cast

T = TypeVar("T")


def revised(value: T, **changes: Any) -> T:  # noqa: ANN401 - fields of the value
    """`dataclasses.replace` in half the time, for dataclasses of two fields and more whose
    fields are all given to `__init__`."""
    cls: Any = value.__class__
    names, read = _reader(cls)
    return value.__class__(**(dict(zip(names, read(value), strict=True)) | changes))


@functools.cache
def _reader(cls: Hashable) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    names = tuple(field.name for field in fields(cast("Any", cls)))
    return names, attrgetter(*names)
