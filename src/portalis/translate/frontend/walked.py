"""`xs = range(n) if whole else some`, where all that follows is one `for … in xs`.

A range and a list share no type, but what walks them does: such a choice may give an iterator
at once. Only what walks the same whenever the walk is begun may be begun early, and that is
for the types to say.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from portalis.core import trees
from portalis.translate.frontend.program import Module, Program


def mark(program: Program, module: Module) -> None:
    """Notes the choices of a module that are only walked, and once."""
    nodes = module.nodes
    choices = nodes.every(ast.IfExp)
    if any(_is_range(program, side) for c in choices for side in (c.body, c.orelse)):
        functions: list[ast.FunctionDef | ast.AsyncFunctionDef] = [*nodes.every(ast.FunctionDef)]
        for function in functions + nodes.every(ast.AsyncFunctionDef):
            program.walked.update(_in_function(program, function))


def _in_function(
    program: Program, function: ast.FunctionDef | ast.AsyncFunctionDef
) -> Iterator[ast.IfExp]:
    for block in _blocks(function):
        for at, statement in enumerate(block):
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.IfExp() as choice):
                    if any(_is_range(program, side) for side in (choice.body, choice.orelse)):
                        loops = [s for s in block[at + 1 :] if _walks(s, name)]
                        if len(loops) == 1 and _mentions(function, name) == 2:
                            yield choice


def _blocks(function: ast.AST) -> Iterator[list[ast.stmt]]:
    """The lists of statements in a function."""
    for node in trees.walk(function):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                yield block


def _is_range(program: Program, node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and program.names.get(node.func) == "range"
    )


def _walks(statement: ast.stmt, name: str) -> bool:
    match statement:
        case ast.For(iter=ast.Name(id=walked)):
            return walked == name
    return False


def _mentions(function: ast.AST, name: str) -> int:
    """How often the function names it, in any way."""
    count = 0
    for node in trees.walk(function):
        match node:
            case ast.Name(id=found) | ast.arg(arg=found):
                count += found == name
            case ast.Global(names=found) | ast.Nonlocal(names=found):
                count += 3 * (name in found)
            case ast.ExceptHandler(name=found) | ast.MatchAs(name=found):
                count += found == name
    return count
