"""Plane figures."""

UNIT = "cm"


class Shape:
    name = "shape"

    def __str__(self) -> str:
        return f"<{self.name}>"


def area(side: float) -> float:
    return side * side
