"""The help of an argument parser: its usage, its sections, its wrapped texts."""

from __future__ import annotations

import os
import textwrap
from typing import Any

SUPPRESS = "==SUPPRESS=="


class HelpFormatter:
    """The classes below say how texts are filled and what is added to them."""


class RawDescriptionHelpFormatter(HelpFormatter):
    pass


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    pass


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    pass


class Shown:
    """What the help says about one argument."""

    def __init__(self, options: list[str], nargs: Any, is_required: bool, help: str | None) -> None:
        self.options = options
        self.nargs = nargs
        self.is_required = is_required
        self.help = help
        # One name, or as many as values are taken.
        self.metavar: list[str] = []
        self.values: dict[str, Any] = {}
        self.usage = ""
        self.default: Any = None
        self.subactions: list[Shown] = []

    def arguments(self) -> str:
        nargs, names = self.nargs, self.metavar
        if nargs is None:
            return names[0]
        if nargs == "?":
            return f"[{names[0]}]"
        if nargs == "*":
            return f"[{names[0]} [{names[1]} ...]]" if len(names) == 2 else f"[{names[0]} ...]"
        if nargs == "+":
            return f"{names[0]} [{names[1] if len(names) == 2 else names[0]} ...]"
        if nargs == "...":
            return "..."
        if nargs == "A...":
            return f"{names[0]} ..."
        return " ".join(names if len(names) == nargs else names * nargs)

    def invocation(self) -> str:
        if not self.options:
            return self.metavar[0]
        if self.nargs == 0:
            return ", ".join(self.options)
        shown = self.arguments()
        return ", ".join([f"{option} {shown}" for option in self.options])

    def in_usage(self, is_grouped: bool) -> str:
        if not self.options:
            part = self.arguments()
            if is_grouped and part[0] == "[" and part[-1] == "]":
                part = part[1:-1]
            return part
        part = self.usage or self.options[0]
        if self.nargs != 0:
            part = f"{self.options[0]} {self.arguments()}"
        return part if self.is_required or is_grouped else f"[{part}]"


class Group:
    """Arguments of which one may be given: where they stand among all."""

    def __init__(self, members: list[Shown], is_required: bool) -> None:
        self.members = members
        self.is_required = is_required


