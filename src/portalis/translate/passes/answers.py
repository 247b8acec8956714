"""A call of a function that only returns an argument, or a constant, is what it returns.

What such a function is given is then handed on to nobody, and can be lent.
"""

from __future__ import annotations

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import changed, nodes, of
from portalis.translate.ir.walk import bodies, rewrite
from portalis.translate.passes.callers import all_functions


def run(crate: ir.CrateIR) -> None:
    answers = {f.path: a for f in all_functions(crate) if (a := answer(f)) is not None}

    def answered(node: ir.Expr) -> ir.Expr:
        while isinstance(node, ir.Call) and is_plain(node) and node.path in answers:
            given = answers[node.path]
            if isinstance(given, int):
                rest, value = node.args[:given] + node.args[given + 1 :], node.args[given]
            else:
                rest, value = node.args, ir.Lit(given.ty, given.value)
            if value.ty != node.ty or not all(map(is_idle, rest)):
                break
            node = value
        return node

    for function in all_functions(crate):
        if any(node.path in answers for node in of(function, ir.Call)):
            rewrite(function.body, answered)
            changed([function])
        if any(is_idle(node.value) for node in of(function, ir.Eval)):
            for node in nodes(function):
                for body in bodies(node):
                    sweep(body)
            sweep(function.body)
            changed([function])


def sweep(body: list[ir.Stmt]) -> None:
    """Without statements that do nothing."""
    body[:] = [s for s in body if not (isinstance(s, ir.Eval) and is_idle(s.value))]


def answer(function: ir.FunctionDef) -> ir.Lit | int | None:
    """The constant that the function gives, or the position of the parameter."""
    if function.is_generator or function.suspends or function.captures or len(function.body) != 1:
        return None
    last = function.body[0]
    value = last.value if isinstance(last, ir.Return) else None
    if isinstance(value, ir.Lit):
        return value
    if isinstance(value, ir.Var) and value.local.storage == "plain":
        return function.params.index(value.local) if value.local in function.params else None
    return None


def is_plain(node: ir.Call) -> bool:
    return not node.captures and node.delegates is None


def is_idle(node: ir.Expr) -> bool:
    """Evaluating it does nothing."""
    return isinstance(node, ir.Lit) or (isinstance(node, ir.Var) and node.local.storage == "plain")
