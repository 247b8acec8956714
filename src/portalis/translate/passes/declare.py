"""Puts each local's declaration where Rust wants it.

Python's locals belong to the function; Rust's to a block. A local is declared in
the innermost block that holds all its mentions, at its first assignment where
that stands directly in the block. What may be unbound, or is shared with
closures, is declared at the top.
"""

from __future__ import annotations

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.walk import Scope, bound_in, children, every, locals_in


def run(crate: ir.CrateIR) -> None:
    for module in crate.modules:
        for function in (*module.functions, *([module.init] if module.init else [])):
            function_(function)


def function_(function: ir.FunctionDef) -> None:
    body = Scope(function.body)
    given = {*function.params, *function.captures}
    rebind_loop_targets(function)
    bound = bound_in(body)
    mentioned = locals_in(body)
    pending = [x for x in mentioned if x not in bound and x not in given]
    top: list[ir.Stmt] = [
        ir.Declare(function.line, x) for x in pending if x.storage in ("maybe", "slot")
    ]
    for param in function.params:
        if param.storage == "slot":
            top.append(ir.Declare(function.line, param))
    plain = [x for x in pending if x.storage == "plain"]
    for local in plain:
        place(local, function.body)
    function.body[:0] = top
    mark_mutable(function)


def rebind_loop_targets(function: ir.FunctionDef) -> None:
    """A loop variable that is used after its loop lives outside it."""
    loops = [n for n in every(Scope(function.body)) if isinstance(n, ir.For)]
    total = count_mentions(Scope(function.body))
    for number, loop in enumerate(loops):
        target = loop.target
        inside = count_mentions(Scope([loop]))
        given = target in function.params or target in function.captures
        if given or total.get(target, 0) != inside.get(target, 0):
            fresh = ir.Local(f"{target.name}__{number}", target.ty)
            loop.target = fresh
            loop.body.insert(0, ir.Assign(loop.line, target, ir.Var(target.ty, fresh)))


def count_mentions(scope: Scope) -> dict[ir.Local, int]:
    out: dict[ir.Local, int] = {}
    for item in every(scope):
        for child in children(item):
            if isinstance(child, ir.Local):
                out[child] = out.get(child, 0) + 1
    return out


def place(local: ir.Local, body: list[ir.Stmt], value: ir.Expr | None = None) -> None:
    """Declares `local` in `body` or in the one nested block that holds all its mentions."""
    users = [i for i, s in enumerate(body) if local in locals_in(s)]
    in_value = value is not None and local in locals_in(value)
    if not users:
        body.append(ir.Declare(0, local))
        return
    first = body[users[0]]
    if len(users) == 1 and not in_value:
        nested = only_scope(local, first)
        if nested is not None:
            place(local, nested.body, nested.value)
            return
    if isinstance(first, ir.Assign) and first.local is local and local not in locals_in(first.value):
        body[users[0]] = ir.Declare(first.line, local, first.value)
    else:
        body.insert(users[0], ir.Declare(first.line, local))


def only_scope(local: ir.Local, node: ir.Stmt | ir.Expr) -> Scope | None:
    """The one nested block of `node` that mentions `local`, if nothing else does."""
    found: list[Scope | ir.Expr] = []
    for child in children(node):
        if isinstance(child, ir.Local):
            if child is local:
                return None
        elif local in locals_in(child):
            found.append(child)
    if len(found) != 1:
        return None
    only = found[0]
    if isinstance(only, Scope):
        return only
    return only_scope(local, only)


def mark_mutable(function: ir.FunctionDef) -> None:
    for item in every(Scope(function.body)):
        if isinstance(item, (ir.Assign, ir.Delete)):
            item.local.mutable = True
