"""`def f(x, sqrt=math.sqrt)`: a default that is a function or class and that no call replaces.

Such a parameter makes a global a local, which CPython reads faster. Here it is what its
default names, and no parameter at all: then its calls are known.
"""

from __future__ import annotations

import ast
from collections import Counter

from portalis.core import trees
from portalis.translate.frontend.program import (
    Class,
    Function,
    Imported,
    Param,
    Program,
    Variable,
)


def fold(program: Program) -> None:
    """Folds them all; the public functions of a library may be called from anywhere."""
    if not any(module.is_main for module in program.modules.values()):
        return
    functions = _own_functions(program)
    if all(_meaning(program, f, param) is None for f in functions for param in f.params):
        return
    calls, others = _uses(program)
    asked = {module: module.nodes.attributes() for module in program.modules.values()}
    askers = Counter(name for names in asked.values() for name in names)
    for function in functions:
        # Other modules may reach it by such an attribute.
        is_only = askers[function.name] == (function.name in asked[function.module])
        if function not in others and is_only:
            _fold_function(program, function, calls.get(function, []))


def _own_functions(program: Program) -> list[Function]:
    """The functions at the top level of the program's own modules that nothing decorates."""
    bodies = [m.tree.body for m in program.modules.values() if not m.is_library]
    plain = (s for b in bodies for s in b if isinstance(s, ast.FunctionDef))
    found = (program.functions.get(s) for s in plain if not s.decorator_list)
    return [function for function in found if function is not None]


def _uses(program: Program) -> tuple[dict[Function, list[ast.Call]], set[Function]]:
    """The calls of each function by its name, and the functions that are used otherwise."""
    calls: dict[Function, list[ast.Call]] = {}
    others: set[Function] = set()
    for module in program.modules.values():
        direct: set[ast.expr] = set()
        for call in module.nodes.every(ast.Call):
            function = _named(program, call.func)
            if function is not None:
                direct.add(call.func)
                calls.setdefault(function, []).append(call)
        for name in module.nodes.every(ast.Name):
            function = None if name in direct else _named(program, name)
            if function is not None:
                others.add(function)
    imported = {variable.entity for variable in program.aliases}
    return calls, others | {f for f in imported if isinstance(f, Function)}


def _named(program: Program, node: ast.expr) -> Function | None:
    variable = program.names.get(node) if isinstance(node, ast.Name) else None
    entity = variable.known_entity if isinstance(variable, Variable) else None
    return entity if isinstance(entity, Function) else None


def _fold_function(program: Program, function: Function, calls: list[ast.Call]) -> None:
    if any(_spreads(call) for call in calls):
        return
    given = max((len(call.args) for call in calls), default=0)
    named = {keyword.arg for call in calls for keyword in call.keywords}
    for position, param in reversed(list(enumerate(function.params))):
        positional = param.kind == "positional" and position >= given
        if (positional or param.kind == "keyword") and param.name not in named:
            meaning = _meaning(program, function, param)
            if meaning is not None:
                _drop(program, function, param, meaning)


def _spreads(call: ast.Call) -> bool:
    return any(isinstance(a, ast.Starred) for a in call.args) or any(
        k.arg is None for k in call.keywords
    )


Meaning = Function | Class | Imported | str


def _meaning(program: Program, function: Function, param: Param) -> Meaning | None:
    """What the parameter always stands for; None: a value, or something that may change."""
    variable, default = param.variable, param.default_variable
    if variable.stores != 1 or variable.captured or default is None or not default.is_global:
        return None
    if isinstance(param.default, ast.Attribute):
        base = _target(program, param.default.value)
        return Imported(f"{base.path}.{param.default.attr}") if isinstance(base, Imported) else None
    if param.default is None:
        return None
    target = _target(program, param.default)
    if isinstance(target, (Function, Class)) and _line(target) >= function.line:
        return None
    return target


def _line(entity: Function | Class) -> int:
    return entity.line if isinstance(entity, Function) else entity.node.lineno


def _target(program: Program, node: ast.expr) -> Meaning | None:
    target = program.names.get(node) if isinstance(node, ast.Name) else None
    if isinstance(target, str):
        return target
    if not isinstance(target, Variable) or target.maybe_unbound or target.defined is not None:
        return None
    entity = target.known_entity
    if isinstance(entity, (Function, Class)):
        return entity if not isinstance(entity.node, (ast.Module, ast.Lambda)) else None
    return entity if isinstance(entity, Imported) else None


def _drop(program: Program, function: Function, param: Param, meaning: Meaning) -> None:
    args = function.node.args if isinstance(function.node, ast.FunctionDef) else None
    assert args is not None
    if param.kind == "positional":
        rows = args.args if args.args and any(a.arg == param.name for a in args.args) else []
        if not rows:
            return
        at = next(i for i, a in enumerate(rows) if a.arg == param.name)
        del args.defaults[at - len(rows)]
        del rows[at]
    else:
        at = next(i for i, a in enumerate(args.kwonlyargs) if a.arg == param.name)
        del args.kwonlyargs[at], args.kw_defaults[at]
    function.params.remove(param)
    function.module.nodes = trees.Index(function.module.tree)
    default = param.default_variable
    for one in (function, function.module.body):
        if one is not None and default in one.all_variables:
            one.all_variables.remove(default)
    if isinstance(meaning, str):
        for node in [n for n, target in program.names.items() if target is param.variable]:
            program.names[node] = meaning
    else:
        param.variable.entity = meaning
        param.variable.is_param = False
