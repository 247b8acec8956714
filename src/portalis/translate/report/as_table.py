"""The terminal's view: a Rich table of verdicts, the findings and the totals."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from portalis.core.diagnostics import Diagnostic
from portalis.translate.artifacts import Report, Verdict
from portalis.translate.codes import CODES
from portalis.translate.report.totals import ORDER, percent, summary, totals

STYLES = {
    Verdict.VERIFIED: "green",
    Verdict.COMPILED: "blue",
    Verdict.UNCHECKED: "dim",
    Verdict.REFUSED: "yellow",
    Verdict.BROKEN: "bold red",
}
_SEVERITY_STYLES = {"refusal": "yellow", "error": "bold red", "warning": "magenta"}


def print_report(console: Console, report: Report, *, timings: bool = False) -> None:
    """Verdicts, findings, limits, totals; with `timings`, seconds a stage."""
    console.print(_verdicts(report))
    for diagnostic in report.diagnostics:
        print_diagnostic(console, diagnostic)
    for limit in report.limits:
        console.print(f"limit: {limit}", style="dim", markup=False, highlight=False)
    console.print(_totals(report))
    if timings:
        console.print(_timings(report))
    console.print(summary(report), markup=False, highlight=False)


def print_diagnostic(console: Console, diagnostic: Diagnostic) -> None:
    """Place, code and message; the source line with a caret; what to do."""
    style = _SEVERITY_STYLES.get(diagnostic.severity.value, "dim")
    head = Text.assemble(
        (f"{diagnostic.span}: ", "bold"),
        (f"{diagnostic.severity.value} {diagnostic.code}", style),
        f": {diagnostic.message}",
    )
    console.print(head, soft_wrap=True)
    if diagnostic.source_line:
        console.print(Text(f"    {diagnostic.source_line}"), soft_wrap=True)
        if diagnostic.caret:
            console.print(Text(f"    {diagnostic.caret}", style), soft_wrap=True)
    code = CODES.get(diagnostic.code)
    remedy = diagnostic.help or (code.remedy if code else "")
    if remedy:
        console.print(Text(f"    {remedy}", "dim"), soft_wrap=True)


def _verdicts(report: Report) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("function", overflow="fold", ratio=3)
    table.add_column("verdict", no_wrap=True)
    table.add_column("lines", justify="right")
    table.add_column("kept", style="dim")
    table.add_column("why", overflow="fold", ratio=4)
    for verdict in report.verdicts:
        fact = verdict.fact
        reason = "\n".join((" ".join((*verdict.codes, verdict.reason)), *fact.notes))
        table.add_row(
            f"{escape(fact.name)} [dim]{fact.kind}[/]",
            f"[{STYLES[verdict.verdict]}]{verdict.verdict.value}[/]",
            str(fact.lines),
            str(fact.kept),
            escape(reason),
        )
    return table


def _totals(report: Report) -> Table:
    sums = totals(report)
    everything = sums[None]
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("total")
    for head in ("functions", "share", "lines", "share"):
        table.add_column(head, justify="right")
    for verdict in ORDER:
        total = sums[verdict]
        if not (total.functions or total.lines):
            continue
        table.add_row(
            f"[{STYLES[verdict]}]{verdict.value}[/]",
            str(total.functions),
            percent(total.functions, everything.functions),
            str(total.lines),
            percent(total.lines, everything.lines),
        )
    return table


def _timings(report: Report) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("stage")
    table.add_column("ms", justify="right")
    for stage, seconds in report.timings.items():
        table.add_row(escape(stage), f"{seconds * 1000:,.1f}")
    return table
