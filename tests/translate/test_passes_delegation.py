"""Who delegates to a call runs its steps."""

from __future__ import annotations

from tests.translate.passes_support import rust_of

AWAITS = """
async def leaf(n: int) -> int:
    return n

async def root(n: int) -> int:
    return await leaf(n) + 1

root(3)
"""


def test_what_never_suspends_is_called() -> None:
    rust = rust_of(AWAITS)
    assert "pub fn leaf__steps(n: i64)" in rust
    assert "leaf__steps(n).map_err(in_coroutine)?" in rust
    assert "coroutine_at_once(move || -> Result<Int>" in rust


def test_what_nobody_awaits_is_not_split() -> None:
    assert "root__steps" not in rust_of(AWAITS)


def test_steps_that_may_be_inside_themselves_are_boxed() -> None:
    rust = rust_of(
        "def down(n: int):\n    yield n\n    if n:\n        yield from down(n - 1)\n\n"
        "def twice(n: int):\n    yield from down(n)\n    yield from down(n)\n\n"
        "print(list(twice(3)))\n"
    )
    assert "pub async fn down__steps(n: i64, yielder: &Yielder<Int>) -> Result<()>" in rust
    assert "yielder.nested(Box::pin(down__steps(n - 1, &yielder))).await?" in rust
    assert "yielder.nested(down__steps(n, &yielder)).await?" in rust


def test_a_name_that_is_taken_is_left_alone() -> None:
    rust = rust_of(AWAITS + "\ndef leaf__steps() -> None:\n    pass\n\nleaf__steps()\n")
    assert "pub fn leaf__steps_(n: i64)" in rust
