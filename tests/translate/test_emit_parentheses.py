"""Parentheses that say nothing are gone; those that mean something stay."""

from __future__ import annotations

import pytest

from portalis.translate.emit.parentheses import without_needless


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ok((&a + b))", "Ok(&a + b)"),
        ("get((-1), (n + 1))?", "get(-1, n + 1)?"),
        ("f(((x)))", "f(x)"),
        ("let x = (a == b);", "let x = a == b;"),
        ("x += (a - b);", "x += a - b;"),
        ("return (a < b);", "return a < b;"),
        ("if (a && (b || c)) {", "if a && (b || c) {"),
        ("while (&n > 0) {", "while &n > 0 {"),
        ("for i in (a + b) {", "for i in a + b {"),
        ("[(a + b), (c)]", "[a + b, c]"),
        ("{ (a + b) }", "{ a + b }"),
        # a call, a tuple, the unit, a cast or operand among others
        ("f(a)", "f(a)"),
        ("let t = (a, b);", "let t = (a, b);"),
        ("let t = (a,);", "let t = (a,);"),
        ("Ok(())", "Ok(())"),
        ("let x = (a + b) * c;", "let x = (a + b) * c;"),
        ("!(a == b)", "!(a == b)"),
        ("for i in (0..n).rev() {", "for i in (0..n).rev() {"),
        ("vec![(a, b)]", "vec![(a, b)]"),
        # a block at the head of a condition, or where a statement could end
        ("if ({ f(); a } == b) {", "if ({ f(); a } == b) {"),
        ("; (match x {} + 1) }", "; (match x {} + 1) }"),
        ("if (x == Foo { a: 1 }) {", "if (x == Foo { a: 1 }) {"),
        # text is no syntax
        ('lit("((a))")', 'lit("((a))")'),
        ("f('(', (b))", "f('(', b)"),
        ("tr!('try1, (a))", "tr!('try1, a)"),
        ("// ((a))\n;", "// ((a))\n;"),
        ("a != (b)", "a != (b)"),
        ("\x017\x01x = (a);\n\x018\x01y = (b);", "\x017\x01x = a;\n\x018\x01y = b;"),
    ],
)
def test_needless_parentheses(text: str, expected: str) -> None:
    assert without_needless(text) == expected