class Text:
    def __init__(self, prog: str, formatter: HelpFormatter) -> None:
        self._prog = prog
        self._formatter = formatter
        self._width = int(os.environ.get("COLUMNS", "") or "80") - 2
        self._most = min(24, max(self._width - 20, 4))
        self.longest = 0

    def plain(self, text: str) -> str:
        """A description."""
        return self._filled_text(text, "")

    def described(self, text: str) -> str:
        """The description of a group."""
        return self._filled_text(text, "  ")

    def _filled_text(self, text: str, indent: str) -> str:
        if "%(prog)" in text:
            text = text % {"prog": self._prog}
        if isinstance(self._formatter, RawDescriptionHelpFormatter):
            return "".join([indent + line for line in text.splitlines(True)]) + "\n\n"
        width = max(self._width - len(indent), 11)
        words = " ".join(text.split())
        filled = textwrap.fill(words, width, initial_indent=indent, subsequent_indent=indent)
        return filled + "\n\n"

    def measure(self, shown: Shown) -> None:
        """The place of the help depends on the longest of those that are shown."""
        for one, indent in [(shown, 2), *[(sub, 4) for sub in shown.subactions]]:
            self.longest = max(self.longest, len(one.invocation()) + indent)

    def action(self, shown: Shown, indent: int = 2) -> str:
        place = min(self.longest + 2, self._most)
        width = max(self._width - place, 11)
        room = place - indent - 2
        header = shown.invocation()
        help_text = shown.help or ""
        first = place
        if not help_text:
            out = f"{' ' * indent}{header}\n"
        elif len(header) <= room:
            out = f"{' ' * indent}{header.ljust(room)}  "
            first = 0
        else:
            out = f"{' ' * indent}{header}\n"
        if help_text and help_text.strip():
            lines = self._lines(self._expanded(shown, help_text), width)
            for i in range(len(lines)):
                out += f"{' ' * (first if i == 0 else place)}{lines[i]}\n"
        elif not out.endswith("\n"):
            out += "\n"
        for sub in shown.subactions:
            out += self.action(sub, indent + 2)
        return out

    def _lines(self, text: str, width: int) -> list[str]:
        if isinstance(self._formatter, RawTextHelpFormatter):
            return text.splitlines()
        return textwrap.wrap(" ".join(text.split()), width)

    def _expanded(self, shown: Shown, text: str) -> str:
        if isinstance(self._formatter, ArgumentDefaultsHelpFormatter) and "%(default)" not in text:
            if shown.default != SUPPRESS and (shown.options or shown.nargs in ("?", "*")):
                text += " (default: %(default)s)"
        return text % {**shown.values, "prog": self._prog}

    def usage(self, given: str | None, every: list[Shown], groups: list[Group]) -> str:
        prefix = "usage: "
        if given is not None:
            return f"{prefix}{given % {'prog': self._prog}}\n\n"
        options = [shown for shown in every if shown.options]
        places = [shown for shown in every if not shown.options]
        shown_all = " ".join(_parts(options + places, groups)).strip()
        usage = f"{self._prog} {shown_all}" if shown_all else self._prog
        if len(prefix) + len(usage) > self._width:
            usage = self._wrapped(
                prefix, _tokens(_parts(options, groups)), _tokens(_parts(places, groups))
            )
        return f"{prefix}{usage}\n\n"

    def _wrapped(self, prefix: str, options: list[str], places: list[str]) -> str:
        start = len(prefix) + len(self._prog)
        if start <= 0.75 * self._width:
            indent = " " * (start + 1)
            if options:
                lines = self._filled([self._prog, *options], indent, len(prefix))
                lines += self._filled(places, indent, 0)
            elif places:
                lines = self._filled([self._prog, *places], indent, len(prefix))
            else:
                lines = [self._prog]
            return "\n".join(lines)
        indent = " " * len(prefix)
        lines = self._filled(options + places, indent, 0)
        if len(lines) > 1:
            lines = self._filled(options, indent, 0) + self._filled(places, indent, 0)
        return "\n".join([self._prog, *lines])

    def _filled(self, parts: list[str], indent: str, prefix: int) -> list[str]:
        """Lines of parts; a prefix of so many characters stands before the first."""
        lines: list[str] = []
        line: list[str] = []
        size = (prefix or len(indent)) - 1
        for part in parts:
            if size + 1 + len(part) > self._width and line:
                lines.append(indent + " ".join(line))
                line = []
                size = len(indent) - 1
            line.append(part)
            size += len(part) + 1
        if line:
            lines.append(indent + " ".join(line))
        if prefix and lines:
            lines[0] = lines[0][len(indent) :]
        return lines


def _parts(shown: list[Shown], groups: list[Group]) -> list[str]:
    """Each argument of a usage; those of a group belong together between brackets."""
    out: list[str] = []
    at = 0
    while at < len(shown):
        group = _group_at(shown, at, groups)
        if group is None:
            if shown[at].help != SUPPRESS:
                out.append(shown[at].in_usage(False))
            at += 1
            continue
        seen = [one for one in group.members if one.help != SUPPRESS]
        words: list[str] = []
        for one in seen:
            words.append(one.in_usage(True))
        opening, closing = "[", "]"
        if group.is_required:
            opening, closing = ("(", ")") if len(seen) > 1 else ("", "")
        if words:
            words[0] = opening + words[0]
            words[-1] += closing
            out.append(" | ".join(words))
        elif not group.is_required:
            # CPython leaves the place of the brackets empty.
            out.append("")
        at += len(group.members)
    return out


def _tokens(parts: list[str]) -> list[str]:
    """What lines are broken between: words, and brackets up to where one closes before a
    space."""
    text = " ".join(parts)
    out: list[str] = []
    at = 0
    while at < len(text):
        end = -1
        if text[at] in "([":
            end = _closed(text, at, ")" if text[at] == "(" else "]")
        if end < 0:
            end = text.find(" ", at)
        if end < 0:
            end = len(text)
        out.append(text[at:end])
        at = end + 1
    return out


def _closed(text: str, at: int, close: str) -> int:
    while True:
        at = text.find(close, at) + 1
        if at == 0 or at == len(text) or text[at] == " ":
            return at or -1


def _group_at(shown: list[Shown], at: int, groups: list[Group]) -> Group | None:
    for group in groups:
        size = len(group.members)
        if size and at + size <= len(shown):
            if all(shown[at + i] is group.members[i] for i in range(size)):
                return group
    return None
