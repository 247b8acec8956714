"""Our own bugs end one unit of work: PT903 says which, and the rest is translated."""

from __future__ import annotations

import ast

import pytest

from portalis.core import faults
from portalis.core.diagnostics import Severity
from portalis.translate.artifacts import Compiled, CompileSettings, SourceFile, SourceTree
from portalis.translate.compiler import compile_tree
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import statement
from portalis.translate.passes import order

SOURCE = """\
def fine(x):
    return x + 1

def breaks(x):
    pass
    return x

print(fine(1))
"""


def compiled(text: str) -> Compiled:
    return compile_tree(SourceTree((SourceFile("m.py", "m", text),), "m"), CompileSettings())


def raises(*_: object) -> list[ir.Stmt]:
    raise KeyError("no such row")


def test_of_a_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(statement._BUILD, ast.Pass, raises)
    made = compiled(SOURCE)
    found = [d for d in made.diagnostics if d.code == "PT903"]
    where = [(d.span.line, d.severity, d.function) for d in found]
    assert where == [(4, Severity.ERROR, "breaks")]
    assert found[0].message.startswith("KeyError: 'no such row' (test_faults.py:")
    text = "".join(made.crate.files.values())
    assert "pub fn fine" in text
    assert 'refused("breaks", "PT903"' in text
    assert not made.incomplete


def test_of_a_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_crate: ir.CrateIR) -> None:
        raise ZeroDivisionError

    run.__module__ = "portalis.translate.passes.broken"
    monkeypatch.setattr(order, "PASSES", (run, *order.PASSES))
    made = compiled(SOURCE)
    found = [d for d in made.diagnostics if d.code == "PT903"]
    assert [d.severity for d in found] == [Severity.WARNING]
    assert "the pass broken failed" in found[0].message
    assert "pub fn fine" in "".join(made.crate.files.values())


def test_outside_of_any_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portalis.translate.compiler.load", raises)
    made = compiled(SOURCE)
    assert [d.code for d in made.diagnostics] == ["PT903"]
    assert made.crate.files["src/main.rs"] == "fn main() {}\n"


def test_recursion_without_an_end_is_too_deep() -> None:
    def forever() -> None:
        forever()

    made = faults.attempt(forever)
    assert isinstance(made, faults.Fault)
    assert (made.code, str(made)) == ("PT801", "the code is nested too deeply")
    assert made.text.startswith("RecursionError: ")
    assert "(test_faults.py:" in made.text
