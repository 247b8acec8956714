"""Report of a dry run -> score, files, blockers by the lines that they hold back, effort.

The dry run is the compiler itself (`pipeline.translate` without verification), so what is
predicted is what a translation would do; only rustc and the probes have not spoken yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portalis.core.diagnostics import Diagnostic, Severity
from portalis.translate.artifacts import FunctionFact, FunctionVerdict, Report, Verdict
from portalis.translate.codes import CODES
from portalis.translate.fact_index import FactIndex

PLACES = 5
# Core seconds of `cargo check` on translated code against the prebuilt runtime: to start, and
# for each line of Rust. Least squares over 60 programs of 20 to 900 lines, two cores.
CHECK_START_S = 0.25
CHECK_LINE_S = 0.00035
# The same of `cargo build --release`, without the runtime (built once a machine).
BUILD_START_S = 0.5
BUILD_LINE_S = 0.004

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Share:
    """Functions (methods too) and code lines by what becomes of them. native: statically
    typed throughout; dynamic: translated, with values whose type only the run knows."""

    functions: int = 0
    lines: int = 0
    dynamic_functions: int = 0
    dynamic_lines: int = 0
    refused_functions: int = 0
    refused_lines: int = 0

    @property
    def translated_lines(self) -> int:
        return self.lines - self.refused_lines

    @property
    def native_lines(self) -> int:
        return self.translated_lines - self.dynamic_lines

    @property
    def score(self) -> Decimal:
        """Translated lines in percent, rounded down to a tenth; 100 of nothing."""
        if not self.lines:
            return Decimal(100)
        return Decimal(self.translated_lines * 1000 // self.lines) / 10


@dataclass(frozen=True, slots=True)
class FileAssessment:
    file: str
    module: str
    share: Share


@dataclass(frozen=True, slots=True)
class Blocker:
    """One cause of refusals.

    message: with the code base's own names left out, so that equal causes meet.
    lines: of all functions that have it; alone: of those in which nothing else was found.
    """

    code: str
    title: str
    message: str
    count: int
    functions: int
    lines: int
    alone: int
    remedy: str
    places: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Effort:
    """Core seconds: measured for the translation, predicted for rustc."""

    translate_s: float
    check_s: float
    build_s: float
    rust_lines: int

    @property
    def total_s(self) -> float:
        return self.translate_s + self.check_s + self.build_s

    def cost_usd(self, usd_per_core_hour: Decimal) -> Decimal:
        """To the hundredth of a cent, rounded up."""
        exact = Decimal(str(self.total_s)) / 3600 * usd_per_core_hour
        return exact.quantize(Decimal("0.0001"), rounding="ROUND_UP")


@dataclass(frozen=True, slots=True)
class Assessment:
    """files: worst first, by refused lines. blockers: by the lines that they hold back."""

    report: Report
    share: Share
    files: tuple[FileAssessment, ...]
    blockers: tuple[Blocker, ...]
    effort: Effort


def assess(report: Report, rust_lines: int) -> Assessment:
    """`report` of a dry run; `rust_lines`: how long the crate's own Rust is."""
    by_file: dict[str, list[FunctionVerdict]] = {}
    for verdict in report.verdicts:
        by_file.setdefault(verdict.fact.file, []).append(verdict)
    files = [
        FileAssessment(file, verdicts[0].fact.module, share(verdicts))
        for file, verdicts in by_file.items()
    ]
    files.sort(key=lambda f: (-f.share.refused_lines, f.file))
    return Assessment(
        report,
        share(report.verdicts),
        tuple(files),
        blockers(report.diagnostics, report.verdicts),
        effort(report, rust_lines),
    )


def share(verdicts: Iterable[FunctionVerdict]) -> Share:
    functions = lines = 0
    held = {Verdict.REFUSED: [0, 0], None: [0, 0]}
    for verdict in verdicts:
        fact = verdict.fact
        callable_ = int(fact.kind in ("function", "method"))
        functions += callable_
        lines += fact.lines
        refused = verdict.verdict in (Verdict.REFUSED, Verdict.BROKEN)
        if refused or fact.dynamic:
            sums = held[Verdict.REFUSED if refused else None]
            sums[0] += callable_
            sums[1] += fact.lines
    return Share(functions, lines, *held[None], *held[Verdict.REFUSED])


def blockers(
    diagnostics: Sequence[Diagnostic], verdicts: Sequence[FunctionVerdict]
) -> tuple[Blocker, ...]:
    """The causes of refusals and errors, by the lines that they hold back."""
    own = {verdict.fact.name.rpartition(".")[2] for verdict in verdicts}
    index = FactIndex(verdict.fact for verdict in verdicts)
    causes: dict[tuple[str, str], list[Diagnostic]] = {}
    held: dict[tuple[str, str], set[FunctionFact]] = {}
    causes_of: dict[FunctionFact, set[tuple[str, str]]] = {}
    for diagnostic in diagnostics:
        if diagnostic.severity not in (Severity.REFUSAL, Severity.ERROR):
            continue
        cause = (diagnostic.code, general(diagnostic.message, own))
        causes.setdefault(cause, []).append(diagnostic)
        owner = index.owner(diagnostic)
        if owner is not None:
            held.setdefault(cause, set()).add(owner)
            causes_of.setdefault(owner, set()).add(cause)
    for verdict in verdicts:
        fact = verdict.fact
        if fact.held_by is not None and fact not in causes_of:
            cause = (fact.held_by[0], general(fact.held_by[1], own))
            held.setdefault(cause, set()).add(fact)
            causes_of[fact] = {cause}
    found = []
    for cause, found_in in causes.items():
        code, message = cause
        row = CODES.get(code)
        mine = held.get(cause, set())
        found.append(
            Blocker(
                code,
                row.title if row else "",
                message,
                len(found_in),
                sum(fact.kind in ("function", "method") for fact in mine),
                sum(fact.lines for fact in mine),
                sum(fact.lines for fact in mine if len(causes_of[fact]) == 1),
                found_in[0].help or (row.remedy if row else ""),
                tuple(found_in[:PLACES]),
            )
        )
    found.sort(key=lambda b: (-b.lines, -b.alone, -b.count, b.code, b.message))
    return tuple(found)


def general(message: str, own: set[str]) -> str:
    """The message without names that the code base itself gave; `__new__` is Python's."""
    own = {name for name in own if not name.startswith("__")}
    return _WORD.sub(lambda found: "…" if found.group() in own else found.group(), message)


def effort(report: Report, rust_lines: int) -> Effort:
    """What was taken from the cache counts with what it took when it was made."""
    took = [unit.cpu_s for unit in report.units] or [report.timings]
    return Effort(
        sum(cpu_s.get("translate", 0.0) for cpu_s in took),
        CHECK_START_S + CHECK_LINE_S * rust_lines,
        BUILD_START_S + BUILD_LINE_S * rust_lines,
        rust_lines,
    )
