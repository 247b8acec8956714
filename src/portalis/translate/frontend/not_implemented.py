"""Which functions may return NotImplemented, by name: those that mention it, and those that call
one that may. Which give nothing but it and truths, by how their answers are written."""

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
                if node.__class__ is ast.Name and node.id == "NotImplemented":
                    found.add(function.name)
                elif node.__class__ is ast.Call:
                    calls.setdefault(function.name, set()).add(_name(node.func))
    grown = True
    while grown:
        more = {name for name, called in calls.items() if name not in found and called & found}
        grown = bool(more)
        found |= more
    return found


_TESTS = frozenset("all any bool callable hasattr isinstance issubclass".split())

_COMPARISONS = frozenset("__eq__ __ne__ __lt__ __le__ __gt__ __ge__".split())


def gives_truths(function: ast.AST) -> bool:
    """Every answer of a comparison method is a bool or NotImplemented, as it is written."""
    answers = (n.value for n in trees.walk(function) if isinstance(n, ast.Return))
    return all(answer is not None and _is_truth(answer) for answer in answers)


def _is_truth(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=bool()) | ast.Name(id="NotImplemented") | ast.Compare():
            return True
        case ast.UnaryOp(op=ast.Not()):
            return True
        case ast.BoolOp(values=values):
            return all(map(_is_truth, values))
        case ast.IfExp(body=body, orelse=orelse):
            return _is_truth(body) and _is_truth(orelse)
        case ast.Call(func=ast.Name(id=name)):
            return name in _TESTS
        case ast.Call(func=ast.Attribute(attr=name)):
            # Another comparison, which is looked at like this one.
            return name in _COMPARISONS
    return False


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
