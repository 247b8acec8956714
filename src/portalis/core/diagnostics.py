"""Diagnostics: what a stage has to say about a place in the user's source.

A `Diagnostic` is a value; stages accumulate them and never print. A code is stable:
once published it keeps its meaning, and `portalis explain CODE` shows its `Code` row.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


class Severity(enum.StrEnum):
    """refusal: a part was not translated. error: the input is wrong, or our own bug."""

    REFUSAL = "refusal"
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source file. Lines and columns count from 1, columns in code points;
    0 means unknown (a whole file has line 0)."""

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{max(self.column, 1)}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    message: what is the matter with this source, one sentence.
    source_line: the line it is about, without its newline; empty where there is none.
    help: what the user can do; empty: as the code's row says.
    function: the qualified name of what it was found in; None: whatever encloses the span.
    """

    code: str
    span: Span
    message: str
    severity: Severity = Severity.REFUSAL
    source_line: str = ""
    help: str = ""
    function: str | None = None

    @property
    def caret(self) -> str:
        """A line that points at the column of `source_line`; "" where it cannot."""
        column = self.span.column
        if self.source_line.startswith("…") or not 0 < column <= len(self.source_line):
            return ""
        before = self.source_line[: column - 1]
        return "".join("\t" if char == "\t" else " " for char in before) + "^"

    def __str__(self) -> str:
        return f"{self.span}: {self.severity.value} {self.code}: {self.message}"


@dataclass(frozen=True, slots=True)
class Code:
    """What `portalis explain` tells about a code.

    example: Python that is answered with this code; empty where no source can show it.
    remedy: what the user can do.
    """

    code: str
    title: str
    explanation: str
    remedy: str
    example: str = ""


def code_table(rows: Iterable[Code]) -> Mapping[str, Code]:
    """The rows by code. Raises ValueError on a duplicate or a malformed code."""
    table: dict[str, Code] = {}
    for row in rows:
        if row.code in table:
            raise ValueError(f"diagnostic code {row.code} is defined twice")
        if not (len(row.code) == 5 and row.code[:2] == "PT" and row.code[2:].isdigit()):
            raise ValueError(f"diagnostic code {row.code!r} is not PT and three digits")
        table[row.code] = row
    return table
