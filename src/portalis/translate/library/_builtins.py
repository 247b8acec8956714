"""What builtins make that rows do not."""

from __future__ import annotations


class object:
    """A value that is only itself: `object()`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<object object at {hex(id(self))}>"
