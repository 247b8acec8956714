"""Last uses move; what is read again is cloned."""

from __future__ import annotations

import pytest

from tests.translate.passes_support import rust_of

PUT = "def put(out: list[str], s: str) -> None:\n    out.append(s)\n\n\n"


def body(text: str) -> str:
    """The Rust of `f`, whose body `text` is; `s` is a local of it."""
    lines = "".join(f"    {line}\n" for line in text.split("\n"))
    source = f"def f(out: list[str], n: int) -> None:\n    s = str(n)\n{lines}\n\nf([], 1)\n"
    rust = rust_of(source)
    return rust[rust.index("pub fn f(") : rust.index("pub fn init")]


def test_the_last_use_moves() -> None:
    assert "out.append(s);" in body("out.append(s)")


def test_an_earlier_use_clones() -> None:
    rust = body("out.append(s)\nout.append(s)")
    assert "out.append(s.clone()); out.append(s);" in rust


def test_each_branch_has_its_last_use() -> None:
    rust = body("if n:\n    out.append(s)\nelse:\n    out.insert(0, s)")
    assert "clone" not in rust


def test_a_loop_reads_again() -> None:
    assert "out.append(s.clone())" in body("for i in range(n):\n    out.append(s)")


def test_a_loop_that_assigns_anew_may_move() -> None:
    rust = body("while n:\n    out.append(s)\n    s = str(n)")
    assert "out.append(s);" in rust


def test_a_loop_left_at_once_moves() -> None:
    assert "out.append(s);" in body("for i in range(n):\n    out.append(s)\n    break")


def test_continue_leads_back() -> None:
    text = "for i in range(n):\n    if i:\n        out.append(s)\n        continue\n    print(s)"
    assert "out.append(s.clone())" in body(text)


def test_what_a_handler_reads_stays() -> None:
    rust = body(
        "try:\n    out.append(s)\n    print(1 // n)\nexcept ZeroDivisionError:\n    print(s)"
    )
    assert "out.append(s.clone())" in rust


def test_what_finally_reads_stays() -> None:
    rust = body("try:\n    out.append(s)\nfinally:\n    print(s)")
    assert "out.append(s.clone())" in rust


def test_what_the_same_operation_borrows_stays() -> None:
    text = "xs = [s]\nxss = [xs]\nxss.append(xs)\nprint(f'{s:>5}{[s]}')"
    rust = body(text)
    assert "[s.clone()]" in rust


@pytest.mark.parametrize("use", ["lambda: s", "[s for _ in out]"])
def test_what_is_captured_stays(use: str) -> None:
    assert "out.append(s.clone())" in body(f"out.append(s)\ng = {use}\nprint(g)")
