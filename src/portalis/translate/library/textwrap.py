"""Paragraphs of a given width."""

from __future__ import annotations

import re

_WHITE = "\t\n\x0b\x0c\r "
_CHUNKS = (
    r"[\t\n\x0b\x0c\r ]+"
    r"|(?<=[\w!\"'&.,?])-{2,}(?=\w)"
    r"|[^\t\n\x0b\x0c\r ](?:"
    r"[^\t\n\x0b\x0c\r ]*?"
    r"(?:-(?:(?<=[^\d\W]{2}-)|(?<=[^\d\W]-[^\d\W]-))(?=[^\d\W]-?[^\d\W])"
    r"|(?=[\t\n\x0b\x0c\r ]|\Z)"
    r"|(?<=[\w!\"'&.,?])(?=-{2,}\w)))"
)
_SPACES = r"[\t\n\x0b\x0c\r ]+|[^\t\n\x0b\x0c\r ]+"


class TextWrapper:
    def __init__(
        self,
        width: int = 70,
        initial_indent: str = "",
        subsequent_indent: str = "",
        expand_tabs: bool = True,
        replace_whitespace: bool = True,
        fix_sentence_endings: bool = False,
        break_long_words: bool = True,
        drop_whitespace: bool = True,
        break_on_hyphens: bool = True,
        tabsize: int = 8,
        *,
        max_lines: int | None = None,
        placeholder: str = " [...]",
    ) -> None:
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def wrap(self, text: str) -> list[str]:
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = "".join([" " if c in _WHITE else c for c in text])
        pattern = _CHUNKS if self.break_on_hyphens else _SPACES
        chunks = [found.group() for found in re.finditer(pattern, text)]
        if self.fix_sentence_endings:
            self._two_spaces(chunks)
        return self._lines(chunks)

    def fill(self, text: str) -> str:
        return "\n".join(self.wrap(text))

    def _two_spaces(self, chunks: list[str]) -> None:
        for i in range(1, len(chunks)):
            if chunks[i] == " " and re.search(r"[a-z][\.\!\?][\"\']?\Z", chunks[i - 1]):
                chunks[i] = "  "

    def _lines(self, chunks: list[str]) -> list[str]:
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        lines: list[str] = []
        chunks.reverse()
        while chunks:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and lines and chunks[-1].strip() == "":
                chunks.pop()
            line, length = self._line(chunks, width)
            if self.drop_whitespace and line and line[-1].strip() == "":
                length -= len(line.pop())
            if not line:
                continue
            if self._may_end(chunks, lines, length, width):
                lines.append(indent + "".join(line))
            else:
                self._end(lines, line, length, width, indent)
                break
        return lines

    def _line(self, chunks: list[str], width: int) -> tuple[list[str], int]:
        """The chunks of one line, taken off the end."""
        line: list[str] = []
        length = 0
        while chunks and length + len(chunks[-1]) <= width:
            length += len(chunks[-1])
            line.append(chunks.pop())
        if chunks and len(chunks[-1]) > width:
            self._break(chunks, line, length, width)
            length = sum([len(chunk) for chunk in line])
        return line, length

    def _break(self, chunks: list[str], line: list[str], length: int, width: int) -> None:
        """Cuts a word that is longer than a line."""
        room = 1 if width < 1 else width - length
        if self.break_long_words:
            chunk = chunks[-1]
            end = room
            if self.break_on_hyphens and len(chunk) > room:
                hyphen = chunk.rfind("-", 0, room)
                if hyphen > 0 and chunk[:hyphen].strip("-") != "":
                    end = hyphen + 1
            line.append(chunk[:end])
            chunks[-1] = chunk[end:]
        elif not line:
            line.append(chunks.pop())

    def _may_end(self, chunks: list[str], lines: list[str], length: int, width: int) -> bool:
        """Whether the line may stand as it is, with what comes after it."""
        if self.max_lines is None or len(lines) + 1 < self.max_lines:
            return True
        last = not chunks or (self.drop_whitespace and len(chunks) == 1 and chunks[0].strip() == "")
        return last and length <= width

    def _end(self, lines: list[str], line: list[str], length: int, width: int, indent: str) -> None:
        """The last line, with the placeholder for all that is left out."""
        while line:
            if line[-1].strip() != "" and length + len(self.placeholder) <= width:
                line.append(self.placeholder)
                lines.append(indent + "".join(line))
                return
            length -= len(line.pop())
        if lines:
            before = lines[-1].rstrip()
            if len(before) + len(self.placeholder) <= self.width:
                lines[-1] = before + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())


def wrap(
    text: str,
    width: int = 70,
    *,
    initial_indent: str = "",
    subsequent_indent: str = "",
    expand_tabs: bool = True,
    replace_whitespace: bool = True,
    fix_sentence_endings: bool = False,
    break_long_words: bool = True,
    drop_whitespace: bool = True,
    break_on_hyphens: bool = True,
    tabsize: int = 8,
    max_lines: int | None = None,
    placeholder: str = " [...]",
) -> list[str]:
    return TextWrapper(
        width, initial_indent, subsequent_indent, expand_tabs, replace_whitespace,
        fix_sentence_endings, break_long_words, drop_whitespace, break_on_hyphens, tabsize,
        max_lines=max_lines, placeholder=placeholder,
    ).wrap(text)  # fmt: skip


def fill(
    text: str,
    width: int = 70,
    *,
    initial_indent: str = "",
    subsequent_indent: str = "",
    expand_tabs: bool = True,
    replace_whitespace: bool = True,
    fix_sentence_endings: bool = False,
    break_long_words: bool = True,
    drop_whitespace: bool = True,
    break_on_hyphens: bool = True,
    tabsize: int = 8,
    max_lines: int | None = None,
    placeholder: str = " [...]",
) -> str:
    return TextWrapper(
        width, initial_indent, subsequent_indent, expand_tabs, replace_whitespace,
        fix_sentence_endings, break_long_words, drop_whitespace, break_on_hyphens, tabsize,
        max_lines=max_lines, placeholder=placeholder,
    ).fill(text)  # fmt: skip


def shorten(
    text: str,
    width: int,
    *,
    initial_indent: str = "",
    subsequent_indent: str = "",
    break_long_words: bool = True,
    break_on_hyphens: bool = True,
    placeholder: str = " [...]",
) -> str:
    wrapper = TextWrapper(
        width,
        initial_indent,
        subsequent_indent,
        break_long_words=break_long_words,
        break_on_hyphens=break_on_hyphens,
        max_lines=1,
        placeholder=placeholder,
    )
    return wrapper.fill(" ".join(text.strip().split()))


def dedent(text: str) -> str:
    text = re.sub(r"(?m)^[ \t]+$", "", text)
    margin: str | None = None
    for found in re.finditer(r"(?m)(^[ \t]*)(?:[^ \t\n])", text):
        indent = found.group(1) or ""
        if margin is None:
            margin = indent
        elif not indent.startswith(margin):
            margin = _shared(margin, indent)
    if margin:
        text = re.sub("(?m)^" + margin, "", text)
    return text


def _shared(a: str, b: str) -> str:
    """The longest head that both have."""
    at = 0
    while at < len(a) and at < len(b) and a[at] == b[at]:
        at += 1
    return a[:at]


def indent(text: str, prefix: str, predicate: object = None) -> str:
    lines = text.splitlines(True)
    return "".join([prefix + line if line.strip() else line for line in lines])
