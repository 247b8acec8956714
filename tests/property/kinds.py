"""The static types that generated programs use."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A type of the generated language; `cls` names the class of an object."""

    name: str
    args: tuple[Kind, ...] = ()
    cls: str = ""

    def annotation(self) -> str:
        """The type as a Python annotation."""
        if self.name == "object":
            return self.cls
        if not self.args:
            return self.name
        return f"{self.name}[{', '.join(a.annotation() for a in self.args)}]"

    @property
    def scalar(self) -> bool:
        """Whether values are immutable atoms."""
        return self in SCALARS

    @property
    def ordered(self) -> bool:
        """Whether `<` is defined between any two values."""
        if self.name in ("list", "tuple"):
            return all(a.ordered for a in self.args)
        return self.scalar


INT = Kind("int")
FLOAT = Kind("float")
BOOL = Kind("bool")
STR = Kind("str")
SCALARS = (INT, FLOAT, BOOL, STR)


def list_of(item: Kind) -> Kind:
    """`list[item]`."""
    return Kind("list", (item,))


def dict_of(key: Kind, value: Kind) -> Kind:
    """`dict[key, value]`."""
    return Kind("dict", (key, value))


def set_of(item: Kind) -> Kind:
    """`set[item]`."""
    return Kind("set", (item,))


def tuple_of(*items: Kind) -> Kind:
    """`tuple[items]`."""
    return Kind("tuple", items)


def instance(cls: str) -> Kind:
    """An instance of the class named `cls`."""
    return Kind("object", (), cls)


LISTS = (
    list_of(INT),
    list_of(STR),
    list_of(FLOAT),
    list_of(list_of(INT)),
    list_of(tuple_of(INT, STR)),
    list_of(BOOL),
)
DICTS = (
    dict_of(STR, INT),
    dict_of(INT, STR),
    dict_of(STR, list_of(INT)),
    dict_of(tuple_of(INT, STR), INT),
)
TUPLES = (tuple_of(INT, STR), tuple_of(INT, INT), tuple_of(INT, FLOAT, STR))
SETS = (set_of(INT), set_of(STR))


def any_kind(rng: random.Random, classes: list[str]) -> Kind:
    """A kind at random, scalars most often."""
    roll = rng.random()
    if roll < 0.5:
        return rng.choices(SCALARS, weights=(6, 3, 2, 5))[0]
    if roll < 0.7:
        return rng.choices(LISTS, weights=(6, 4, 2, 3, 2, 1))[0]
    if roll < 0.8:
        return rng.choice(DICTS)
    if roll < 0.88:
        return rng.choice(TUPLES)
    if roll < 0.94 or not classes:
        return rng.choice(SETS)
    return instance(rng.choice(classes))
