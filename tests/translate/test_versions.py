"""Functions that become several by the kinds of their arguments."""

from __future__ import annotations

import re

from tests.translate.passes_support import rust_of


def functions(text: str) -> list[str]:
    return re.findall(r"pub fn (\w+)\(", rust_of(text))


TEST = "def f(x):\n    if isinstance(x, str):\n        return len(x)\n    return x\n\n"


def test_one_for_each_kind_up_to_a_bound() -> None:
    assert functions(TEST + "f(1)\nf('a')\nf(2)\nf('b')\n") == ["f", "f_v2", "init"]
    calls = "f(1)\nf('a')\nf([1])\nf({1: 2})\nf((1,))\nf({1})\n"
    assert functions(TEST + calls) == ["f", "f_v2", "f_v3", "f_v4", "init"]


def test_isinstance_is_decided_in_each() -> None:
    assert "is_any_instance" not in rust_of(TEST + "f(1)\nf('a')\n")


def test_containers_keep_their_elements() -> None:
    first = "def first(xs):\n    return xs[0]\n\n"
    rust = rust_of(first + "print(first([1, 2]), first(['a']))\n")
    assert "xs: &OwnList<Str>" in rust
    assert "List<Value>" not in rust


def test_numbers_are_one_kind() -> None:
    assert functions("def f(x):\n    return x + 1\n\nf(1)\nf(2.5)\n") == ["f", "init"]


def test_what_is_kept_as_a_value_is_one_function() -> None:
    assert functions(TEST + "g = f\nprint(g(1), g('a'))\n") == ["f", "init"]
