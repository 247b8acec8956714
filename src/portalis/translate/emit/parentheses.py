"""Parentheses that Rust does not need are taken out of the finished text.

An operator's text brings its own parentheses, since it does not know what it will stand in.
Where the whole of an argument, an element, an initialiser, a condition or a returned value
stands in them, they say nothing.
"""

from __future__ import annotations

import re

from portalis.translate.emit.text import MARK

# Comments, strings and characters.
LITERALS = r"""//[^\n]* | "(?:[^"\\]|\\.)*" | '(?:[^'\\\n]|\\[^\n]*?)'"""
# All that brackets depend on; literals count as one token each: what they hold is no syntax.
_MARKER = re.compile(rf"[()\[\]{{}},;] | {LITERALS} | \x01\d+\x01", re.VERBOSE | re.DOTALL)
# A parenthesis that is not behind a name or an operator, or a literal.
_CANDIDATE = re.compile(
    rf"""
    {LITERALS}
    | \((?: (?<=[\s(\[{{,;=\x01]\() | (?<==>\() | (?<=return\() | (?<=if\() | (?<=while\()
      | (?<=match\() | (?<=in\() )
    """,
    re.VERBOSE | re.DOTALL,
)
# What stands between two markers: its end, where a whole expression may follow, and its start.
_LAST = re.compile(r"((?<![=!<>.])=|=>|(?<!\w)(?:return|if|while|match|in))\Z")
# The longest of these, and what stands before it.
_LONGEST = len("return") + 1
# Brackets and separators of `_BEFORE`.
_OPENING = frozenset("([{,;")
_BLANK = re.compile(r"(?:\s|\x01\d+\x01)*")
_FIRST = re.compile(r"\w+|\S")
_HEADS = frozenset(("if", "while", "match", "in"))
# What may stand before a whole expression, and what after one.
_BEFORE = frozenset(("(", "[", "{", ",", ";", "=", "=>", "return")) | _HEADS
_AFTER = frozenset((")", "]", "}", ",", ";"))
# Where a statement may begin: an expression that begins with a block would end there.
_STATEMENT = frozenset(("{", ";", "=>"))
_BLOCKS = frozenset(("{", "match", "if", "loop", "while", "for", "unsafe"))


def without_needless(text: str) -> str:
    """The same Rust without parentheses around whole expressions. Lines stay as they are."""
    drop: list[int] = []
    # The last comments: what stands before them stands before what follows.
    comments = (0, 0)
    found = _CANDIDATE.search(text)
    while found is not None:
        at, end = found.span()
        if text[at] == "(":
            before = _before(text, at, comments)
            if before:
                end = _look_inside(text, _Open("(", before, at), drop)
        elif text.startswith("//", at):
            comments = (comments[0] if _is_blank(text, comments[1], at) else at, end)
        found = _CANDIDATE.search(text, end)
    return _dropped(text, sorted(drop)) if drop else text


def _is_blank(text: str, start: int, end: int) -> bool:
    return _BLANK.fullmatch(text, start, end) is not None


def _before(text: str, at: int, comments: tuple[int, int]) -> str:
    """The token of `_BEFORE` that stands before `at`; "": none."""
    if comments[1] and _is_blank(text, comments[1], at):
        at = comments[0]
    while text[at - 1 : at].isspace() or text[at - 1 : at] == MARK:
        at = at - 1 if text[at - 1] != MARK else text.rindex(MARK, 0, at - 1)
    last = text[at - 1 : at] or ";"
    return last if last in _OPENING else _ending(text[max(at - _LONGEST, 0) : at])


def _look_inside(text: str, group: _Open, drop: list[int]) -> int:
    """Adds to `drop` the places of the needless parentheses from those of `group` to their end,
    which is returned."""
    opened = [group]
    # The group that has just been closed: what comes next decides about it.
    closed: _Open | None = None
    last, gap, end = "(", "", group.at + 1
    for match in _MARKER.finditer(text, end):
        token, at = match[0], match.start()
        between = text[end:at]
        end = match.end()
        if between and not between.isspace():
            gap, closed = between, None
            if opened and not opened[-1].first:
                opened[-1].first = between
        if token.startswith(("//", MARK)):
            continue
        if closed is not None and _is_needless(closed, token):
            drop += (closed.at, closed.end)
        if not opened:
            return group.end + 1
        closed = None
        if token in ")]}":
            ended = opened.pop()
            if ended.token == "(":
                ended.end, closed = at, ended
        else:
            opened[-1].note(token)
        if token in "([{":
            opened.append(_Open(token, _ending(gap) if gap else last, at))
        last, gap = token, ""
    if closed is not None and not text[end:].strip() and _is_needless(closed, ";"):
        drop += (closed.at, closed.end)
    return len(text)


def _ending(gap: str) -> str:
    """The token of `_BEFORE` that the text between two markers ends with; "": none."""
    found = _LAST.search(gap.rstrip()[-_LONGEST:])
    return found[1] if found is not None else ""


class _Open:
    """A bracket: what stands before it, and what is seen directly inside."""

    __slots__ = ("at", "before", "end", "first", "has_block", "has_comma", "token")

    def __init__(self, token: str, before: str, at: int) -> None:
        self.token, self.before, self.at, self.end = token, before, at, at
        self.first = ""
        self.has_comma = self.has_block = False

    def note(self, token: str) -> None:
        self.first = self.first or token
        self.has_comma |= token == ","
        self.has_block |= token == "{"


def _is_needless(group: _Open, after: str) -> bool:
    """Whether the parentheses say nothing where `after` is the token that comes next."""
    if group.has_comma or group.before not in _BEFORE or not group.first:
        return False
    found = _FIRST.search(group.first)
    first = found[0] if found is not None else ""
    if group.before in _HEADS:
        return after == "{" and not group.has_block and first != "|"
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
