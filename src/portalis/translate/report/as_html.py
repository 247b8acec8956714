"""report.html: one file that opens from disk, without scripts from elsewhere."""

from __future__ import annotations

from html import escape

from portalis.core.diagnostics import Diagnostic
from portalis.translate.artifacts import FunctionVerdict, Report
from portalis.translate.codes import CODES
from portalis.translate.report.totals import ORDER, percent, summary, totals, units_summary

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881;
  --verified: #1a7f37; --compiled: #0969da; --unchecked: #6e7781; --refused: #9a6700;
  --broken: #cf222e; }
@media (prefers-color-scheme: dark) { :root { --verified: #3fb950; --compiled: #58a6ff;
  --unchecked: #9198a1; --refused: #d29922; --broken: #ff7b72; } }
* { box-sizing: border-box }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto;
  padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
code, pre, td.place { font-family: ui-monospace, monospace; font-size: .88em }
.soft { opacity: .72 }
.bar { display: flex; height: .7rem; border-radius: .35rem; overflow: hidden; margin: 1rem 0;
  background: var(--soft) }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
th { text-align: left; font-weight: 600; border-bottom: 2px solid var(--line) }
th, td { padding: .3rem .6rem .3rem 0; vertical-align: top }
td { border-bottom: 1px solid var(--line) }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
td.name { overflow-wrap: anywhere }
.badge { font-size: .82em; font-weight: 600; white-space: nowrap }
.card { border: 1px solid var(--line); border-left-width: 4px; border-radius: 6px;
  padding: .6rem .9rem; margin: .6rem 0 }
.card pre { margin: .4rem 0; overflow-x: auto }
.verified { color: var(--verified) } .compiled { color: var(--compiled) }
.unchecked { color: var(--unchecked) } .refused, .refusal { color: var(--refused) }
.broken, .error { color: var(--broken) }
.filter { margin: .3rem 0 .6rem } .filter label { margin-right: 1rem }
"""


def report_html(report: Report) -> str:
    """The page's text."""
    kind = "program" if report.is_binary else "library"
    versions = ", ".join(f"{k} {v}" for k, v in report.versions.items())
    parts = [
        "<!doctype html>\n<html lang=en>\n<head><meta charset=utf-8>",
        '<meta name=viewport content="width=device-width, initial-scale=1">',
        f"<title>{escape(report.package)}: translation report</title>",
        f"<style>{_STYLE}{_filter_rules()}</style></head>\n<body>",
        f"<h1>{escape(report.package)}</h1>",
        f"<p>{escape(summary(report))} <span class=soft>({kind}; verification: "
        f"{escape(report.verification)}, asked: {escape(report.asked)})</span></p>",
        f"<p>{escape(units_summary(report))}</p>" if units_summary(report) else "",
        _bar(report),
        _totals(report),
        *(f"<p class=soft>Limit: {escape(limit)}</p>" for limit in report.limits),
        _diagnostics(report),
        _functions(report),
        _timings(report),
        f"<p class=soft>{escape(versions)}</p>",
        f"<p class=soft>Sources: {escape(', '.join(report.sources))}<br>source "
        f"<code>{report.source_digest[:16]}</code>, crate "
        f"<code>{report.crate_digest[:16]}</code></p>",
        "</body>\n</html>\n",
    ]
    return "\n".join(part for part in parts if part)


def _filter_rules() -> str:
    """A verdict's checkbox hides its rows: no script is needed."""
    return "".join(
        f"body:has(#show-{v.value}:not(:checked)) tr.row-{v.value} {{ display: none }}\n"
        for v in ORDER
    )


def _bar(report: Report) -> str:
    sums = totals(report)
    cells = "".join(
        f'<span style="flex:{sums[v].lines};background:var(--{v.value})" '
        f'title="{v.value}: {sums[v].lines} lines"></span>'
        for v in ORDER
        if sums[v].lines
    )
    return f"<div class=bar>{cells}</div>"


def _totals(report: Report) -> str:
    sums = totals(report)
    everything = sums[None]
    rows = "".join(
        f"<tr><td class='badge {v.value}'>{v.value}</td><td class=n>{sums[v].functions}</td>"
        f"<td class=n>{percent(sums[v].functions, everything.functions)}</td>"
        f"<td class=n>{sums[v].lines}</td>"
        f"<td class=n>{percent(sums[v].lines, everything.lines)}</td></tr>"
        for v in ORDER
        if sums[v].functions or sums[v].lines
    )
    return (
        "<table><tr><th>Verdict<th class=n>Functions<th class=n>share<th class=n>Lines"
        f"<th class=n>share</tr>{rows}<tr><td>all</td><td class=n>{everything.functions}</td>"
        f"<td></td><td class=n>{everything.lines}</td><td></td></tr></table>"
    )


def _diagnostics(report: Report) -> str:
    if not report.diagnostics:
        return ""
    cards = "".join(_card(diagnostic) for diagnostic in report.diagnostics)
    return f"<h2>Findings ({len(report.diagnostics)})</h2>{cards}"


def _card(diagnostic: Diagnostic) -> str:
    code = CODES.get(diagnostic.code)
    title = f" {escape(code.title)}" if code else ""
    remedy = diagnostic.help or (code.remedy if code else "")
    source = ""
    if diagnostic.source_line:
        caret = f"\n{diagnostic.caret}" if diagnostic.caret else ""
        source = f"<pre>{escape(diagnostic.source_line)}{caret}</pre>"
    severity = diagnostic.severity.value
    return (
        f'<div class=card style="border-left-color:var(--{_color(severity)})">'
        f"<span class='badge {severity}'>{severity} {escape(diagnostic.code)}</span>{title} "
        f"<code class=soft>{escape(str(diagnostic.span))}</code>"
        f"<div>{escape(diagnostic.message)}</div>{source}"
        f"<div class=soft>{escape(remedy)}</div></div>"
    )


def _color(severity: str) -> str:
    return {"refusal": "refused", "error": "broken"}.get(severity, "unchecked")


def _functions(report: Report) -> str:
    present = [v for v in ORDER if any(row.verdict is v for row in report.verdicts)]
    boxes = "".join(
        f"<label class={v.value}><input type=checkbox id=show-{v.value} checked> {v.value}</label>"
        for v in present
    )
    rows = "".join(_row(verdict) for verdict in report.verdicts)
    return (
        f"<h2>Functions, methods and classes</h2><div class=filter>{boxes}</div>"
        "<div class=scroll><table><tr><th>Name<th>Verdict<th>Why<th>Kept<th class=n>Lines"
        "<th>Place</tr>"
        f"{rows}</table></div>"
    )


def _row(verdict: FunctionVerdict) -> str:
    fact = verdict.fact
    notes = fact.notes or (("dynamic values",) if fact.dynamic else ())
    shown = f"<br><span class=soft>{escape('; '.join(notes))}</span>" if notes else ""
    codes = f" <span class=soft>{escape(' '.join(verdict.codes))}</span>" if verdict.codes else ""
    return (
        f"<tr class=row-{verdict.verdict.value}><td class=name><code>{escape(fact.name)}</code> "
        f"<span class=soft>{fact.kind}</span></td>"
        f"<td class='badge {verdict.verdict.value}'>{verdict.verdict.value}</td>"
        f"<td>{escape(verdict.reason)}{codes}{shown}</td><td class=soft>{fact.kept}</td>"
        f"<td class=n>{fact.lines}</td>"
        f"<td class=place>{escape(fact.file)}:{fact.line}</td></tr>"
    )


def _timings(report: Report) -> str:
    if not report.timings:
        return ""
    rows = "".join(
        f"<tr><td>{escape(stage)}</td><td class=n>{seconds * 1000:,.1f} ms</td></tr>"
        for stage, seconds in report.timings.items()
    )
    return (
        "<h2>Time a stage</h2><p class=soft>CPU seconds of all processes; total: wall</p>"
        f"<table style='width:auto'>{rows}</table>"
    )
