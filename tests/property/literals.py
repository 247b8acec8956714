"""Literals and format specifications, with the edges of every type."""

from __future__ import annotations

import random

SMALL = tuple(range(-9, 13))
EDGES = (
    255,
    -256,
    1000003,
    2**31 - 1,
    2**31,
    -(2**31) - 1,
    2**53 + 1,
    2**62,
    2**63 - 1,
    2**63,
    -(2**63),
    -(2**63) - 1,
    2**64,
    10**18,
    10**19,
    10**30 + 7,
    -(10**25),
)
FLOATS = (
    "0.0",
    "-0.0",
    "0.1",
    "0.5",
    "1.5",
    "-2.25",
    "3.14159",
    "2.5",
    "100.0",
    "1e10",
    "-1e-05",
    "1e16",
    "123456.789",
    "-7.125",
    "0.3",
    "1e22",
    "2.675",
)
RARE_FLOATS = ("1e300", "5e-324", "1.7976931348623157e+308")
WORDS = (
    "",
    "a",
    "abc",
    "Hello",
    "hello world",
    " pad ",
    "x,y,,z",
    "naïve",
    "日本語",
    "🎉ok",
    "Straße",
    "a-b-c",
    "42",
    "-7",
    "3.5",
    "it's",
    'say "q"',
    "tab\there",
    "line\nbreak",
    "ÀÉ",
    "aaa",
    "Zebra",
    "_x1",
    "e\u0301",
)
CHARS = ("a", "b", "z", "A", " ", ",", "é", "日", "0", "-", "l", "🎉")
INT_SPECS = (
    "",
    "d",
    "5",
    "<6",
    "^7d",
    "05",
    "+",
    ",",
    "x",
    "b",
    "#x",
    ">12,",
    "_",
    "o",
    "#b",
    " d",
)
FLOAT_SPECS = ("", ".2f", "10.3f", "e", "g", ",.1f", ".0f", "+.2f", "08.2f", "<9.1f", "^12", ".3g")
STR_SPECS = ("", ">8", "<6", "^9", "*^9", ".2", ">5.3", "!r", "!s", "!a", "!r:>12")
BOOL_SPECS = ("", "!r", ">7", "d")


def int_literal(rng: random.Random) -> str:
    """An int: mostly small, sometimes at or past the edges of machine words."""
    roll = rng.random()
    if roll < 0.75:
        value = rng.choice(SMALL)
    elif roll < 0.87:
        value = rng.randint(-1000, 1000)
    else:
        value = rng.choice(EDGES)
    return str(value) if value >= 0 else f"({value})"


def nonzero_literal(rng: random.Random) -> str:
    """An int that may divide."""
    value = rng.choice((1, 2, 3, 5, 7, 10, -1, -2, -3, -7, 64, 1000, 2**32, -(10**20)))
    return str(value) if value >= 0 else f"({value})"


def float_literal(rng: random.Random) -> str:
    """A finite float."""
    text = rng.choice(RARE_FLOATS) if rng.random() < 0.02 else rng.choice(FLOATS)
    return f"({text})" if text.startswith("-") else text


def nonzero_float(rng: random.Random) -> str:
    """A float that may divide."""
    return rng.choice(("0.5", "2.0", "3.0", "(-1.5)", "0.1", "1000.0", "7.0"))


def str_literal(rng: random.Random) -> str:
    """A text, some of it outside ASCII."""
    return repr(rng.choice(WORDS))


def char_literal(rng: random.Random) -> str:
    """A text of one code point."""
    return repr(rng.choice(CHARS))


def slice_text(rng: random.Random) -> str:
    """The inside of a subscript that slices."""

    def bound() -> str:
        return "" if rng.random() < 0.35 else str(rng.choice((0, 1, 2, 3, 5, -1, -2, -4, 20, -20)))

    text = f"{bound()}:{bound()}"
    if rng.random() < 0.3:
        text += f":{rng.choice((1, 2, 3, -1, -2, -5))}"
    return text
