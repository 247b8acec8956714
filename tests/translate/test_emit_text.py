"""Emitted text that is taken apart, and what is said shorter for it."""

from __future__ import annotations

import pytest

from portalis.translate.emit.items import HEADER, asked_once, imported
from portalis.translate.emit.text import exception_parts, is_one_call


@pytest.mark.parametrize(
    ("text", "opened", "whole"),
    [
        ("f(a, g(b))", 1, True),
        ("f(a)?.g(b)", 1, False),
        ('f(")")', 1, True),
        ('f("\\")(")', 1, True),
        ("f(a", 1, False),
    ],
)
def test_one_call_ends_with_its_bracket(text: str, opened: int, whole: bool) -> None:
    assert is_one_call(text, opened) is whole


@pytest.mark.parametrize(
    ("error", "parts"),
    [
        ("Exc::new(&KEY_ERROR, vec![])", ["KEY_ERROR"]),
        ('Exc::new(&A, vec![Value::lit("x, (y")])', ["A", '"x, (y"']),
        ("Exc::new(&A, vec![Value::from(1), b])", ["A", "Value::from(1), b"]),
        ("Exc::new(&A, vec![]).raise_from(None)", None),
        ("Exc::new(&A, vec![f(vec![])]).during(&Exc::new(&B, vec![]))", None),
        ("Exc::new(&crate::m::A, vec![])", None),
    ],
)
def test_exceptions_that_are_made_on_the_spot(error: str, parts: list[str] | None) -> None:
    assert exception_parts(error) == parts


def test_items_of_other_modules_are_imported_once() -> None:
    made = imported(f"{HEADER}let a = crate::m::Shop::new(&crate::m::SHOP_CLASS, crate::m::f());\n")
    assert made == (
        f"{HEADER}use crate::m::{{SHOP_CLASS, Shop}};\n"
        "let a = Shop::new(&SHOP_CLASS, crate::m::f());\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "let a = crate::m::List::new(); let b = List::new();\n",
        "let a = crate::m::Shop::new(); let b = crate::n::Shop::new();\n",
        "let a = crate::m::Option::new();\n",
        'lit("crate::m::Shop") // " crate::m::Shop\n',
    ],
)
def test_a_name_that_may_mean_something_else_keeps_its_path(text: str) -> None:
    assert imported(HEADER + text) == HEADER + text


def test_a_module_is_asked_for_once_in_a_row() -> None:
    texts = ["crate::m::init()?;\n", "\x013\x01crate::m::init()?;\n", "f()?;\n", "f()?;\n"]
    assert list(asked_once(texts)) == [texts[0], *texts[2:]]
