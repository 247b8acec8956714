"""types.SimpleNamespace: an object of attributes."""

from __future__ import annotations

from typing import Any


class SimpleNamespace:
    def __init__(self, **kwargs: Any) -> None:
        for name in kwargs:
            setattr(self, name, kwargs[name])

    def __repr__(self) -> str:
        shown = ", ".join([f"{name}={value!r}" for name, value in self.__dict__.items()])
        return f"namespace({shown})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SimpleNamespace):
            return NotImplemented
        return vars(self) == vars(other)
