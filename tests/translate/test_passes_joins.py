"""The list on the left of `+` is given away where nothing needs it any more."""

from __future__ import annotations

from tests.translate.passes_support import rust_of


def f(text: str) -> str:
    lines = "".join(f"    {line}\n" for line in text.split("\n"))
    return rust_of(f"def f(xs: list[int]) -> None:\n{lines}\n\nf([1, 10**30])\n")


def test_a_list_that_was_just_made_is_given_away() -> None:
    assert ".joined(" in f("print(xs[1:] + xs)")
    assert ".joined(" in f("print([1] + xs)")


def test_the_old_value_is_given_away() -> None:
    assert "xs = xs.joined(" in f("for i in range(3):\n    xs = xs + [i]\nprint(xs)")


def test_a_list_with_a_name_is_kept() -> None:
    assert ".joined(" not in f("ys = xs + [1]\nprint(xs, ys)")
