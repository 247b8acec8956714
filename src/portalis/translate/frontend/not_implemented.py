"""Which functions may return NotImplemented, by name: those that mention it, and those that call
one that may."""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.program import Program


def givers(program: Program) -> set[str]:
    names = (n for m in program.modules.values() for n in m.nodes.every(ast.Name))
    if not any(name.id == "NotImplemented" for name in names):
        return set()
    found: set[str] = set()
    calls: dict[str, set[str]] = {}
    for module in program.modules.values():
        functions: list[ast.FunctionDef | ast.AsyncFunctionDef]
        functions = [*module.nodes.every(ast.FunctionDef)]
        for function in functions + module.nodes.every(ast.AsyncFunctionDef):
            for node in trees.walk(function):
                if isinstance(node, ast.Name) and node.id == "NotImplemented":
                    found.add(function.name)
                elif isinstance(node, ast.Call):
                    calls.setdefault(function.name, set()).add(_name(node.func))
    grown = True
    while grown:
        more = {name for name, called in calls.items() if name not in found and called & found}
        grown = bool(more)
        found |= more
    return found


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
