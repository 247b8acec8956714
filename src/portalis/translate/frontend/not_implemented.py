"""Which functions may return NotImplemented, by name: those that mention it, and those that call
one that may. Which give nothing but it and truths, by how their answers are written."""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.program import Program


def givers(program: Program) -> set[str]:
    nodes = [module.nodes for module in program.modules.values()]
    found: set[str] = set()
    for index in nodes:
        if "NotImplemented" in index.named():
            found |= {f.name for f in _functions(index) if any(map(_is_it, trees.walk(f)))}
    # Of the modules that call some of them: what each function calls.
    calls: dict[trees.Index, list[tuple[str, set[str]]]] = {}
    named = [(index, {_name(call.func) for call in index.every(ast.Call)}) for index in nodes]
    grown = bool(found)
    while grown:
        before = len(found)
        for index, names in named:
            if not names.isdisjoint(found):
                if index not in calls:
                    calls[index] = [(f.name, _called(f)) for f in _functions(index)]
                found.update([name for name, called in calls[index] if called & found])
        grown = len(found) > before
    return found


def _functions(index: trees.Index) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [*index.every(ast.FunctionDef), *index.every(ast.AsyncFunctionDef)]


def _is_it(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "NotImplemented"


def _called(function: ast.AST) -> set[str]:
    """The names of what is called in a function."""
    return {_name(node.func) for node in trees.walk(function) if isinstance(node, ast.Call)}


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
