"""`os.environ[name]` and `name in os.environ`, read only: by `os.environ.get`."""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.expand.unit import Members, Unit, copied, expr_at, load, parse_at

_HOME = "os.environ"
_MEMBERS = Members((_HOME,))
_READ = """\
def {name}(key):
    import os
    found = os.environ.get(key)
    if found is None:
        raise KeyError(key)
    return found
"""


def expand(unit: Unit) -> bool:
    if unit.is_library or not unit.names(_MEMBERS) or not _is_read(unit):
        return False
    expansion = _Expansion(unit)
    expansion.visit(unit.tree)
    at = _after_imports(unit.tree.body)
    unit.tree.body[at:at] = expansion.made
    return expansion.done


def _is_read(unit: Unit) -> bool:
    """Whether some subscript or comparison may read it."""
    read = [node.value for node in unit.every(ast.Subscript)]
    read += [right for node in unit.every(ast.Compare) for right in node.comparators]
    return any(unit.path(node) == _HOME for node in read)


class _Expansion(trees.Transformer):
    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.done = False
        # The function that reads a variable, once it is needed.
        self.reader = ""
        self.made: list[ast.stmt] = []

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        if self.unit.path(node.value) != _HOME or not isinstance(node.ctx, ast.Load):
            return node
        self.done = True
        if not self.reader:
            self.reader = self.unit.fresh("environ")
            made = parse_at(_READ.format(name=self.reader), node)
            self.made = made
        return ast.copy_location(ast.Call(load(self.reader, node), [node.slice], []), node)

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        if len(node.ops) != 1 or not isinstance(node.ops[0], (ast.In, ast.NotIn)):
            return node
        if self.unit.path(node.comparators[0]) != _HOME:
            return node
        self.done = True
        sign = "is not" if isinstance(node.ops[0], ast.In) else "is"
        made = expr_at(f"{ast.unparse(node.comparators[0])}.get() {sign} None", node)
        assert isinstance(made, ast.Compare)
        assert isinstance(made.left, ast.Call)
        made.left.args = [copied(node.left)]
        return made


def _after_imports(body: list[ast.stmt]) -> int:
    """Behind the imports with which a module begins."""
    at = 0
    for position, statement in enumerate(body):
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            at = position + 1
        elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            break
    return at
