"""CPython refuses a member name that comes twice; so does the translation."""

from enum import Enum


class State(Enum):  # refuse: PT204
    IDLE = 0
    IDLE = 1  # noqa: PIE794


print(State.IDLE)
