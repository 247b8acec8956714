"""`from m import *` names what the program uses of m."""

from __future__ import annotations

import ast
import importlib

from portalis.core import trees
from portalis.translate.frontend import binders
from portalis.translate.frontend.expand.unit import Unit

# Modules of the standard library that do nothing but define when CPython imports them here.
_QUIET = frozenset(
    """abc array base64 binascii bisect calendar cmath collections contextlib copy csv dataclasses
    datetime decimal difflib enum fractions functools hashlib heapq io itertools json math
    numbers operator os.path pprint queue random re statistics string struct sys textwrap time
    types typing""".split()
)


def expand(unit: Unit) -> bool:
    starred = [
        node
        for node in unit.every(ast.ImportFrom)
        if any(alias.name == "*" for alias in node.names)
    ]
    changed = False
    for node in starred:
        names = _public(unit, node, set())
        if names is not None:
            used = _used(unit)
            node.names = [ast.alias(name) for name in names if name in used]
            for alias in node.names:
                ast.copy_location(alias, node)
            changed = True
    if changed:
        _Emptied().visit(unit.tree)
    return changed


class _Emptied(trees.Transformer):
    """An import of nothing still runs the module."""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt:
        if node.names:
            return node
        if node.module is None or node.level:
            return ast.copy_location(ast.Pass(), node)
        hidden = f"_portalis_star_{node.module.replace('.', '_')}"
        return ast.copy_location(ast.Import([ast.alias(node.module, hidden)]), node)


def _public(unit: Unit, node: ast.ImportFrom, seen: set[str]) -> list[str] | None:
    """The names that a module gives away; None if that is not known."""
    path = unit.source(node)
    found = unit.units.get(path)
    if found is not None:
        return _offered(found, seen)
    if node.level or path not in _QUIET:
        return None
    module = importlib.import_module(path)
    names = getattr(module, "__all__", None) or [n for n in vars(module) if n[0] != "_"]
    return sorted(names)


def _offered(unit: Unit, seen: set[str]) -> list[str]:
    if unit.name in seen:
        return []
    seen.add(unit.name)
    body = [s for s in unit.tree.body if not is_main_block(s)]
    for statement in body:
        listed = _all(statement)
        if listed is not None:
            return listed
    names = dict.fromkeys(n for n in binders.bound_names(body) if n[0] not in "_*")
    for node in trees.statements(unit.tree):
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            names.update(dict.fromkeys(_public(unit, node, seen) or ()))
    return list(names)


def _all(statement: ast.stmt) -> list[str] | None:
    """The names of `__all__ = [...]`."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, value = statement.targets[0], statement.value
        if isinstance(target, ast.Name) and target.id == "__all__":
            if isinstance(value, (ast.List, ast.Tuple)):
                return [
                    e.value
                    for e in value.elts
                    if isinstance(e, ast.Constant) and isinstance(e.value, str)
                ]
    return None


def is_main_block(statement: ast.stmt) -> bool:
    """`if __name__ == "__main__":`, which does not run in a module that is imported."""
    if not isinstance(statement, ast.If) or not isinstance(statement.test, ast.Compare):
        return False
    left = statement.test.left
    return isinstance(left, ast.Name) and left.id == "__name__"


def _used(unit: Unit) -> set[str]:
    """The names that the module may use, and those that others may take from it."""
    used = set(unit.nodes.named())
    for other in unit.units.values():
        used |= other.attributes()
        if other is not unit:
            names = [alias.name for node in other.every(ast.ImportFrom) for alias in node.names]
            used.update(names)
            if "*" in names:
                used |= other.nodes.named()
    return used
