"""Ints that are proven small are i64; intervals hold what operators give."""

from __future__ import annotations

import operator
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalis.translate.passes import interval as iv
from tests.translate.passes_support import rust_of


def f(text: str, params: str = "xs: list[int], n: int", call: str = "[1], 10**30") -> str:
    lines = "".join(f"    {line}\n" for line in text.split("\n"))
    rust = rust_of(f"def f({params}) -> None:\n{lines}\n\nf({call})\n")
    return rust[rust.index("pub fn f(") : rust.index("pub fn init")]


def test_a_loop_over_lengths_is_native() -> None:
    rust = f("for i in range(len(xs)):\n    print(xs[i], i + 1)")
    assert "for i in 0..xs.len()" in rust
    assert "xs.get(i)?" in rust
    assert "&(i + 1)" in rust


def test_a_bound_of_any_size_saturates() -> None:
    assert "for i in 0..n.saturate()" in f("for i in range(n):\n    print(i)")


def test_a_start_of_any_size_is_checked() -> None:
    assert "Range::new(" in f("for i in range(n, 5):\n    print(i)")


def test_a_counter_is_native() -> None:
    rust = f("count = 0\nfor x in xs:\n    count += 1\nprint(count)")
    assert "let mut count: i64 = 0;" in rust


def test_a_sum_of_anything_is_not() -> None:
    rust = f("total = 0\nfor x in xs:\n    total += x\nprint(total)")
    assert "let mut total: Int" in rust


def test_a_product_that_grows_is_not() -> None:
    rust = f("p = 1\nfor i in range(n):\n    p = p * 2\nprint(p)")
    assert "let mut p: Int" in rust


def test_a_square_of_a_counter_may_be_large() -> None:
    rust = f("i = 0\nwhile i * i < n:\n    i += 1\nprint(i)")
    assert "let mut i: i64" in rust
    assert "(Int::Small(i) * i)" in rust


def test_binary_search_is_native() -> None:
    rust = f(
        "lo, hi = 0, len(xs) - 1\nwhile lo <= hi:\n    mid = (lo + hi) // 2\n"
        "    if xs[mid] < n:\n        lo = mid + 1\n    else:\n        hi = mid - 1\nprint(lo)"
    )
    assert "let mid: i64 = (lo + hi) / 2;" in rust
    assert "while lo <= hi" in rust


def test_remainders_by_constants_are_native() -> None:
    assert "let d: i64 = int::pymod_small(n, 10)?;" in f("d = n % 10\nprint(d)")


def test_what_a_closure_shares_keeps_its_type() -> None:
    rust = f("k = 0\ndef g() -> int:\n    return k\nk = 2\nprint(g())")
    assert "k: Rc<Slot<Int>>" in rust


def test_division_keeps_its_error() -> None:
    rust = f("for i in range(3):\n    print(10 // i)")
    assert "int::floordiv_i64(10, i)?" in rust


def test_parameters_that_all_calls_give_small_ints_are_native() -> None:
    text = (
        "def f(row: int, n: int) -> int:\n    if row == n:\n        return 1\n"
        "    total = 0\n    for i in range(n):\n        total += f(row + 1, n)\n"
        "    return total\nfor n in range(4, 9):\n    print(f(0, n))\n"
    )
    assert "pub fn f(row: i64, n: i64) -> Result<Int>" in rust_of(text)


def test_results_that_fit_are_native() -> None:
    text = "def f(s: str) -> int:\n    return len(s) % 7\nprint(f('abc') + 1)\n"
    rust = rust_of(text)
    assert "pub fn f(s: &Str) -> Result<i64>" in rust
    assert 'print(&[&(f(&lit("abc"))? + 1)])' in rust


def test_one_large_argument_is_enough() -> None:
    text = "def f(n: int) -> int:\n    return n + 1\nprint(f(1), f(10**30))\n"
    assert "pub fn f(n: &Int) -> Result<Int>" in rust_of(text)


def test_a_function_that_is_a_value_takes_any_int() -> None:
    text = "def f(n: int) -> int:\n    return n + 1\nprint(f(1), list(map(f, [2])))\n"
    assert "pub fn f(n: &Int) -> Result<Int>" in rust_of(text)


def test_a_library_takes_any_int() -> None:
    text = "def f(n: int) -> int:\n    return n + 1\ndef g() -> int:\n    return f(1)\n"
    assert "pub fn f(n: &Int) -> Result<Int>" in rust_of(text, kind="lib")


def test_a_parameter_that_grows_in_recursion_without_end_may_be_large() -> None:
    text = "def f(n: int) -> int:\n    return n if n > 10**20 else f(n * n)\nprint(f(7))\n"
    assert "pub fn f(n: &Int)" in rust_of(text) or "pub fn f(n: Int)" in rust_of(text)


def test_fields_and_variables_hold_what_assignments_store() -> None:
    text = (
        "k = 7\nclass C:\n    def __init__(self, n: int) -> None:\n        self.n = n\n"
        "        self.p = 1\n    def go(self) -> None:\n        self.n += k\n"
        "        self.p *= 2\nc = C(3)\nc.go()\nprint(c.n, c.p)\n"
    )
    rust = rust_of(text)
    assert "n: i64," in rust
    assert "p: Int," in rust
    assert "pub fn new(n: i64)" in rust


def test_what_is_larger_for_a_moment_is_computed_in_128_bits() -> None:
    rust = f("for i in range(n):\n    print(i * (i + 1) // 2 % 7, 1.0 / (i * i + 1), i * i)")
    assert "((i as i128) * ((i + 1) as i128)) >> 1" in rust
    assert "int::wide_to_f64(" in rust
    assert "&(Int::Small(i) * i)" in rust


OPERATORS: dict[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "//": operator.floordiv,
    "%": operator.mod,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
    "<<": operator.lshift,
    ">>": operator.rshift,
    "**nonneg": operator.pow,
    "min": min,
    "max": max,
}
BOUNDS = st.integers(-70, 70)


@pytest.mark.parametrize("name", sorted(iv.OPERATORS))
@given(st.tuples(BOUNDS, BOUNDS), st.tuples(BOUNDS, BOUNDS), st.data())
def test_intervals_hold_every_result(
    name: str, a: tuple[int, int], b: tuple[int, int], data: st.DataObject
) -> None:
    if name in ("<<", ">>", "**nonneg"):
        b = (abs(b[0]) % 9, abs(b[1]) % 9)
    left, right = (min(a), max(a)), (min(b), max(b))
    x, y = data.draw(st.integers(*left)), data.draw(st.integers(*right))
    if name in ("//", "%") and y == 0:
        return
    lo, hi = iv.OPERATORS[name](left, right)
    assert lo <= OPERATORS[name](x, y) <= hi


@pytest.mark.parametrize("name", sorted(iv.OPERATORS))
def test_unbounded_operands_give_ordered_bounds(name: str) -> None:
    some = [iv.TOP, (0, iv.INFINITE), (-iv.INFINITE, -1), (1, 10), (2, 2), iv.I64]
    for a in some:
        for b in some:
            lo, hi = iv.OPERATORS[name](a, b)
            assert lo <= hi
