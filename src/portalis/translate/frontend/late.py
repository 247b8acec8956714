"""Functions of a module that may be called before their `def` has run.

A function of ours is known by its name wherever the name stands; before its `def`
Python knows no such name. A statement of the module's body may get to the function
if it mentions it, or mentions what mentions it: calls through values start from a
mention, too. Only such functions pay for a check.
"""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.lattice import Cell, Ty
from portalis.translate.frontend.program import Class, Function, Module, Program, Variable

# By module: what functions and classes of it mention, as far as somebody has asked.
Mentioned = dict[Module, dict[ast.AST, list[Variable]]]


def mark(program: Program, module: Module, mentioned: Mentioned) -> None:
    """Gives each such function's variable another one that says that its `def` has run.
    `mentioned` has the modules whose names keep their meanings from now on."""
    early: set[Variable] = set()
    seen: set[Function | Class] = set()
    for statement in module.tree.body:
        if isinstance(statement, ast.FunctionDef):
            variable = program.names.get(statement)
            if isinstance(variable, Variable) and variable in early and _is_known(variable):
                variable.defined = _flag(module, variable)
        for node in _run_by(statement):
            _follow(program, _variables(program, node), early, seen, mentioned)


def _is_known(variable: Variable) -> bool:
    return isinstance(variable.known_entity, Function)


def _run_by(statement: ast.stmt) -> list[ast.AST]:
    """What runs when the statement does: of a `def` only what stands around its body."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
        defaults = [d for d in statement.args.kw_defaults if d is not None]
        return [*statement.decorator_list, *statement.args.defaults, *defaults]
    if not isinstance(statement, ast.ClassDef):
        return [statement]
    out: list[ast.AST] = [*statement.decorator_list, *statement.bases]
    for inner in statement.body:
        out += _run_by(inner)
    return out


def _variables(program: Program, node: ast.AST) -> list[Variable]:
    """The variables that the names in `node` mean."""
    names = (program.names.get(n) for n in trees.walk(node) if n.__class__ is ast.Name)
    return [variable for variable in names if isinstance(variable, Variable)]


def _follow(
    program: Program,
    variables: list[Variable],
    early: set[Variable],
    seen: set[Function | Class],
    mentioned: Mentioned,
) -> None:
    """Adds to `early` the variables, and those that functions and classes among them mention,
    directly or through others."""
    pending = [variables]
    while pending:
        for variable in pending.pop():
            early.add(variable)
            entity = variable.entity
            if isinstance(entity, (Function, Class)) and entity not in seen:
                seen.add(entity)
                known = mentioned.get(entity.module, {})
                if entity.node not in known:
                    known[entity.node] = _variables(program, entity.node)
                pending.append(known[entity.node])


def _flag(module: Module, variable: Variable) -> Variable:
    name = f"_portalis_{variable.name}_defined"
    flag = Variable(name, variable.owner, Cell(Ty("bool")), is_global=True, module=module)
    module.variables[name] = flag
    return flag
