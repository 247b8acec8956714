"""Small functions without loops are offered to their callers: `#[inline]`.

rustc decides; the hint raises what it takes a call to be worth. Ints and fields that a
small function clones and checks then stay in the registers of the loop around it.
"""

from __future__ import annotations

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import nodes, of
from portalis.translate.passes.callers import all_functions

# Expressions and statements: about what rustc's raised threshold lets through.
SMALL = 120
# What runs long, suspends, or makes code of its own.
HEAVY = (ir.For, ir.While, ir.Try, ir.Yield, ir.GeneratorExpr)


def run(crate: ir.CrateIR) -> None:
    functions = {f.path: f for f in all_functions(crate)}
    called: set[str] = set()
    for function in functions.values():
        called |= {n.path for n in of(function, ir.Call)}
    for path in called & functions.keys():
        functions[path].inline = may_inline(functions[path])


def may_inline(function: ir.FunctionDef) -> bool:
    if function.recursive or function.is_generator or function.suspends:
        return False
    return len(nodes(function)) <= SMALL and not any(of(function, kind) for kind in HEAVY)
