"""The terminal's view of an assessment and of a plan, and the same as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, JustifyMethod
from rich.markup import escape
from rich.table import Table

from portalis.translate.assess.assessment import Assessment, Blocker, Effort, Share
from portalis.translate.assess.plan import Plan, Step
from portalis.translate.report.totals import percent


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as text: heads, rows, and which columns hold numbers."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int]


def headline(share: Share) -> str:
    parts = (
        ("native", share.native_lines),
        ("dynamic", share.dynamic_lines),
        ("refused", share.refused_lines),
    )
    shares = ", ".join(f"{name} {percent(lines, share.lines)}" for name, lines in parts)
    return f"score {share.score}: of {share.lines:,} code lines {shares}"


def forecast(effort: Effort) -> str:
    return (
        f"{effort.total_s:.1f} core seconds: translate {effort.translate_s:.1f} (measured), "
        f"check {effort.check_s:.1f}, release build {effort.build_s:.1f} (predicted from "
        f"{effort.rust_lines:,} lines of Rust; the runtime's own build comes once a machine)"
    )


def assessment_sheets(assessment: Assessment) -> Iterator[Sheet]:
    if assessment.blockers:
        yield Sheet(
            "Blockers, by the lines that they hold back",
            ("code", "cause", "lines", "alone", "functions", "places", "first", "what to do"),
            tuple(_blocker(b) for b in assessment.blockers),
            frozenset((2, 3, 4, 5)),
        )
    yield Sheet(
        "Files",
        ("file", "lines", "score", "dynamic", "refused", "functions", "refused"),
        tuple(
            (
                file.file,
                f"{file.share.lines:,}",
                str(file.share.score),
                f"{file.share.dynamic_lines:,}",
                f"{file.share.refused_lines:,}",
                f"{file.share.functions:,}",
                f"{file.share.refused_functions:,}",
            )
            for file in assessment.files
        ),
        frozenset(range(1, 7)),
    )


def plan_sheet(plan: Plan) -> Sheet:
    heads = ("step", "modules", "lines", "score", "needed by", "done", "what holds it back")
    rows = tuple(_step(step, plan.share) for step in plan.steps)
    return Sheet("Order of migration", heads, rows, frozenset((0, 2, 3, 4, 5)))


def _blocker(blocker: Blocker) -> tuple[str, ...]:
    first = str(blocker.places[0].span) if blocker.places else ""
    counts = (blocker.lines, blocker.alone, blocker.functions, blocker.count)
    return (
        blocker.code,
        blocker.message,
        *(f"{count:,}" for count in counts),
        first,
        blocker.remedy,
    )


def _step(step: Step, whole: Share) -> tuple[str, ...]:
    held = "; ".join(f"{b.code} {b.message} ({b.lines:,} lines)" for b in step.blockers)
    return (
        str(step.position),
        ", ".join(step.modules),
        f"{step.share.lines:,}",
        str(step.share.score),
        f"{step.dependents:,}",
        percent(step.done_lines, whole.lines),
        held,
    )


def print_sheets(console: Console, lines: Sequence[str], sheets: Iterable[Sheet]) -> None:
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    for sheet in sheets:
        console.print()
        console.print(sheet.title, style="bold", markup=False)
        table = Table(box=None, pad_edge=False, header_style="bold")
        for i, head in enumerate(sheet.heads):
            number = i in sheet.numbers
            justify: JustifyMethod = "right" if number else "left"
            table.add_column(head, justify=justify, no_wrap=number, overflow="fold")
        for row in sheet.rows:
            table.add_row(*map(escape, row))
        console.print(table)


def markdown(title: str, lines: Sequence[str], sheets: Iterable[Sheet]) -> str:
    """A document of GitHub's Markdown."""
    out = [f"# {_cell(title)}", "", *(f"{_cell(line)}  " for line in lines)]
    for sheet in sheets:
        rule = ("--:" if i in sheet.numbers else "---" for i in range(len(sheet.heads)))
        out += ["", f"## {sheet.title}", "", _row(sheet.heads), f"| {' | '.join(rule)} |"]
        out += [_row(row) for row in sheet.rows]
    return "\n".join(out) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """Text that Markdown shows as it is."""
    for char in "\\`*_<>|[]":
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", " ")
