"""All views of a report say the same, and report.json keeps to its schema."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console

from portalis.core.diagnostics import Diagnostic, Severity, Span
from portalis.translate.artifacts import (
    FactKind,
    FunctionFact,
    FunctionVerdict,
    Report,
    UnitFact,
    Verdict,
)
from portalis.translate.report.as_html import report_html
from portalis.translate.report.as_json import report_object
from portalis.translate.report.as_table import MANY_DIAGNOSTICS, MANY_VERDICTS, print_report
from portalis.translate.report.totals import percent, summary, totals

SCHEMA = Path(__file__).parents[3] / "docs" / "report.schema.json"


def fact(name: str, lines: int, kind: FactKind = "function") -> FunctionFact:
    return FunctionFact(name, kind, "m", "m.py", 1, lines, lines, notes=("2 versions",))


REPORT = Report(
    sources=("m.py",),
    package="m",
    is_binary=True,
    asked="run",
    verification="run",
    verdicts=(
        FunctionVerdict(fact("m", 4, "module"), Verdict.VERIFIED, "1 call, from __main__ (1)", 1),
        FunctionVerdict(fact("m.f", 10), Verdict.VERIFIED, "3 calls, from __main__ (3)", 3),
        FunctionVerdict(fact("m.g", 5), Verdict.COMPILED, "no probe calls it"),
        FunctionVerdict(fact("m.h", 2), Verdict.REFUSED, "no <row>", 0, ("PT203",)),
        FunctionVerdict(fact("m.C.k", 7, "method"), Verdict.BROKEN, "differs", 0, ("PT902",)),
    ),
    diagnostics=(
        Diagnostic("PT203", Span("m.py", 3, 5), "no <row>", source_line="    x = [bold]<y>[/]"),
        Diagnostic("PT902", Span("m.py", 9, 1), "differs", Severity.ERROR),
    ),
    timings={"translate": 0.01, "total": 0.5},
    limits=("a limit",),
    versions={"portalis": "0"},
    units=(
        UnitFact("m", ("m.py",), True, "m", "run", cpu_s={"translate": 0.01}),
        UnitFact("n", ("n.py",), False, kept=True),
    ),
)


def table(width: int) -> str:
    text = io.StringIO()
    print_report(Console(file=text, width=width, no_color=True), REPORT, timings=True)
    return text.getvalue()


def test_totals() -> None:
    sums = totals(REPORT)
    assert (sums[None].functions, sums[None].lines) == (4, 28)
    assert (sums[Verdict.VERIFIED].functions, sums[Verdict.VERIFIED].lines) == (1, 14)
    assert sum(t.lines for v, t in sums.items() if v) == 28
    assert summary(REPORT) == "4 functions, 28 lines: 1 verified, 1 compiled, 1 refused, 1 broken"


@pytest.mark.parametrize(("part", "whole", "text"), [(1, 3, "33.3 %"), (999, 1000, "99.9 %"),
                         (9999, 10000, "99.9 %"), (3, 3, "100.0 %"), (0, 0, "-")])  # fmt: skip
def test_percent_never_rounds_up(part: int, whole: int, text: str) -> None:
    assert percent(part, whole) == text


def test_json_keeps_to_its_schema() -> None:
    jsonschema.validate(report_object(REPORT), json.loads(SCHEMA.read_text("utf-8")))


def test_views_agree() -> None:
    page = report_html(REPORT)
    for text in (table(200), page):
        assert summary(REPORT) in text
        for word in (
            "m.C.k",
            "no probe calls it",
            "PT902",
            "a limit",
            "50.0 %",
            "1 taken from the cache",
        ):
            assert word in text
    assert "no &lt;row&gt;" in page
    assert "no <row>" in table(200)
    assert "[bold]<y>[/]" in table(200)


def test_of_a_large_tree_units_stand_for_functions() -> None:
    many = replace(
        REPORT,
        verdicts=REPORT.verdicts * MANY_VERDICTS,
        diagnostics=REPORT.diagnostics * MANY_DIAGNOSTICS,
    )
    text = io.StringIO()
    print_report(Console(file=text, width=200, no_color=True), many)
    lines = text.getvalue().splitlines()
    assert len(lines) < 5 * MANY_DIAGNOSTICS
    assert lines[1].split()[:5] == ["m", "bin", "run", "1", "0.01"]
    assert not lines[2].startswith("n ")
    assert "and 100 more findings: --report has them all" in lines


def test_a_narrow_terminal_loses_nothing() -> None:
    assert "PT902" in table(40)


def test_a_clean_report() -> None:
    assert not REPORT.is_clean
