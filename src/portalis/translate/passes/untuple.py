"""A tuple parameter that is only taken apart is passed as its items.

`def __getitem__(self, x_y): x, y = x_y` becomes a function of `x` and `y`, where every
call writes the tuple out.
"""

from __future__ import annotations

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import changed, nodes, of
from portalis.translate.ir.walk import children, rewrite
from portalis.translate.passes.callers import all_functions, constructors, open_paths

# Items of a tuple that is still passed as them.
MOST = 4


def run(crate: ir.CrateIR) -> None:
    if not crate.is_program:
        return
    functions = [f for m in crate.modules for f in m.functions]
    wanted = {f.path: places for f in functions if (places := taken_apart(f))}
    if not wanted:
        return
    # What makes an instance passes on what it is given.
    held = open_paths(crate) | set(constructors(crate).values())
    wanted = {path: places for path, places in wanted.items() if path not in held}
    calls: dict[str, list[ir.Call]] = {path: [] for path in wanted}
    for function in all_functions(crate):
        for node in of(function, ir.Call):
            if node.path in wanted:
                calls[node.path].append(node)
                wanted[node.path] &= {
                    i for i, arg in enumerate(node.args) if isinstance(arg, ir.TupleLit)
                }
    for function in functions:
        for position in sorted(wanted.get(function.path, ()), reverse=True):
            split(function, position)
            for call in calls[function.path]:
                whole = call.args[position]
                assert isinstance(whole, ir.TupleLit)
                call.args[position : position + 1] = whole.items
    changed(all_functions(crate))


def taken_apart(function: ir.FunctionDef) -> set[int]:
    """Positions of the parameters that the function only takes items of."""
    candidates = {
        p: i
        for i, p in enumerate(function.params)
        if p.ty.kind == "tuple"
        and 0 < len(p.ty.args) <= MOST
        and p.storage == "plain"
        and not p.mutable
    }
    if not candidates or function.suspends:
        return set()
    mentions = dict.fromkeys(candidates, 0)
    for node in nodes(function):
        if isinstance(node, ir.TupleItem) and isinstance(node.value, ir.Var):
            if node.value.local in mentions:
                mentions[node.value.local] -= 1
        for child in children(node):
            if isinstance(child, ir.Local) and child in mentions:
                mentions[child] += 1
    return {candidates[p] for p, count in mentions.items() if count == 0}


def split(function: ir.FunctionDef, position: int) -> None:
    whole = function.params[position]
    items = [ir.Local(f"{whole.name}_{i}", ty, is_param=True) for i, ty in enumerate(whole.ty.args)]
    function.params[position : position + 1] = items

    def item(node: ir.Expr) -> ir.Expr:
        if isinstance(node, ir.TupleItem) and isinstance(node.value, ir.Var):
            if node.value.local is whole:
                return ir.Var(node.ty, items[node.position])
        return node

    rewrite(function.body, item)
