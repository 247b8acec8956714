"""Elements of rows are reached through the outer list."""

from __future__ import annotations

from tests.translate.passes_support import rust_of


def f(text: str) -> str:
    lines = "".join(f"    {line}\n" for line in text.split("\n"))
    return rust_of(f"def f(xss: list[list[int]], n: int) -> None:\n{lines}\n\nf([[1]], 10**30)\n")


def test_reads_and_writes_are_fused() -> None:
    rust = f("for i in range(len(xss)):\n    xss[i][0] = xss[i][i] + 1")
    assert "xss.set2(i, 0, &xss.get2(i, i)? + 1)?" in rust


def test_an_index_that_may_raise_comes_after_the_row() -> None:
    rust = f("print(xss[0][n], xss[0][xss[0][0]])")
    assert "xss.get(0)?.get(n" in rust
    assert "xss.get(0)?.get(xss.get2(0, 0)?" in rust


def test_a_list_of_something_else_is_not() -> None:
    assert "get2" not in f("names = ['ab']\nprint(names[0][1])")
