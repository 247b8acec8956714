"""The functions of a formatted Rust module as text, by the block that they stand in.

It reads as much Rust as that takes: comments, literals and brackets. Functions inside
functions, macros and traits belong to what holds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_OPAQUE: Final = re.compile(
    r"""//[^\n]*|/\*.*?\*/
    |(?<!\w)[bc]?r(?P<hashes>\#*)".*?"(?P=hashes)
    |"(?:\\.|[^"\\])*"
    |'(?:\\(?:u\{[0-9a-fA-F_]*\}|x[0-9a-fA-F]{2}|.)|[^\\'\n])'""",
    re.DOTALL | re.VERBOSE,
)
_IMPL: Final = re.compile(r"^(?:unsafe )?impl\b[^{;]*\{", re.MULTILINE)
_FUNCTION: Final = re.compile(
    r"^ *(?:pub(?:\([^)\n]*\))? )?(?:const )?(?:async )?(?:unsafe )?fn (?:r\#)?(\w+)",
    re.MULTILINE,
)
_OWNER: Final = re.compile(r"(?:.* for |(?:unsafe )?impl(?:<.*?>)? )(?:\w+::)*(\w+)", re.DOTALL)
_ABOVE: Final = re.compile(r"\s*(?:///|#\[)")
_OPENING, _CLOSING = "([{", ")]}"


@dataclass(frozen=True, slots=True)
class Item:
    """block: the head of the `impl` that it stands in; "" at the top. text: with its
    attributes and what is said above it, without a newline at the end."""

    block: str
    name: str
    text: str

    @property
    def owner(self) -> str:
        """The type whose `impl` it stands in, without its path and parameters; "" at the top."""
        found = _OWNER.match(self.block)
        return found.group(1) if found is not None else ""


def items(text: str) -> list[Item]:
    """In the order of the file."""
    shown = _OPAQUE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)
    blocks = [
        (shown[found.start() : found.end() - 1].strip(), found.end(), _closed(shown, found.end()))
        for found in _IMPL.finditer(shown)
    ]
    return list(_functions(text, shown, blocks))


def _functions(text: str, shown: str, blocks: list[tuple[str, int, int]]) -> Iterator[Item]:
    depth, place, after = 0, 0, 0
    for found in _FUNCTION.finditer(shown):
        depth += _depth(shown[place : found.start()])
        place = found.start()
        if place < after:
            continue
        inside = [head for head, first, last in blocks if first <= place < last]
        if depth != len(inside):
            continue
        end = _body_end(shown, found.end())
        if end is not None:
            yield Item(inside[0] if inside else "", found.group(1), text[_above(text, place) : end])
            after = end


def _depth(shown: str) -> int:
    return shown.count("{") - shown.count("}")


def _closed(shown: str, start: int) -> int:
    """After the bracket that closes the one before `start`."""
    depth = 1
    for place in range(start, len(shown)):
        depth += (shown[place] in _OPENING) - (shown[place] in _CLOSING)
        if not depth:
            return place + 1
    return len(shown)


def _body_end(shown: str, start: int) -> int | None:
    """After the body of a function whose name ends at `start`; None if it has none."""
    depth = 0
    for place in range(start, len(shown)):
        char = shown[place]
        if not depth and char == "{":
            return _closed(shown, place + 1)
        if not depth and char == ";":
            return None
        depth += (char in _OPENING) - (char in _CLOSING)
    return None


def _above(text: str, start: int) -> int:
    """Where the attributes and documentation right above a line begin."""
    while start:
        before = text.rfind("\n", 0, start - 1) + 1
        if not _ABOVE.match(text[before:start]):
            break
        start = before
    return start
