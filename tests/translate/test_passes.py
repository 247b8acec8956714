"""Every pass leaves well-formed IR, on every program of the run cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.translate.ir import check
from portalis.translate.ir import nodes as ir
from portalis.translate.ir import types as t
from portalis.translate.ir.walk import Scope, every
from portalis.translate.passes import order
from portalis.translate.passes.callers import all_functions
from tests.translate.passes_support import crate_of

CASES = sorted((Path(__file__).parents[1] / "cases" / "run").glob("*.py"))


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_ir_is_well_formed_after_each_pass(path: Path) -> None:
    crate = crate_of(path.read_text(encoding="utf-8"))
    assert check.problems(crate, declared=False) == []
    for step in order.PASSES:
        step(crate)
        assert check.problems(crate) == [], step.__module__
        assert stale(crate) == [], step.__module__


def stale(crate: ir.CrateIR) -> list[str]:
    """Functions of which passes have gathered other nodes than there are."""
    return [
        function.path
        for function in all_functions(crate)
        if function.gathered is not None and function.gathered[0] != every(Scope(function.body))
    ]


def wrong(*body: ir.Stmt, result: t.Type = t.NONE) -> list[str]:
    function = ir.FunctionDef("m::f", "f", [], [], result, list(body))
    module = ir.ModuleIR("m", "m.py", "", [], [function], [])
    return check.problems(ir.CrateIR("m", [module], "m"))


def test_checker_finds_an_undeclared_local() -> None:
    x = ir.Local("x", t.INT)
    assert wrong(ir.Return(3, ir.Var(t.INT, x)), result=t.INT) == [
        "m::f: line 3: x is not declared here"
    ]


def test_checker_finds_a_value_of_another_type() -> None:
    x = ir.Local("x", t.STR)
    (found,) = wrong(ir.Declare(2, x, ir.Lit(t.INT, 1)))
    assert found == "m::f: line 2: the value of x is int, not str"


def test_checker_finds_a_break_out_of_nowhere() -> None:
    assert wrong(ir.Break(4, "for1")) == ["m::f: line 4: no loop 'for1 here"]


def test_checker_finds_a_dropped_operand() -> None:
    xs = ir.Local("xs", t.list_of(t.INT))
    op = ir.Op(t.INT, "0", {"x": ir.Operand(ir.Var(xs.ty, xs), "ref")}, False)
    found = wrong(ir.Declare(1, xs, ir.ListLit(xs.ty, [])), ir.Eval(2, op))
    assert found == ["m::f: line 2: '0' drops its operand x"]
