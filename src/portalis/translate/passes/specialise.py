"""A function that is given functions is made anew for each that it is given.

`apply(square, xs)` becomes `apply_square(xs)`, which calls `square` itself: later passes
see who is called with what. It holds for parameters that are called and nothing else,
where every call of the function says which function it gives.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import changed, nodes, of
from portalis.translate.ir.types import Type
from portalis.translate.ir.walk import children, rewrite
from portalis.translate.passes.callers import all_functions, constructors, open_paths

# Versions of one function, and expressions and statements of a function that is copied.
MOST = 4
LARGEST = 400


def run(crate: ir.CrateIR) -> None:
    if not (crate.is_program and any(map(takes_function, all_functions(crate)))):
        return
    # What makes an instance passes on what it is given.
    held = open_paths(crate) | set(constructors(crate).values())
    closed = {f.path for m in crate.modules for f in m.functions} - held
    for module in crate.modules:
        for function in list(module.functions):
            if function.path not in closed or function.captures or function.suspends:
                continue
            while (found := given_functions(crate, function)) is not None:
                made = found.versions(module)
                changed(all_functions(crate))
                at = module.functions.index(function) + 1
                module.functions[at:at] = made
                if made:
                    # The versions' own parameters wait for another function to be looked at.
                    break


def takes_function(function: ir.FunctionDef) -> bool:
    return any(param.ty.kind == "func" for param in function.params)


def given_functions(crate: ir.CrateIR, function: ir.FunctionDef) -> Given | None:
    for i, param in enumerate(function.params):
        if param.ty.kind == "func" and param.storage == "plain" and not param.mutable:
            calls = list(calls_of(crate, function.path))
            targets = targets_of(crate, calls, i)
            if targets and is_only_called(function, param, calls):
                return Given(function, i, calls, targets)
    return None


def calls_of(crate: ir.CrateIR, path: str) -> Iterator[ir.Call]:
    for function in all_functions(crate):
        yield from (node for node in of(function, ir.Call) if node.path == path)


def targets_of(crate: ir.CrateIR, calls: list[ir.Call], position: int) -> dict[str, ir.FunctionDef]:
    """The functions that the calls give; none where one of them is not known."""
    functions = {f.path: f for f in all_functions(crate)}
    found: dict[str, ir.FunctionDef] = {}
    for call in calls:
        value = call.args[position]
        target = functions.get(value.path) if isinstance(value, ir.FunctionValue) else None
        if target is None or not stands_for(value, target):
            return {}
        found[target.path] = target
    return found if len(found) <= MOST else {}


def stands_for(value: ir.Expr, target: ir.FunctionDef) -> bool:
    """Calling the value is calling the function."""
    return (
        isinstance(value, ir.FunctionValue)
        and not (value.captures or target.captures or target.suspends)
        and not any(f is not None for f in value.fixed)
        and [p.ty for p in target.params] == value.params
        and target.result == value.result
    )


def is_only_called(function: ir.FunctionDef, param: ir.Local, calls: list[ir.Call]) -> bool:
    inside = set(calls)
    size = mentions = called = 0
    for node in nodes(function):
        size += 1
        if node in inside:
            return False
        mentions += sum(child is param for child in children(node))
        called += isinstance(node, ir.CallValue) and is_var(node.callee, param)
    return mentions == called and size <= LARGEST


def is_var(node: ir.Expr, local: ir.Local) -> bool:
    return isinstance(node, ir.Var) and node.local is local


@dataclass(slots=True)
class Given:
    """A parameter of a function, the function's calls, and what they give for it."""

    function: ir.FunctionDef
    position: int
    calls: list[ir.Call]
    targets: dict[str, ir.FunctionDef]

    def versions(self, module: ir.ModuleIR) -> list[ir.FunctionDef]:
        """Makes the function call the first that it is given; a new one for each other."""
        taken = {f.path for f in module.functions}
        first, *others = self.targets.values()
        made = {target.path: self.copied(target, taken) for target in others}
        made[first.path] = self.function
        for path, version in made.items():
            name_callee(version, version.params.pop(self.position), path)
        for call in self.calls:
            value = call.args.pop(self.position)
            assert isinstance(value, ir.FunctionValue)
            call.path = made[value.path].path
        return [made[target.path] for target in others]

    def copied(self, target: ir.FunctionDef, taken: set[str]) -> ir.FunctionDef:
        kept: dict[int, object] = {}
        for node in nodes(self.function):
            for part in (node, *children(node)):
                ty = getattr(part, "ty", None)
                if isinstance(ty, Type):
                    kept[id(ty)] = ty
        changed([self.function])
        version = copy.deepcopy(self.function, kept)
        word = target.name.rpartition("::")[2]
        suffix = f"_{word}"
        while version.path + suffix in taken:
            suffix += "_"
        taken.add(version.path + suffix)
        version.path += suffix
        version.name += suffix
        return version


def name_callee(function: ir.FunctionDef, param: ir.Local, path: str) -> None:
    """Calls of a parameter become calls of the function that it is."""

    def call(node: ir.Expr) -> ir.Expr:
        if isinstance(node, ir.CallValue) and is_var(node.callee, param):
            return ir.Call(node.ty, path, node.args)
        return node

    rewrite(function.body, call)
