"""Declarations: in the innermost block, at the first assignment, in linear time."""

from __future__ import annotations

from portalis.translate.ir import nodes as ir
from portalis.translate.ir import types as t
from portalis.translate.passes import declare
from tests.translate.passes_support import rust_of


def test_a_local_is_declared_where_it_is_first_assigned() -> None:
    rust = rust_of("def f(a: str) -> str:\n    b = a + '!'\n    return b + b\nprint(f('x'))\n")
    assert "let b: Str = " in rust


def test_a_local_of_one_branch_is_declared_in_it() -> None:
    rust = rust_of(
        "def f(a: str) -> None:\n    if a:\n        b = a + a\n        print(b)\nf('x')\n"
    )
    assert "{ let b: Str = " in rust


def test_a_loop_variable_that_is_used_later_lives_outside() -> None:
    rust = rust_of("def f() -> str:\n    for c in 'ab':\n        pass\n    return c\nprint(f())\n")
    assert "let mut c: Option<Str> = None;" in rust
    assert "c = Some(" in rust


def test_two_loops_that_share_a_variable_have_their_own() -> None:
    c = ir.Local("c", t.STR)
    loops: list[ir.Stmt] = [
        ir.For(1, f"for{i}", c, ir.Lit(t.STR, "ab"), [ir.Eval(1, ir.Var(t.STR, c))], [])
        for i in (1, 2)
    ]
    function = ir.FunctionDef("m::f", "f", [], [], t.NONE, loops)
    declare.function_(function, closes=False)
    first, second = (n for n in function.body if isinstance(n, ir.For))
    assert len({c, first.target, second.target}) == 3


def test_statements_without_end_take_no_time() -> None:
    body: list[ir.Stmt] = []
    for i in range(3000):
        x = ir.Local(f"x{i}", t.INT)
        body += [ir.Assign(i, x, ir.Lit(t.INT, i)), ir.Eval(i, ir.Var(t.INT, x))]
    function = ir.FunctionDef("m::f", "f", [], [], t.NONE, body)
    declare.function_(function, closes=False)
    assert sum(isinstance(n, ir.Declare) for n in function.body) == 3000
