"""Attributes of modules and of closed classes by computed names."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    x: int


def look(name: str) -> object:
    return getattr(math, name)  # refuse: PT206


def change(point: Point, name: str) -> None:
    setattr(point, name, 3)  # refuse: PT206


print(look("pi"))
change(Point(1), "x")
