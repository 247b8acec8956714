"""Calls of functions that only return an argument, or a constant, are what they return."""

from __future__ import annotations

from tests.translate.passes_support import rust_of

SELF = """\
class C:
    def __init__(self, n: int) -> None:
        self.n = n
    def me(self) -> "C":
        return self
    def yes(self) -> bool:
        return True
def f(c: C) -> int:
    c.me()
    return c.me().n if c.yes() else 0
"""


def test_what_is_only_handed_back_is_lent() -> None:
    rust = rust_of(SELF + "print(f(C(3)))\n")
    assert "pub fn f(c: &CFields)" in rust
    assert "C::me(" not in rust
    assert "C::yes(" not in rust


def test_arguments_that_do_something_stay() -> None:
    text = "def first(a: int, b: int) -> int:\n    return a\n"
    text += "def g() -> int:\n    print(1)\n    return 2\n"
    assert "first(1, g()?)" in rust_of(text + "print(first(1, g()))\n")
