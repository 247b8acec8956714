"""Tuple parameters that are only taken apart are passed as their items."""

from __future__ import annotations

from tests.translate.passes_support import rust_of

PRODUCT = "def product(pair: tuple[int, int]) -> int:\n    a, b = pair\n    return a * b\n"


def test_items_are_passed_by_themselves() -> None:
    rust = rust_of(PRODUCT + "print(product((3, 4)))\n")
    assert "pub fn product(pair_0: i64, pair_1: i64)" in rust


def test_a_tuple_that_is_there_already_is_passed_whole() -> None:
    assert "pair: &(Int, Int)" in rust_of(PRODUCT + "p = (3, 4)\nprint(product(p), p)\n")


def test_a_tuple_that_is_kept_is_passed_whole() -> None:
    head = "def f(pair: tuple[int, int]) -> list[tuple[int, int]]:\n"
    text = head + "    return [pair]\nprint(f((1, 2)))\n"
    assert "pair: (Int, Int)" in rust_of(text)
