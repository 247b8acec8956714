"""Many programs in one file: renaming, the driver, and the output cut apart again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# What programs import, by the text that shows the use.
IMPORTS = {
    "math.": "import math",
    "@dataclass": "from dataclasses import dataclass, field",
    "Iterator[": "from typing import Iterator",
    "abc.": "import abc",
    "bisect.": "import bisect",
    "collections.": "import collections",
    "contextlib.": "import contextlib",
    "enum.": "import enum",
    "functools.": "import functools",
    "heapq.": "import heapq",
    "itertools.": "import itertools",
    "json.": "import json",
    "operator.": "import operator",
    "typing.": "import typing",
    "re.compile(": "import re",
}
HEADER = "".join(f"{line}\n" for line in IMPORTS.values())
SEPARATOR = "=== program "
END = "=== end"
_NAME = re.compile(r"\bP_([A-Za-z])")


def renamed(source: str, number: int) -> str:
    """The source with its `P_` names made unique: `p7_main`, `P7A`."""

    def name(match: re.Match[str]) -> str:
        first = match[1]
        return f"P{number}{first}" if first.isupper() else f"p{number}_{first}"

    return _NAME.sub(name, source)


@dataclass(frozen=True)
class Batch:
    """text: one runnable file. ranges: first and last line (from 1) of each program in it.
    importers: for each import at the top, in order, the programs that use it."""

    text: str
    ranges: tuple[tuple[int, int], ...]
    importers: tuple[tuple[int, ...], ...]

    def programs_at(self, line: int) -> tuple[int, ...]:
        """The places in the batch of the programs that the line belongs to."""
        if 1 <= line <= len(self.importers):
            return self.importers[line - 1]
        return tuple(
            place for place, (first, last) in enumerate(self.ranges) if first <= line <= last
        )


def assemble(sources: Sequence[str]) -> Batch:
    """One file that runs the programs in order, each guarded, with separators printed."""
    used = {
        line: tuple(i for i, source in enumerate(sources) if mark in source)
        for mark, line in IMPORTS.items()
    }
    used = {line: places for line, places in used.items() if places}
    text = "".join(f"{line}\n" for line in used)
    ranges: list[tuple[int, int]] = []
    for number, source in enumerate(sources):
        text += "\n\n"
        first = text.count("\n") + 1
        text += renamed(source, number).strip("\n")
        text += f"""


print("{SEPARATOR}{number}")
try:
    p{number}_main()
except Exception as error:
    print("uncaught", type(error).__name__, error)
"""
        ranges.append((first, text.count("\n")))
    text += f'print("{END}")\n'
    return Batch(text, tuple(ranges), tuple(used.values()))


def sections(output: str, count: int) -> list[str | None]:
    """The output of each program; None for one that did not come to its end."""
    found: list[str | None] = [None] * count
    current: int | None = None
    lines: list[str] = []
    for line in output.split("\n"):
        if line.startswith(SEPARATOR) or line == END:
            if current is not None:
                found[current] = "\n".join(lines)
            lines = []
            tail = line.removeprefix(SEPARATOR)
            current = int(tail) if line != END and tail.isdigit() and int(tail) < count else None
        else:
            lines.append(line)
    return found
