"""Enum members that are strings: they have what strings have."""

from enum import Enum, StrEnum


class Color(str, Enum):
    RED = "red"
    DARK_BLUE = "dark blue"

    def title(self):
        return f"<{self.value}>"


class Unit(StrEnum):
    METER = "meter"
    FOOT = "foot"


print(Color.RED.upper(), Color.DARK_BLUE.split(), Color.DARK_BLUE.split(" ", 1), Color.RED.title())
print(Color.RED[0], Color.DARK_BLUE[1:4], len(Color.RED), list(Color.RED), "e" in Color.RED)
print("|".join(c for c in Color.DARK_BLUE), Color.RED.startswith("r"), Color.RED.replace("r", "b"))
print(Unit.METER.capitalize(), Unit.FOOT + "s", Unit.FOOT.count("o"), Unit("foot"), f"{Unit.METER:>8}")
print(sorted(Color, key=lambda c: c.upper()), Color("red") is Color.RED, Color.RED == "red")
print({"red": 1}[Color.RED], {Color.RED: 2}["red"], Color.RED < Color.DARK_BLUE, Unit.FOOT.isalpha())
