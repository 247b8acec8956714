"""Copies of syntax trees."""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend import binders

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


class _Plain(ast.NodeTransformer):
    """Replaces, removes and multiplies nodes."""

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Attribute(ast.Name("q", ast.Load()), node.id, node.ctx)

    def visit_Global(self, node: ast.Global) -> None:
        del node

    def visit_Return(self, node: ast.Return) -> list[ast.stmt]:
        self.generic_visit(node)
        return [ast.Pass(), node]

    def visit_arg(self, node: ast.arg) -> ast.arg | None:
        return None if node.arg == "y" else node


class _Fast(trees.Transformer):
    visit_Name = _Plain.visit_Name
    visit_Global = _Plain.visit_Global
    visit_Return = _Plain.visit_Return
    visit_arg = _Plain.visit_arg


def test_a_transformer_does_what_pythons_own_does() -> None:
    expected = _Plain().visit(ast.parse(TEXT))
    made = _Fast().visit(ast.parse(TEXT))
    assert ast.dump(made) == ast.dump(expected)
    assert "q" in ast.dump(made)


def test_targets_are_found_in_the_order_of_a_walk() -> None:
    text = """
def f(self):
    self.a, (self.b, *self.c) = 1, (2, 3)
    with x as self.d:
        for self.e in y:
            self.f += [self.g]
        else:
            self.h: int = 1
    try:
        def g():
            self.i = lambda: self.j
    except E:
        self.k = 1
    finally:
        self.l = self.m = 2
"""
    statement = ast.parse(text).body[0]

    def stored(nodes: list[ast.AST]) -> list[str]:
        found = (n for n in nodes if isinstance(n, ast.Attribute))
        return [n.attr for n in found if isinstance(n.ctx, ast.Store)]

    assert stored(binders.targets(statement)) == stored(trees.walk(statement))
    assert sorted(stored(binders.targets(statement))) == list("abcdefhiklm")
