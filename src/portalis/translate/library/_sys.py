"""The standard streams as values."""

from __future__ import annotations

import sys
from collections.abc import Iterable


def _unknown(name: str) -> NotImplementedError:
    return NotImplementedError(f"{name} of a standard stream that is kept is not translated")


class TextIOWrapper:
    encoding = "utf-8"
    closed = False

    def __init__(self, name: str) -> None:
        self.name = name

    def write(self, text: str) -> int:
        if self.name == "<stderr>":
            return sys.stderr.write(text)
        return sys.stdout.write(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        if self.name == "<stderr>":
            sys.stderr.flush()
        else:
            sys.stdout.flush()

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        raise _unknown("seekable")

    def isatty(self) -> bool:
        raise _unknown("isatty")

    def fileno(self) -> int:
        raise _unknown("fileno")

    def close(self) -> None:
        raise _unknown("close")

    def reconfigure(self, **kwargs: object) -> None:
        raise _unknown("reconfigure")

    @property
    def buffer(self) -> object:
        raise _unknown("buffer")

    @property
    def errors(self) -> str:
        raise _unknown("errors")

    @property
    def line_buffering(self) -> bool:
        raise _unknown("line_buffering")


stdout = TextIOWrapper("<stdout>")
stderr = TextIOWrapper("<stderr>")
