"""Parentheses that Rust does not need are taken out of the finished text.

An operator's text brings its own parentheses, since it does not know what it will stand in.
Where the whole of an argument, an element, an initialiser, a condition or a returned value
stands in them, they say nothing.
"""

from __future__ import annotations

import re

from portalis.translate.emit.text import MARK

# Literals count as one token each: what they hold is no syntax.
_TOKEN = re.compile(
    r"""
    //[^\n]* | b?"(?:[^"\\]|\\.)*" | b?'(?:[^'\\\n]|\\[^\n]*?)'
    | \w+(?:!(?!=))? | ==|!=|<=|>=|=>|->|&&|\|\||::|\.\.=? | \x01\d+\x01 | [^\s\w]
    """,
    re.VERBOSE | re.DOTALL,
)
_HEADS = frozenset(("if", "while", "match", "in"))
# What may stand before a whole expression, and what after one.
_BEFORE = frozenset(("(", "[", "{", ",", ";", "=", "=>", "return")) | _HEADS
_AFTER = frozenset((")", "]", "}", ",", ";"))
# Where a statement may begin: an expression that begins with a block would end there.
_STATEMENT = frozenset(("{", ";", "=>"))
_BLOCKS = frozenset(("{", "match", "if", "loop", "while", "for", "unsafe", "match!"))
_OPENING = {"(": ")", "[": "]", "{": "}"}


def without_needless(text: str) -> str:
    """The same Rust without parentheses around whole expressions. Lines stay as they are."""
    found = ((m[0], m.start()) for m in _TOKEN.finditer(text))
    tokens = [(token, at) for token, at in found if not token.startswith(("//", MARK))]
    drop: list[int] = []
    # Of each open bracket: its token's place, what stands before it, and what is seen inside.
    opened: list[_Open] = []
    before = ";"
    for place, (token, at) in enumerate(tokens):
        if token in _OPENING:
            if opened and token == "{":
                opened[-1].has_block = True
            opened.append(_Open(token, before, at, place))
        elif token in (")", "]", "}") and opened:
            group = opened.pop()
            after = tokens[place + 1][0] if place + 1 < len(tokens) else ";"
            if group.token == "(" and _is_needless(group, after, tokens, place):
                drop += (group.at, at)
        elif opened and token == ",":
            opened[-1].has_comma = True
        before = token
    return _dropped(text, sorted(drop)) if drop else text


class _Open:
    __slots__ = ("at", "before", "has_block", "has_comma", "place", "token")

    def __init__(self, token: str, before: str, at: int, place: int) -> None:
        self.token, self.before, self.at, self.place = token, before, at, place
        self.has_comma = self.has_block = False


def _is_needless(group: _Open, after: str, tokens: list[tuple[str, int]], end: int) -> bool:
    if group.has_comma or group.before not in _BEFORE or end == group.place + 1:
        return False
    first = tokens[group.place + 1][0]
    if group.before in _HEADS:
        return after == "{" and not group.has_block and "|" not in first
    if group.before in _STATEMENT and first in _BLOCKS:
        return False
    return after in _AFTER


def _dropped(text: str, places: list[int]) -> str:
    pieces, start = [], 0
    for place in places:
        pieces.append(text[start:place])
        start = place + 1
    pieces.append(text[start:])
    return "".join(pieces)
