# Members whose values are texts or numbers do what these do, and are instances of their classes.
import json
from enum import Enum, IntEnum


class Shade(str, Enum):
    DARK = "dark"
    LIGHT = "Light"


class Size(IntEnum):
    SMALL = 1
    LARGE = 2


def kind(x):
    if isinstance(x, str):
        return x.upper() + "!"
    if isinstance(x, int):
        return x + 1
    return "other"


print(kind(Shade.DARK), kind("plain"), kind(Size.LARGE), kind(3), kind(None))
print(isinstance(Shade.DARK, str), isinstance(Size.SMALL, int), isinstance(Shade.DARK, int))
print(Shade.LIGHT.upper(), Shade.LIGHT.replace("L", "l"), Shade.DARK.startswith("da"))
print(Shade.LIGHT.split("g"), Shade.DARK.find("k"), Shade.DARK.center(8, "*"), len(Shade.DARK))
print(Shade.DARK[0], Shade.DARK[::-1], "ar" in Shade.DARK, list(Shade.DARK), Shade.DARK * 2)
print(Shade.DARK + "er", "very " + Shade.DARK, ",".join([Shade.DARK, Shade.LIGHT]))
print("a dark room".replace(Shade.DARK, "light"), "darkness".startswith(Shade.DARK))
print(json.dumps({"shade": Shade.DARK, "size": Size.SMALL, "all": [Shade.LIGHT]}))
print(sum([Size.SMALL, Size.LARGE]), max(Size), -Size.LARGE, ~Size.SMALL, abs(Size.SMALL))
print(Size.LARGE.bit_length(), Size.LARGE.real, float(Size.SMALL), round(Size.LARGE))
print(divmod(Size.LARGE, 2), hex(Size.LARGE), [5, 6, 7][Size.LARGE], range(Size.LARGE))
