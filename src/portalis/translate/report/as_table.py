"""The terminal's view: a Rich table of verdicts, the findings and the totals."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from portalis.core.diagnostics import Diagnostic
from portalis.translate.artifacts import Report, Verdict
from portalis.translate.codes import CODES
from portalis.translate.report.totals import (
    ORDER,
    cpu_by_stage,
    percent,
    summary,
    totals,
    units_summary,
)

STYLES = {
    Verdict.VERIFIED: "green",
    Verdict.COMPILED: "blue",
    Verdict.UNCHECKED: "dim",
    Verdict.REFUSED: "yellow",
    Verdict.BROKEN: "bold red",
}
# More than this nobody reads on a terminal.
MANY_VERDICTS = 500
MANY_DIAGNOSTICS = 100
MANY_UNITS = 50
_SEVERITY_STYLES = {"refusal": "yellow", "error": "bold red", "warning": "magenta"}


def print_report(console: Console, report: Report, *, timings: bool = False) -> None:
    """Verdicts, findings, limits, totals; with `timings`, seconds a stage. Of a large tree
    the units that this run translated, slowest first, stand for functions; the findings are
    cut short."""
    if len(report.units) > 1 and len(report.verdicts) > MANY_VERDICTS:
        console.print(_units(report))
    else:
        console.print(_verdicts(report))
    shown = report.diagnostics[:MANY_DIAGNOSTICS]
    for diagnostic in shown:
        print_diagnostic(console, diagnostic)
    if len(shown) < len(report.diagnostics):
        more = f"and {len(report.diagnostics) - len(shown):,} more findings: --report has them all"
        console.print(more, markup=False, highlight=False)
    for limit in report.limits:
        console.print(f"limit: {limit}", style="dim", markup=False, highlight=False)
    console.print(_totals(report))
    if timings:
        console.print(_timings(report))
    said = units_summary(report)
    if said:
        console.print(said, markup=False, highlight=False)
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


def _units(report: Report) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("unit", "kind", "reached"):
        table.add_column(head, overflow="fold")
    for head in ("files", "CPU s", *ORDER):
        table.add_column(head, justify="right")
    unit_of = {file: unit.name for unit in report.units for file in unit.files}
    counts = Counter((unit_of.get(v.fact.file), v.verdict) for v in report.verdicts)
    fresh = [unit for unit in report.units if not unit.kept]
    fresh.sort(key=lambda unit: (not unit.failure, -sum(cpu_by_stage(unit).values())))
    for unit in fresh[:MANY_UNITS]:
        table.add_row(
            escape(unit.name),
            "bin" if unit.is_binary else "lib",
            "failed" if unit.failure else unit.verification,
            str(len(unit.files)),
            f"{sum(cpu_by_stage(unit).values()):.2f}",
            *(str(counts[unit.name, verdict] or "") for verdict in ORDER),
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
    table.add_column("CPU ms", justify="right")
    for stage, seconds in report.timings.items():
        name = "total, wall" if stage == "total" else stage
        table.add_row(escape(name), f"{seconds * 1000:,.1f}")
    return table
