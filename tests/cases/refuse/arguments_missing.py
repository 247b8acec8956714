"""Builtins and library functions of a special form, called with fewer arguments than they take."""

import re
from dataclasses import dataclass
from typing import cast


class Failed(Exception):
    def __init__() -> None:  # refuse: PT204
        pass


@dataclass
class Task:  # refuse: PT205
    done: int = 0
    priority: int


KINDS = [Failed]


def address() -> int:
    return id()  # refuse: PT203


def first() -> int:
    return next()  # refuse: PT203


def words(text: str) -> list[str]:
    return re.split(text)  # refuse: PT203


def number() -> int:
    return cast(int)  # refuse: PT203
