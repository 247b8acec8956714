"""Lists and objects that one variable owns, and what makes one a handle."""

from __future__ import annotations

import pytest

from tests.translate.passes_support import rust_of

USE = "def use(xs: list[int]) -> int:\n    xs.append(1)\n    return len(xs)\n"


def test_a_list_that_is_made_lent_and_returned_has_no_handle() -> None:
    rust = rust_of(
        USE + "def f(n: int) -> list[int]:\n    xs = [0] * n\n    print(use(xs), xs)\n"
        "    return xs\nprint(len(f(3)))\n"
    )
    assert "pub fn use_(xs: &OwnList<Int>)" in rust
    assert "pub fn f(n: i64) -> Result<OwnList<Int>>" in rust
    assert "let xs: OwnList<Int> = ints![OwnList; 0].own_mul(n)?;" in rust


def test_its_last_use_gives_it_a_handle_where_one_is_wanted() -> None:
    rust = rust_of(
        "def f(n: int) -> list[list[int]]:\n    out = []\n    row = [n]\n    row.append(2)\n"
        "    out.append(row)\n    return out\nprint(f(3))\n"
    )
    assert "let row: OwnList<Int> = " in rust
    assert "out.append(row.shared());" in rust
    assert "pub fn f(n: i64) -> Result<OwnList<List<Int>>>" in rust


def test_a_parameter_that_all_callers_give_up_is_owned() -> None:
    text = (
        "def f(xs: list[int]) -> list[int]:\n    while len(xs) < 4:\n        xs = xs + [1]\n"
        "    return xs\n"
    )
    assert "f(mut xs: OwnList<Int>) -> Result<OwnList<Int>>" in rust_of(f"{text}print(f([2]))\n")
    kept = rust_of(f"{text}ys = [2]\nprint(f(ys), ys)\n")
    assert "f(mut xs: List<Int>)" in kept


@pytest.mark.parametrize(
    "body",
    [
        "xs = [1]\nys = xs\nys.append(2)\nprint(xs)",
        "xs = [1]\nbox = [xs]\nxs.append(2)\nprint(box)",
        "xs = [1]\ndef g():\n    xs.append(2)\ng()\nprint(xs)",
        "xs = [1]\nys = (x for x in xs)\nxs.append(2)\nprint(list(ys))",
        "xs = [1]\nprint(xs is xs)",
        "xs = grid[0]\nxs.append(1)\nprint(grid)",
        "xs = [1]\nfor x in xs:\n    xs = [2]\nprint(xs)",
        "xs = grid[0] if grid else [1]\nxs.append(1)\nprint(grid)",
    ],
)
def test_a_list_that_two_names_reach_is_a_handle(body: str) -> None:
    inside = body.replace("\n", "\n    ")
    rust = rust_of(f"def f(grid: list[list[int]]) -> None:\n    {inside}\nf([[1]])\n")
    assert "xs: OwnList" not in rust


def test_a_result_that_something_else_holds_is_a_handle() -> None:
    rust = rust_of(
        "kept: list[list[int]] = []\ndef f() -> list[int]:\n    xs = [1]\n    kept.append(xs)\n"
        "    return xs\ndef g(xs: list[int]) -> list[int]:\n    return xs\nprint(f(), g([1]))\n"
    )
    assert "pub fn f() -> Result<List<Int>>" in rust


def test_a_library_gives_handles_to_callers_that_it_does_not_know() -> None:
    text = "def f(xs: list[int]) -> list[int]:\n    return [x + 1 for x in xs]\n"
    assert "f(xs: &OwnList<Int>) -> Result<List<Int>>" in rust_of(text, "lib")


POINT = (
    "class P:\n    def __init__(self, x: int) -> None:\n        self.x = x\n"
    "    def up(self) -> int:\n        self.x += 1\n        return self.x\n"
    "def make(x: int) -> P:\n    return P(x)\n"
)


def test_an_object_that_is_made_lent_and_returned_has_no_handle() -> None:
    rust = rust_of(
        POINT + "def f() -> int:\n    p = make(1)\n    return p.up() + p.x\nprint(f())\n"
    )
    assert "impl PFields {" in rust
    assert "pub fn up(&self) -> Result<Int>" in rust.replace("i64", "Int")
    assert "pub fn make(x: i64) -> Result<PFields>" in rust
    assert "let p: PFields = make(1)?;" in rust


def test_an_object_that_something_else_holds_is_a_handle() -> None:
    held = (
        "def f() -> int:\n    p = make(1)\n    ps = [p]\n    p.up()\n    return ps[0].x\n"
        "print(f())\n"
    )
    assert "let p: P = " in rust_of(POINT + held)
