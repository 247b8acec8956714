"""Functions are made anew for the functions that they are given."""

from __future__ import annotations

from tests.translate.passes_support import rust_of

APPLY = """\
from collections.abc import Callable
def square(x: int) -> int:
    return x * x
def half(x: int) -> int:
    return x // 2
def apply(f: Callable[[int], int], x: int) -> int:
    return f(x)
"""


def test_each_function_that_is_given_makes_a_version() -> None:
    rust = rust_of(APPLY + "print(apply(square, 3), apply(half, 5), apply(square, 7))\n")
    assert "pub fn apply(x: i64)" in rust
    assert "pub fn apply_half(x: i64)" in rust
    assert "Func" not in rust


def test_a_function_that_is_kept_stays_a_value() -> None:
    text = APPLY + "fs = [square, half]\nprint(apply(fs[0], 3))\n"
    assert "f: &Func<" in rust_of(text)


def test_a_parameter_that_is_handed_on_stays_a_value() -> None:
    text = (
        APPLY + "def keep(f: Callable[[int], int]) -> list[Callable[[int], int]]:\n"
        "    return [f]\nprint(keep(half)[0](4))\n"
    )
    assert "f: Func<" in rust_of(text)
