"""report.json: the whole report as data. docs/report.schema.json is its schema; a change
that a reader could stumble over raises `SCHEMA`."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from portalis.core.diagnostics import Diagnostic
from portalis.translate.artifacts import FunctionVerdict, Report, UnitFact
from portalis.translate.codes import CODES
from portalis.translate.report.totals import totals

SCHEMA = 2


def report_object(report: Report) -> dict[str, Any]:
    """The report as JSON values, keys in reading order."""
    return {
        "schema": SCHEMA,
        "package": report.package,
        "kind": "bin" if report.is_binary else "lib",
        "sources": list(report.sources),
        "asked": report.asked,
        "verification": report.verification,
        "clean": report.is_clean,
        "limits": list(report.limits),
        "totals": {
            verdict.value if verdict else "all": {"functions": sums.functions, "lines": sums.lines}
            for verdict, sums in totals(report).items()
        },
        "units": [_unit(unit) for unit in report.units],
        "functions": [_function(verdict) for verdict in report.verdicts],
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in report.diagnostics],
        "timings_s": {stage: round(seconds, 6) for stage, seconds in report.timings.items()},
        "versions": dict(report.versions),
        "source_digest": report.source_digest,
        "crate_digest": report.crate_digest,
    }


def report_json(report: Report) -> str:
    """The text of report.json."""
    return json.dumps(report_object(report), indent=2, ensure_ascii=False) + "\n"


def _unit(unit: UnitFact) -> dict[str, Any]:
    return {
        "name": unit.name,
        "kind": "bin" if unit.is_binary else "lib",
        "entry": unit.entry,
        "files": list(unit.files),
        "verification": unit.verification,
        "incomplete": unit.incomplete,
        "kept": unit.kept,
        "cpu_s": {stage: round(seconds, 6) for stage, seconds in unit.cpu_s.items()},
        "failure": unit.failure,
    }


def _function(verdict: FunctionVerdict) -> dict[str, Any]:
    fact = verdict.fact
    return {
        "name": fact.name,
        "kind": fact.kind,
        "module": fact.module,
        "file": fact.file,
        "line": fact.line,
        "end_line": fact.end_line,
        "lines": fact.lines,
        "verdict": verdict.verdict.value,
        "reason": verdict.reason,
        "calls": verdict.calls,
        "codes": list(verdict.codes),
        "dynamic": fact.dynamic,
        "kept": dataclasses.asdict(fact.kept),
        "notes": list(fact.notes),
        "rust": fact.rust,
    }


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    code = CODES.get(diagnostic.code)
    span = diagnostic.span
    return {
        "code": diagnostic.code,
        "title": code.title if code else "",
        "severity": diagnostic.severity.value,
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "message": diagnostic.message,
        "source_line": diagnostic.source_line,
        "help": diagnostic.help or (code.remedy if code else ""),
        "function": diagnostic.function,
    }
