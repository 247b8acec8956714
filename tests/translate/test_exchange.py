"""What is written as JSON is read back as it was."""

from __future__ import annotations

import json

import pytest

from portalis.core.diagnostics import Diagnostic, Severity, Span
from portalis.translate import exchange, pipeline
from portalis.translate.artifacts import SeenType, SourceFile, SourceTree, Translated
from portalis.translate.verify.sandbox import Limits

PROGRAM = (
    "class A:\n    def f(self, x: int) -> int:\n        return x\n\nprint(A().f(1), eval('1'))\n"
)


def test_a_translation() -> None:
    tree = SourceTree((SourceFile("m.py", "m", PROGRAM),), "m")
    made = pipeline.translate(tree, pipeline.Settings(verify="none"))
    assert made.report.diagnostics
    text = exchange.dumps(made)
    assert exchange.loads(Translated, text) == made
    assert exchange.dumps(exchange.loads(Translated, text)) == text
    assert "\n" not in text


def test_sources_and_settings() -> None:
    tree = SourceTree((SourceFile("a/b.py", "a.b", "x = 'é\ud800'", is_package=True),), None)
    assert exchange.loads(SourceTree, exchange.dumps(tree)) == tree
    seen = SeenType(
        (
            (
                "list",
                (
                    SeenType(
                        (("int", ()), ("?", ())),
                    ),
                ),
            ),
        )
    )
    settings = pipeline.Settings(verify="run", limits=Limits(wall_s=3), seen={"a.f": {"x": seen}})
    assert exchange.loads(pipeline.Settings, exchange.dumps(settings)) == settings


def test_defaults_are_left_out_and_enums_are_their_values() -> None:
    found = Diagnostic("PT001", Span("m.py", 3), "no", Severity.ERROR)
    plain = {"code": "PT001", "span": {"file": "m.py", "line": 3}, "message": "no"}
    assert exchange.plain(found) == {**plain, "severity": "error"}
    assert exchange.loads(Diagnostic, json.dumps({**plain, "severity": "error"})) == found


@pytest.mark.parametrize("text", ["", "[1]", "{}", '{"files": [], "more": 1}', '{"files": 3}'])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(exchange.ExchangeError):
        exchange.loads(SourceTree, text)
