"""Messages of calls that do not fit, against CPython's own."""

from __future__ import annotations

import ast
import itertools

import pytest

from portalis.translate.artifacts import SourceFile, SourceTree
from portalis.translate.frontend.load import load
from portalis.translate.frontend.program import Function
from portalis.translate.lower.arity import problem

FUNCTIONS = """
def none(): pass
def one(a): pass
def two(a, b): pass
def four(a, b, c, d): pass
def option(a, b=1): pass
def only(a, b=1, *, k, m=2): pass
def two_only(*, k, m): pass
def rest(a, *xs): pass
def anything(a, *xs, **ks): pass
def keywords(a, b=2, **ks): pass
"""


def functions() -> dict[str, Function]:
    loaded = load(SourceTree((SourceFile("m.py", "m", FUNCTIONS),), "m"))
    return {f.name: f for f in loaded.order[0].functions}


FOUND = functions()


@pytest.mark.parametrize("name", FOUND)
def test_messages_are_those_of_cpython(name: str) -> None:
    scope: dict[str, object] = {}
    exec(compile(ast.parse(FUNCTIONS), "m.py", "exec"), scope)
    real = scope[name]
    assert callable(real)
    for given in range(6):
        for size in range(3):
            for keys in itertools.combinations(("a", "b", "k", "m", "z"), size):
                expected: str | None = None
                try:
                    real(*range(given), **dict.fromkeys(keys, 0))
                except TypeError as error:
                    expected = str(error)
                assert problem(FOUND[name], given, keys) == expected, (given, keys)
