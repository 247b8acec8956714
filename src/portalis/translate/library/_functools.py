"""What the rows of functools lack: ordering by a comparison function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class _Key:
    """An object that orders as a comparison function says."""

    __slots__ = ("_compare", "obj")

    def __init__(self, compare: Callable[[Any, Any], Any], obj: Any) -> None:
        self._compare = compare
        self.obj = obj

    def __lt__(self, other: _Key) -> bool:
        return self._compare(self.obj, other.obj) < 0

    def __gt__(self, other: _Key) -> bool:
        return self._compare(self.obj, other.obj) > 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._compare(self.obj, other.obj) == 0

    def __le__(self, other: _Key) -> bool:
        return self._compare(self.obj, other.obj) <= 0

    def __ge__(self, other: _Key) -> bool:
        return self._compare(self.obj, other.obj) >= 0


def cmp_to_key(mycmp: Callable[[Any, Any], Any]) -> Callable[[Any], _Key]:
    return lambda obj: _Key(mycmp, obj)


class partial:
    """A function with some arguments given already."""

    # The default is never used: a function beside an int is dynamic, and so takes keywords.
    def __init__(self, func: Any = 0, /, *args: Any, **keywords: Any) -> None:
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(self, /, *args: Any, **keywords: Any) -> Any:
        given = {**self.keywords, **keywords}
        return self.func(*self.args + args, **given)

    def __repr__(self) -> str:
        parts = [repr(self.func), *(repr(arg) for arg in self.args)]
        parts += [f"{name}={value!r}" for name, value in self.keywords.items()]
        return f"functools.partial({', '.join(parts)})"
