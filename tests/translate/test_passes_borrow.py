"""Parameters that are only read are references, through calls and recursion."""

from __future__ import annotations

from tests.translate.passes_support import rust_of


def test_a_parameter_that_is_read_is_lent() -> None:
    rust = rust_of(
        "def f(xs: list[int]) -> int:\n    return len(xs) + xs[0]\nys = [1]\nprint(f(ys), f([2]))\n"
    )
    assert "pub fn f(xs: &OwnList<Int>)" in rust
    assert "f(&ints![OwnList; 2])" in rust


def test_a_parameter_that_is_kept_is_taken() -> None:
    rust = rust_of("def f(s: str, out: list[str]) -> None:\n    out.append(s)\nf('a', [])\n")
    assert "pub fn f(s: Str, out: &OwnList<Str>)" in rust


def test_a_parameter_that_is_returned_is_taken() -> None:
    assert "pub fn f(s: Str)" in rust_of("def f(s: str) -> str:\n    return s\nprint(f('a'))\n")


def test_a_parameter_that_is_assigned_is_taken() -> None:
    text = (
        "def f(s: str) -> int:\n    while len(s) < 3:\n        s = s + 'x'\n"
        "    return len(s)\nf('a')\n"
    )
    assert "pub fn f(mut s: Str)" in rust_of(text)


def test_handing_on_follows_the_callee() -> None:
    text = (
        "def keep(s: str, out: list[str]) -> None:\n    out.append(s)\n"
        "def look(s: str) -> int:\n    return len(s)\n"
        "def a(s: str, out: list[str]) -> None:\n    keep(s, out)\n"
        "def b(s: str) -> int:\n    return look(s)\n"
        "a('x', [])\nprint(b('x'))\n"
    )
    rust = rust_of(text)
    assert "pub fn a(s: Str, out: &OwnList<Str>)" in rust
    assert "pub fn b(s: &Str)" in rust
    assert "{ look(s) }" in rust


def test_recursion_lends() -> None:
    text = (
        "def f(xs: list[int], n: int) -> int:\n"
        "    return 0 if n == 0 else xs[0] + f(xs, n - 1)\nprint(f([1], 3))\n"
    )
    rust = rust_of(text)
    assert "f(xs: &OwnList<Int>, n: i64)" in rust
    assert "f(xs, n - 1)" in rust


def test_a_function_as_a_value_adapts() -> None:
    text = (
        "def f(s: str) -> int:\n    return len(s)\n"
        "xs = ['b', 'aa']\nxs.sort(key=f)\nprint(xs, f('x'))\n"
    )
    rust = rust_of(text)
    assert "pub fn f(s: &Str)" in rust
    assert "f(&" in rust


def test_an_argument_that_a_later_one_changes_is_read_first() -> None:
    text = (
        "def f(a: str, b: str) -> int:\n    return len(a) + len(b)\n"
        "def g(s: str) -> None:\n    while len(s) < 3:\n"
        "        print(f(s, (s := s + '!')))\ng('x')\n"
    )
    assert "f(&s.clone(), &" in rust_of(text)
