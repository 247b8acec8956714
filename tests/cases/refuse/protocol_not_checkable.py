"""isinstance of protocols that only run time could answer for."""

from typing import Protocol, runtime_checkable


class Sized(Protocol):
    def size(self) -> int: ...


@runtime_checkable
class Caller(Protocol):
    def __call__(self) -> int: ...


class Box:
    def size(self) -> int:
        return 3


def ask(x: object) -> bool:
    return isinstance(x, Sized)  # refuse: PT204


def call(x: object) -> bool:
    return isinstance(x, Caller)  # refuse: PT204


print(ask(Box()), call(Box()))
