"""Prints of functions: what they see, what they do not see, and that only the source counts."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from portalis.translate.fingerprint import (
    BANDS,
    MINIMA,
    Print,
    _signature,
    bands,
    prints_of,
    similarity,
)

FIRST = '''
def total(limit: int, numbers: list[int]) -> int:
    """What it is."""
    result = 0
    for number in numbers:
        if number > limit:
            result += number * 2
        else:
            result -= 1
    return result
'''
RENAMED = """
@cache
def f(a: int, bs: list[int]) -> int:
    c = 17
    for b in bs:
        if b > a:
            c += b * 5
        else:
            c -= 9
    return c
"""
CHANGED = RENAMED.replace("c -= 9", "c -= 9\n            print(c)")
OTHER = """
def count(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for word in text.lower().split():
        found[word] = found.get(word, 0) + 1
    return dict(sorted(found.items()))
"""


def only(source: str) -> Print:
    (found,) = prints_of(source)
    return found


def likeness(one: str, two: str) -> float:
    return similarity(only(one).signature, only(two).signature)


def test_names_constants_and_docstrings_do_not_count() -> None:
    assert likeness(FIRST, RENAMED) == 1
    assert (only(FIRST).line, only(RENAMED).line) == (2, 2)
    assert (only(FIRST).end_line, only(RENAMED).end_line) == (10, 10)


def test_kinds_of_constants_and_what_is_called_count() -> None:
    assert likeness(FIRST, FIRST.replace("result = 0", "result = 'a'")) < 1
    assert likeness(OTHER, OTHER.replace("sorted", "reversed")) < 1
    assert likeness(OTHER, OTHER.replace("lower", "upper")) < 1
    assert likeness(FIRST, FIRST.replace("+=", "-=")) < 1


def test_a_small_change_is_near_and_another_function_is_far() -> None:
    assert 0.6 < likeness(RENAMED, CHANGED) < 1
    assert likeness(FIRST, OTHER) < 0.5


def test_functions_have_names_within_the_file() -> None:
    body = FIRST.replace("\n", "\n        ").rstrip()
    source = f"class A:\n    class B:{body}\n\nif x:{FIRST.replace(chr(10), chr(10) + '    ')}"
    assert [each.name for each in prints_of(source)] == ["A.B.total", "total"]


def test_small_functions_have_no_print() -> None:
    assert prints_of("def f():\n    return 1\n") == []


def test_what_python_does_not_parse_is_said() -> None:
    with pytest.raises(SyntaxError):
        prints_of("def f(:\n")


def test_prints_are_the_same_in_any_process() -> None:
    code = (
        "import sys; from portalis.translate.fingerprint import *;"
        "print(prints_of(sys.stdin.read())[0].signature)"
    )
    ran = [
        subprocess.run(
            [sys.executable, "-c", code],
            input=FIRST,
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    ]
    assert ran == [f"{only(FIRST).signature}\n"] * 2


@pytest.mark.parametrize("size", [20, 100, 1_000])
@pytest.mark.parametrize("shared", [0.3, 0.7, 0.95])
def test_the_estimate_is_near_the_jaccard_similarity(size: int, shared: float) -> None:
    rng = random.Random(size)
    errors = []
    for _ in range(50):
        common = {rng.getrandbits(64) for _ in range(int(size * shared))}
        one, two = (
            common | {rng.getrandbits(64) for _ in range(size - len(common))} for _ in range(2)
        )
        true = len(one & two) / len(one | two)
        errors.append(similarity(_signature(one), _signature(two)) - true)
    assert abs(sum(errors) / len(errors)) < 0.05
    assert (sum(error**2 for error in errors) / len(errors)) ** 0.5 < 0.13


def test_near_signatures_share_a_band() -> None:
    signature = only(FIRST).signature
    assert len(signature) == MINIMA
    assert len(set(bands(signature))) == BANDS
    assert all(0 <= band < 2**63 for band in bands(signature))
    assert set(bands(signature)) & set(bands(only(CHANGED).signature))
