"""`push = stack.append`, `root = math.sqrt`: a local that holds a method and is only called.

Such a local saves CPython a look-up. Here a call of it is a call of the method on what it was
taken from, or of the library's function, where types say that this is the same.
"""

from __future__ import annotations

import ast
from collections import Counter

from portalis.translate.frontend.program import Imported, Module, Program, Variable


def mark(program: Program, module: Module) -> None:
    """Notes at each such local which method it holds."""
    called: Counter[Variable] = Counter()
    named: Counter[Variable] = Counter()
    held: dict[Variable, ast.Attribute] = {}
    for node in module.nodes.every(ast.Assign):
        match node:
            case ast.Assign(targets=[ast.Name() as target], value=ast.Attribute() as value):
                variable = _local(program, target)
                if variable is not None:
                    held[variable] = value
    if not held:
        return
    names = {variable.name for variable in held}
    for name in module.nodes.every(ast.Name):
        variable = _local(program, name) if name.id in names else None
        if variable is not None:
            named[variable] += 1
    for call in module.nodes.every(ast.Call):
        variable = _local(program, call.func) if isinstance(call.func, ast.Name) else None
        if variable is not None:
            called[variable] += 1
    for variable, value in held.items():
        if variable.stores != 1 or variable.is_param or named[variable] != called[variable] + 1:
            continue
        path = _path(program, value)
        if path is not None:
            variable.library = "" if variable.maybe_unbound else path
        elif isinstance(value.value, ast.Constant) or _is_held(program, value.value):
            variable.method = value.attr


def _is_held(program: Program, node: ast.expr) -> bool:
    """Whether it is a name of what some slot holds, not of a module, class or function."""
    variable = program.names.get(node) if isinstance(node, ast.Name) else None
    return isinstance(variable, Variable) and variable.known_entity is None


def _local(program: Program, node: ast.Name) -> Variable | None:
    variable = program.names.get(node)
    if isinstance(variable, Variable) and not variable.is_global:
        return variable
    return None


def _path(program: Program, node: ast.expr) -> str | None:
    """The library's name for it, where it has one."""
    if isinstance(node, ast.Name):
        variable = program.names.get(node)
        entity = variable.known_entity if isinstance(variable, Variable) else None
        return entity.path if isinstance(entity, Imported) else None
    if isinstance(node, ast.Attribute):
        base = _path(program, node.value)
        return None if base is None else f"{base}.{node.attr}"
    return None
