"""Generator expressions that run after the statement they stand in: they see variables as
these are by then, as nested functions do."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from portalis.core import trees
from portalis.translate.frontend.program import Module, Variable

# Calls that have taken all they want when they return.
_BUILTINS = frozenset(
    """all any bytearray bytes dict frozenset len list max min next set sorted sum tuple""".split()
)
_METHODS = frozenset("extend fsum join prod update writelines".split())


def mark(module: Module, names: Mapping[ast.AST, object], loops: set[int]) -> None:
    """Marks the variables that such a generator reads and that change after it is made, or
    that it sets itself; `loops`: the identities of nodes that stand in a loop."""
    made = module.nodes.every(ast.GeneratorExp)
    if not made:
        return
    taken = {id(g) for g in _taken(module, names)}
    for generator in made:
        if id(generator) not in taken:
            for variable in _seen(generator, names):
                late = variable.first_store_line > generator.lineno
                often = variable.stores > 1 or variable.in_loop
                if often or late or id(generator) in loops:
                    variable.captured = True
                    variable.slotted |= not variable.is_global and (often or late)


def _taken(module: Module, names: Mapping[ast.AST, object]) -> Iterator[ast.expr]:
    """What calls take whole, and what is returned: nothing else changes before it has run."""
    for call in module.nodes.every(ast.Call):
        func = call.func
        if isinstance(func, ast.Name):
            whole = func.id in _BUILTINS and isinstance(names.get(func), str)
            if func.id == "next":
                whole &= not _sets(call)
        else:
            whole = isinstance(func, ast.Attribute) and func.attr in _METHODS
        if whole:
            yield from call.args
    for statement in module.nodes.every(ast.Return):
        # What it sets itself is set later, and perhaps not at all.
        if statement.value is not None and not _sets(statement.value):
            yield statement.value


def _sets(node: ast.expr) -> bool:
    return any(isinstance(n, ast.NamedExpr) for n in trees.walk(node))


def _seen(generator: ast.GeneratorExp, names: Mapping[ast.AST, object]) -> list[Variable]:
    """The variables around it that its parts name, but for its first iterable."""
    before = set(trees.walk(generator.generators[0].iter))
    later = [n for n in trees.walk(generator) if isinstance(n, ast.Name) and n not in before]
    assigned = {id(n.target) for n in trees.walk(generator) if isinstance(n, ast.NamedExpr)}
    own = {names.get(n) for n in later if not isinstance(n.ctx, ast.Load) and id(n) not in assigned}
    found = dict.fromkeys(names.get(n) for n in later)
    return [v for v in found if isinstance(v, Variable) and v not in own and v.known_entity is None]
