"""Sets that only their length is asked of are counted."""

from __future__ import annotations

from tests.translate.passes_support import rust_of


def f(text: str) -> str:
    lines = "".join(f"    {line}\n" for line in text.split("\n"))
    return rust_of(f"def f(xs: list[int]) -> None:\n{lines}\n\nf([1, 10**30])\n")


def test_a_comprehension_is_counted() -> None:
    rust = f("print(len({x + 1 for x in xs}))")
    assert "Distinct::new()" in rust
    assert "Set" not in rust.partition("pub fn f")[2]


def test_a_set_of_ints_is_counted() -> None:
    assert "Distinct::collect(xs.py_iter())?.len()" in f("print(len(set(xs)))")


def test_a_set_with_a_name_is_a_set() -> None:
    assert "Distinct" not in f("s = set(xs)\nprint(len(s), s)")


def test_other_elements_have_their_own_equality() -> None:
    assert "Distinct" not in f("print(len({str(x) for x in xs}))")
