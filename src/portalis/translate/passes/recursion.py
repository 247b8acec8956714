"""Functions that may be running twice at a time count against the recursion limit.

A cycle of the call graph may lead through the runtime: a `__repr__` that formats a list
that holds the object, a function that calls itself out of a dictionary.
"""

from __future__ import annotations

from portalis.core.graphs import strong_components
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import of
from portalis.translate.passes.callers import all_functions, constructors, open_paths

RUNTIME = ""


def run(crate: ir.CrateIR) -> None:
    made = constructors(crate)
    functions = {function.path: function for function in all_functions(crate)}
    callees = {path: _callees(function, made) for path, function in functions.items()}
    generators = {path for path, function in functions.items() if function.is_generator}
    callees[RUNTIME] = {
        *(made.get(path, path) for path in open_paths(crate)),
        *made.values(),
        *generators,
    }
    for component in strong_components(callees, lambda path: callees.get(path, ())):
        for path in component:
            if path in functions and (len(component) > 1 or path in callees[path]):
                functions[path].recursive = True


def _callees(function: ir.FunctionDef, made: dict[str, str]) -> set[str]:
    out: set[str] = set()
    for call in of(function, ir.Call):
        out.add(made.get(call.path, call.path))
    if of(function, ir.CallValue) or any(map(_runs_code, of(function, ir.Op))):
        out.add(RUNTIME)
    if any(loop.iterable.ty.holds_code for loop in of(function, ir.For)):
        out.add(RUNTIME)
    return out


def _runs_code(node: ir.Op) -> bool:
    """An operation of the runtime may call code of the program; one that only raises does not."""
    raises = node.raises and node.ty.kind != "never"
    return raises and any(part.ty.holds_code for part in _parts(node))


def _parts(value: ir.Expr) -> list[ir.Expr]:
    """What an operation works on: also the items of a tuple, and the value of a conversion."""
    inner: list[ir.Expr] = []
    if isinstance(value, ir.TupleLit):
        inner = value.items
    elif isinstance(value, ir.Op):
        inner = [operand.value for operand in value.operands.values()]
    return [*inner, *(part for item in inner for part in _parts(item))]
