"""Solids, built on the plane figures."""

from . import square
from .square import Shape, area


class Cube(Shape):
    name = "cube"

    def __init__(self, side: float) -> None:
        self.side = side

    def volume(self) -> float:
        return area(self.side) * self.side


print("solid uses", square.UNIT)
