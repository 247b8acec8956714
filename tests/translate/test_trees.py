"""Copies of syntax trees."""

from __future__ import annotations

import ast

from portalis.core import trees

TEXT = """
def f(x, *, y=1):
    global z
    match x:
        case C(a=1) | {"k": v, **rest}:
            return {**rest, "a": [v]}
    return f"{x!r}" if x < y else x.y[1:2]
"""


def test_a_copy_is_the_same_code_and_shares_no_node() -> None:
    tree = ast.parse(TEXT)
    copies: dict[int, ast.AST] = {}
    made = trees.copied(tree, copies)
    assert ast.dump(made, include_attributes=True) == ast.dump(tree, include_attributes=True)
    assert set(trees.walk(made)).isdisjoint(trees.walk(tree))
    for old, new in zip(trees.walk(tree), trees.walk(made), strict=True):
        assert copies[id(old)] is new


def test_parents_are_what_nodes_stand_in() -> None:
    tree = ast.parse(TEXT)
    found = trees.parents(tree)
    assert {n: p for p in trees.walk(tree) for n in trees.children(p)} == found
