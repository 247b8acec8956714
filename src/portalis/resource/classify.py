"""How large a job is, by the lines of its sources: a table."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class SizeClass(StrEnum):
    TINY = "tiny"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    XLARGE = "xlarge"


# The most lines of each class; the last has no bound.
MOST_LINES: Final = (
    (SizeClass.TINY, 100),
    (SizeClass.SMALL, 1_000),
    (SizeClass.MEDIUM, 10_000),
    (SizeClass.LARGE, 100_000),
)


def size_class(lines: int) -> SizeClass:
    """The first class that the lines fit into."""
    return next((name for name, most in MOST_LINES if lines <= most), SizeClass.XLARGE)
