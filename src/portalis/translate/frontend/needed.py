"""What of a module of Python's own library a program can use: the rest is not translated.

Definitions count by their names, wherever such a name is read or asked for as an attribute.
What such modules compute at their top level only defines things, so that nothing is lost with
what nobody names.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from portalis.core import trees
from portalis.translate.frontend.binders import bound_names
from portalis.translate.frontend.expand.star_imports import is_main_block


def asked(nodes: trees.Index) -> set[str]:
    """The names by which a module can mean members of others: those that it imports or asks
    for as attributes, and all that it reads where it imports whatever there is."""
    found = set(nodes.attributes())
    found.update(alias.name for node in nodes.every(ast.ImportFrom) for alias in node.names)
    if "*" in found:
        found |= nodes.named()
    return found


def named(tree: ast.AST) -> set[str]:
    """The names that code reads, asks for as attributes or imports from modules."""
    found: set[str] = set()
    for node in trees.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.ImportFrom):
            found.update(alias.name for alias in node.names)
    return found


def part(tree: ast.Module, wanted: Iterable[str]) -> ast.Module:
    """The module's statements that `wanted` names ask for, in their order."""
    names = set(wanted)
    waiting = [s for s in tree.body if not is_main_block(s)]
    kept: set[ast.stmt] = set()
    grown = True
    while grown:
        grown = False
        for statement in waiting:
            if statement not in kept and _is_needed(statement, names):
                kept.add(statement)
                names |= named(statement)
                grown = True
    body = [_imported(s, names) for s in waiting if s in kept]
    return ast.Module(body or [ast.copy_location(ast.Pass(), tree.body[0])], tree.type_ignores)


def _is_needed(statement: ast.stmt, names: set[str]) -> bool:
    if isinstance(statement, ast.Assign) and not isinstance(statement.targets[0], ast.Name):
        owner = _owner(statement.targets[0])
        return owner is None or owner in names
    binds = bound_names([statement])
    return not binds or not names.isdisjoint(binds) or "*" in binds


def _owner(target: ast.expr) -> str | None:
    """The name whose attribute or item is assigned."""
    while isinstance(target, (ast.Attribute, ast.Subscript)):
        target = target.value
    return target.id if isinstance(target, ast.Name) else None


def _imported(statement: ast.stmt, names: set[str]) -> ast.stmt:
    """Of an import, what is used."""
    if not isinstance(statement, (ast.Import, ast.ImportFrom)):
        return statement
    used = [a for a in statement.names if (a.asname or a.name.partition(".")[0]) in {*names, "*"}]
    if isinstance(statement, ast.Import):
        return ast.copy_location(ast.Import(used), statement)
    return ast.copy_location(ast.ImportFrom(statement.module, used, statement.level), statement)
