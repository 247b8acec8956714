"""Fields that are there before anything reads them need no `Option`."""

from __future__ import annotations

from tests.translate.passes_support import rust_of

CLASS = """
class C:
    def __init__(self, n: int) -> None:
{init}
    def help(self) -> None:
        print(self.a)

c = C(3)
print(c.a)
"""


def is_plain(init: str) -> bool:
    lines = "".join(f"        {line}\n" for line in init.split("\n"))
    struct = rust_of(CLASS.format(init=lines)).partition("struct C")[2].partition("impl")[0]
    slots, _, plain = struct.partition("plain {")
    assert (" a: " in slots) != (" a: " in plain)
    return " a: " in plain


def test_a_field_of_the_first_statements_is_plain() -> None:
    assert is_plain("self.a = n")
    assert is_plain("self.b = n\nself.a = self.b + 1")


def test_a_method_may_meet_the_instance_before() -> None:
    assert not is_plain("self.help()\nself.a = n")
    assert not is_plain("print(self)\nself.a = n")


def test_init_may_leave_or_read_before() -> None:
    assert not is_plain("if n > 9: return\nself.a = n")
    assert not is_plain("print(self.a)\nself.a = n")


def test_what_a_branch_assigns_is_unsure() -> None:
    assert not is_plain("if n > 2:\n    self.a = n")


def test_a_method_that_init_calls_may_assign() -> None:
    rust = rust_of(
        "class C:\n"
        "    def __init__(self) -> None:\n        self.set(1)\n"
        "    def set(self, a: int) -> None:\n        self.a = a\n"
        "print(C().a)\n"
    )
    assert " a: " in rust.partition("plain {")[2].partition("impl")[0]


def test_a_method_that_may_leave_assigns_nothing_for_sure() -> None:
    rust = rust_of(
        "class C:\n"
        "    def __init__(self, n: int) -> None:\n        self.set(n)\n"
        "    def set(self, n: int) -> None:\n        if n > 2: return\n        self.a = n\n"
        "print(C(1).a)\n"
    )
    assert " a: " in rust.partition("struct C")[2].partition("plain {")[0]
