"""Small functions without loops are offered to their callers."""

from __future__ import annotations

from tests.translate.passes_support import rust_of


def test_a_small_function_that_is_called_is_offered() -> None:
    rust = rust_of("def f(x: int) -> int:\n    return x + 1\n\nprint(f(3))\n")
    assert "#[inline] pub fn f" in rust


def test_what_loops_or_recurses_is_not() -> None:
    looping = "def f(n: int) -> int:\n    for i in range(n):\n        n += i\n    return n\n"
    assert "#[inline]" not in rust_of(f"{looping}\nprint(f(3))\n")
    deep = "def f(n: int) -> int:\n    return 0 if n < 1 else f(n - 1) + 1\n"
    assert "#[inline]" not in rust_of(f"{deep}\nprint(f(3))\n")


def test_nobody_calls_a_library_s_functions() -> None:
    assert "#[inline]" not in rust_of("def f(x: int) -> int:\n    return x + 1\n", "lib")


def test_large_functions_are_called() -> None:
    lines = "".join(f"    x = x * {i} + 1\n" for i in range(2, 60))
    large = f"def f(x: int) -> int:\n{lines}    return x\n"
    assert "#[inline]" not in rust_of(f"{large}\nprint(f(3))\n")
